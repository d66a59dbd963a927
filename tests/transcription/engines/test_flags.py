"""Flags: loops and inventions are seen in the text itself, not in the engine's confidence."""

import json
from pathlib import Path

import numpy as np

from transcription.engines.flags import flags
from transcription.span import Span
from transcription.transcript import Flag

QUIET = np.zeros(16_000 * 30, np.float32)


def test_a_loop_is_flagged() -> None:
    assert Flag.REPETITION in flags("got them, " * 40, QUIET, Span(0, 30_000))


def test_speech_is_not_flagged() -> None:
    text = "Приказ такой: командира оставить, остальных вывезти в тыл. Повтори, не понял."
    assert flags(text, QUIET, Span(0, 8000)) == ()


def test_a_short_repeated_order_is_not_a_loop() -> None:
    assert flags("Назад, назад, назад!", QUIET, Span(0, 2000)) == ()


def test_more_text_than_anyone_can_say_is_flagged() -> None:
    assert flags("Ждите у моста до утра.", QUIET, Span(0, 200)) == (Flag.HALLUCINATION_SUSPECT,)


def test_clipped_audio_is_flagged() -> None:
    loud = np.sign(np.sin(np.arange(32_000) / 20)).astype(np.float32)
    assert flags("да", loud, Span(0, 2000)) == (Flag.CLIPPED,)


def test_real_loops_are_flagged_and_real_speech_is_not(shared: Path) -> None:
    """Real Whisper outputs of real radio: the looped ones have a segment that is flagged."""
    seen = {"loop": 0, "speech": 0}
    for path in sorted((shared / "audio/whisper_outputs").glob("*.json")):
        output = json.loads(path.read_text("utf-8"))
        for segment in output.get("segments", []):
            span = Span(round(segment["start"] * 1000), round(segment["end"] * 1000))
            ratio = segment.get("compression_ratio")
            if ratio is None or len(segment["text"]) < 60:
                continue
            found = Flag.REPETITION in flags(segment["text"].strip(), QUIET, span)
            if ratio > 5:
                assert found, segment["text"]
                seen["loop"] += 1
            elif ratio < 1.5:
                assert not found, segment["text"]
                seen["speech"] += 1
    assert seen["loop"]
    assert seen["speech"]
