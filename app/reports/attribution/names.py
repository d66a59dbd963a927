"""The frame that attributions are read in: quoted words masked, names between marks left to be read."""

import re
from collections.abc import Sequence

from transcription.quotation.layout import framed
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.pairing import paired
from transcription.quotation.passage import Passage, nested
from transcription.quotation.proposal import Stretch

_LONGEST_NAME = 5
_SENTENCE = re.compile(r"[.!?…,:;]")


def masked(text: str, paragraphs: Sequence[Stretch], lexicon: Lexicon) -> str:
    """
    The text with its quotes masked, as long as before.

    A few words with a capital that the reporter's sentence runs into («Українська правда», the “Storm
    unit”) are a name, and stay, with spaces for their marks.
    """
    passages = nested(paired(text, list(paragraphs), lexicon), text)
    names = [p.outer for p in passages if not p.depth and _is_name(text, p, lexicon)]
    quoted = [p.place for p in passages if not p.depth and p.outer not in names]
    frame = framed(text, quoted)
    for marks in reversed(names):
        inner = frame[marks.start + 1 : marks.end - 1]
        frame = f"{frame[: marks.start]} {inner} {frame[marks.end :]}"
    return frame


def _is_name(text: str, passage: Passage, lexicon: Lexicon) -> bool:
    exact = passage.place.of(text)
    words = exact.split()
    if not passage.closed or len(words) > _LONGEST_NAME or _SENTENCE.search(exact):
        return False
    if lexicon.lists(exact, "outlets"):
        return True
    before = text[max(0, passage.outer.start - 40) : passage.outer.start].rstrip()
    joined = before[-1:].isalnum()
    return joined and exact[:1].isupper() and not lexicon.lists(before.split()[-1], "that")
