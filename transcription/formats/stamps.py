"""
Word times inside a WebVTT cue: `<00:00:01.200>` says when the text behind it begins.

The standard stamps beginnings only. A word's end is the next stamp, or the end of the cue, and so
computed from its neighbour: such a word is marked as interpolated. Files of our own say in their
header (`Words: timed`) that they stamp ends as well: then a word's end was known. Two classes carry
what a stamp cannot say: `<c.interpolated>` and `<c.untimed>`; `<c.word>` marks a word whose
times are those of its cue.

A stretch between two stamps that holds several words says nothing of each: they are untimed.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from transcription.formats import timing
from transcription.formats.wording import places, tidy
from transcription.transcript import Segment, Word

_TAG = re.compile(r"<([^<>]*)>")
_STAMP = re.compile(r"\d[\d:.]*\Z")
_CLASS = re.compile(r"(/?)c((?:\.[^\s.]+)*)\Z")
INTERPOLATED, UNTIMED, WORD = "interpolated", "untimed", "word"


@dataclass(slots=True)
class _Stretch:
    """Text from one stamp to the next: `pieces` with the classes they stand in."""

    start_ms: int
    stamped: bool
    pieces: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    def text(self, *, timed: bool) -> str:
        """Its text, of the pieces that have times or of those that have none."""
        return "".join(text for text, classes in self.pieces if (UNTIMED not in classes) is timed)

    @property
    def classes(self) -> frozenset[str]:
        """Every class met in it that goes with a time."""
        return frozenset().union(*(classes for _, classes in self.pieces)) - {UNTIMED}


def words(body: str, start_ms: int, end_ms: int, *, ends_known: bool, line: int) -> list[Word]:
    """The words of a cue with their times; none where the cue says nothing of them."""
    stretches = list(_stretches(body, start_ms, line))
    if not any(one.stamped or one.classes for one in stretches):
        return []
    found: list[Word] = []
    for at, stretch in enumerate(stretches):
        following = stretches[at + 1] if at + 1 < len(stretches) else None
        end = following.start_ms if following else end_ms
        found += [Word(token) for token in stretch.text(timed=False).split()]
        text = tidy(stretch.text(timed=True))
        if text and (ends_known or " " not in text):
            closed = following is not None and not following.text(timed=True).strip()
            computed = not ends_known and not closed
            marked = INTERPOLATED in stretch.classes
            found.append(Word(text, stretch.start_ms, end, interpolated=computed or marked))
        else:
            found += [Word(token) for token in text.split()]
    return found


def spelled(segment: Segment, start_ms: int, end_ms: int) -> str:
    """A segment's text for a cue, stamped where its words have times and are its text."""
    text = tidy(segment.text)
    found = places(text, [word.text for word in segment.words])
    if found is None or all(word.start_ms is None for word in segment.words):
        return _escaped(text)
    parts: list[str] = []
    alone = sum(word.start_ms is not None for word in segment.words) == 1
    at = 0
    stamp: int | None = start_ms  # the moment that what is written next belongs to
    for number, (word, place) in enumerate(zip(segment.words, found, strict=True)):
        gap = text[at:place]
        at = place + len(word.text)
        parts.append(gap)
        if word.start_ms is None or word.end_ms is None:
            parts.append(_classed(word.text, UNTIMED))
            continue
        if word.start_ms != stamp:
            parts.append(f"<{timing.clock(word.start_ms)}>")
        marked = INTERPOLATED if word.interpolated else WORD if alone else None
        parts.append(_classed(word.text, marked))
        following = segment.words[number + 1] if number + 1 < len(segment.words) else None
        if following and following.start_ms == word.end_ms:
            stamp = None  # the next word's beginning says it
        elif following or word.end_ms != end_ms:
            stamp = word.end_ms
            parts.append(f"<{timing.clock(stamp)}>")
    return "".join(parts)


def _stretches(body: str, start_ms: int, line: int) -> Iterator[_Stretch]:
    current = _Stretch(start_ms, stamped=False)
    classes: list[frozenset[str]] = []
    at = 0
    for tag in _TAG.finditer(body):
        current.pieces.append((html.unescape(body[at : tag.start()]), frozenset().union(*classes)))
        at = tag.end()
        if _STAMP.match(tag[1]):
            yield current
            current = _Stretch(timing.clock_ms(tag[1], line=line), stamped=True)
        elif found := _CLASS.match(tag[1]):
            if not found[1]:
                classes.append(frozenset(found[2].split(".")) & {INTERPOLATED, UNTIMED, WORD})
            elif classes:
                classes.pop()
    current.pieces.append((html.unescape(body[at:]), frozenset().union(*classes)))
    yield current


def _classed(text: str, name: str | None) -> str:
    return f"<c.{name}>{_escaped(text)}</c>" if name else _escaped(text)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
