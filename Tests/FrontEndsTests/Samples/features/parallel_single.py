"""A parallel function of one output: a list in the order of its own."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import vis_combine, vis_correct, vis_split


@parallel(iterable="image", outputs=("frame",))
def correct_one(image, dark):
    frame, _ = vis_correct(image=image, dark=dark)
    return frame


@pipeline(outputs=("mosaic",))
def parallel_single(exposure, dark):
    frames = correct_one(image=vis_split(exposure=exposure), dark=dark)
    return vis_combine(frames=frames)
