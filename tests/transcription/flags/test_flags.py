"""Warnings come from the text, its times and the sound; never from the engine's confidence."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.audio import samples
from transcription.flags import flagged, flags_for
from transcription.formats import TranscriptFormat, read
from transcription.transcript import Flag, Segment, Transcript, Word

SAID = (
    "Беркут, как слышно, приём.",
    "Маяк, я Беркут, вас понял.",
    "Приказ такой: командира оставить, остальных вывезти в тыл.",
    "Повтори, не понял, кого оставить у моста?",
    "Приказ такой: командира оставить, остальных вывезти в тыл.",
    "Ждите у моста до утра, конец связи.",
)


def transcript(*texts: str, each_ms: int = 4000) -> Transcript:
    return Transcript(
        "ru",
        tuple(
            Segment(text, number * each_ms, (number + 1) * each_ms)
            for number, text in enumerate(texts)
        ),
    )


def speech(seconds: float, *, level: float = 0.2) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Noise that comes and goes as syllables do."""
    at = np.arange(round(seconds * 16_000)) / 16_000
    chance = np.random.default_rng(4).standard_normal(len(at))
    return (chance * level * np.abs(np.sin(at * 4 * np.pi))).astype(np.float32)


def test_an_order_given_twice_is_not_a_loop() -> None:
    assert flags_for(transcript(*SAID)) == ((),) * len(SAID)


def test_a_short_repeated_order_is_not_a_loop() -> None:
    assert flags_for(transcript("Назад, назад, назад!", "Огонь! Огонь! Огонь!")) == ((), ())


def test_a_loop_over_many_short_segments_is_marked_in_exactly_those() -> None:
    texts = (*SAID[:2], *["Держим их в поле."] * 7, *SAID[2:])
    found = [number for number, flags in enumerate(flags_for(transcript(*texts))) if flags]
    assert found == list(range(2, 9))


@given(
    period=st.lists(st.sampled_from("раз два три четыре пять".split()), min_size=1, max_size=5),
    times=st.integers(9, 40),
    per_segment=st.integers(1, 12),
)
def test_a_loop_is_found_however_it_is_cut_into_segments(
    period: list[str], times: int, per_segment: int
) -> None:
    words = period * times
    cut = [" ".join(words[at : at + per_segment]) for at in range(0, len(words), per_segment)]
    found = flags_for(transcript(*SAID[:3], *cut))
    assert not any(found[:3])
    assert all(Flag.REPETITION in flags for flags in found[3:])


@pytest.mark.parametrize("text", ["гогогогогогогогого", "Так ха-ха-ха-ха-ха-ха-ха-ха"])
def test_a_stutter_without_spaces_is_a_loop(text: str) -> None:
    assert flags_for(transcript(text)) == ((Flag.REPETITION,),)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for watching!",
        "Субтитры сделал DimaTorzok",
        "Дякую за перегляд!",
        "Продолжение следует...",
        "Subtitles by the Amara.org community",
    ],
)
def test_what_models_write_for_silence_is_suspect(text: str) -> None:
    assert flags_for(transcript(text)) == ((Flag.HALLUCINATION_SUSPECT,),)


@pytest.mark.parametrize("text", ["Thanks, I am watching the bridge.", "Далі буде гірше."])
def test_what_somebody_may_say_is_not(text: str) -> None:
    assert flags_for(transcript(text)) == ((),)


def test_more_text_than_anyone_can_say_is_suspect() -> None:
    fast = transcript("Ждите у моста до утра.", each_ms=200)
    assert flags_for(fast) == ((Flag.HALLUCINATION_SUSPECT,),)


def test_words_that_found_no_place_are_suspect() -> None:
    words = tuple(Word(text, 500, 510) for text in "ждите у моста до утра".split())
    only = Segment("ждите у моста до утра", 0, 4000, words)
    assert flags_for(Transcript("ru", (only,))) == ((Flag.HALLUCINATION_SUSPECT,),)


def test_text_where_nothing_is_to_be_heard_is_suspect() -> None:
    silence = np.zeros(16_000 * 30, np.float32)
    sound = np.concatenate([speech(4), silence])
    found = flags_for(transcript(SAID[0], SAID[1], SAID[2]), sound)
    assert found == ((), (Flag.HALLUCINATION_SUSPECT,), (Flag.HALLUCINATION_SUSPECT,))


def test_long_speech_with_hardly_a_letter_written_was_not_understood() -> None:
    quiet = np.full(16_000, 1e-4, np.float32)
    sound = np.concatenate([quiet, speech(6), quiet])
    only = Transcript("ru", (Segment("Да", 1000, 7000),))
    assert flags_for(only, sound) == ((Flag.UNINTELLIGIBLE,),)


def test_overdriven_sound_is_marked() -> None:
    sound = np.clip(speech(8, level=0.9), -1, 1)
    assert flags_for(transcript(SAID[0]), sound) == ((Flag.CLIPPED,),)


def test_times_may_be_unknown_and_the_sound_missing() -> None:
    untimed = Transcript("ru", (Segment("приём"), Segment("так точно " * 20)))
    assert flags_for(untimed, np.zeros(0, np.float32)) == ((), (Flag.REPETITION,))
    assert flags_for(Transcript("ru", ())) == ()


def test_warnings_are_added_to_those_that_are_there() -> None:
    marked = Segment("Thanks for watching!", 0, 4000, flags=(Flag.EXPLETIVE,))
    (only,) = flagged(Transcript("en", (marked,))).segments
    assert only.flags == (Flag.EXPLETIVE, Flag.HALLUCINATION_SUSPECT)


def outputs(shared: Path, name: str) -> Transcript:
    (path,) = (shared / "audio/whisper_outputs").glob(f"*{name}*")
    return read(path.read_bytes(), format=TranscriptFormat.WHISPER)


def test_a_real_loop_is_marked_in_exactly_its_segments(shared: Path) -> None:
    """Real Whisper on real radio: the looped words carry .97, the true ones before them .5."""
    assert [Flag.REPETITION in flags for flags in flags_for(outputs(shared, "stucked"))] == [
        *[False] * 3,
        *[True] * 3,
    ]


def test_what_real_whisper_wrote_for_silence_is_suspect(shared: Path) -> None:
    assert flags_for(outputs(shared, "empty")) == ((Flag.HALLUCINATION_SUSPECT,),)


@pytest.mark.parametrize("name", ["accurate.tiny", "large"])
def test_of_real_radio_heard_without_a_loop_hardly_a_word_is_warned_of(
    shared: Path, name: str
) -> None:
    with (shared / "audio/en_tests_data_apollo11.mp3").open("rb") as file:
        sound = samples(file)
    content = outputs(shared, name)
    for heard in (None, sound):
        found = flags_for(content, heard)
        warned = sum(
            len(segment.text.split())
            for segment, flags in zip(content.segments, found, strict=True)
            if flags
        )
        assert warned * 100 <= len(content.text.split())
