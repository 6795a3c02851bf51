"""Single jobs of the real bps: retries, memory, limits, and what is refused."""

import json
import os
import re

import pytest

pytestmark = pytest.mark.bps


def custom(site, name, script, arguments="", changes=None, **job):
    """The configuration of a script for `bps submitcmd`."""
    path = site.folder / f"{name}.sh"
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)
    job = {"executable": str(path), "arguments": arguments} | job
    return site.configuration(name, customJob=job, **(changes or {}))


def history(site, run, payload):
    return site.runner("job", "show", f"{run}/{payload}")["history"]


ALLOCATE = "python3 -c \"import time; block = b'x' * (160 << 20); time.sleep(2)\""


def test_a_command_runs_with_its_files_and_environment(site):
    given = site.folder / "given.txt"
    given.write_text("two words\n")
    configuration = custom(
        site,
        "command",
        'tr a-z A-Z <"$1" >"$2"; echo "$WORD $HERE $3" >>"$2"',
        "{given} {made} '{payloadName}'",
        inputs={"given": str(given)},
        outputs={"made": "made/made.txt"},
        environment={"WORD": "a 'quoted' word"},
        preCmdline="export HERE=before",
        accountingUser="anna",
    )
    done = site.bps("submitcmd", configuration, HERE="submitted")
    run = re.search(r"Run Id: (\d+)", done.stdout).group(1)
    assert site.wait(run) == "COMPLETED"
    made = site.folder / "submit" / "command" / "made" / "made.txt"
    assert made.read_text() == "TWO WORDS\na 'quoted' word before {payloadName}\n"
    assert site.report(run).some("customJob") == {"SUCCEEDED": 1, "EXPECTED": 1}
    assert site.runner("run", "show", run)["tags"] == {
        "accounting_user": "anna",
        "bps_run": "runs_command",
    }


def test_codes_retries_memory_and_aborts_are_followed(site):
    runs = {
        name: site.submit(custom(site, name, script, **job), "submitcmd")
        for name, (script, job) in {
            "retried": ("exit 3", {"numberOfRetries": 2}),
            "final": ("exit 2", {"numberOfRetries": 2}),
            "killed": ("kill -KILL $$", {"numberOfRetries": 0}),
            "grown": (ALLOCATE, {"requestMemory": 100, "memoryMultiplier": 2}),
            "capped": (ALLOCATE, {"requestMemory": 100, "requestMemoryMax": 150}),
            "aborted": ("exit 77", {"abortOnValue": 77, "abortReturnValue": 5}),
        }.items()
    }
    states = {name: site.wait(run) for name, run in runs.items()}
    assert states == {
        "retried": "ERROR",
        "final": "ERROR",
        "killed": "ERROR",
        "grown": "COMPLETED",
        "capped": "ERROR",
        "aborted": "ERROR",
    }
    attempts = {name: history(site, run, f"{name}_sh") for name, run in runs.items()}
    assert [each["exitCode"] for each in attempts["retried"]] == [3, 3, 3]
    assert [each["exitCode"] for each in attempts["final"]] == [2]
    assert [each["exitCode"] for each in attempts["killed"]] == [137]
    assert [each["memory"] for each in attempts["grown"]] == [100, 200]
    assert [each["memory"] for each in attempts["capped"]] == [100, 150]
    assert [each["exitCode"] for each in attempts["aborted"]] == [77]
    assert site.runner("run", "show", runs["aborted"])["returnCode"] == 5
    assert site.status(runs["aborted"]) == 19

    codes = {
        name: site.report(runs[name], "--return-exit-codes").exit_codes["customJob"]
        for name in ("retried", "final", "killed")
    }
    assert codes == {
        "retried": ["0", "None", "1", "3"],
        "final": ["1", "2", "0", "None"],
        "killed": ["0", "None", "1", "137"],
    }


def test_a_concurrency_limit_holds_over_runs(site):
    gate = site.folder / "gate"
    changes = {"concurrencyLimit": "single", "sgs": {"limits": {"single": 1}}}
    first, second = (
        site.submit(
            custom(site, name, f'until [ -e "{gate}" ]; do sleep 0.1; done', changes=changes),
            "submitcmd",
        )
        for name in ("single1", "single2")
    )
    site.until(lambda: site.payload_states(first)["single1_sh"] == "RUNNING")
    site.until(lambda: "1 of category single run, 1 may" in str(site.runner("why", second)))
    assert site.report(second).some("customJob") == {"READY": 1, "EXPECTED": 1}
    site.runner("run", "hold", second, "--reason", "the tape is away")
    assert site.status(second) == 17
    site.runner("run", "release", second)
    gate.touch()
    assert [site.wait(first), site.wait(second)] == ["COMPLETED", "COMPLETED"]


def test_a_cancelled_job_is_done_again_by_a_restart(site):
    gate = site.folder / "gate of cancelled"
    script = f'until [ -e "{gate}" ]; do sleep 0.1; done'
    run = site.submit(custom(site, "cancelled", script), "submitcmd")
    site.until(lambda: site.payload_states(run)["cancelled_sh"] == "RUNNING")
    site.bps("cancel", "--id", run)
    assert site.wait(run) == "ABORTED"
    assert site.report(run).some("customJob") == {"DELETED": 1, "EXPECTED": 1}
    gate.touch()
    site.bps("restart", "--id", run)
    assert site.wait(run) == "COMPLETED"
    assert site.report(run).some("customJob") == {"SUCCEEDED": 1, "EXPECTED": 1}


def test_the_runner_is_told_for_whom_it_runs(site):
    told = site.folder / "told"
    program = site.folder / "tells"
    program.write_text(f"""#!/bin/sh
printf '%s\\n' "$*" >>{told}
echo '{{"run": "RUN_1", "number": 7}}'
""")
    program.chmod(0o755)
    configuration = custom(
        site,
        "told",
        "true",
        accountingGroup="calibration",
        accountingUser="anna",
        changes={"sgs": {"cluster": 5}},
    )
    done = site.bps("submitcmd", configuration, SGS_BPS_RUNNER=str(program))
    assert "Run Id: 7\n" in done.stdout
    submitted, *_, run_tag, user_tag = told.read_text().splitlines()
    assert (
        f"submit runs_told --pipelines {site.folder}/submit/told/sgs/graph --id bps:" in submitted
    )
    assert (
        " --force --user tester --project tests --campaign mocks --share calibration --cluster 5 "
        in submitted
    )
    assert run_tag.startswith("tag RUN_1 bps_run=runs_told ")
    assert user_tag.startswith("tag RUN_1 accounting_user=anna ")


def test_what_is_prepared_follows_the_schema(site):
    import jsonschema

    site.bps(
        "prepare",
        site.configuration(
            "prepared",
            site.pipeline(),
            requestWalltime=30,
            requestDisk=100,
            pipetask={"coadd": {"requestMemory": 1000, "requestCpus": 2, "priority": 7}},
            queue="long",
        ),
    )
    folder = site.folder / "submit" / "prepared" / "sgs"
    document = json.loads((folder / "graph" / "runs_prepared.json").read_text())
    with open(os.environ["SGS_GRAPH_SCHEMA"], encoding="utf-8") as file:
        jsonschema.Draft202012Validator(json.load(file)).validate(document)
    resources = {each["name"]: each["resources"] for each in document["executables"]}
    assert resources["isr"] == {"cores": 1, "ram_MiB": 600, "walltime_s": 1800, "tmp_MiB": 100}
    assert resources["coadd"] == {"cores": 2, "ram_MiB": 1000, "walltime_s": 1800, "tmp_MiB": 100}
    assert document["policy"] == {
        "attempts": 6,
        "final_codes": [1, 2],
        "memory": {"multiplier": 2, "cap_MiB": 491520},
        "priority": 0,
    }
    nodes = {node["id"]: node for node in document["nodes"]}
    assert len(nodes) == 11
    assert nodes["coadd"]["policy"] == {"priority": 7}
    assert sorted(nodes["coadd"]["after"]) == [f"calibrate_{each}" for each in range(1, 5)]
    assert nodes["finalJob"]["kind"] == "final"
    assert (folder / "environment.sh").stat().st_mode & 0o777 == 0o600
    forecast = site.runner(
        "submit", "runs_prepared", "--pipelines", str(folder / "graph"), "--stop-after", "prepare"
    )
    assert sum(node["payloads"] for node in forecast["nodes"]) == 11


def test_what_cannot_run_is_refused_and_begins_nothing(site):
    before = len(site.runner("run", "list")["runs"])
    done = site.bps("submitcmd", custom(site, "large", "true", requestCpus=64), check=False)
    assert done.returncode != 0
    assert "lacks 62 cores" in done.stderr
    pipeline = site.pipeline()
    for name, variables, words in (
        ("nowhere", {"SGS_BPS_STATE": str(site.folder / "nowhere")}, "no runner serves it"),
        ("missing", {"SGS_BPS_RUNNER": "/nowhere/sdc-runner"}, "there is no such program"),
    ):
        done = site.bps("submit", site.configuration(name, pipeline), check=False, **variables)
        assert done.returncode != 0
        assert words in done.stderr
        assert not (site.folder / "submit" / name).exists()
        assert site.bps("ping", check=False, **variables).returncode == 69
    wrong = site.configuration("wrong", pipeline, sgs={"limits": {"db_limit": "few"}})
    done = site.bps("submit", wrong, check=False)
    assert "sgs.limits.db_limit: found 'few', expected a number" in done.stderr
    assert len(site.runner("run", "list")["runs"]) == before


def test_questions_about_nothing_are_answered(site):
    assert site.bps("ping").returncode == 0
    assert site.status("4711") == 10
    assert "No records found for job id '4711'" in site.bps("report", "--id", "4711").stdout
    assert (
        "Restart failed: sdc-runner: there is no run 4711"
        in site.bps("restart", "--id", "4711").stdout
    )
    assert "No records found" in site.bps("report", "--id", site.folder).stdout
    identifiers = {row["run"] for row in site.runner("run", "list")["runs"]}
    lines = site.bps("report", "--hist", "1", "--global").stdout.splitlines()[2:]
    assert {
        word for line in lines for word in line.split() if word.startswith("RUN_")
    } == identifiers
    done = site.bps("restart", "--id", site.folder)
    assert f"{site.folder}: nothing was submitted to the runner from there" in done.stdout
