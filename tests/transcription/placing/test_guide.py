"""A text placed by what a machine heard of it, and by the turns of those who speak."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcription.placing.speaking import SAID, Speech, over_radio, speech
from transcription import audio, formats
from transcription.errors import NothingToAlign, NothingToFollow
from transcription.formats import TranscriptFormat
from transcription.placing import guide
from transcription.transcript import Segment, Transcript, Word

LENGTH_MS = 20_000
WORDS = [word for line in SAID["en"] for word in line.split()]


def text(lines: Sequence[str], language: str = "en") -> Transcript:
    return Transcript(language, tuple(Segment(line, None, None) for line in lines))


def heard(words: Sequence[tuple[str, int | None, int | None]]) -> Transcript:
    said = tuple(Word(*word) for word in words)
    return Transcript("en", (Segment(" ".join(word.text for word in said), None, None, said),))


def truly(spoken: Speech) -> list[tuple[str, int | None, int | None]]:
    """Every word with its true time, as if a machine had heard all of them."""
    starts = spoken.starts_ms
    return [
        (word, start, None if start is None else start + 80 * len(word))
        for word, start in zip(spoken.words, starts, strict=True)
    ]


def squelched(spoken: Speech) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Over a radio whose noise is as loud as the voice, and which is shut while nobody speaks."""
    open_ = np.convolve(np.abs(spoken.samples) > 0.01, np.ones(3200), "same") > 0
    noisy = over_radio(spoken.samples, snr_db=0)
    return np.where(open_, noisy, noisy * 1e-3).astype(np.float32)


@pytest.mark.parametrize("language", SAID)
def test_a_turn_of_which_nothing_was_heard_is_found_where_somebody_transmits(
    language: str,
) -> None:
    spoken = speech(language)
    first, second, _ = (len(line.split()) for line in SAID[language])
    words = truly(spoken)
    unheard = range(first, first + second)
    lacking = [word for number, word in enumerate(words) if number not in unheard]
    placed = list(
        guide.timed(text(SAID[language], language), squelched(spoken), heard(lacking)).words()
    )
    late = [
        abs((placed[n].start_ms or 0) - (spoken.starts_ms[n] or 0))
        for n in unheard
        if spoken.starts_ms[n] is not None
    ]
    assert late[0] <= 200
    assert median(late) <= 250
    assert all(placed[n].interpolated and placed[n].permille is None for n in unheard)
    known = [n for n in range(len(words)) if n not in unheard and words[n][1] is not None]
    assert [(placed[n].start_ms, placed[n].interpolated) for n in known] == [
        (words[n][1], False) for n in known
    ]


def test_nothing_bounds_what_lies_before_the_first_word_heard_and_after_the_last() -> None:
    spoken = speech("en")
    middle = truly(spoken)[10:18]
    placed = list(guide.timed(text(SAID["en"]), spoken.samples, heard(middle)).words())
    assert [word.start_ms is not None for word in placed] == [
        10 <= n < 18 for n in range(len(placed))
    ]


def test_words_for_which_there_is_too_little_speech_get_no_time() -> None:
    spoken = speech("en")
    words = truly(spoken)
    lines = [
        SAID["en"][0],
        *["and a great many more words that nobody said here"] * 9,
        *SAID["en"][1:],
    ]
    placed = list(guide.timed(text(lines), spoken.samples, heard(words)).words())
    first = len(lines[0].split())
    between = placed[first : first + sum(len(line.split()) for line in lines[1:10])]
    assert all(word.start_ms is None for word in between)
    assert all(word.start_ms is not None for word in placed[:first])


def test_fewer_than_four_words_in_a_row_are_not_followed() -> None:
    spoken = speech("en")
    words = truly(spoken)
    broken = [
        ("other" if number % 4 == 3 else word, start, end)
        for number, (word, start, end) in enumerate(words)
    ]
    with pytest.raises(NothingToFollow, match="4 words in a row"):
        guide.timed(text(SAID["en"]), spoken.samples, heard(broken))


def test_a_word_stretched_over_what_was_not_heard_is_no_anchor() -> None:
    """As when a model skips a turn and draws the words before it out over it."""
    spoken = speech("en")
    words = truly(spoken)[:8]
    stretched = [*words[:4], (words[4][0], words[4][1], 7_000), ("north", 7_000, 7_100)]
    placed = list(guide.timed(text(SAID["en"]), spoken.samples, heard(stretched)).words())
    assert [word.start_ms is not None for word in placed[:6]] == [True] * 4 + [False] * 2


def test_marks_are_not_said_and_computed_times_are_not_followed() -> None:
    spoken = speech("en")
    lines = [SAID["en"][0].replace("seven", "[unintelligible] seven"), *SAID["en"][1:]]
    placed = list(guide.timed(text(lines), spoken.samples, heard(truly(spoken))).words())
    assert placed[3].text == "[unintelligible]"
    assert placed[3].start_ms is None
    computed = heard(truly(spoken))
    (segment,) = computed.segments
    words = tuple(Word(w.text, w.start_ms, w.end_ms, interpolated=True) for w in segment.words)
    with pytest.raises(NothingToFollow):
        guide.timed(
            text(SAID["en"]),
            spoken.samples,
            Transcript("en", (Segment(segment.text, None, None, words),)),
        )


@pytest.mark.parametrize("nothing", ["", "[unintelligible]", "— … —"])
def test_a_text_without_words_is_refused(nothing: str) -> None:
    spoken = speech("en")
    with pytest.raises(NothingToAlign):
        guide.timed(text([nothing]), spoken.samples, heard(truly(spoken)))


HEARD = st.lists(
    st.tuples(
        st.integers(0, len(WORDS) - 8),
        st.integers(1, 8),
        st.integers(-100, LENGTH_MS + 500),
        st.integers(-50, 700),
    ),
    max_size=6,
)


@given(runs=HEARD, seed=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_whatever_was_heard_the_words_stay_in_order_and_in_the_recording(
    runs: list[tuple[int, int, int, int]], seed: int
) -> None:
    """Also times that run backwards, overlap, or lie outside, which a guide of somebody else's may have."""
    words = [
        (word, max(0, at + n * step), max(0, at + n * step + abs(step)))
        for first, count, at, step in runs
        for n, word in enumerate(WORDS[first : first + count])
    ]
    chance = np.random.default_rng(seed)
    loud = np.repeat(chance.random(LENGTH_MS // 100) < 0.6, 1600)
    samples = (chance.standard_normal(LENGTH_MS * 16) * np.where(loud, 0.1, 1e-4)).astype(
        np.float32
    )
    try:
        placed = list(guide.timed(text(SAID["en"]), samples, heard(words)).words())
    except NothingToFollow:
        return
    assert [word.text for word in placed] == WORDS
    times = [
        (word.start_ms, word.end_ms)
        for word in placed
        if word.start_ms is not None and word.end_ms is not None
    ]
    assert [start for start, _ in times] == sorted(start for start, _ in times)
    assert all(0 <= start <= end <= LENGTH_MS for start, end in times)


def test_what_was_followed_and_every_setting_is_named() -> None:
    made = guide.derivation({"file": "heard.json", "digest": "sha256:0"})
    assert made["method"] == "guide"
    assert made["guide"] == {"file": "heard.json", "digest": "sha256:0"}
    json.dumps(made)


def test_on_real_radio_every_longer_utterance_is_found_within_two_seconds(shared: Path) -> None:
    """Apollo 11, 89 s; a large model heard half of the words, NASA wrote down all of them to the second."""
    official = json.loads(
        (shared / "audio/en_apollo11_official_transcript.json").read_text("utf-8")
    )
    said = official["segments"]
    with (shared / "audio/en_tests_data_apollo11.mp3").open("rb") as file:
        samples = audio.samples(file)
    path = shared / "audio/whisper_outputs/corner_cases__large_apollo11.mp3.words.json"
    large = formats.read(path.read_bytes(), format=TranscriptFormat.WHISPER)
    placed = guide.timed(text([line["text"] for line in said]), samples, large)
    late = [
        abs((segment.start_ms or 0) - line["t"] * 1000)
        for segment, line in zip(placed.segments, said, strict=True)
        if len(re.findall(r"[\w']+", line["text"])) >= 4
    ]
    assert len(late) == 7
    assert max(late) <= 2000
