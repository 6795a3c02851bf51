"""The shell script of a job, and the environment in which all of them run."""

import os
import re
import shlex
from collections.abc import Mapping
from typing import Any

_VALUE = re.compile(r"{([A-Za-z_][A-Za-z0-9_]*)}")
_FILE = re.compile(r"<FILE:([^>\s]+)>")
_VARIABLE = re.compile(r"<ENV:([^>\s]+)>")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

#: Most rounds in which what was put in is looked at again.
_MOST_ROUNDS = 10

#: Variables of whoever calls bps that mean nothing, or something else, where a job runs.
_OWN = {
    "_",
    "BASHOPTS",
    "BASH_ENV",
    "DISPLAY",
    "EUID",
    "OLDPWD",
    "PPID",
    "PWD",
    "SHELLOPTS",
    "SHLVL",
    "TMPDIR",
    "UID",
}
_OWN_PREFIXES = ("SGS_", "BASH_FUNC_", "CUDA_VISIBLE_DEVICES")


class UnknownFileError(ValueError):
    """A command names a file that its job does not have."""


def filled(command: str, values: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """A command with its values, files and variables in place of what stands for them.

    Values may name files and variables again. Braces that stand for nothing stay.
    """

    def path(match: re.Match) -> str:
        try:
            return files[match.group(1)]
        except KeyError:
            raise UnknownFileError(f"file {match.group(1)} is none of the job's") from None

    for _ in range(_MOST_ROUNDS):
        before = command
        command = _VALUE.sub(
            lambda match: (
                str(values[match.group(1)]) if match.group(1) in values else match.group(0)
            ),
            command,
        )
        command = _FILE.sub(path, command)
        if command == before:
            break
    return _VARIABLE.sub(r"${\1}", command)


def environment(variables: Mapping[str, str]) -> str:
    """A script that sets the variables of whoever calls bps, but for those of one process alone."""
    lines = ["# The environment in which bps was called."]
    for name in sorted(variables):
        if name in _OWN or name.startswith(_OWN_PREFIXES) or not _NAME.fullmatch(name):
            continue
        lines.append(f"export {name}={shlex.quote(variables[name])}")
    return "\n".join(lines) + "\n"


#: Starts a job's script, which the name of its node tells.
DISPATCHER = """#!/bin/bash
# Starts the script of a job: LABEL is the folder, the node's name the file.
exec "${0%/*}/jobs/$1/${SGS_STEP##*.}.sh" "${@:2}"
"""


def job_script(
    *,
    title: str,
    command: str,
    folder: str,
    log: str,
    variables: Mapping[str, Any],
    before: str | None = None,
    after: str | None = None,
    summary: str | None = None,
) -> str:
    """The script of a job.

    `folder` is that of all scripts, `log` the path, without suffix, of the links to what the last
    attempt said, `summary` where the job leaves the states of its quanta.
    """
    title = re.sub(r"[\x00-\x1f\x7f]", " ", title)
    environment_file = os.path.join(folder, "environment.sh")
    lines = [
        "#!/bin/bash",
        f"# {title}",
        f"[ ! -r {shlex.quote(environment_file)} ] || . {shlex.quote(environment_file)}",
    ]
    for name in sorted(variables):
        if not _NAME.fullmatch(name):
            raise ValueError(f"environment: found {name!r}, expected a variable's name")
        lines.append(f"export {name}={shlex.quote(str(variables[name]))}")
    quoted = shlex.quote(log)
    lines += [
        'for argument in "$@"; do',
        "    case $argument in --logdir=*) logdir=${argument#--logdir=} ;; esac",
        "done",
        f'mkdir -p "$(dirname {quoted})" 2>/dev/null',
        'if [ -n "${logdir:-}" ]; then',
        f'    ln -sfn "$logdir/stdout" {quoted}.stdout; ln -sfn "$logdir/stderr" {quoted}.stderr',
        "fi 2>/dev/null",
    ]
    if summary:
        quoted = shlex.quote(summary)
        lines.append(f'mkdir -p "$(dirname {quoted})"; rm -f {quoted}')
    if before:
        lines.append(f"{{ {before}\n}} || exit")
    lines += [command, "status=$?"]
    if after:
        lines.append(after)
    lines.append("exit $status")
    return "\n".join(lines) + "\n"
