"""Several pipelines in a script: the one named as the file, unless another is asked for."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import vis_combine, vis_correct


@pipeline(outputs=("frame",))
def single(image, dark):
    frame, _ = vis_correct(image=image, dark=dark)
    return frame


@pipeline(outputs=("mosaic",))
def several_pipelines(frames):
    return vis_combine(frames=frames)
