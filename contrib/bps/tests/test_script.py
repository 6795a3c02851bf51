import os
import subprocess

import pytest

from sgs_bps.script import DISPATCHER, environment, filled, job_script


def script(tmp_path, **options):
    given = dict(
        title="a\njob",
        command="true",
        folder=str(tmp_path),
        log=str(tmp_path / "logs" / "a b"),
        variables={},
    )
    folder = tmp_path / "jobs" / "label"
    folder.mkdir(parents=True)
    path = folder / "name.sh"
    path.write_text(job_script(**(given | options)))
    path.chmod(0o755)
    dispatcher = tmp_path / "job"
    dispatcher.write_text(DISPATCHER)
    dispatcher.chmod(0o755)
    return subprocess.run(
        [dispatcher, "label", "--workdir=w", f"--logdir={tmp_path}"],
        env={"SGS_STEP": "group.name", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )


def test_the_dispatcher_finds_the_script_of_its_node(tmp_path):
    done = script(tmp_path, command='echo "$@"; exit 3')
    assert (done.returncode, done.stdout) == (3, f"--workdir=w --logdir={tmp_path}\n")
    assert os.readlink(tmp_path / "logs" / "a b.stdout") == f"{tmp_path}/stdout"


def test_what_comes_after_runs_whatever_the_command_ended_with(tmp_path):
    done = script(tmp_path, before="A=1", command="echo $A; false", after="echo after")
    assert (done.returncode, done.stdout) == (1, "1\nafter\n")


def test_where_what_comes_before_fails_nothing_else_runs(tmp_path):
    done = script(tmp_path, before="(exit 7)", command="echo command", after="echo after")
    assert (done.returncode, done.stdout) == (7, "")


def test_the_summary_of_an_earlier_attempt_is_removed(tmp_path):
    summary = tmp_path / "s" / "summary.json"
    summary.parent.mkdir()
    summary.touch()
    assert script(tmp_path, summary=str(summary)).returncode == 0
    assert not summary.exists()


def test_variables_are_the_jobs_own_before_those_of_bps(tmp_path):
    (tmp_path / "environment.sh").write_text(
        environment({"A": "outer's", "B": "$b\n", "SGS_STEP": "x"})
    )
    done = script(tmp_path, variables={"A": "own"}, command='echo "$A,$B,$SGS_STEP"')
    assert done.stdout == "own,$b\n,group.name\n"


def test_a_variable_without_a_name_is_refused():
    with pytest.raises(ValueError, match="expected a variable's name"):
        job_script(title="", command="", folder="", log="", variables={"a b": 1})


def test_values_are_filled_in_to_the_end():
    values = {"a": "<FILE:f> {b}", "b": "<ENV:HOME>/x", "loop": "{loop}"}
    assert filled("{a} {c} {loop} {}", values, {"f": "/f"}) == "/f ${HOME}/x {c} {loop} {}"
