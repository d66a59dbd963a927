"""The listening copy and the spectrogram, made together while a recording is decoded once."""

import io
import tempfile

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.transcription.conftest import tone, wav_bytes
from transcription.audio import Made, derivatives, probe, samples
from transcription.audio.playback import RATES_HZ, coded_rate


def made_of(data: bytes) -> tuple[Made, bytes, NDArray[np.uint8]]:
    with (
        tempfile.TemporaryFile() as file,
        tempfile.TemporaryFile() as heard,
        tempfile.TemporaryFile() as seen,
    ):
        file.write(data)
        file.flush()
        heard.write(b"left over from a decoder that was lost")
        made = derivatives(file, playback=heard, spectrogram=seen)
        heard.seek(0)
        seen.seek(0)
        return made, heard.read(), np.load(io.BytesIO(seen.read()))


def back(opus: bytes, *, channel: int) -> NDArray[np.float32]:
    with tempfile.TemporaryFile() as file:
        file.write(opus)
        file.flush()
        return samples(file, channel=channel)


def call() -> NDArray[np.int16]:
    """Two parties who take turns of a second, each on a channel of their own."""
    one, other = tone(4, hertz=440), tone(4, hertz=1000)
    speaks = (np.arange(len(one)) // 16_000 % 2).astype(np.int16)
    return np.stack([one * speaks, other * (1 - speaks)], axis=1)


def level(heard: NDArray[np.float32]) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(heard**2)) + 1e-9))


def test_the_parties_of_a_call_stay_apart_and_in_time() -> None:
    made, opus, _ = made_of(wav_bytes(call()))
    assert made.playback["channels"] == 2
    one, other = (back(opus, channel=channel) for channel in (0, 1))
    assert abs(len(one) - 4 * 16_000) <= 1
    for second in range(4):
        middle = slice(second * 16_000 + 1600, (second + 1) * 16_000 - 1600)
        speaks, silent = (one, other) if second % 2 else (other, one)
        assert level(speaks[middle]) > -12
        assert level(silent[middle]) < -60


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 96_000])
def test_the_listening_copy_is_as_long_as_the_recording(rate: int) -> None:
    made, opus, _ = made_of(wav_bytes(tone(3.21, rate=rate), rate=rate))
    with tempfile.TemporaryFile() as file:
        file.write(opus)
        file.flush()
        assert abs(probe(file).duration_ms - 3210) <= 1
    assert made.playback["sample_rate"] == coded_rate(rate)


def test_the_same_samples_give_the_same_bytes_and_name_what_made_them() -> None:
    sound = np.random.default_rng(5).integers(-9000, 9000, (40_000, 2)).astype(np.int16)
    first, again = made_of(wav_bytes(sound)), made_of(wav_bytes(sound))
    assert first[0] == again[0]
    assert first[1] == again[1]
    np.testing.assert_array_equal(first[2], again[2])
    assert "libopus" in str(first[0].playback["encoder"])
    assert first[0].pcm_digest.startswith("sha256:")


def test_more_than_two_channels_are_averaged_and_it_is_said() -> None:
    made, opus, _ = made_of(wav_bytes(np.stack([tone(1)] * 4, axis=1)))
    assert made.playback["channels"] == 1
    assert level(back(opus, channel=0)) == pytest.approx(level(tone(1) / 32_768), abs=0.5)


def test_samples_past_full_scale_are_not_turned_around() -> None:
    loud = np.full(16_000, 32_767, np.int16)
    loud[::2] = -32_768
    _, opus, _ = made_of(wav_bytes(loud))
    assert np.abs(back(opus, channel=0)).max() <= 1


def test_narrow_sound_is_coded_narrow() -> None:
    assert [coded_rate(rate) for rate in (4_000, 8_000, 11_025, 16_000, 22_050, 44_100)] == [
        8_000, 8_000, 12_000, 16_000, 24_000, 48_000,
    ]  # fmt: skip
    assert coded_rate(192_000) == RATES_HZ[-1]
