"""
Sentences of the reporter, quoted words masked, and what each of them says about somebody saying.

A sentence goes on after a quote that ends with its own `!` or `?` where a verb of saying
follows (`“Go!” Petrov shouted.`); after a full stop within the marks a capital begins another.
"""

import re

from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch

_END = re.compile(r"[.!?…]+[\"'”’»“)\]]*(?=\s)|[\r\n]+")
_OPENING = "\"'“„«‘([—–"
LONGEST = 1200
"""Most characters of a sentence; what is longer is not prose, and is cut."""
_FOLLOWING = 80
"""How many characters after a quote may hold the verb that goes with it."""
_LAST_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\Z")
_LONGEST_WORD = 40


def sentences(frame: str, start: int, end: int, lexicon: Lexicon | None) -> list[Stretch]:
    """The sentences between two places, without the white space between them."""
    found: list[Stretch] = []
    begun = start

    def close(until: int) -> None:
        # What is longer than any sentence is cut, so that nothing is read for ever.
        found.extend(Stretch(at, min(at + LONGEST, until)) for at in range(begun, until, LONGEST))

    for mark in _END.finditer(frame, start, end):
        if not _ends(frame, mark, end, lexicon):
            continue
        if frame[begun : mark.end()].strip():
            close(mark.end())
        begun = mark.end()
        while begun < end and frame[begun].isspace():
            begun += 1
    if begun < end:
        close(end)
    return found


def _ends(frame: str, mark: re.Match[str], end: int, lexicon: Lexicon | None) -> bool:
    if mark[0][0] in "\r\n":
        return True
    following = frame[mark.end() : min(mark.end() + _FOLLOWING, end)].lstrip()
    if not following:
        return False
    quoted = len(mark[0].rstrip("\"'”’»“")) < len(mark[0])
    if quoted and lexicon is not None and _goes_on(following, mark[0], lexicon):
        return False
    begins = following[0].isupper() or following[0].isdigit() or following[0] in _OPENING
    return begins and not (mark[0] == "." and _is_abbreviated(frame, mark.start(), lexicon))


def _is_abbreviated(frame: str, stop: int, lexicon: Lexicon | None) -> bool:
    """Whether the full stop belongs to the word before it: "Gen.", an initial."""
    last = _LAST_WORD.search(frame[max(0, stop - _LONGEST_WORD) : stop])
    if last is None:
        return False
    initial = len(last[0]) == 1 and last[0].isupper()
    return initial or (lexicon is not None and lexicon.lists(last[0], "abbreviations"))


def _goes_on(following: str, mark: str, lexicon: Lexicon) -> bool:
    """Whether a verb of saying comes so soon after a quote that it must go with it."""
    if mark[0] == ".":
        return following[0] in "—–" and lexicon.language != "en"
    clause = re.split(r"[.,;:!?\ue000\"“«]", following, maxsplit=1)[0]
    return lexicon.mentions(clause, "speech", "reply", "question", "command") is not None
