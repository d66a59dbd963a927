"""
Praat's TextGrid, after the description of its file formats in Praat's manual.

Read as Praat reads it: numbers, quoted texts and flags that stand by themselves count, everything
else is decoration. So the long form, the short form and what other programs write are one format.
Interval tiers are read, and point tiers where they hold words (`tiers`); chronological and binary
grids are refused. Written is the long form: every tier covers the whole time, gaps are empty intervals.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transcription.errors import Malformed
from transcription.formats import tiering, timing
from transcription.formats.draft import Draft
from transcription.formats.tiers import Label, Tier, draft
from transcription.formats.wording import tidy
from transcription.language import primary
from transcription.transcript import Transcript

_TOKEN = re.compile(
    r"""
    (?P<comment>![^\n]*)
    | "(?P<text>(?:[^"]|"")*)"(?=\s|\Z)
    | <(?P<flag>[a-z]+)>(?=\s|\Z)
    | (?P<number>[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)(?=\s|\Z)
    | (?P<other>\S+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: str
    line: int


class _Tokens:
    """What counts in a grid, one after the other."""

    def __init__(self, content: str) -> None:
        self._rest = _tokens(content)
        self._line = 1

    def next(self, kind: str, what: str) -> _Token:
        """The next one, of the kind that must come."""
        for token in self._rest:
            self._line = token.line
            if token.kind == kind:
                return token
            raise Malformed(f"expected {what}, found {token.value[:40]!r}", line=token.line)
        raise Malformed(f"the file ends where {what} should be", line=self._line)

    def count(self, what: str) -> int:
        """A whole number of things that follow."""
        token = self.next("number", what)
        if not token.value.isdigit() or len(token.value) > 9:  # noqa: PLR2004 - a milliard
            raise Malformed(f"not {what}: {token.value[:40]!r}", line=token.line)
        return int(token.value)

    def time(self, what: str) -> int:
        """A time in seconds, as milliseconds."""
        token = self.next("number", what)
        return timing.decimal_ms(token.value, line=token.line)


def read(content: str, *, language: str | None) -> Draft:
    """Read every tier; the format names no language."""
    tokens = _Tokens(content)
    kind = tokens.next("text", "the file type")
    if kind.value not in {"ooTextFile", "ooTextFile short"}:
        raise Malformed("not a text file of Praat's", line=kind.line)
    what = tokens.next("text", "the object class")
    if what.value.split(" ")[0] != "TextGrid":
        raise Malformed("it holds something else than a TextGrid", line=what.line)
    tokens.time("the beginning of the grid")
    tokens.time("the end of the grid")
    flag = tokens.next("flag", "<exists>")
    count = tokens.count("a number of tiers") if flag.value == "exists" else 0
    tiers = [_tier(tokens) for _ in range(count)]
    return draft(tiers, primary(language))


def write(transcript: Transcript, *, machine: str | None) -> str:
    """Write the long form; `ValueError` for a segment without times."""
    tiers = tiering.tiers(transcript, machine=machine)
    ends = [label.end_ms or 0 for tier in tiers for label in tier.labels]
    end = max([1, *ends])
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""]
    lines += ["xmin = 0", f"xmax = {timing.seconds(end)}"]
    lines += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, tier in enumerate(tiers, start=1):
        lines += [f"    item [{number}]:", *_tier_lines(tier, end)]
    return "\n".join(lines) + "\n"


def _tokens(content: str) -> Iterator[_Token]:
    line, counted = 1, 0
    for found in _TOKEN.finditer(content):
        line += content.count("\n", counted, found.start())
        counted = found.start()
        kind = found.lastgroup
        if kind in {"text", "flag", "number"}:
            yield _Token(kind, found[kind].replace('""', '"'), line)
        elif found[0].startswith('"') and kind == "other":
            raise Malformed("a quoted text does not end as it should", line=line)


def _tier(tokens: _Tokens) -> Tier:
    kind = tokens.next("text", "the class of a tier")
    if kind.value not in {"IntervalTier", "TextTier"}:
        raise Malformed(f"no class of tiers: {kind.value[:40]!r}", line=kind.line)
    name = tokens.next("text", "the name of a tier")
    tokens.time("the beginning of the tier")
    tokens.time("the end of the tier")
    count = tokens.count("a number of labels")
    points = kind.value == "TextTier"
    labels = tuple(_label(tokens, points=points) for _ in range(count))
    return Tier(tidy(name.value), name.line, labels)


def _label(tokens: _Tokens, *, points: bool) -> Label:
    start = tokens.time("a time")
    end = start if points else tokens.time("a time")
    text = tokens.next("text", "a label")
    return Label(tidy(text.value), start, end, text.line)


def _tier_lines(tier: Tier, end_ms: int) -> Iterator[str]:
    points = all(label.start_ms == label.end_ms for label in tier.labels)
    kind = "TextTier" if points else "IntervalTier"
    yield f'        class = "{kind}"'
    yield f"        name = {_quoted(tier.name)}"
    yield "        xmin = 0"
    yield f"        xmax = {timing.seconds(end_ms)}"
    if points:
        yield f"        points: size = {len(tier.labels)}"
        for number, label in enumerate(tier.labels, start=1):
            yield f"        points [{number}]:"
            yield f"            number = {timing.seconds(label.start_ms or 0)}"
            yield f"            mark = {_quoted(label.text)}"
        return
    intervals = list(_covering(tier, end_ms))
    yield f"        intervals: size = {len(intervals)}"
    for number, (start, end, text) in enumerate(intervals, start=1):
        yield f"        intervals [{number}]:"
        yield f"            xmin = {timing.seconds(start)}"
        yield f"            xmax = {timing.seconds(end)}"
        yield f"            text = {_quoted(text)}"


def _covering(tier: Tier, end_ms: int) -> Iterator[tuple[int, int, str]]:
    """The labels, and an empty interval in every gap."""
    at = 0
    for label in tier.labels:
        start, end = label.start_ms or 0, label.end_ms or 0
        if start > at:
            yield at, start, ""
        yield start, end, label.text
        at = end
    if at < end_ms:
        yield at, end_ms, ""


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
