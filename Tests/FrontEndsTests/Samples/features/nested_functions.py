"""A nested function holds its calls, a plain one is part of its caller."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import vis_correct


def twice(image, dark):
    frame, _ = vis_correct(image=image, dark=dark)
    return vis_correct(image=frame, dark=dark)


@nested(outputs=("frame", "darkmap"))
def inner(image, dark):
    return vis_correct(image=image, dark=dark)


@nested(outputs=("frame",))
def outer(image, dark):
    frame, darkmap = inner(image=image, dark=dark)
    frame, _ = vis_correct(image=frame, dark=darkmap)
    return frame


@pipeline(outputs=("plain", "nested"))
def nested_functions(image, dark):
    plain, _ = twice(image, dark)
    return plain, outer(image=plain, dark=dark)
