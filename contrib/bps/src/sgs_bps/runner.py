"""The runner's command line: its commands, their exit statuses and JSON answers."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

from .settings import Settings

#: Exit statuses of commands (sysexits).
NO_SUCH_ITEM = 66
NO_RUNNER = 69


class RunnerError(RuntimeError):
    """A command that was refused or failed, with its exit status and what it said."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status


class Runner:
    """`sdc-runner` for one state folder, and for one SDC where the settings name it."""

    def __init__(self, settings: Settings):
        self.settings = settings

    @property
    def program(self) -> str:
        """Path of the program; `RunnerError` where there is none."""
        found = shutil.which(self.settings.runner)
        if found is None:
            raise RunnerError(
                NO_RUNNER,
                f"{self.settings.runner}: there is no such program;"
                " set sgs.runner or SGS_BPS_RUNNER",
            )
        return os.path.abspath(found)

    def ping(self, options: Sequence[str] = ()) -> dict[str, Any]:
        return self._ask(["ping"], options)

    def runs(self, options: Sequence[str] = (), everywhere: bool = False) -> list[dict[str, Any]]:
        """The runs that options of `run list` choose; of all SDCs where `everywhere`."""
        return self._ask(["run", "list"], options, everywhere=everywhere)["runs"]

    def status(self, run: str) -> dict[str, Any]:
        """A run in a list of runs; the exit status of the command is the run's own."""
        return self._ask(["status", run], answers=True)

    def show(self, run: str) -> dict[str, Any]:
        """All that is known of a run."""
        return self._ask(["run", "show", run], answers=True)

    def errors(self, run: str) -> list[dict[str, Any]]:
        """The payloads of a run that failed, each with its last exit code."""
        return self._ask(["report", "--errors", "--id", run])["rows"]

    def submit(self, pipeline: str, options: Sequence[str]) -> str:
        """The identifier of the run that was begun."""
        return self._ask(["submit", pipeline], options)["run"]

    def restart(self, run: str) -> dict[str, Any]:
        return self._ask(["run", "restart", run])

    def cancel(self, run: str, reason: str) -> dict[str, Any]:
        return self._ask(["run", "cancel", run], ["--reason", reason])

    def tag(self, run: str, name: str, value: str) -> None:
        self._ask(["tag", run, f"{name}={value}"])

    def _ask(
        self,
        command: Sequence[str],
        options: Sequence[str] = (),
        *,
        answers: bool = False,
        everywhere: bool = False,
    ) -> dict[str, Any]:
        """The JSON answer of a command.

        `answers`: an answer counts whatever the status, which then is that of a run.
        """
        place = ["--state", self.settings.state, "--storage", self.settings.storage]
        if self.settings.sdc and not everywhere and "--sdc" not in options:
            place += ["--sdc", self.settings.sdc]
        done = subprocess.run(
            [self.program, *command, *options, *place, "--json"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
        answer = _object(done.stdout)
        if answer is not None and (done.returncode == 0 or answers):
            return answer
        said = answer.get("message") if answer else None
        legal = answer.get("legal") if answer else None
        message = said or done.stderr.strip() or f"{command[0]} said nothing"
        if legal:
            message += f"; legal now: {', '.join(legal)}"
        raise RunnerError(done.returncode or 1, message)


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
