"""A parallel function of two outputs: one list each, or all together as a list of tuples."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import vis_combine, vis_correct, vis_split


@parallel(iterable="image")
def correct_one(image, dark):
    frame, darkmap = vis_correct(image=image, dark=dark)
    return frame, darkmap


@pipeline(outputs=("frames", "darkmaps", "both"))
def parallel_destructured(exposure, dark):
    quadrants = vis_split(exposure=exposure)
    frames, darkmaps = correct_one(image=quadrants, dark=dark)
    both = correct_one(image=quadrants, dark=dark)
    return (vis_combine(frames=frames), vis_combine(frames=darkmaps),
            vis_combine(frames=both))
