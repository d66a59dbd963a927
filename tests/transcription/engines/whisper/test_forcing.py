"""A text put into the model's mouth: how surely it is said, and when, over the full vocabulary."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from transcription.activity import Samples
from transcription.engines import Forcing, load
from transcription.engines.whisper.checkpoint import Checkpoint
from transcription.engines.whisper.engine import Whisper
from transcription.engines.whisper.settings import Settings
from transcription.errors import EngineUnavailable, TextTooLong, UnsupportedLanguage
from transcription.span import Span

SPOKEN = "Ждите у моста до утра, конец связи."
ALTERED = "Ждите у школы до утра, конец связи."
SPAN = Span(22_000, 24_900)


def test_what_is_said_is_likelier_than_what_is_not(engine: Whisper, russian: Samples) -> None:
    said, altered = engine.forced_logprobs(russian, SPAN, [SPOKEN, ALTERED], language="ru")
    assert said.millinats > altered.millinats
    assert [word.text for word in said.words] == SPOKEN.split()
    place = SPOKEN.split().index("моста")
    assert said.words[place].millinats > altered.words[place].millinats


def test_without_the_audio_the_words_say_less(engine: Whisper, russian: Samples) -> None:
    (heard,) = engine.forced_logprobs(russian, SPAN, [SPOKEN], language="ru")
    (deaf,) = engine.forced_logprobs(np.zeros_like(russian), SPAN, [SPOKEN], language="ru")
    assert heard.millinats > deaf.millinats


def test_texts_in_one_batch_are_judged_as_each_alone(engine: Whisper, russian: Samples) -> None:
    texts = [SPOKEN, "Приём.", ALTERED]
    together = engine.forced_logprobs(russian, SPAN, texts, language="ru")
    for text, batched in zip(texts, together, strict=True):
        (alone,) = engine.forced_logprobs(russian, SPAN, [text], language="ru")
        assert abs(alone.millinats - batched.millinats) <= 20
        assert alone.end_millinats == pytest.approx(batched.end_millinats, abs=5)


def test_it_is_the_full_vocabulary_that_is_asked(
    engine: Whisper, checkpoint: Checkpoint, russian: Samples
) -> None:
    (forced,) = engine.forced_logprobs(russian, SPAN, [SPOKEN], language="ru")
    tokenizer = checkpoint.tokenizer("ru", "transcribe")
    tokens = tokenizer.encode(" " + SPOKEN)
    prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    import whisper

    mel = whisper.log_mel_spectrogram(
        whisper.pad_or_trim(np.array(russian[16 * SPAN.start_ms : 16 * SPAN.end_ms])), 80
    )
    with torch.no_grad():
        rows = checkpoint.model(mel[None], torch.tensor([[*prompt, *tokens]]))[0]
    for number, token in enumerate(token for word in forced.words for token in word.tokens):
        sure = rows[len(prompt) - 1 + number].log_softmax(-1)
        assert token.millinats == pytest.approx(1000 * sure[tokens[number]], abs=5)
        assert token.best_millinats == pytest.approx(1000 * sure.max(), abs=5)
        assert (token.rank == 0) == (token.millinats == token.best_millinats)


def test_an_english_text_is_forced_on_russian_speech(engine: Whisper, russian: Samples) -> None:
    from transcription.engines import Task

    right, wrong = engine.forced_logprobs(
        russian,
        SPAN,
        ["Wait at the bridge until morning, out.", "I found only the doctor at the school."],
        language="ru",
        task=Task.TRANSLATE,
    )
    assert right.millinats > wrong.millinats


def test_forced_words_are_timed_in_order_within_the_span(
    engine: Whisper, russian: Samples
) -> None:
    words = engine.forced_times(russian, SPAN, SPOKEN, language="ru")
    assert [word.text for word in words] == SPOKEN.split()
    times = [ms for word in words for ms in (word.start_ms, word.end_ms) if ms is not None]
    assert times == sorted(times)
    assert SPAN.start_ms <= times[0]
    assert times[-1] <= SPAN.end_ms


def test_a_checkpoint_of_which_no_head_is_known_refuses_to_time(
    checkpoint: Checkpoint, russian: Samples
) -> None:
    blind = Whisper("whisper:mine.pt", replace(checkpoint, heads=()), Settings())
    with pytest.raises(EngineUnavailable, match="attention follows the audio"):
        blind.forced_times(russian, SPAN, SPOKEN, language="ru")


def test_what_cannot_be_forced_is_refused(engine: Whisper, russian: Samples) -> None:
    with pytest.raises(TextTooLong):
        engine.forced_logprobs(russian, SPAN, ["слово " * 600], language="ru")
    with pytest.raises(UnsupportedLanguage):
        engine.forced_logprobs(russian, SPAN, ["여보세요"], language="ko")


def test_engines_say_whether_they_can_be_forced(engine: Whisper) -> None:
    assert isinstance(engine, Forcing)
    assert not isinstance(load("pocketsphinx"), Forcing)
