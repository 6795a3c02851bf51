"""An argument with a default of None is a port without a file, unless it is given."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import vis_correct


@nested(outputs=("frame",))
def correct(image, dark=None):
    frame, _ = vis_correct(image=image, dark=dark)
    return frame


@pipeline(outputs=("without", "with_dark"))
def defaults(image, dark, mask=None):
    return correct(image=image), correct(image=image, dark=dark)
