"""An input that is iterated over, or that a list is expected of, is a list of files."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import vis_combine, vis_correct


@parallel(iterable="image", outputs=("frame",))
def correct_one(image, dark):
    frame, _ = vis_correct(image=image, dark=dark)
    return frame


@pipeline(outputs=("raw", "corrected"))
def list_files(images, others, dark):
    return vis_combine(frames=others), vis_combine(frames=correct_one(images, dark))
