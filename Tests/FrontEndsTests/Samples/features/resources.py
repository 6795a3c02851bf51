"""Resources of the 2022 additions: dynamic ones, TMPDIR, a graphics processor."""

from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from tasks import estimate, heavy


@pipeline(outputs=("report",))
def resources(frame):
    return heavy(frame=frame, needs=estimate(frame=frame))
