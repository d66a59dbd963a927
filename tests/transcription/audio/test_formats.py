"""Every format that is promised comes out with its length, its pitch and its parties apart."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from tests.transcription.sounds import KINDS, example, tones
from transcription.audio import SAMPLE_RATE_HZ, Reason, pcm_digest, probe, samples
from transcription.engines.engine import Samples
from transcription.errors import Undecodable

# Codecs work in frames, and add what fills the last one or what their filters need to start.
FRAMES_MS = 60


@contextmanager
def held(data: bytes) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        yield file


def pitch(heard: Samples) -> float:
    """The loudest frequency of the middle second."""
    middle = heard[SAMPLE_RATE_HZ // 2 : SAMPLE_RATE_HZ * 3 // 2]
    return float(np.argmax(np.abs(np.fft.rfft(middle * np.hanning(len(middle))))))


@pytest.mark.parametrize("name", KINDS)
def test_it_is_decoded_with_its_length_and_its_pitch(name: str) -> None:
    kind = KINDS[name]
    with held(example(name)) as file:
        found = probe(file)
        assert (found.container.codec, found.container.channels) == (kind.codec, kind.channels)
        assert found.container.sample_rate_hz == kind.rate
        assert abs(found.duration_ms - 2000) <= FRAMES_MS
        assert found.tally.bad_packets == 0
        for channel, hertz in enumerate((440, 1000)[: kind.channels]):
            assert pitch(samples(file, channel=channel)) == pytest.approx(hertz, abs=2)


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.lossless])
def test_what_loses_nothing_gives_back_every_sample(name: str) -> None:
    kind = KINDS[name]
    pcm = tones(2, *(440, 1000)[: kind.channels], rate=kind.rate)
    with held(example(name)) as file:
        assert pcm_digest(file).digest == f"sha256:{hashlib.sha256(pcm.tobytes()).hexdigest()}"


@pytest.mark.parametrize("name", KINDS)
def test_decoding_again_gives_the_same_samples_by_a_named_decoder(name: str) -> None:
    with held(example(name)) as file:
        first, again, probed = pcm_digest(file), pcm_digest(file), probe(file)
    assert first == again
    assert (first.digest, first.frames) == (probed.pcm_digest, probed.frames)
    assert first.decoder == probed.container.decoder


def test_the_decoder_names_versions_build_and_machine_and_leans_on_no_processor() -> None:
    with held(example("WAV")) as file:
        decoder = pcm_digest(file).decoder
    for part in ("PyAV ", "libavformat ", "libavcodec ", "libswresample ", "build "):
        assert part in decoder
    assert decoder.endswith("plain C")


def test_samples_without_a_header_name_no_format_and_are_not_guessed_at() -> None:
    headerless = np.random.default_rng(3).integers(0, 256, 60_000).astype(np.uint8).tobytes()
    with held(headerless) as file, pytest.raises(Undecodable) as caught:
        probe(file)
    assert caught.value.reason == Reason.UNKNOWN_CONTAINER
    assert "wrapped in a WAV file" in Reason.UNKNOWN_CONTAINER.explanation


def test_a_real_headerless_telephone_recording_is_not_guessed_at_either(shared: Path) -> None:
    path = shared / "audio/ru_audio_sample_3.al"
    with path.open("rb") as file, pytest.raises(Undecodable) as caught:
        probe(file)
    assert caught.value.reason == Reason.UNKNOWN_CONTAINER
