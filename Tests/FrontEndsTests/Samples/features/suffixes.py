"""Calls of one program get names that differ; a call may have a name of its own."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import vis_correct


@pipeline(outputs=("first", "second", "third"))
def suffixes(image, dark):
    first, _ = vis_correct(image=image, dark=dark)
    second, _ = vis_correct(image=first, dark=dark)
    third, _ = vis_correct(image=second, dark=dark, name="last")
    return first, second, third
