"""A pipeline of pipelines: the second takes what the first gives."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import she_remap_stack, vis_combine


@pipeline(outputs=("mosaic",))
def vis(frames):
    return vis_combine(frames=frames)


@pipeline(outputs=("map",))
def she(mosaic):
    return she_remap_stack(mosaic=mosaic)


@pipeline(outputs=("map",))
def macro(frames):
    return she(mosaic=vis(frames=frames))
