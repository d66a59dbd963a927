"""
Real radio: what mission control's typists wrote, against what real Whisper models heard.

The utterances are the official transcript of a minute of Apollo 11 air-to-ground traffic;
the transcripts are published outputs of two Whisper models on the same minute. The engine
heard two of the seven longer utterances hardly at all, so five is what words alone can find.
`golden/radio.txt` has them drawn: the words are NASA's, in the public domain, and the model's.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.transcription.alignment.drawn import WRITE, Case, cases, write
from transcription import formats
from transcription.alignment import Alignment, Verdict, align
from transcription.alignment.drawing import drawing
from transcription.formats import TranscriptFormat
from transcription.transcript import Transcript

LEAST_WORDS = 4


@pytest.fixture
def heard(shared: Path) -> Transcript:
    path = shared / "audio/whisper_outputs/corner_cases__large_apollo11.mp3.words.json"
    return formats.read(path.read_bytes(), format=TranscriptFormat.WHISPER)


@pytest.fixture
def official(shared: Path) -> list[dict[str, Any]]:
    text = (shared / "audio/en_apollo11_official_transcript.json").read_text(encoding="utf-8")
    segments: list[dict[str, Any]] = json.loads(text)["segments"]
    return segments


def located(
    heard: Transcript, official: list[dict[str, Any]], *, at: int
) -> tuple[Alignment, bool]:
    """Align one utterance; whether a place was found that overlaps when it was spoken."""
    alignment = align(official[at]["text"], quote_language="en", transcript=heard)
    start = official[at]["t"] * 1000
    end = official[at + 1]["t"] * 1000 if at + 1 < len(official) else start + 10_000
    return alignment, any(
        o.span_ms is not None and o.span_ms.start_ms < end and start < o.span_ms.end_ms
        for o in alignment.occurrences
    )


def test_the_first_sentence_is_located_with_a_time_range(
    heard: Transcript, official: list[dict[str, Any]]
) -> None:
    alignment, there = located(heard, official, at=0)
    assert there
    best = alignment.best
    assert best is not None
    assert best.span_ms is not None
    assert best.span_ms.start_ms < 1_000
    assert not alignment.verdict.supports


def test_five_of_the_seven_longer_utterances_are_located(
    heard: Transcript, official: list[dict[str, Any]]
) -> None:
    long = [
        at for at, s in enumerate(official) if len(re.findall(r"[\w']+", s["text"])) >= LEAST_WORDS
    ]
    assert len(long) == 7
    assert sum(located(heard, official, at=at)[1] for at in long) >= 5


def test_a_short_call_is_found_each_time_it_was_heard(heard: Transcript) -> None:
    alignment = align("Roger.", quote_language="en", transcript=heard)
    assert alignment.verdict is Verdict.VERBATIM
    assert alignment.features["occurrences"] == 2


def test_what_was_said_on_another_mission_is_not_found(heard: Transcript) -> None:
    quote = "the convoy crosses the river at dawn with the heavy equipment"
    assert align(quote, quote_language="en", transcript=heard).verdict is Verdict.NOT_FOUND


def test_a_transcript_that_got_stuck_does_not_stop_the_search(shared: Path) -> None:
    path = shared / "audio/whisper_outputs/corner_cases__stucked_lm_apollo11.mp3.words.json"
    stuck = formats.read(path.read_bytes(), format=TranscriptFormat.WHISPER)
    alignment = align("got them", quote_language="en", transcript=stuck)
    assert int(alignment.features["occurrences"]) > 100


def test_each_utterance_is_drawn_against_what_was_heard(
    heard: Transcript, official: list[dict[str, Any]]
) -> None:
    known = cases("radio.txt", ("quote",))
    quotes = list(dict.fromkeys(segment["text"] for segment in official))
    found = [
        (
            Case("radio.txt", f"{at} of {len(quotes)}", {"quote": quote}, ""),
            drawing(align(quote, quote_language="en", transcript=heard), width=110),
        )
        for at, quote in enumerate(quotes, start=1)
    ]
    if WRITE:
        write("radio.txt", found)
    else:
        assert [(case.fields, drawing) for case, drawing in found] == [
            (case.fields, case.drawing) for case in known
        ]
