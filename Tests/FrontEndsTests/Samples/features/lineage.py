"""An output comes from the inputs that its lineage names; from all of them without it."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import vis_correct


@pipeline(outputs=("frame", "darkmap"))
def lineage(image, dark):
    return vis_correct(image=image, dark=dark)
