"""
On which line of a JSON document a value stands.

The parser of the standard library is fast and keeps no places. They are needed only when
something is wrong, so they are looked up afterwards: values along the path are stepped over
with the same parser, each container once.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from transcription.errors import Malformed

_BLANK = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def parsed(content: str) -> Any:  # whatever JSON holds
    """Parse JSON; syntax errors, and nesting too deep to be a transcript, become `Malformed`."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON: {error.msg}", line=error.lineno) from error
    except (RecursionError, ValueError) as error:  # nesting, or an integer of 5,000 digits
        raise Malformed("not JSON that a transcript would hold", line=1) from error


class Positions:
    """The places of the values of one document that is known to be JSON."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._known: dict[int, dict[str | int, int]] = {}

    def line(self, *path: str | int) -> int:
        """The line of the value at `path`, or of the last value on the way that is there."""
        at = self._past_blank(0)
        for step in path:
            if at not in self._known:
                self._known[at] = dict(self._members(at))
            if step not in self._known[at]:
                break
            at = self._known[at][step]
        return self._content.count("\n", 0, at) + 1

    @contextmanager
    def naming(self, *path: str | int) -> Iterator[None]:
        """Whatever is refused in here and names no line is refused at the line of `path`."""
        try:
            yield
        except Malformed as error:
            if error.line:
                raise
            raise Malformed(str(error), line=self.line(*path)) from error

    def _members(self, at: int) -> Iterator[tuple[str | int, int]]:
        """Keys or numbers of a container's values, and where each begins; a key's last one counts."""
        kind = self._content[at]
        if kind not in "{[":
            return
        number = 0
        at = self._past_blank(at + 1)
        while self._content[at] not in "}]":
            key: str | int = number
            if kind == "{":
                key, at = _DECODER.raw_decode(self._content, at)
                at = self._past_blank(self._past_blank(at) + 1)  # the colon
            yield key, at
            _, at = _DECODER.raw_decode(self._content, at)
            at = self._past_blank(at)
            if self._content[at] == ",":
                at = self._past_blank(at + 1)
            number += 1

    def _past_blank(self, at: int) -> int:
        found = _BLANK.match(self._content, at)
        return found.end() if found else at
