"""States of payloads and runs in the words of bps, counted by quantum."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any

from .graph import Job, labels

#: The states of bps, in its order.
STATES = (
    "UNKNOWN", "MISFIT", "UNREADY", "READY", "PENDING", "RUNNING",
    "DELETED", "HELD", "SUCCEEDED", "FAILED", "PRUNED",
)  # fmt: skip

_OF_RUN = {
    "PENDING": "PENDING",
    "EXECUTING": "RUNNING",
    "HELD": "HELD",
    "COMPLETED": "SUCCEEDED",
    "ERROR": "FAILED",
    "ABORTED": "DELETED",
}

_OF_PAYLOAD = {
    "UNREADY": "UNREADY",
    "READY": "READY",
    "ASSIGNED": "PENDING",
    "RUNNING": "RUNNING",
    "STAND-BY": "RUNNING",
    "HELD": "HELD",
    "COMPLETED": "SUCCEEDED",
    "FAILED": "FAILED",
    "ABORTED": "DELETED",
    "PRUNED": "PRUNED",
}


def run_state(state: str) -> str:
    return _OF_RUN.get(state, "MISFIT")


def payload_state(state: str) -> str:
    return _OF_PAYLOAD.get(state, "MISFIT")


@dataclasses.dataclass
class Tally:
    #: Quanta by label and state, all states named, in the order of the pipeline.
    summary: dict[str, dict[str, int]]
    #: The state of each job.
    states: dict[str, str]
    #: An exit code for each quantum that failed, by label; labels without failures have none.
    exit_codes: dict[str, list[int]]
    #: How many quanta there are, by label.
    expected: dict[str, int]

    @property
    def counts(self) -> dict[str, int]:
        """Quanta by state."""
        return {state: sum(row[state] for row in self.summary.values()) for state in STATES}

    @property
    def total(self) -> int:
        return sum(self.expected.values())

    @property
    def run_summary(self) -> str:
        """`label:count` of each label, as bps reads it."""
        return ";".join(f"{label}:{count}" for label, count in self.expected.items())


def tally(jobs: list[Job], states: Mapping[str, str], codes: Mapping[str, int | None]) -> Tally:
    """Counts the quanta of jobs by their payloads' states and exit codes, both by path."""
    order = labels(jobs)
    summary = {label: dict.fromkeys(STATES, 0) for label in order}
    expected = dict.fromkeys(order, 0)
    exit_codes: dict[str, list[int]] = {}
    job_states: dict[str, str] = {}
    for job in jobs:
        state = _state(job.path, states)
        job_states[job.path] = state
        split = _split(job, state)
        for label, count in job.quanta.items():
            expected[label] += count
            for each, number in split[label].items():
                summary[label][each] += number
            code = codes.get(job.path)
            failed = split[label].get("FAILED", 0)
            if failed and code is not None:
                exit_codes.setdefault(label, []).extend([code] * failed)
    return Tally(summary, job_states, exit_codes, expected)


def _state(path: str, states: Mapping[str, str]) -> str:
    """A payload's state; before its group has begun there is none, and the group's counts."""
    while path:
        if path in states:
            return payload_state(states[path])
        path = path.rpartition(".")[0]
    return "UNKNOWN"


def nodes_as_jobs(nodes: Iterable[Mapping[str, Any]]) -> list[Job]:
    """A graph's payloads as jobs of one quantum, where nothing is known of what bps submitted.

    Their label is the program's name, which begins with that of bps.
    """
    return [
        Job(path=node["path"], name=node["path"], label=label, quanta={label: 1})
        for node in nodes
        if (label := node.get("executable"))
    ]


def _split(job: Job, state: str) -> dict[str, dict[str, int]]:
    """The states of a job's quanta by label: its own, but where it failed and left a summary."""
    whole = {label: {state: count} for label, count in job.quanta.items()}
    if state != "FAILED" or not job.summary:
        return whole
    told = _told(job.summary)
    if not any(row.get("FAILED") for row in told.values()):
        return whole
    split: dict[str, dict[str, int]] = {}
    for label, count in job.quanta.items():
        row: dict[str, int] = {}
        left = count
        for each in ("FAILED", "SUCCEEDED"):
            row[each] = min(told.get(label, {}).get(each, 0), left)
            left -= row[each]
        row["PRUNED"] = left
        split[label] = row
    return split


_OF_QUANTUM = {
    "success": "SUCCEEDED",
    "failure": "FAILED",
    "timeout": "FAILED",
    "skipped": "PRUNED",
}


def _told(path: str) -> dict[str, dict[str, int]]:
    """Quanta by label and state as the summary of `pipetask` says; nothing where there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            reports = json.load(file)["quantaReports"]
        found: dict[str, dict[str, int]] = {}
        for report in reports:
            row = found.setdefault(report["taskLabel"], {})
            state = _OF_QUANTUM.get(report["status"], "FAILED")
            row[state] = row.get(state, 0) + 1
        return found
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
