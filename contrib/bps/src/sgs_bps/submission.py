"""What is kept in the submit folder of a run, by which it is found and reported later."""

import dataclasses
import json
import os
import uuid
from typing import Any

from .graph import Job, Script
from .settings import Settings

FORMAT = "sgs-bps/1"
_PREFIX = "bps:"


@dataclasses.dataclass
class Submission:
    #: Of bps: the name of the run, and whose it is.
    run: str
    project: str
    campaign: str
    payload: str
    operator: str
    #: The submit folder.
    path: str
    settings: Settings
    jobs: list[Job]
    #: The runner's number and identifier of the run, once it is submitted.
    wms_id: str | None = None
    global_wms_id: str | None = None

    @property
    def folder(self) -> str:
        """The folder of all that is made for the runner."""
        return os.path.join(self.path, "sgs")

    @property
    def file(self) -> str:
        return os.path.join(self.folder, "submission", "submission.json")

    def new_identifier(self) -> str:
        """An identifier for the runner that tells where the submit folder is."""
        return f"{_PREFIX}{self.path}#{uuid.uuid4()}"

    def write(self) -> None:
        fields = {
            "format": FORMAT,
            **{name: getattr(self, name) for name in _TEXTS},
            "settings": self.settings.as_dict(),
            "jobs": [dataclasses.asdict(job) for job in self.jobs],
        }
        write(self.file, json.dumps(fields, indent=1))

    @classmethod
    def read(cls, path: str) -> "Submission | None":
        """That of a submit folder; `None` where it has none that can be read."""
        try:
            with open(
                os.path.join(path, "sgs", "submission", "submission.json"), encoding="utf-8"
            ) as file:
                fields = json.load(file)
            if fields["format"] != FORMAT:
                return None
            return cls(
                **{name: fields[name] for name in _TEXTS} | {"path": os.path.abspath(path)},
                settings=Settings(**fields["settings"]),
                jobs=[Job(**job) for job in fields["jobs"]],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Submission | None":
        """That of a run in a list of runs."""
        path = submit_path(row)
        return cls.read(path) if path else None


_TEXTS = ("run", "project", "campaign", "payload", "operator", "path", "wms_id", "global_wms_id")


def submit_path(row: dict[str, Any]) -> str | None:
    """The submit folder of a run in a list of runs; `None` where bps did not submit it."""
    identifier = row.get("originId") or ""
    if row.get("origin") != "submission" or not identifier.startswith(_PREFIX):
        return None
    return identifier.removeprefix(_PREFIX).rpartition("#")[0] or None


def write(path: str, text: str | bytes, mode: int = 0o644) -> None:
    """All of a file, in place of what was there."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    data = text.encode() if isinstance(text, str) else text
    partial = f"{path}.{uuid.uuid4().hex}.part"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.replace(partial, path)


def write_scripts(folder: str, scripts: list[Script]) -> None:
    for script in scripts:
        write(os.path.join(folder, script.path), script.text, mode=0o755)
