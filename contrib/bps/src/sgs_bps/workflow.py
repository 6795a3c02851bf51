"""A generic workflow as it lies in the submit folder, ready for the runner."""

import logging
import os
from typing import Any

from lsst.ctrl.bps import BaseWmsWorkflow

from .graph import GraphBuilder, Script
from .jobs import Terms
from .script import DISPATCHER, environment
from .settings import Settings
from .submission import Submission, write, write_scripts

_LOG = logging.getLogger(__name__)


class SGSWorkflow(BaseWmsWorkflow):
    """A workflow in the submit folder, ready to be submitted to the runner."""

    def __init__(
        self,
        name: str,
        config: Any,
        submission: Submission,
        document: dict[str, Any],
        scripts: list[Script],
        accounting: dict[str, str],
    ):
        super().__init__(name, config)
        self.submission = submission
        self.document = document
        self.scripts = scripts
        #: `group` and `user`, as far as jobs name them.
        self.accounting = accounting
        self.submit_path = submission.path

    @classmethod
    def from_generic_workflow(cls, config, generic_workflow, out_prefix, service_class):
        # Docstring inherited from the base class.
        path = os.path.abspath(out_prefix or config["submitPath"])
        settings = Settings.of(config)
        found, limit = config.search("memoryLimit")
        terms = Terms(
            walltime=settings.walltime,
            memory_limit=int(limit) if found and limit else None,
            limits=settings.limits,
        )
        builder = GraphBuilder(generic_workflow, terms, path, summaries=settings.summaries)
        document = builder.build()
        attributes = generic_workflow.run_attrs
        submission = Submission(
            run=generic_workflow.name,
            project=str(attributes.get("bps_project") or ""),
            campaign=str(attributes.get("bps_campaign") or ""),
            payload=str(attributes.get("bps_payload") or ""),
            operator=str(attributes.get("bps_operator") or ""),
            path=path,
            settings=settings,
            jobs=builder.jobs,
        )
        accounting = _accounting(generic_workflow, builder.warnings)
        _, shared = config.search("bpsUseShared", opt={"default": True})
        if not shared:
            builder.warnings.append(
                "bpsUseShared: the runner's hosts have to share the submit folder"
            )
        for warning in builder.warnings:
            _LOG.warning(warning)
        workflow = cls(
            generic_workflow.name, config, submission, document, builder.scripts, accounting
        )
        workflow.service_class = service_class
        return workflow

    def write(self, out_prefix):
        # Docstring inherited from the base class.
        folder = self.submission.folder
        data = GraphBuilder.encode(self.document)
        write(os.path.join(folder, "job"), DISPATCHER, mode=0o755)
        write_scripts(folder, self.scripts)
        if self.submission.settings.environment:
            write(os.path.join(folder, "environment.sh"), environment(os.environ), mode=0o600)
        write(os.path.join(folder, "graph", f"{self.document['name']}.json"), data)
        self.submission.write()


def _accounting(workflow: Any, warnings: list[str]) -> dict[str, str]:
    """Group and user of all jobs; of several the one that most have, which is told."""
    accounting: dict[str, str] = {}
    jobs = [workflow.get_job(name) for name in workflow]
    for word in ("group", "user"):
        counts: dict[str, int] = {}
        for job in jobs:
            name = getattr(job, f"accounting_{word}", None)
            if name:
                counts[name] = counts.get(name, 0) + 1
        if counts:
            accounting[word] = max(counts, key=lambda name: counts[name])
        if len(counts) > 1:
            warnings.append(
                f"accounting {word}: a run has one, found {', '.join(sorted(counts))};"
                f" {accounting[word]} is used"
            )
    return accounting
