"""Whole runs of the real bps: what comes out, and what its reports say."""

import itertools

import pytest

pytestmark = pytest.mark.bps


def test_a_pipeline_runs_and_leaves_what_the_parsl_plugin_leaves(site):
    pipeline = site.pipeline()
    run = site.submit(site.configuration("whole", pipeline))
    assert site.wait(run) == "COMPLETED"
    assert site.status(run) == 0

    report = site.report(run, "--return-exit-codes")
    assert list(report.rows) == ["TOTAL", "pipetaskInit", "isr", "calibrate", "coadd", "finalJob"]
    assert report.columns == [
        "UNKNOWN", "MISFIT", "UNREADY", "READY", "PENDING", "RUNNING",
        "DELETED", "HELD", "SUCCEEDED", "FAILED", "PRUNED", "EXPECTED",
    ]  # fmt: skip
    assert report.some("TOTAL") == {"SUCCEEDED": 11, "EXPECTED": 11}
    assert report.some("isr") == {"SUCCEEDED": 4, "EXPECTED": 4}
    assert report.some("coadd") == {"SUCCEEDED": 1, "EXPECTED": 1}
    assert report.exit_codes["calibrate"] == ["0", "None", "0", "None"]
    assert "WARNING" not in report.text
    row = report.text.splitlines()[2].split()
    assert row == ["SUCCEEDED", "100", run, "tester", "tests", "mocks", "whole", "runs_whole"]

    logs = site.folder / "submit" / "whole" / "logs"
    assert "Mocking execution of task 'isr'" in (logs / "isr" / "isr_3.stderr").read_text()

    site.bps(
        "submit",
        site.configuration(
            "parsl",
            pipeline,
            wmsServiceClass="lsst.ctrl.bps.parsl.ParslService",
            computeSite="local",
            site={"local": {"class": "lsst.ctrl.bps.parsl.sites.Local", "cores": 2}},
            parsl={"log_level": "INFO"},
        ),
    )
    ours = site.datasets("runs/whole")
    assert len(ours) == 9
    assert ours == site.datasets("runs/parsl")
    assert ours == site.datasets("chains/whole")
    parsl = site.folder / "submit" / "parsl" / "logs"
    assert {each.name for each in logs.iterdir()} == {each.name for each in parsl.iterdir()}
    assert len(list(logs.glob("*/*.stderr"))) == len(list(parsl.glob("*/*.stderr"))) == 11


def test_a_failed_quantum_is_reported_and_done_again_by_a_restart(site):
    cause = site.stumble("stumbling", 2)
    run = site.submit(site.configuration("stumbling", site.pipeline(name="stumbling")))
    assert site.wait(run) == "ERROR"
    assert site.status(run) == 19

    report = site.report(run, "--return-exit-codes")
    assert report.some("isr") == {"SUCCEEDED": 4, "EXPECTED": 4}
    assert report.some("calibrate") == {"SUCCEEDED": 3, "FAILED": 1, "EXPECTED": 4}
    assert report.some("coadd") == {"PRUNED": 1, "EXPECTED": 1}
    assert report.some("finalJob") == {"SUCCEEDED": 1, "EXPECTED": 1}
    assert report.exit_codes["calibrate"] == ["1", "1", "0", "None"]
    assert "WARNING" not in report.text
    assert site.attempts(run)["calibrate_2"] == 1

    cause.unlink()
    path = site.folder / "submit" / "stumbling"
    done = site.bps("restart", "--id", path)
    assert f"Run Id: {run}\nRun Name: runs_stumbling\n" in done.stdout
    assert site.wait(run) == "COMPLETED"
    assert site.status(str(path)) == 0
    attempts = site.attempts(run)
    assert attempts["calibrate_2"] == 2
    assert [attempts[f"isr_{detector}"] for detector in range(1, 5)] == [1, 1, 1, 1]
    assert len(site.datasets("runs/stumbling")) == 9

    done = site.bps("restart", "--id", run)
    assert "Restart failed: run: nothing is to be done again" in done.stdout


def test_clustered_quanta_are_counted_one_by_one(site):
    cause = site.stumble("clustered", 3)
    run = site.submit(
        site.configuration(
            "clustered",
            site.pipeline(name="clustered"),
            clusterAlgorithm="lsst.ctrl.bps.quantum_clustering_funcs.dimension_clustering",
            cluster={"by_detector": {"pipetasks": "isr, calibrate", "dimensions": "detector"}},
        )
    )
    assert site.wait(run) == "ERROR"
    assert len(site.payload_states(run)) == 7

    report = site.report(run, "--return-exit-codes")
    assert list(report.rows) == ["TOTAL", "pipetaskInit", "isr", "calibrate", "coadd", "finalJob"]
    assert report.some("isr") == {"SUCCEEDED": 4, "EXPECTED": 4}
    assert report.some("calibrate") == {"SUCCEEDED": 3, "FAILED": 1, "EXPECTED": 4}
    assert report.some("coadd") == {"PRUNED": 1, "EXPECTED": 1}
    assert report.some("TOTAL") == {"SUCCEEDED": 9, "FAILED": 1, "PRUNED": 1, "EXPECTED": 11}
    assert report.exit_codes["isr"] == ["0", "None", "0", "None"]
    assert report.exit_codes["calibrate"] == ["1", "1", "0", "None"]
    assert "Jobs: 7, 5 succeeded, 1 failed; the table counts quanta" in report.text
    brief = site.bps("report", "--hist", "1").stdout
    row = next(line.split() for line in brief.splitlines() if "runs_clustered" in line)
    assert row[:3] == ["FAILED", "81", run]

    cause.unlink()
    site.bps("restart", "--id", run)
    assert site.wait(run) == "COMPLETED"
    assert site.report(run).some("TOTAL") == {"SUCCEEDED": 11, "EXPECTED": 11}
    assert len(site.datasets("runs/clustered")) == 9


def test_a_cancelled_run_ends_what_runs_and_still_has_its_final_job(site):
    pipeline = site.pipeline(sleep=3600, name="endless")
    run = site.submit(site.configuration("endless", pipeline), "submit", "--make-id-link")
    assert (site.folder / "bps_links" / run).resolve() == site.folder / "submit" / "endless"
    site.until(
        lambda: "RUNNING" in [site.payload_states(run)[f"isr_{each}"] for each in range(1, 5)]
    )
    assert site.status(run) == 15
    assert site.report(run).rows["isr"]["RUNNING"] >= 1

    assert "No job matches" in site.bps("cancel").stdout
    assert "No job matches" in site.bps("cancel", "--user", "nobody").stdout
    done = site.bps("cancel", "--user", "tester")
    assert f"Successfully canceled job with id '{run}'" in done.stdout
    assert site.wait(run) == "ABORTED"
    assert site.status(run) == 16

    report = site.report(run)
    assert report.some("pipetaskInit") == {"SUCCEEDED": 1, "EXPECTED": 1}
    assert report.some("isr") == {"DELETED": 4, "EXPECTED": 4}
    assert report.some("finalJob") == {"SUCCEEDED": 1, "EXPECTED": 1}
    assert "Stopped: bps cancel" in report.text
    assert "No job matches" in site.bps("cancel", "--id", run).stdout


def test_a_group_that_fails_lets_the_next_one_run_unless_it_blocks(site):
    cause = site.stumble("ordered", 1)
    pipeline = site.pipeline(name="ordered")
    runs = {}
    for name, blocking in (("passing", False), ("blocking", True)):
        runs[name] = site.submit(
            site.configuration(
                name,
                pipeline,
                ordering={
                    "each": {
                        "labels": "isr, calibrate",
                        "dimensions": "detector",
                        "blocking": blocking,
                    }
                },
            )
        )
    passing, blocking = (site.wait(run) for run in runs.values())
    assert (passing, blocking) == ("ERROR", "ERROR")

    report = site.report(runs["passing"])
    assert report.some("isr") == {"SUCCEEDED": 4, "EXPECTED": 4}
    assert report.some("calibrate") == {"SUCCEEDED": 3, "FAILED": 1, "EXPECTED": 4}
    assert report.some("coadd") == {"PRUNED": 1, "EXPECTED": 1}

    report = site.report(runs["blocking"])
    assert report.some("isr") == {"SUCCEEDED": 1, "PRUNED": 3, "EXPECTED": 4}
    assert report.some("calibrate") == {"FAILED": 1, "PRUNED": 3, "EXPECTED": 4}
    brief = site.bps("report", "--hist", "1", "--user", "tester").stdout
    found = {line.split()[-1]: line.split()[:2] for line in brief.splitlines()}
    assert found["runs_passing"] == ["FAILED", "81"]
    assert found["runs_blocking"] == ["FAILED", "27"]
    cause.unlink()


def test_groups_of_no_work_order_jobs(site):
    run = site.submit(
        site.configuration(
            "noop",
            site.pipeline(),
            ordering={
                "each": {"labels": "isr", "dimensions": "detector", "implementation": "noop"}
            },
        )
    )
    assert site.wait(run) == "COMPLETED"
    spans = []
    for detector in range(1, 5):
        job = site.runner("job", "show", f"{run}/isr_{detector}")
        spans.append((job["started"], job["ended"]))
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
