"""Probing: what a file is, counted from its samples, and what bad files get."""

import hashlib
import io
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import pytest

from tests.transcription.conftest import Encode, tone, wav_bytes
from transcription.audio import Limits, Probe, Reason, Stream, probe
from transcription.audio.pcm import decoded
from transcription.errors import LimitExceeded, Undecodable

LIMITS = Limits()


def probe_bytes(data: bytes, limits: Limits = LIMITS) -> Probe:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return probe(file, limits)


def reason_of(data: bytes) -> str:
    with pytest.raises(Undecodable) as caught:
        probe_bytes(data)
    return caught.value.reason


def test_the_digest_is_of_the_interleaved_pcm_of_the_original() -> None:
    stereo = np.stack([tone(0.7, rate=44_100), tone(0.7, rate=44_100, hertz=700)], axis=1)
    found = probe_bytes(wav_bytes(stereo, rate=44_100))
    expected = hashlib.sha256(stereo.astype("<i2").tobytes()).hexdigest()
    assert found.pcm_digest == f"sha256:{expected}"
    assert (found.container.channels, found.container.sample_rate_hz) == (2, 44_100)
    assert (found.frames, found.duration_ms) == (30_870, 700)


def test_a_lossless_transcode_has_the_same_pcm(encode: Encode) -> None:
    pcm = tone(3.3, rate=48_000)
    with encode("a.flac", pcm, codec="flac", rate=48_000).open("rb") as flac:
        assert probe(flac).pcm_digest == probe_bytes(wav_bytes(pcm, rate=48_000)).pcm_digest


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.mp3", "libmp3lame", 48_000),
        ("a.ogg", "libopus", 48_000),
        ("a.m4a", "aac", 48_000),
        ("a.3gp", "libopencore_amrnb", 8_000),
        ("a.amr", "libopencore_amrnb", 8_000),
        ("a.aiff", "pcm_s16be", 44_100),
        ("a.mka", "libopus", 48_000),
        ("a.wv", "wavpack", 48_000),
        ("mu.wav", "pcm_mulaw", 8_000),
        ("a.wav", "pcm_alaw", 8_000),
        ("ima.wav", "adpcm_ima_wav", 22_050),
        ("g726.wav", "g726", 8_000),
        ("g722.wav", "g722", 16_000),
        ("a.au", "pcm_s16be", 16_000),
        ("a.caf", "alac", 48_000),
        ("a.webm", "libopus", 48_000),
    ],
)
def test_what_phones_and_recorders_write_is_decoded(
    name: str, codec: str, rate: int, encode: Encode
) -> None:
    path = encode(name, tone(2, rate=rate), codec=codec, rate=rate)
    with path.open("rb") as file:
        found = probe(file)
    assert abs(found.duration_ms - 2000) < 120
    assert max(found.peaks[5:-5]) > 50
    assert found.tally.bad_packets == 0


def test_the_caller_keeps_its_place_in_the_file() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(wav_bytes(tone(0.5)))
        file.seek(7)
        probe(file)
        assert file.tell() == 7


def test_a_file_without_a_name_is_decoded() -> None:
    descriptor = os.memfd_create("unlinked")
    os.write(descriptor, wav_bytes(tone(0.5)))
    assert probe(descriptor).duration_ms == 500
    os.close(descriptor)


def test_a_file_that_may_not_be_written_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(wav_bytes(tone(0.5)))
    path.chmod(0o444)
    with path.open("rb") as file:
        assert probe(file).frames == 8000


def test_peaks_are_the_loudest_samples_of_each_fiftieth_of_a_second() -> None:
    pcm = np.zeros(16_000, np.int16)
    pcm[320 * 10 + 5] = -32_768
    pcm[320 * 20 + 5] = 25_600
    found = probe_bytes(wav_bytes(pcm))
    assert (len(found.peaks), found.samples_per_peak) == (50, 320)
    assert {at: peak for at, peak in enumerate(found.peaks) if peak} == {10: 127, 20: 100}


def test_tags_come_back_as_data(encode: Encode, tmp_path: Path) -> None:
    source = encode("a.flac", tone(0.2), codec="flac")
    tagged = tmp_path / "tagged.flac"
    with av.open(str(source)) as old, av.open(str(tagged), "w") as new:
        stream = new.add_stream_from_template(old.streams[0])
        new.metadata["title"] = 'evil"; <b>перехват</b>'
        for packet in old.demux(old.streams[0]):
            if packet.dts is not None:
                packet.stream = stream
                new.mux(packet)
    with tagged.open("rb") as file:
        tags = {key.lower(): value for key, value in probe(file).container.tags}
    assert tags["title"] == 'evil"; <b>перехват</b>'


def test_the_decoder_is_named_with_its_versions() -> None:
    decoder = probe_bytes(wav_bytes(tone(0.1))).container.decoder
    assert decoder.startswith("PyAV ")
    assert "libavcodec" in decoder


def test_nothing_is_told_from_an_error() -> None:
    assert reason_of(b"") == Reason.EMPTY
    assert reason_of("сов.секретно ".encode() * 50) == Reason.UNKNOWN_CONTAINER
    assert reason_of(wav_bytes(np.zeros(0, np.int16))) == Reason.NO_SAMPLES


def test_pictures_hold_no_audio(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as film:
        stream = film.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            film.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        film.mux(stream.encode(None))
    with path.open("rb") as file, pytest.raises(Undecodable) as caught:
        probe(file)
    assert caught.value.reason == Reason.NO_AUDIO_STREAM


def test_a_truncated_recording_gives_what_is_left(encode: Encode) -> None:
    whole = encode("a.mp3", tone(4), codec="libmp3lame").read_bytes()
    found = probe_bytes(whole[: len(whole) // 2])
    assert 1500 < found.duration_ms < 2500


def test_a_damaged_middle_is_counted_and_does_not_end_the_recording(encode: Encode) -> None:
    data = bytearray(encode("a.flac", tone(10), codec="flac").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 200] = bytes(range(200))
    found = probe_bytes(bytes(data))
    assert found.duration_ms > 8000


def test_a_bomb_is_stopped_by_a_limit_with_a_name(encode: Encode) -> None:
    bomb = encode("bomb.flac", np.zeros(16_000 * 600, np.int16), codec="flac")
    assert bomb.stat().st_size < 200_000
    for limits, name, allowed in (
        (Limits(decoded_seconds=60), "decoded_seconds", 60),
        (Limits(decoded_bytes=1 << 20), "decoded_bytes", 1 << 20),
    ):
        with bomb.open("rb") as file, pytest.raises(LimitExceeded) as caught:
            probe(file, limits)
        assert (caught.value.limit, caught.value.allowed) == (name, allowed)


@pytest.mark.slow
def test_four_hours_of_silence_in_a_few_kilobytes_are_stopped_by_what_they_expand_to() -> None:
    frames, longest = 1760, 65_535
    file = io.BytesIO()
    with av.open(file, "w", format="flac") as out:
        stream = out.add_stream("flac", rate=16_000, layout="stereo")
        stream.codec_context.options = {"frame_size": str(longest), "compression_level": "0"}
        silence = np.zeros((1, 2 * longest), np.int16)
        for number in range(frames):
            frame = av.AudioFrame.from_ndarray(silence, format="s16", layout="stereo")
            frame.sample_rate, frame.pts = 16_000, number * longest
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    bomb = file.getvalue()
    assert len(bomb) < 40_000
    assert frames * longest * 4 > 461_000_000
    with pytest.raises(LimitExceeded, match="expansion would exceed 4000") as caught:
        probe_bytes(bomb)
    assert (caught.value.limit, caught.value.allowed) == ("expansion", 4000)


def test_a_decoding_that_never_ends_is_ended(encode: Encode) -> None:
    def dawdle(stream: Stream) -> int:
        time.sleep(2)
        return sum(len(pcm) for pcm in stream)

    long = encode("long.flac", np.zeros(16_000 * 600, np.int16), codec="flac")
    with long.open("rb") as file, pytest.raises(LimitExceeded) as caught:
        decoded(file, Limits(wall_seconds=1), dawdle)
    assert caught.value.limit == "wall_seconds"


def test_more_channels_than_allowed_are_refused() -> None:
    wide = np.zeros((800, 6), np.int16)
    with pytest.raises(LimitExceeded) as caught:
        probe_bytes(wav_bytes(wide), Limits(channels=2))
    assert caught.value.limit == "channels"


def test_a_pipe_is_not_a_file() -> None:
    read, write = os.pipe()
    with pytest.raises(ValueError, match="regular file"):
        probe(read)
    os.close(read)
    os.close(write)


def test_many_threads_decode_at_once() -> None:
    files = [wav_bytes(tone(0.3 + n / 10)) for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(probe_bytes, files))
    assert [p.duration_ms for p in found] == [300 + 100 * n for n in range(12)]


def test_real_radio_is_measured_by_its_samples(shared: Path) -> None:
    with (shared / "audio/en_tests_data_apollo11.mp3").open("rb") as file:
        found = probe(file)
    assert (found.container.codec, found.container.sample_rate_hz) == ("mp3float", 8000)
    assert found.duration_ms == 89_208


def test_bytes_that_only_look_open_are_not_read_twice() -> None:
    with pytest.raises((AttributeError, io.UnsupportedOperation)):
        probe(io.BytesIO(wav_bytes(tone(0.1))))
