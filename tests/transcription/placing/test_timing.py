"""A transcript without times becomes one with times, word for word the same."""

import json

import numpy as np

from tests.transcription.placing.speaking import SAID, speech
from transcription.placing.timing import SUPPORT, derivation, timed
from transcription.transcript import Segment, Transcript


def test_segments_keep_their_words_and_speakers_and_last_as_long_as_their_words() -> None:
    written = Transcript(
        "en",
        (
            Segment(SAID["en"][0], speaker="first"),
            Segment("[foreign language]"),
            *(Segment(text) for text in SAID["en"][1:]),
        ),
    )
    found = timed(written, speech("en").samples)
    assert found.text == written.text
    assert [segment.speaker for segment in found.segments] == ["first", None, None, None]
    assert [word.text for word in found.words()] == written.text.split()
    assert (found.segments[1].start_ms, found.segments[1].end_ms) == (None, None)
    for segment in (found.segments[0], *found.segments[2:]):
        assert segment.start_ms == segment.words[0].start_ms
        assert segment.end_ms == segment.words[-1].end_ms
        assert segment.start_ms is not None


def test_words_nobody_said_leave_their_segment_without_times() -> None:
    found = timed(Transcript("ru", (Segment("тишина"),)), np.zeros(32_000, np.float32))
    assert (found.segments[0].start_ms, found.segments[0].end_ms) == (None, None)


def test_what_made_the_times_is_told_in_whole_numbers_and_words() -> None:
    made = derivation("uk")
    assert made["permille"] == SUPPORT
    assert "espeak-ng 1." in str(made["version"])
    assert "float" not in {type(value).__name__ for value in dict(made["parameters"]).values()}  # type: ignore[call-overload]
    assert json.loads(json.dumps(made)) == made
