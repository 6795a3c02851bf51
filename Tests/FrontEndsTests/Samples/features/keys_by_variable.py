"""Two tasks of one command: a task is known by its variable, and keeps its own resources."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import she_remap_exposure, she_remap_stack


@pipeline(outputs=("stack", "exposure"))
def keys_by_variable(mosaic):
    return she_remap_stack(mosaic=mosaic), she_remap_exposure(mosaic=mosaic)
