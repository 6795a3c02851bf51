"""What the site says of its runner and of how workflows are given to it."""

import dataclasses
import os
from collections.abc import Mapping
from typing import Any

#: Minutes that a job may take which does not say how long it takes.
WALLTIME = 1440.0


class SettingsError(ValueError):
    """A setting that has no meaning: `key: found ..., expected ...`."""


@dataclasses.dataclass(frozen=True)
class Settings:
    """The section `sgs` of the configuration of bps, and the environment where it says nothing."""

    #: The program.
    runner: str = "sdc-runner"
    #: Folders of the runners' states and of the SDCs' storages.
    state: str = ".state/runners"
    storage: str = ".state/storage"
    #: The SDC; `None` where the state folder has only one.
    sdc: str | None = None
    #: Minutes.
    walltime: float = WALLTIME
    #: Most jobs at the same time, by the names of concurrency limits and categories.
    limits: Mapping[str, int] = dataclasses.field(default_factory=dict)
    #: Jobs have the environment in which bps was called.
    environment: bool = True
    #: Most short jobs that the runner may hand over together.
    cluster: int | None = None
    #: Jobs of several quanta leave a summary, by which reports count quanta.
    summaries: bool = True

    @classmethod
    def read(
        cls, section: Mapping[str, Any], environ: Mapping[str, str] = os.environ
    ) -> "Settings":
        """Settings of a section of a configuration; what it leaves out is as the environment says.

        Raises `SettingsError` for keys that there are not and for values without meaning.
        """
        known = {field.name for field in dataclasses.fields(cls)}
        values: dict[str, Any] = {}
        for key in ("runner", "state", "storage", "sdc"):
            text = environ.get(f"SGS_BPS_{key.upper()}")
            if text:
                values[key] = text
        for key in section:
            if key not in known:
                raise SettingsError(
                    f"sgs.{key}: found an unknown key, expected one of: {_list(known)}"
                )
            values[key] = section[key]
        for key in ("runner", "state", "storage", "sdc"):
            if key in values:
                values[key] = os.path.expandvars(str(values[key]))
        for key in ("state", "storage"):
            values[key] = os.path.abspath(values.get(key, getattr(cls, key)))
        if "walltime" in values:
            values["walltime"] = _number("walltime", values["walltime"], 1 / 60, 16_000_000)
        if "cluster" in values and values["cluster"] is not None:
            values["cluster"] = _whole("cluster", values["cluster"], 1, 10_000)
        if "limits" in values:
            limits = values["limits"] or {}
            values["limits"] = {
                str(name): _whole(f"limits.{name}", limits[name], 0, 1_000_000) for name in limits
            }
        for key in ("environment", "summaries"):
            if key in values and not isinstance(values[key], bool):
                raise SettingsError(f"sgs.{key}: found {values[key]!r}, expected true or false")
        return cls(**values)

    @classmethod
    def of(cls, config: Any) -> "Settings":
        """Settings of a configuration of bps; that of most commands is empty."""
        if not config:
            return cls.read({})
        options: dict[str, Any] = {"curvals": {}, "default": {}}
        found, site = config.search("computeSite")
        if found:
            options["curvals"]["curr_site"] = site
        _, section = config.search("sgs", opt=options)
        return cls.read(_plain(section))

    def as_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


def _plain(section: Any) -> dict[str, Any]:
    """A section of a configuration as a dictionary, with its variables replaced."""
    plain: dict[str, Any] = {}
    for key in section or {}:
        value = section[key]
        plain[key] = _plain(value) if isinstance(value, Mapping) else value
    return plain


def _list(names) -> str:
    return ", ".join(sorted(names))


def _number(key: str, value: Any, least: float, most: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if isinstance(value, bool) or not least <= number <= most:
        raise SettingsError(
            f"sgs.{key}: found {value!r}, expected a number from {least:g} to {most}"
        )
    return number


def _whole(key: str, value: Any, least: int, most: int) -> int:
    number = _number(key, value, least, most)
    if number != int(number):
        raise SettingsError(f"sgs.{key}: found {value!r}, expected a whole number")
    return int(number)
