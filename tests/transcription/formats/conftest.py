"""Transcripts that hypothesis makes up: timed, in order, with any text a person could write."""

from hypothesis import strategies as st

from transcription.formats.tiers import SILENT
from transcription.formats.wording import heard
from transcription.marks import kind_of
from transcription.transcript import Flag, Segment, Transcript, Word


def plain(word: str) -> bool:
    """Whether files have no meaning of their own for a word: marks, and what aligners write."""
    return (
        kind_of(f"[{word}]") is None
        and heard(word, language="en") == word
        and word.casefold() not in SILENT
    )


WORD = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8
).filter(plain)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Segments in order, each with words in order inside it."""
    segments: list[Segment] = []
    at = draw(st.integers(0, 50_000))
    for _ in range(draw(st.integers(0, 5))):
        start, words = at, []
        for text in draw(st.lists(WORD, min_size=1, max_size=5)):
            end = at + draw(st.integers(0, 3_000))
            permille = draw(st.none() | st.integers(0, 1000))
            words.append(Word(text, at, end, permille, draw(st.booleans())))
            at = end
        segments.append(
            Segment(
                text=" ".join(word.text for word in words),
                start_ms=start,
                end_ms=at,
                words=tuple(words),
                speaker=draw(st.none() | WORD),
                flags=tuple(draw(st.lists(st.sampled_from(Flag), max_size=2))),
            )
        )
        at += draw(st.integers(0, 5_000))
    return Transcript(draw(st.sampled_from(["en", "ru", "uk", "und"])), tuple(segments))


st.register_type_strategy(Transcript, transcripts())
