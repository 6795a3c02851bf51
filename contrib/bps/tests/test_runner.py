import json
import sys

import pytest

from sgs_bps.runner import Runner, RunnerError
from sgs_bps.settings import Settings


@pytest.fixture
def program(tmp_path):
    """A program that says what it was asked, and ends as the file `status` says."""
    path = tmp_path / "runner"
    path.write_text(
        f"#!{sys.executable}\nimport json, pathlib, sys\n"
        "told = json.loads(pathlib.Path(__file__).with_name('status').read_text())\n"
        "print(told['out'] or json.dumps({'runs': sys.argv[1:], 'number': 1}))\n"
        "print(told['err'], file=sys.stderr)\nsys.exit(told['status'])\n"
    )
    path.chmod(0o755)

    def tell(status=0, out="", err=""):
        (tmp_path / "status").write_text(json.dumps({"status": status, "out": out, "err": err}))
        return Runner(Settings(runner=str(path), state="/state", storage="/storage", sdc="SDC-FR"))

    return tell


PLACE = ["--state", "/state", "--storage", "/storage"]


def test_commands_say_which_runner_is_meant(program):
    asked = program().runs(["--hist", "1"])
    assert asked == ["run", "list", "--hist", "1", *PLACE, "--sdc", "SDC-FR", "--json"]
    assert program().runs(everywhere=True) == ["run", "list", *PLACE, "--json"]


def test_the_status_of_a_run_is_no_failure(program):
    assert program(status=19).status("1")["number"] == 1


def test_a_refusal_says_what_is_legal(program):
    refused = program(status=1, out='{"message": "run 1 is COMPLETED", "legal": ["remove", "tag"]}')
    with pytest.raises(RunnerError) as caught:
        refused.restart("1")
    assert caught.value.status == 1
    assert str(caught.value) == "run 1 is COMPLETED; legal now: remove, tag"


def test_what_a_failed_command_says_is_told(program):
    with pytest.raises(RunnerError) as caught:
        program(status=66, out="nothing", err="there is no run 1").show("1")
    assert (caught.value.status, str(caught.value)) == (66, "there is no run 1")


def test_a_program_that_is_not_there_is_told():
    with pytest.raises(RunnerError, match="there is no such program") as caught:
        Runner(Settings(runner="/nowhere/sdc-runner")).ping()
    assert caught.value.status == 69
