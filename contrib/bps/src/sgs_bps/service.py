"""The service class that ctrl_bps calls: `wmsServiceClass: sgs_bps.SGSService`."""

import logging
import os
import shlex

from lsst.ctrl.bps import BaseWmsService, WmsStates
from lsst.daf.butler import Config

from . import tally as words
from .reports import brief, detailed
from .runner import NO_SUCH_ITEM, Runner, RunnerError
from .settings import Settings
from .submission import Submission, submit_path
from .workflow import SGSWorkflow

__all__ = ["SGSService", "SGSWorkflow"]

_LOG = logging.getLogger(__name__)

#: States of a run that has not ended.
_OPEN = ("PENDING", "EXECUTING", "HELD")


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
                return [detailed(runner, run)], ""
            except RunnerError as error:
                return [], "" if error.status == NO_SUCH_ITEM else str(error)
        runner = self._runner()
        options = ["--hist", f"{float(hist or 0):g}"]
        options += ["--user", user] if user else []
        options += shlex.split(pass_thru or "")
        try:
            rows = runner.runs(options, everywhere=is_global)
            return [brief(runner, row) for row in rows if submit_path(row)], ""
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
        runner = Runner(Settings.of(self.config))
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
        return Runner(Settings.of(self.config))

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
