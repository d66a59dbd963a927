"""
Words of wordings against real speech, by the exercise model.

What is said in the demonstration's recording at 22.3 to 24.9 s: "Ждите у моста до утра, конец связи.", and before
that an order to keep the commander and to take the rest to the rear.
"""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from transcription.activity import Samples
from transcription.audio import samples
from transcription.engines import load
from transcription.engines.whisper.checkpoint import Checkpoint
from transcription.engines.whisper.engine import Whisper
from transcription.engines.whisper.settings import Settings
from transcription.errors import (
    EngineUnavailable,
    NothingToAlign,
    TextTooLong,
    UnsupportedLanguage,
)
from transcription.span import Span
from transcription.support import (
    VERSION,
    State,
    Support,
    Whole,
    calibrated_on,
    examine,
    forcing,
)
from transcription.support.alternatives import Change, Source
from transcription.support.evidence import WordSupport, ahead, between

from .conftest import AUDIO

SPAN = Span(22_300, 24_900)
ORDER = Span(6848, 10_140)
SPOKEN = "Ждите у моста до утра, конец связи."


def asked(engine: Whole, samples: Samples, quote: str, **options: Any) -> Support:
    return examine(engine, samples, quote, **{"span": SPAN, "language": "ru", **options})


def word(found: Support, text: str) -> WordSupport:
    (one,) = [one for one in found.words if one.text == text]
    return one


def test_a_word_that_was_not_said_is_contradicted_by_the_one_that_was(
    engine: Whole, russian: Samples
) -> None:
    found = asked(engine, russian, "Ждите у школы до утра, конец связи.", heard=SPOKEN)
    wrong = word(found, "школы")
    assert wrong.state is State.CONTRADICTED
    assert wrong.named is not None
    assert (wrong.named.text, wrong.named.source) == ("моста", Source.TRANSCRIPT)
    assert found.as_data()["sentences"] == [
        "the audio fits “моста” (the transcript's) better than “школы”"
    ]


def test_what_was_said_is_contradicted_nowhere_though_the_transcript_is_wrong(
    engine: Whole, russian: Samples
) -> None:
    found = asked(engine, russian, SPOKEN, heard="Ждите у школы до утра, конец связи.")
    assert not found.contradicted
    assert word(found, "моста").state is State.SUPPORTED
    assert [one.text for one in found.words] == "Ждите у моста до утра конец связи".split()


def test_a_word_that_was_put_in_is_better_left_out(engine: Whole, russian: Samples) -> None:
    found = asked(engine, russian, "Ждите у моста ночью до утра, конец связи.")
    added = word(found, "ночью")
    assert added.state is State.CONTRADICTED
    assert added.named is not None
    assert added.named.change is Change.DELETION


def test_a_word_that_was_left_out_is_missed(engine: Whole, russian: Samples) -> None:
    found = asked(
        engine,
        russian,
        "Приказ такой: командира оставить, вывезти в тыл.",
        span=ORDER,
        heard="Приказ такой: командира оставить, остальных вывезти в тыл.",
    )
    (seam,) = [one for one in found.seams if one.state is State.CONTRADICTED]
    assert seam.named is not None
    assert (seam.named.text, seam.named.first) == ("остальных", 4)
    assert found.as_data()["sentences"] == [
        "the audio fits better with “остальных”, which the quote lacks"
    ]


def test_the_engines_own_hearing_is_held_against_the_quote_unasked(
    engine: Whole, russian: Samples
) -> None:
    found = asked(engine, russian, "Ждите у школы до утра, конец связи.")
    assert found.engine_heard == SPOKEN
    named = word(found, "школы").named
    assert named is not None
    assert (named.text, named.source) == ("моста", Source.ENGINE)


def test_rival_wordings_are_ranked_and_the_lead_is_told(engine: Whole, russian: Samples) -> None:
    found = asked(
        engine,
        russian,
        "Ждите у школы до утра, конец связи.",
        rivals=["Ждите у реки до утра, конец связи.", "ждите у моста до утра, конец связи"],
    )
    assert found.ranking[0].number == 2
    assert found.decided is True
    assert min(found.lead) > 0


def test_a_wording_that_the_model_never_met_does_not_win_by_its_strangeness(
    engine: Whole, russian: Samples
) -> None:
    strange = "Жирафы щебечут."
    found = asked(engine, russian, SPOKEN, rivals=[strange])
    own, other = (next(r for r in found.ranking if r.number == n) for n in (0, 1))
    assert max(other.gained) > max(own.gained)  # of what silence makes least, any audio makes more
    assert found.ranking[0].number == 0


def test_context_that_is_said_beside_the_place_is_not_held_against_it(
    engine: Whole, russian: Samples
) -> None:
    from transcription.transcript import Word

    words = engine.forced_times(russian, SPAN, SPOKEN, language="ru")
    place = Span(words[1].start_ms or 0, words[4].end_ms or 0)
    context: list[Word] = [words[0], *words[5:]]
    found = asked(engine, russian, "у моста до утра", span=place, context=context)
    assert not found.contradicted
    assert word(found, "моста").state is State.SUPPORTED


def test_a_model_that_nobody_calibrated_gets_numbers_and_no_states(
    engine: Whole, russian: Samples
) -> None:
    assert isinstance(engine, Whisper)
    other: Checkpoint = replace(engine.checkpoint, digest="sha256:other")
    unknown = Whisper("whisper:mine.pt", other, Settings(window_ms=10_000, suppressed=()))
    found = asked(unknown, russian, "Ждите у школы до утра, конец связи.", heard=SPOKEN)
    assert {one.state for one in found.words} == {State.NOT_CALIBRATED}
    assert found.decided is None
    assert max(word(found, "школы").against[0].ahead) < 0


def test_the_same_question_has_the_same_answer_in_whole_numbers(
    engine: Whole, russian: Samples
) -> None:
    one, other = (asked(engine, russian, SPOKEN).as_data() for _ in range(2))
    assert one == other
    json.dumps(one)
    assert not any(isinstance(value, float) for value in leaves(one))


def leaves(data: Any) -> list[Any]:
    if isinstance(data, dict):
        return [leaf for value in data.values() for leaf in leaves(value)]
    if isinstance(data, list):
        return [leaf for value in data for leaf in leaves(value)]
    return [data]


def test_silence_decides_nothing(engine: Whole) -> None:
    found = asked(engine, np.zeros(16_000 * 26, np.float32), SPOKEN)
    assert State.SUPPORTED not in {one.state for one in found.words}
    assert not found.contradicted


def test_what_cannot_be_asked_is_refused(engine: Whole, russian: Samples) -> None:
    for quote, options, error in (
        (" … !", {}, NothingToAlign),
        (SPOKEN, {"rivals": ["—"]}, NothingToAlign),
        (SPOKEN, {"span": Span(0, 12_000)}, TextTooLong),
        ("слово " * 400, {}, TextTooLong),
        ("여보세요 저기요", {"language": "ko"}, UnsupportedLanguage),
        ("你好", {"language": "zh"}, UnsupportedLanguage),
    ):
        with pytest.raises(error):
            asked(engine, russian, quote, **options)
    with pytest.raises(EngineUnavailable, match="Whisper"):
        forcing(load("pocketsphinx"))


def test_a_word_that_follows_from_those_before_it_is_borne_out_only_by_what_the_audio_adds(
    engine: Whole,
) -> None:
    with (AUDIO / "exchange_en.flac").open("rb") as file:
        english = samples(file)
    found = examine(
        engine,
        english,
        "We need five trucks by the river.",
        span=Span(23_600, 25_300),
        language="en",
        heard="We need four trucks by the river.",
    )
    five = word(found, "five")
    assert five.state is State.CONTRADICTED
    assert five.named is not None
    assert five.named.text == "four"
    assert word(found, "trucks").state is State.SUPPORTED
    need = word(found, "need")  # behind 0, ahead of nothing at all, and the audio adds no nat
    assert max(need.behind) == 0
    assert need.state is State.NOT_DECIDABLE


def test_two_leads_count_only_as_far_as_they_agree() -> None:
    assert ahead((300, -500, 200, 0), (100, -900, -50, 40)) == (100, -500, 0, 0)
    assert between((300, -500), (100, -900)) == (200, -700)


def test_the_bundled_model_is_calibrated_for_the_method_as_it_stands(engine: Whole) -> None:
    told = calibrated_on(engine.model_digest)
    assert told is not None
    assert told["version"] == VERSION
    assert set(told["changes"]) == set(Change)
    assert min(told["made_on"]["auc_permille"].values()) > 950
    assert calibrated_on("sha256:other") is None
