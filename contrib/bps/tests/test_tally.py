import json

from sgs_bps.graph import Job
from sgs_bps.tally import STATES, nodes_as_jobs, payload_state, run_state, tally


def some(row):
    return {state: count for state, count in row.items() if count}


def test_states_have_the_names_of_bps():
    of_runs = {
        "PENDING": "PENDING",
        "EXECUTING": "RUNNING",
        "HELD": "HELD",
        "COMPLETED": "SUCCEEDED",
        "ERROR": "FAILED",
        "ABORTED": "DELETED",
        "NEW": "MISFIT",
    }
    assert {state: run_state(state) for state in of_runs} == of_runs
    of_payloads = {
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
        "NEW": "MISFIT",
    }
    assert {state: payload_state(state) for state in of_payloads} == of_payloads


def test_quanta_are_counted_not_jobs(tmp_path):
    summary = tmp_path / "summary.json"
    reports = [("isr", "success"), ("isr", "success"), ("cal", "failure"), ("cal", "skipped")]
    summary.write_text(
        json.dumps(
            {"quantaReports": [{"taskLabel": label, "status": each} for label, each in reports]}
        )
    )
    jobs = [
        Job("init", "init", "init", {"init": 1}),
        Job("c1", "c1", "cluster", {"isr": 2, "cal": 3}, str(summary)),
        Job("c2", "c2", "cluster", {"isr": 2, "cal": 2}, str(tmp_path / "none.json")),
        Job("c3", "c3", "cluster", {"isr": 2, "cal": 2}, str(tmp_path / "none.json")),
        Job("lost", "lost", "coadd", {"coadd": 1}),
    ]
    states = {"init": "COMPLETED", "c1": "FAILED", "c2": "RUNNING", "c3": "FAILED"}
    counted = tally(jobs, states, {"c1": 1, "c3": 137})
    assert some(counted.summary["isr"]) == {"SUCCEEDED": 2, "RUNNING": 2, "FAILED": 2}
    assert some(counted.summary["cal"]) == {"FAILED": 3, "PRUNED": 2, "RUNNING": 2}
    assert some(counted.summary["coadd"]) == {"UNKNOWN": 1}
    assert counted.exit_codes == {"cal": [1, 137, 137], "isr": [137, 137]}
    assert counted.run_summary == "init:1;isr:6;cal:7;coadd:1"
    assert counted.total == sum(counted.counts.values()) == 15
    assert list(counted.counts) == list(STATES)


def test_jobs_of_a_group_that_has_not_begun_are_in_its_state():
    jobs = [Job(f"g.{each}", each, each, {each: 1}) for each in ("a", "b")]
    assert tally(jobs, {"g": "PRUNED"}, {}).states == {"g.a": "PRUNED", "g.b": "PRUNED"}
    assert tally(jobs, {"g": "RUNNING", "g.a": "READY"}, {}).states["g.a"] == "READY"


def test_a_summary_that_says_nothing_of_failures_is_not_believed(tmp_path):
    summary = tmp_path / "summary.json"
    job = Job("c", "c", "c", {"isr": 2}, str(summary))
    for text in ("", "[]", '{"quantaReports": [{"taskLabel": "isr", "status": "success"}]}'):
        summary.write_text(text)
        assert some(tally([job], {"c": "FAILED"}, {}).summary["isr"]) == {"FAILED": 2}


def test_without_the_submit_folder_payloads_are_counted_by_program():
    nodes = [
        {"path": "g", "executable": None},
        {"path": "g.isr_1", "executable": "isr"},
        {"path": "g.isr_2", "executable": "isr"},
    ]
    counted = tally(nodes_as_jobs(nodes), {"g.isr_1": "COMPLETED", "g.isr_2": "HELD"}, {})
    assert some(counted.summary["isr"]) == {"SUCCEEDED": 1, "HELD": 1}
