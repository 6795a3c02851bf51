"""The service class that ctrl_bps calls: `wmsServiceClass: sgs_bps.SGSService`."""

import logging
import os
import shlex
from collections.abc import Mapping
from typing import Any

from lsst.ctrl.bps import (
    BaseWmsService,
    BaseWmsWorkflow,
    WmsJobReport,
    WmsRunReport,
    WmsSpecificInfo,
    WmsStates,
)
from lsst.daf.butler import Config

from . import tally as words
from .graph import GraphBuilder
from .jobs import Terms
from .runner import NO_SUCH_ITEM, Runner, RunnerError
from .script import DISPATCHER, environment
from .settings import Settings
from .submission import Submission, submit_path, write, write_scripts

__all__ = ["SGSService", "SGSWorkflow"]

_LOG = logging.getLogger(__name__)

_OPEN = ("PENDING", "EXECUTING", "HELD")


class SGSWorkflow(BaseWmsWorkflow):
    """A workflow in the submit folder, ready to be submitted to the runner."""

    def __init__(self, name: str, config: Any, submission: Submission, document: dict[str, Any]):
        super().__init__(name, config)
        self.submission = submission
        self.document = document
        self.accounting: dict[str, str] = {}
        self.submit_path = submission.path

    @classmethod
    def from_generic_workflow(cls, config, generic_workflow, out_prefix, service_class):
        # Docstring inherited from the base class.
        path = os.path.abspath(out_prefix or config["submitPath"])
        settings = _settings(config)
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
        workflow = cls(generic_workflow.name, config, submission, document)
        workflow.service_class = service_class
        workflow.accounting = _accounting(generic_workflow, builder.warnings)
        _, shared = config.search("bpsUseShared", opt={"default": True})
        if not shared:
            builder.warnings.append(
                "bpsUseShared: the runner's hosts have to share the submit folder"
            )
        for warning in builder.warnings:
            _LOG.warning(warning)
        workflow._scripts = builder.scripts
        return workflow

    def write(self, out_prefix):
        # Docstring inherited from the base class.
        folder = self.submission.folder
        data = GraphBuilder.encode(self.document)
        write(os.path.join(folder, "job"), DISPATCHER, mode=0o755)
        write_scripts(folder, self._scripts)
        if self.submission.settings.environment:
            write(os.path.join(folder, "environment.sh"), environment(os.environ), mode=0o600)
        write(os.path.join(folder, "graph", f"{self.document['name']}.json"), data)
        self.submission.write()


class SGSService(BaseWmsService):
    """Workflows of bps at the runner of an SDC, through its command line."""

    @property
    def defaults(self):
        # Docstring inherited from the base class.
        return Config({"sgs": {}})

    def prepare(self, config, generic_workflow, out_prefix=None):
        # Docstring inherited from the base class.
        name = f"{type(self).__module__}.{type(self).__name__}"
        workflow = SGSWorkflow.from_generic_workflow(config, generic_workflow, out_prefix, name)
        workflow.write(out_prefix)
        return workflow

    def submit(self, workflow, **kwargs):
        # Docstring inherited from the base class.
        submission = workflow.submission
        runner = Runner(submission.settings)
        options = ["--pipelines", os.path.join(submission.folder, "graph")]
        options += ["--id", submission.new_identifier(), "--force"]
        fields = {
            "--user": submission.operator,
            "--project": submission.project,
            "--campaign": submission.campaign,
            "--share": workflow.accounting.get("group"),
            "--cluster": submission.settings.cluster,
        }
        for option, value in fields.items():
            if value:
                options += [option, str(value)]
        run = runner.submit(workflow.document["name"], options)
        submission.global_wms_id = run
        submission.wms_id = str(runner.status(run)["number"])
        submission.write()
        workflow.run_id = submission.wms_id
        tags = {"bps_run": submission.run, "accounting_user": workflow.accounting.get("user")}
        for name, value in tags.items():
            if value:
                try:
                    runner.tag(run, name, value)
                except RunnerError as error:
                    _LOG.warning("tag %s: %s", name, error)
        return workflow

    def restart(self, wms_workflow_id):
        # Docstring inherited from the base class.
        try:
            runner, run = self._place(wms_workflow_id)
            row = runner.status(run)
            submission = Submission.of(row)
            runner.restart(row["run"])
        except RunnerError as error:
            return None, None, str(error)
        return str(row["number"]), submission.run if submission else row["run"], ""

    def list_submitted_jobs(
        self, wms_id=None, user=None, require_bps=True, pass_thru=None, is_global=False
    ):
        # Docstring inherited from the base class.
        if not (wms_id or user or pass_thru):
            return []
        if wms_id:
            try:
                runner, run = self._place(wms_id)
                rows = [runner.status(run)]
            except RunnerError as error:
                if error.status != NO_SUCH_ITEM:
                    raise
                return []
        else:
            options = [*(["--user", user] if user else []), *shlex.split(pass_thru or "")]
            rows = self._runner().runs(options, everywhere=is_global)
        return [
            row["run"] if is_global else str(row["number"])
            for row in rows
            if row["state"] in _OPEN and (submit_path(row) or not require_bps)
        ]

    def cancel(self, wms_id, pass_thru=None):
        # Docstring inherited from the base class.
        try:
            runner, run = self._place(wms_id)
            runner.cancel(run, "bps cancel")
        except RunnerError as error:
            return False, str(error)
        return True, ""

    def report(
        self,
        wms_workflow_id=None,
        user=None,
        hist=0,
        pass_thru=None,
        is_global=False,
        return_exit_codes=False,
    ):
        # Docstring inherited from the base class.
        if wms_workflow_id:
            try:
                runner, run = self._place(wms_workflow_id)
                return [_detailed(runner, run)], ""
            except RunnerError as error:
                return [], "" if error.status == NO_SUCH_ITEM else str(error)
        runner = self._runner()
        options = ["--hist", f"{float(hist or 0):g}"]
        options += ["--user", user] if user else []
        options += shlex.split(pass_thru or "")
        try:
            rows = runner.runs(options, everywhere=is_global)
            return [_brief(runner, row) for row in rows if submit_path(row)], ""
        except RunnerError as error:
            return [], str(error)

    def get_status(self, wms_workflow_id, hist=1, is_global=False):
        # Docstring inherited from the base class.
        try:
            runner, run = self._place(wms_workflow_id)
            row = runner.status(run)
        except RunnerError as error:
            return WmsStates.UNKNOWN, str(error)
        message = row["message"]
        if row["state"] in _OPEN:
            try:
                runner.ping(["--sdc", row["sdc"]])
            except RunnerError as error:
                message = str(error)
        return WmsStates[words.run_state(row["state"])], message

    def run_submission_checks(self):
        # Docstring inherited from the base class.
        runner = Runner(_settings(self.config))
        try:
            _ = runner.program
            runner.ping()
        except RunnerError as error:
            raise RuntimeError(f"sdc-runner cannot be used: {error}") from None

    def ping(self, pass_thru):
        # Docstring inherited from the base class.
        try:
            self._runner().ping(shlex.split(pass_thru or ""))
        except RunnerError as error:
            return error.status, str(error)
        return 0, ""

    def _runner(self) -> Runner:
        return Runner(_settings(self.config))

    def _place(self, name: str) -> tuple[Runner, str]:
        """The runner that has a run, and what it calls it; `name` may be the submit folder."""
        name = str(name)
        if os.path.isdir(name):
            submission = Submission.read(name)
            if submission is None or submission.global_wms_id is None:
                raise RunnerError(
                    NO_SUCH_ITEM, f"{name}: nothing was submitted to the runner from there"
                )
            return Runner(submission.settings), submission.global_wms_id
        return self._runner(), name


def _settings(config: Any) -> Settings:
    """Settings of a configuration; that of most commands is empty."""
    if not config:
        return Settings.read({})
    options: dict[str, Any] = {"curvals": {}, "default": {}}
    found, site = config.search("computeSite")
    if found:
        options["curvals"]["curr_site"] = site
    _, section = config.search("sgs", opt=options)
    return Settings.read(_plain(section))


def _plain(section: Any) -> dict[str, Any]:
    """A section of a configuration as a dictionary, with its variables replaced."""
    plain: dict[str, Any] = {}
    for key in section or {}:
        value = section[key]
        plain[key] = _plain(value) if isinstance(value, Mapping) else value
    return plain


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


def _base(row: dict[str, Any], submission: Submission | None) -> WmsRunReport:
    """What a list of runs tells of a run."""
    return WmsRunReport(
        wms_id=str(row["number"]),
        global_wms_id=row["run"],
        path=submit_path(row) or "",
        label=row["pipeline"],
        run=submission.run if submission else row["run"],
        project=submission.project if submission else row["project"],
        campaign=submission.campaign if submission else row["campaign"],
        payload=submission.payload if submission else row["pipeline"],
        operator=submission.operator if submission else row["operator"],
        state=WmsStates[words.run_state(row["state"])],
    )


def _brief(runner: Runner, row: dict[str, Any]) -> WmsRunReport:
    """A run in the report of many.

    It is looked at whole where its payloads are not what is counted: jobs of several quanta, and
    groups, which have no payloads before they begin.
    """
    submission = Submission.of(row)
    if submission and any(
        sum(job.quanta.values()) > 1 or "." in job.path for job in submission.jobs
    ):
        return _detailed(runner, row["run"])
    report = _base(row, submission)
    counts = dict.fromkeys(WmsStates, 0)
    for state, count in row["payloads"].items():
        counts[WmsStates[words.payload_state(state)]] += count
    report.job_state_counts = counts
    report.total_number_jobs = sum(counts.values())
    return report


def _detailed(runner: Runner, run: str) -> WmsRunReport:
    page = runner.show(run)
    row = page["run"]
    submission = Submission.of(row)
    report = _base(row, submission)
    jobs = submission.jobs if submission else words.nodes_as_jobs(page["graph"]["nodes"])
    states = {task["path"]: task["state"] for task in page["tasks"]}
    codes = {}
    if "FAILED" in states.values():
        codes = {
            error["job"].partition("/")[2]: error["exitCode"] for error in runner.errors(row["run"])
        }
    counted = words.tally(jobs, states, codes)
    report.jobs = [
        WmsJobReport(
            wms_id=f"{row['number']}/{job.path}",
            name=job.name,
            label=job.label,
            state=WmsStates[counted.states[job.path]],
        )
        for job in jobs
    ]
    report.total_number_jobs = counted.total
    report.job_state_counts = {WmsStates[state]: count for state, count in counted.counts.items()}
    report.job_summary = {
        label: {WmsStates[state]: count for state, count in counts.items()}
        for label, counts in counted.summary.items()
    }
    report.exit_code_summary = counted.exit_codes
    report.run_summary = counted.run_summary
    report.specific_info = _specific(page, report)
    return report


def _specific(page: dict[str, Any], report: WmsRunReport) -> WmsSpecificInfo:
    """What bps has no field for."""
    information = WmsSpecificInfo()
    row = page["run"]
    if len(report.jobs) != report.total_number_jobs:
        done = sum(job.state is WmsStates.SUCCEEDED for job in report.jobs)
        failed = sum(job.state is WmsStates.FAILED for job in report.jobs)
        information.add_message(
            "Jobs: {jobs}, {done} succeeded, {failed} failed; the table counts quanta",
            jobs=len(report.jobs),
            done=done,
            failed=failed,
        )
    if row["message"]:
        information.add_message("Message: {message}", message=row["message"])
    if page.get("stopReason"):
        information.add_message("Stopped: {reason}", reason=page["stopReason"])
    if report.job_state_counts[WmsStates.FAILED]:
        information.add_message(
            "Last words of what failed: sdc-runner report --errors --id {id}", id=report.wms_id
        )
    return information
