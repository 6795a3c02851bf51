"""Names that the graph document allows: letters, digits, `-` and `_`, 64 at most."""

import hashlib
import re

MOST_CHARACTERS = 64

_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]+")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_+")


class PlainNames:
    """Gives each text a plain name of its own, and the same text always the same one.

    A quantum's identifier in front of a job's name is left out. What is too long, or taken by
    another text, ends with eight digits of the text's SHA-256.
    """

    def __init__(self):
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def name(self, text: str) -> str:
        if text not in self._names:
            name = plain(text)
            if name in self._taken or len(name) > MOST_CHARACTERS:
                digest = hashlib.sha256(text.encode()).hexdigest()[:8]
                name = f"{name[: MOST_CHARACTERS - 9]}-{digest}"
            self._names[text] = name
            self._taken.add(name)
        return self._names[text]


def plain(text: str) -> str:
    """The text without what a name may not have, however long."""
    short = _IDENTIFIER.sub("", text, count=1) if _IDENTIFIER.match(text) else text
    name = _FORBIDDEN.sub("_", short).lstrip("-")
    return name.rstrip("_") or "_"
