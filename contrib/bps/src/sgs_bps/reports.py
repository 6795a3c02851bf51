"""Reports of runs as bps' own renderer expects them."""

from typing import Any

from lsst.ctrl.bps import WmsJobReport, WmsRunReport, WmsSpecificInfo, WmsStates

from . import tally as words
from .runner import Runner
from .submission import Submission, submit_path


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


def brief(runner: Runner, row: dict[str, Any]) -> WmsRunReport:
    """A run in the report of many.

    It is looked at whole where its payloads are not what is counted: jobs of several quanta, and
    groups, which have no payloads before they begin.
    """
    submission = Submission.of(row)
    if submission and any(
        sum(job.quanta.values()) > 1 or "." in job.path for job in submission.jobs
    ):
        return detailed(runner, row["run"])
    report = _base(row, submission)
    counts = dict.fromkeys(WmsStates, 0)
    for state, count in row["payloads"].items():
        counts[WmsStates[words.payload_state(state)]] += count
    report.job_state_counts = counts
    report.total_number_jobs = sum(counts.values())
    return report


def detailed(runner: Runner, run: str) -> WmsRunReport:
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
