"""Rubin's batch production service (ctrl_bps) on the runner of a Science Ground Segment.

`wmsServiceClass: sgs_bps.SGSService` has `bps` submit to `sdc-runner`. What needs no `lsst` package
can be imported without one.
"""

__all__ = ["SGSService", "SGSWorkflow"]


def __getattr__(name):
    if name in __all__:
        from . import service

        return getattr(service, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
