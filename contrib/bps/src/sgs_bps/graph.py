"""A generic workflow of bps as a graph document of the runner (`sgs-graph/2`)."""

import dataclasses
import json
import os
import shlex
from collections.abc import Iterator
from typing import Any

from . import jobs as job_words
from .jobs import Terms
from .names import PlainNames
from .script import filled, job_script

#: Most bytes of a document that the runner reads.
MOST_BYTES = 10_000_000


class WorkflowError(ValueError):
    """A workflow that cannot be given to the runner."""


@dataclasses.dataclass(frozen=True)
class Job:
    """A payload of the run, as bps knows it."""

    #: Names of the nodes from the outermost on, joined by points, as the runner tells them.
    path: str
    name: str
    label: str
    #: Quanta by the label of their task; one of the job's own label where it has none.
    quanta: dict[str, int]
    #: Where it leaves the states of its quanta; `None` where it has only one.
    summary: str | None = None


@dataclasses.dataclass(frozen=True)
class Script:
    #: Relative to the folder of all that is made for the runner.
    path: str
    text: str


class GraphBuilder:
    """Makes the document, the jobs' scripts and the list of what bps calls them.

    A group of jobs becomes a nested node, a job without work a group node. Nothing is passed
    through ports: jobs meet in the butler, so that all edges are edges of order alone.
    """

    def __init__(self, workflow: Any, terms: Terms, submit_path: str, summaries: bool = True):
        self.workflow = workflow
        self.terms = terms
        self.folder = os.path.join(submit_path, "sgs")
        self.logs = os.path.join(submit_path, "logs")
        self.summaries = summaries
        self.names = PlainNames()
        self.jobs: list[Job] = []
        self.scripts: list[Script] = []
        self.warnings: list[str] = []
        self._executables: dict[str, dict[str, Any]] = {}
        self._labels = PlainNames()

    def build(self) -> dict[str, Any]:
        """The document.

        Raises `WorkflowError` for a cycle, an empty workflow and a final workflow of several jobs,
        and `JobError` for what a job asks for without meaning.
        """
        payloads = list(self._payloads(self.workflow))
        final = self.workflow.get_final()
        if final is not None and not _is_payload(final):
            raise WorkflowError(f"final {final.name}: found a workflow, expected one job")
        if final is not None:
            payloads.append(final)
        self._look(payloads)
        policies = {job.name: job_words.policy(job, self.terms) for job in payloads}
        self._policies = policies
        self._standard = job_words.standard(policies.values())
        nodes = self._nodes(self.workflow, "")
        if final is not None:
            node = self._payload(self.workflow, final, "", kind="final")
            node["when_run"] = "always"
            nodes.append(node)
        if not nodes:
            raise WorkflowError(f"workflow {self.workflow.name}: found no jobs")
        document: dict[str, Any] = {
            "format": "sgs-graph/2",
            "description": f"bps {self.workflow.name}",
            "name": PlainNames().name(self.workflow.name),
            "policy": self._standard,
            "executables": list(self._executables.values()),
            "nodes": nodes,
        }
        used = {name for job in payloads if (name := job_words.category(job, self.terms))}
        if used:
            document["categories"] = {
                job_words.plain(name): self.terms.limits[name] for name in sorted(used)
            }
        return document

    @staticmethod
    def encode(document: dict[str, Any]) -> bytes:
        """The document's bytes, a node a line."""
        parts = []
        for key, value in document.items():
            if key in ("nodes", "executables"):
                lines = ",\n".join("  " + json.dumps(each) for each in value)
                parts.append(f"{json.dumps(key)}: [\n{lines}\n]")
            else:
                parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
        data = ("{\n" + ",\n".join(parts) + "\n}\n").encode()
        if len(data) > MOST_BYTES:
            raise WorkflowError(
                f"found a graph of {len(data)} bytes, expected {MOST_BYTES} at most:"
                " put quanta together (clusterAlgorithm), or submit parts"
            )
        return data

    def _payloads(self, workflow: Any) -> Iterator[Any]:
        for name in _order(workflow):
            node = workflow.get_job(name)
            if _is_payload(node):
                yield node
            elif _kind(node) == "GROUP":
                yield from self._payloads(node)

    def _look(self, payloads: list[Any]) -> None:
        for name, count in sorted(job_words.unused(payloads).items()):
            self.warnings.append(f"{name}: the runner has no use for it ({count} jobs)")
        for name in job_words.unlimited(payloads, self.terms):
            self.warnings.append(f"concurrencyLimit {name}: sgs.limits has no number for it")

    def _nodes(self, workflow: Any, prefix: str) -> list[dict[str, Any]]:
        nodes: list[dict[str, Any]] = []
        passed: dict[str, str] = {}
        for name in _order(workflow):
            node = workflow.get_job(name)
            kind = _kind(node)
            if kind == "PAYLOAD":
                made = self._payload(workflow, node, prefix)
            elif kind == "NOOP":
                made = {"id": self.names.name(name), "kind": "group"}
            elif kind == "GROUP":
                made = self._group(node, prefix)
            else:
                raise WorkflowError(
                    f"node {name}: found kind {kind}, expected PAYLOAD, NOOP or GROUP"
                )
            after = []
            for parent in sorted(workflow.predecessors(name)):
                if kind == "GROUP" and self._lets_pass(workflow.get_job(parent)):
                    if parent not in passed:
                        passed[parent] = self.names.name(f"{parent} ended")
                        nodes.append(
                            {
                                "id": passed[parent],
                                "kind": "group",
                                "after": [self.names.name(parent)],
                                "trigger": "all_done",
                            }
                        )
                    after.append(passed[parent])
                else:
                    after.append(self.names.name(parent))
            if after:
                made["after"] = after
            nodes.append(made)
        return nodes

    @staticmethod
    def _lets_pass(parent: Any) -> bool:
        """Whether a group that comes after it runs, too, when some of it failed."""
        return _kind(parent) == "GROUP" and not parent.blocking

    def _group(self, group: Any, prefix: str) -> dict[str, Any]:
        name = self.names.name(group.name)
        inside = self._nodes(group, f"{prefix}{name}.")
        if not inside:
            return {"id": name, "kind": "group"}
        return {"id": name, "kind": "nested", "body": {"nodes": inside}}

    def _payload(self, workflow: Any, job: Any, prefix: str, kind: str = "exec") -> dict[str, Any]:
        name = self.names.name(job.name)
        label = self._labels.name(job.label)
        quanta = {task: count for task, count in job.quanta_counts.items() if count > 0}
        command = self._command(workflow, job)
        summary = None
        if self.summaries and sum(quanta.values()) > 1 and _takes_summary(command):
            summary = os.path.join(self.folder, "summaries", label, f"{name}.json")
            command += f" --summary {shlex.quote(summary)}"
        self.jobs.append(
            Job(
                path=prefix + name,
                name=job.name,
                label=job.label,
                quanta=quanta or {job.label: 1},
                summary=summary,
            )
        )
        self.scripts.append(
            Script(
                path=os.path.join("jobs", label, f"{name}.sh"),
                text=job_script(
                    title=f"Job {job.name} ({job.label}) of {self.workflow.name}",
                    command=command,
                    folder=self.folder,
                    log=os.path.join(self.logs, label, name),
                    variables=job.environment,
                    before=self._filled(workflow, job, job.pre_cmdline),
                    after=self._filled(workflow, job, job.post_cmdline),
                    summary=summary,
                ),
            )
        )
        node: dict[str, Any] = {
            "id": name,
            "kind": kind,
            "executable": self._executable(label, job),
        }
        policy = job_words.own(self._policies[job.name], self._standard)
        if policy:
            node["policy"] = policy
        return node

    def _command(self, workflow: Any, job: Any) -> str:
        if job.executable is None:
            raise WorkflowError(f"job {job.name}: executable: found nothing, expected a program")
        program = _path(job.executable.src_uri) or job.executable.name
        return self._filled(workflow, job, f"{program} {job.arguments or ''}".strip()) or ""

    def _filled(self, workflow: Any, job: Any, command: str | None) -> str | None:
        if not command:
            return None
        files = {}
        given = workflow.get_job_inputs(job.name, data=True) + workflow.get_job_outputs(
            job.name, data=True
        )
        for file in given:
            files[file.name] = _path(file.src_uri) or file.name
        return filled(command, job.cmdvals, files)

    def _executable(self, label: str, job: Any) -> str:
        """The name of the program with these resources; of a label's second ones with a number."""
        asked = job_words.resources(job, self.terms)
        number = 1
        while True:
            name = label if number == 1 else f"{label[:56]}_{number}"
            known = self._executables.get(name)
            if known is None:
                self._executables[name] = {
                    "name": name,
                    "command": os.path.join(self.folder, "job"),
                    "arguments": [label],
                    "resources": asked,
                }
                return name
            if known["arguments"] == [label] and known["resources"] == asked:
                return name
            number += 1


def labels(jobs: list[Job]) -> list[str]:
    """The tasks' labels in the order in which they first come."""
    return list(dict.fromkeys(label for job in jobs for label in job.quanta))


def _kind(node: Any) -> str:
    return node.node_type.name


def _is_payload(node: Any) -> bool:
    return getattr(getattr(node, "node_type", None), "name", "") == "PAYLOAD"


def _order(workflow: Any) -> list[str]:
    """The names of the nodes, parents first."""
    names = list(workflow.nodes)
    open_parents = {name: len(set(workflow.predecessors(name))) for name in names}
    ready = [name for name in names if open_parents[name] == 0]
    order: list[str] = []
    while ready:
        order += ready
        following: list[str] = []
        for name in ready:
            for child in workflow.successors(name):
                open_parents[child] -= 1
                if open_parents[child] == 0:
                    following.append(child)
        ready = following
    if len(order) < len(names):
        cycle = _cycle(workflow, {name for name in names if open_parents[name] > 0})
        raise WorkflowError(f"workflow {workflow.name}: found a cycle: {' -> '.join(cycle)}")
    return order


def _cycle(workflow: Any, names: set[str]) -> list[str]:
    """A cycle among nodes each of which has a parent among them."""
    walked: list[str] = []
    name = min(names)
    while name not in walked:
        walked.append(name)
        name = min(parent for parent in workflow.predecessors(name) if parent in names)
    return list(reversed([*walked[walked.index(name) :], name]))


def _takes_summary(command: str) -> bool:
    return " run-qbb " in command and " --summary" not in command


def _path(uri: str | None) -> str | None:
    return uri.removeprefix("file://") if uri else None
