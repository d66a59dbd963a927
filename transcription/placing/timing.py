"""A transcript without times as one with times, and what pins how they were found."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from transcription import synthesis
from transcription.marked import marked
from transcription.marks import MarkKind
from transcription.placing import VOICES
from transcription.placing.parameters import Parameters
from transcription.placing.placement import place
from transcription.transcript import Segment, Transcript, Word

METHOD = "placing"
VERSION = "1"
SUPPORT = (
    "A word's per mille is its support: the share of decoys (the text's own sounds in another "
    "order) that fit the seconds around the word worse than the text does."
)
NOTICE = (
    "Times by forced alignment: the text was taken to be what is said, and placed on the audio. "
    "They do not show that a word was said."
)


def timed(
    transcript: Transcript,
    samples: NDArray[np.float32],
    *,
    parameters: Parameters | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Transcript:
    """
    The same segments and words with the times at which they are said in `samples` (16 kHz).

    Marks are not said; words that were heard with doubt are. A segment lasts from its first placed
    word to its last, and has no times if none was placed. Times that were there are replaced.
    Raises as `place` does.
    """
    skipped = unsaid(transcript)
    words = [word.text for word in transcript.words()]
    placed = place(
        samples,
        ["" if number in skipped else word for number, word in enumerate(words)],
        language=transcript.language,
        parameters=parameters,
        told=told,
    )
    return regrouped(
        transcript, [replace(word, text=text) for word, text in zip(placed, words, strict=True)]
    )


def unsaid(transcript: Transcript) -> set[int]:
    """The numbers of the words that nobody says: those of marks, but not of what was heard with doubt."""
    return {
        number
        for mark in marked(transcript)
        if mark.mark.kind is not MarkKind.UNCERTAIN
        for number in range(mark.first_word, mark.last_word + 1)
    }


def regrouped(transcript: Transcript, words: Iterable[Word]) -> Transcript:
    """The segments of a transcript with these words, as many as it has, instead of its own."""
    named = iter(words)
    return replace(
        transcript,
        segments=tuple(
            _segment(segment, tuple(islice(named, sum(1 for _ in _alone(segment).words()))))
            for segment in transcript.segments
        ),
    )


def derivation(language: str, parameters: Parameters | None = None) -> dict[str, object]:
    """What made the times: method, versions, voice and every parameter, as plain values."""
    return {
        "method": METHOD,
        "version": f"{METHOD} {VERSION}, {synthesis.version()}",
        "parameters": {
            "voice": VOICES[language],
            **(parameters or Parameters()).as_data(),
        },
        "permille": SUPPORT,
    }


def _alone(segment: Segment) -> Transcript:
    return Transcript("und", (segment,))


def _segment(segment: Segment, words: tuple[Word, ...]) -> Segment:
    starts = [word.start_ms for word in words if word.start_ms is not None]
    ends = [word.end_ms for word in words if word.end_ms is not None]
    return replace(
        segment,
        words=words,
        start_ms=min(starts, default=None),
        end_ms=max(ends, default=None),
    )
