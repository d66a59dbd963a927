"""
How a text is laid out: its paragraphs, and the reporter's own words apart from quoted ones.

Most reports have one line per paragraph. A text whose lines were broken by a program (about
72 characters, most of them ending in the middle of a sentence) is put together again, up to
the next empty line. Offsets are always those of the text as it is.
"""

import re
from collections.abc import Iterable

from transcription.quotation.proposal import Stretch

MASK = "\ue000"
"""Stands in a frame for every character of quoted words; no letter, so that no rule reads it."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_ENDS = re.compile(r"[.!?…:;][\"'”’»“)\]]*\Z")
_SHORTEST_BROKEN, _LONGEST_BROKEN, _MOST_RAGGED = 40, 100, 20
"""Characters of a line that a program has broken, and by how much such lines differ."""


def paragraphs(text: str) -> list[Stretch]:
    """The paragraphs of a text, without the white space around them, in order."""
    found: list[Stretch] = []
    group: list[Stretch] = []
    for piece in _LINE.finditer(text):
        line = trimmed(text, piece.start(), piece.end())
        if group and (line is None or text.count("\n", group[-1].end, piece.start()) > 1):
            found += _joined(text, group)
            group = []
        if line is not None:
            group.append(line)
    return found + _joined(text, group)


def trimmed(text: str, start: int, end: int) -> Stretch | None:
    """A stretch without the white space at its ends; None where nothing is left."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    kept = words.strip()
    return Stretch(start + left, start + left + len(kept)) if kept else None


def framed(text: str, quoted: Iterable[Stretch]) -> str:
    """
    The text with quoted words masked, as long as before, so that offsets hold.

    The last character of a quote stays if it is punctuation: the reporter's sentence may end
    with it. `quoted` is in order and does not overlap.
    """
    pieces: list[str] = []
    at = 0
    for place in quoted:
        last = place.end - 1
        kept = text[last] if text[last] in ".,!?…" else MASK
        pieces += [text[at : place.start], MASK * (last - place.start), kept]
        at = place.end
    return "".join(pieces) + text[at:]


def _joined(text: str, lines: list[Stretch]) -> list[Stretch]:
    """The lines as paragraphs of their own, or as one where a program has broken it."""
    before_last = lines[:-1]
    lengths = [line.end - line.start for line in before_last]
    unended = [line for line in before_last if not _ENDS.search(line.of(text)[-4:])]
    broken = (
        len(lines) > 2  # noqa: PLR2004
        and min(lengths) >= _SHORTEST_BROKEN
        and max(lengths) <= _LONGEST_BROKEN
        and max(lengths) - min(lengths) <= _MOST_RAGGED
        and 3 * len(unended) > 2 * len(before_last)
        and not any(line.of(text).startswith((">", "—", "–", "-", "•", "*")) for line in lines)
    )
    return [Stretch(lines[0].start, lines[-1].end)] if broken else lines
