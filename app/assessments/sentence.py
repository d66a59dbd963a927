"""The sentences that a passage stands in, where reservations about it may stand too."""

from app.assessments import lexicon as lexicons
from transcription.quotation import lexicon as reporting
from transcription.quotation.proposal import Stretch
from transcription.quotation.sentences import LONGEST, sentences


def read(text: str, language: str, start: int = 0, end: int | None = None) -> list[Stretch]:
    """The sentences of a stretch of text."""
    known = reporting.load(language) if language in lexicons.LANGUAGES else None
    return sentences(text, start, len(text) if end is None else end, known)


def around(text: str, start: int, end: int, language: str) -> str:
    """The sentences that `text[start:end]` touches, from the first to the last."""
    first, last = max(0, start - LONGEST), min(len(text), end + LONGEST)
    begun = text.rfind("\n", first, start) + 1 or first
    touched = [
        each for each in read(text, language, begun, last) if each.start < end and start < each.end
    ]
    return text[touched[0].start : touched[-1].end] if touched else text[start:end]
