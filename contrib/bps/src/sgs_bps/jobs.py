"""What a job of a generic workflow asks for, in the words of the graph document."""

import dataclasses
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from .names import plain

#: Attributes of jobs that have no meaning at the runner; `True` and empty ones are not named.
UNUSED = ("attrs", "compute_cloud", "mail_to", "profile", "queue", "when_to_mail")

#: Most attempts that a policy can allow.
_MOST_ATTEMPTS = 1000


class JobError(ValueError):
    """A job's attribute that cannot be followed: `job NAME: attribute: found ..., expected ...`."""

    def __init__(self, job: Any, attribute: str, found: Any, expected: str):
        super().__init__(f"job {job.name}: {attribute}: found {found!r}, expected {expected}")


@dataclasses.dataclass(frozen=True)
class Terms:
    """What holds for all jobs of a workflow."""

    #: Minutes that a job may take which does not say how long it takes.
    walltime: float
    #: MiB beyond which no request grows; `None`: no limit but a job's own.
    memory_limit: int | None = None
    #: Most jobs at the same time, by the names of concurrency limits and categories.
    limits: Mapping[str, int] = dataclasses.field(default_factory=dict)


def resources(job: Any, terms: Terms) -> dict[str, Any]:
    """`resources`: cores, memory in MiB, walltime in seconds, and scratch where it is asked for."""
    minutes = _number(job, "request_walltime", terms.walltime)
    asked: dict[str, Any] = {
        "cores": _whole(job, "request_cpus", 1, least=1),
        "ram_MiB": min(_memory(job), _cap(job, terms) or math.inf),
        "walltime_s": max(1, round(minutes * 60)),
    }
    disk = _whole(job, "request_disk", 0)
    if disk:
        asked["tmp_MiB"] = disk
    return asked


def policy(job: Any, terms: Terms) -> dict[str, Any]:
    """`policy`: attempts, what ends them, how memory grows, and what limits how many run."""
    multiplier = _number(job, "memory_multiplier", 1.0)
    memory: dict[str, Any] = {"multiplier": multiplier if multiplier > 1 else 1}
    cap = _cap(job, terms)
    if cap:
        memory["cap_MiB"] = cap
    chosen: dict[str, Any] = {
        "attempts": min(1 + _whole(job, "number_of_retries", 0), _MOST_ATTEMPTS),
        "final_codes": sorted(set(_codes(job))),
        "memory": memory,
        "priority": _priority(job),
    }
    if job.abort_on_value is not None:
        code = _whole(job, "abort_on_value", 0, least=1, most=255)
        returned = _whole(job, "abort_return_value", code, most=255)
        chosen["abort_codes"] = {str(code): returned}
    name = category(job, terms)
    if name:
        chosen["category"] = plain(name)
    return chosen


def category(job: Any, terms: Terms) -> str | None:
    """The strictest of the job's concurrency limits and its category, of those that have a number.

    A payload is counted in one category only.
    """
    names = [name.strip() for name in str(job.concurrency_limit or "").split(",")]
    names.append(str(job.category or ""))
    limited = [name for name in names if name in terms.limits]
    return min(limited, key=lambda name: terms.limits[name], default=None)


def unused(jobs: Iterable[Any]) -> dict[str, int]:
    """How many jobs say something that the runner has no use for, by attribute."""
    counts: dict[str, int] = {}
    for job in jobs:
        for name in UNUSED:
            if getattr(job, name, None):
                counts[name] = counts.get(name, 0) + 1
    return counts


def unlimited(jobs: Iterable[Any], terms: Terms) -> list[str]:
    """Concurrency limits that jobs name and that have no number."""
    names = {
        name.strip()
        for job in jobs
        if job.concurrency_limit
        for name in str(job.concurrency_limit).split(",")
    }
    return sorted(names - set(terms.limits) - {""})


def standard(policies: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The policy that most have, without what only some may have: category, abort codes, cap."""
    counts: dict[str, int] = {}
    all_have_caps = True
    for each in policies:
        key = json.dumps({name: each[name] for name in each if name not in _OWN}, sort_keys=True)
        counts[key] = counts.get(key, 0) + 1
        all_have_caps = all_have_caps and "cap_MiB" in each["memory"]
    if not counts:
        return {}
    chosen = json.loads(max(counts, key=lambda key: counts[key]))
    if not all_have_caps:
        chosen["memory"].pop("cap_MiB", None)
    return chosen


def own(policy: Mapping[str, Any], standard: Mapping[str, Any]) -> dict[str, Any]:
    """What of a policy is not the standard's."""
    return {name: value for name, value in policy.items() if standard.get(name) != value}


_OWN = ("category", "abort_codes")


def _memory(job: Any) -> int:
    return _whole(job, "request_memory", 2048, least=1)


def _cap(job: Any, terms: Terms) -> int | None:
    caps = [terms.memory_limit] if terms.memory_limit else []
    if job.request_memory_max:
        caps.append(_whole(job, "request_memory_max", 0, least=1))
    return min(caps, default=None)


def _codes(job: Any) -> list[int]:
    given = job.retry_unless_exit
    if given is None:
        return []
    found = given if isinstance(given, list | tuple) else [given]
    codes = []
    for code in found:
        try:
            number = int(code)
        except (TypeError, ValueError):
            number = -1
        if not 0 <= number <= 255:
            raise JobError(job, "retry_unless_exit", given, "exit codes from 0 to 255")
        codes.append(number)
    return codes


def _priority(job: Any) -> int:
    if job.priority in (None, ""):
        return 0
    try:
        number = int(job.priority)
    except (TypeError, ValueError):
        raise JobError(job, "priority", job.priority, "a whole number") from None
    return max(-1_000_000, min(number, 1_000_000))


def _number(job: Any, attribute: str, standard: float) -> float:
    given = getattr(job, attribute)
    if given in (None, ""):
        return standard
    try:
        number = float(given)
    except (TypeError, ValueError):
        number = math.nan
    if not (math.isfinite(number) and number >= 0):
        raise JobError(job, attribute, given, "a number of at least 0")
    return number


def _whole(
    job: Any, attribute: str, standard: int, least: int = 0, most: int = 1_000_000_000
) -> int:
    number = _number(job, attribute, standard)
    if number != int(number) and attribute in ("abort_on_value", "abort_return_value"):
        raise JobError(job, attribute, getattr(job, attribute), "a whole number")
    whole = math.ceil(number)
    if not least <= whole <= most:
        raise JobError(job, attribute, getattr(job, attribute), f"a number from {least} to {most}")
    return whole
