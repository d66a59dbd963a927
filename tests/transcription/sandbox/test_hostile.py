"""Hostile files: whatever an upload says, no other file of the machine is ever heard or seen."""

import json
import os
import random
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

import av
import numpy as np
import pytest

from tests.transcription.conftest import Encode, tone, wav_bytes
from tests.transcription.sounds import KINDS, example
from transcription.audio import Limits, Probe, confinement, pcm, probe
from transcription.errors import LimitExceeded, SandboxUnavailable, Undecodable
from transcription.sandbox import zygotes

pytestmark = pytest.mark.sandbox

HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{target}\n#EXT-X-ENDLIST\n"
NESTED = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{target}\n"
DASH = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
    'mediaPresentationDuration="PT2S"><Period><AdaptationSet><Representation id="1" '
    'bandwidth="1"><BaseURL>{target}</BaseURL></Representation></AdaptationSet></Period></MPD>'
)
MUTATIONS = int(os.environ.get("EARWITNESS_MUTATIONS", "200"))
SDP = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n"


@pytest.fixture
def canary(encode: Encode, tmp_path: Path) -> Path:
    """Another case's recording, which would decode if anything opened it."""
    path = encode("canary.mp3", tone(2, hertz=1000), codec="libmp3lame")
    (tmp_path / "ab12cd").write_bytes(path.read_bytes())
    return path


def scripts(canary: Path) -> dict[str, str]:
    near, far, bare = canary.name, str(canary), str(canary.parent / "ab12cd")
    inner = canary.parent / "inner.m3u8"
    inner.write_text(HLS.format(target=far))
    return {
        "hls, relative": HLS.format(target=near),
        "hls, absolute": HLS.format(target=far),
        "hls, no extension": HLS.format(target=bare),
        "hls, file protocol": HLS.format(target=f"file:{far}"),
        "hls, crypto protocol": HLS.format(target=f"crypto+file:{far}"),
        "hls, nested": NESTED.format(target=str(inner)),
        "hls, key": HLS.format(target=far).replace(
            "#EXTINF", f'#EXT-X-KEY:METHOD=AES-128,URI="{far}"\n#EXTINF'
        ),
        "hls, byte range": HLS.format(target=f"subfile,,start,0,end,0,,:{far}"),
        "hls, concat protocol": HLS.format(target=f"concat:{far}|{far}"),
        "ffconcat, relative": f"ffconcat version 1.0\nfile {near}\n",
        "ffconcat, absolute": f"ffconcat version 1.0\nfile '{far}'\n",
        "ffconcat, no extension": f"ffconcat version 1.0\nfile '{bare}'\n",
        "ffconcat, option": f"ffconcat version 1.0\nfile '{far}'\noption safe 0\n",
        "concat protocol": f"concat:{far}",
        "dash": DASH.format(target=far),
        "sdp": SDP,
        "image sequence": "%d.png",
        "pls": f"[playlist]\nFile1={far}\nNumberOfEntries=1\n",
        "asx": f'<asx version="3.0"><entry><ref href="file://{far}"/></entry></asx>',
        "asf reference": f"[Reference]\nRef1=file://{far}\n",
        "smil": f'<smil><body><audio src="file://{far}"/></body></smil>',
        "quicktime link": f'<?xml version="1.0"?><?quicktime type="application/x-quicktime-media-'
        f'link"?><embed src="file://{far}" />',
        "real": f"file://{far}\n",
        "cue": f'FILE "{far}" MP3\n TRACK 01 AUDIO\n INDEX 01 00:00:00\n',
        "avisynth": f'DirectShowSource("{far}")\n',
        "filter graph": f"amovie={far}\n",
        "webm dash": DASH.format(target=far).replace('bandwidth="1"', 'mimeType="video/webm"'),
        "smooth streaming": '<SmoothStreamingMedia MajorVersion="2" Duration="20000000">'
        f'<StreamIndex Type="audio" Url="file://{far}"/></SmoothStreamingMedia>',
        "concat in data": f"data:audio/x-ffconcat,ffconcat version 1.0%0Afile {far}",
        "m3u": f"#EXTM3U\n{far}\n",
        "xspf": f"<playlist><trackList><track><location>file://{far}</location></track>"
        "</trackList></playlist>",
    }


def test_no_script_makes_the_decoder_open_another_file(
    canary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with canary.open("rb") as file:
        assert probe(file).duration_ms > 1900, "the canary must be decodable"
    for name, script in scripts(canary).items():
        for upload in (tmp_path / "upload.mp3", tmp_path / "upload"):
            upload.write_text(script)
            with upload.open("rb") as file, pytest.raises(Undecodable):
                print(name, probe(file))


def test_an_external_track_of_a_film_is_not_followed(canary: Path, tmp_path: Path) -> None:
    """A QuickTime data reference that points to another file decodes to nothing of it."""
    film = tmp_path / "film.mov"
    with av.open(str(film), "w", format="mov") as out:
        stream = out.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone(1, rate=8000).reshape(1, -1), layout="mono")
        frame.sample_rate = 8000
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    data = film.read_bytes()
    own = b"url \x00\x00\x00\x01"
    assert own in data
    hostile = tmp_path / "hostile.mov"
    hostile.write_bytes(data.replace(own, b"alis\x00\x00\x00\x00"))
    try:
        with hostile.open("rb") as file:
            found = probe(file)
    except Undecodable:
        return
    assert found.duration_ms == 1000, "only its own bytes"


def attempt(code: str) -> str:
    """Run `code` in a child that is confined as decoders are; say what stopped it."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            from transcription.sandbox import confinement as confining

            confining.enter(Limits(memory_bytes=4 << 30))
            try:
                exec(code, {"os": os, "WRITE": write})  # the attack
                os.write(write, b"succeeded")
            except OSError as error:
                os.write(write, error.__class__.__name__.encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(pid, 0)
    return said


@pytest.mark.parametrize(
    "attack",
    [
        "os.open('/etc/hostname', os.O_RDONLY)",
        "os.listdir('/')",
        "os.open('/tmp/left', os.O_WRONLY | os.O_CREAT)",
        "os.execv('/bin/true', ['true'])",
        "os.fork()",
        "os.kill(os.getppid(), 0)",
        "os.kill(os.getppid(), 9)",
        "os.unlink('/tmp/nothing')",
        "os.mkdir('/tmp/made')",
        "os.memfd_create('x')",
        "os.chdir('/')",
        "os.setuid(0)",
        "os.ptrace(0)" if hasattr(os, "ptrace") else "os.link('/etc/hostname', '/tmp/x')",
        "os.pidfd_open(os.getppid())",
        "os.readlink('/proc/self/exe')",
    ],
)
def test_a_decoder_that_was_taken_over_can_do_nothing(attack: str) -> None:
    assert attempt(attack) == "PermissionError"


def test_a_decoder_that_was_taken_over_reaches_no_network() -> None:
    import socket  # before the confinement, as an attacker would have it in memory

    assert socket.has_ipv6 in {True, False}
    code = "import sys; sys.modules['socket'].socket(2, 1)"
    assert attempt(code) == "PermissionError"


def test_a_decoder_that_was_taken_over_makes_no_code() -> None:
    import mmap

    assert mmap.PROT_EXEC
    code = "import sys; m = sys.modules['mmap']; m.mmap(-1, 4096, prot=7)"
    assert attempt(code) == "PermissionError"


def test_this_kernel_confines_and_says_so() -> None:
    held = confinement()
    assert held.landlock_abi >= 1
    assert held.seccomp
    assert held.complete


def test_a_kernel_that_cannot_confine_decodes_nothing_unless_waived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav_bytes(tone(0.2)))
    bare = type(confinement())(landlock_abi=0, seccomp=True)
    monkeypatch.setattr(zygotes.running(), "confinement", bare)
    with path.open("rb") as file:
        with pytest.raises(SandboxUnavailable, match="Landlock ABI 0"):
            probe(file)
        assert probe(file, Limits(unconfined=True)).duration_ms == 200


def test_a_killed_zygote_is_replaced() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(wav_bytes(tone(0.4)))
        file.flush()
        before = zygotes.running().pid
        os.kill(before, signal.SIGKILL)
        assert probe(file).duration_ms == 400
        assert zygotes.running().pid != before


def test_a_decoder_killed_at_work_is_not_held_against_the_file(encode: Encode) -> None:
    long = encode("long.flac", np.zeros(16_000 * 300, np.int16), codec="flac")
    kills = iter([True, False])

    def interrupted(stream: pcm.Stream) -> int:
        if next(kills):
            os.kill(zygotes.running().pid, signal.SIGKILL)
        return sum(len(part) for part in stream)

    with long.open("rb") as file:
        assert pcm.decoded(file, Limits(), interrupted) == 16_000 * 300


def test_too_little_memory_is_a_limit_with_a_name(encode: Encode) -> None:
    sound = encode("a.mkv", tone(20, rate=48_000), codec="libopus", rate=48_000)
    with sound.open("rb") as file, pytest.raises(LimitExceeded) as caught:
        probe(file, Limits(memory_bytes=1 << 20))
    assert caught.value.limit == "memory_bytes"


def test_no_decoder_outlives_its_reader(encode: Encode) -> None:
    long = encode("long.flac", np.zeros(16_000 * 600, np.int16), codec="flac")
    with long.open("rb") as file:
        pcm.decoded(file, Limits(), lambda _stream: None)
    children = Path(f"/proc/{zygotes.running().pid}/task/{zygotes.running().pid}/children")
    for _ in range(100):
        if not children.read_text():
            return
        time.sleep(0.05)
    pytest.fail("a decoder is still there")


def test_the_zygote_has_one_thread_and_no_environment() -> None:
    process = Path(f"/proc/{zygotes.running().pid}")
    assert len(list((process / "task").iterdir())) == 1
    names = {item.split(b"=")[0] for item in (process / "environ").read_bytes().split(b"\0")}
    assert names - {b""} == {b"PYTHONPATH", b"PATH", b"LC_ALL"}


def test_a_sample_rate_that_no_recorder_has_is_a_limit_with_a_name() -> None:
    wild = bytearray(wav_bytes(tone(0.1)))
    wild[24:28] = (2_000_000_000).to_bytes(4, "little")
    with tempfile.TemporaryFile() as file, pytest.raises(LimitExceeded) as caught:
        file.write(wild)
        file.flush()
        probe(file)
    assert (caught.value.limit, caught.value.allowed) == ("sample_rate_hz", 768_000)


def test_tags_without_end_in_any_script_are_cut_and_break_nothing(tmp_path: Path) -> None:
    path = tmp_path / "tagged.mka"
    with av.open(str(path), "w", format="matroska") as out:
        stream = out.add_stream("pcm_s16le", rate=16_000, layout="mono")
        out.metadata.update({f"t{number:03}" + "😀" * 1000: "🎙" * 3000 for number in range(90)})
        frame = av.AudioFrame.from_ndarray(tone(0.5).reshape(1, -1), layout="mono")
        frame.sample_rate = 16_000
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    with path.open("rb") as file:
        found = probe(file)
    assert found.duration_ms == 500
    assert len(found.container.tags) == 64
    assert max(len(text) for pair in found.container.tags for text in pair) == 1024


@pytest.mark.slow
def test_damaged_media_never_crash_or_hang_the_decoder(tmp_path: Path) -> None:
    """Every kind in turn; `EARWITNESS_MUTATIONS=2000` tries more of each."""
    chance = random.Random(7)
    outcomes: Counter[str] = Counter()
    for number in range(MUTATIONS):
        name = list(KINDS)[number % len(KINDS)]
        damaged = mutated(example(name), chance)
        came = outcome(damaged)
        outcomes[came] += 1
        if came in {"decoder_crashed", "decoder_broke_protocol", "wall_seconds", "cpu_seconds"}:
            (tmp_path / "damaged").write_bytes(damaged)
            pytest.fail(f"{name}, number {number}: {came}; kept in {tmp_path}")
    print(json.dumps(outcomes))
    assert outcomes["decoded"] > MUTATIONS // 8
    assert outcomes["unknown_container"] > MUTATIONS // 40


def mutated(sound: bytes, chance: random.Random) -> bytes:
    """Other bytes here and there, most of them near the front; parts doubled, moved or cut off."""
    data = bytearray(sound)
    for _ in range(chance.choice((1, 4, 32, 256))):
        near_the_front = chance.random() < 0.5
        at = chance.randrange(min(len(data), 400) if near_the_front else len(data))
        data[at] = chance.choice((0, 255, chance.randrange(256)))
    if chance.random() < 0.2:
        start = chance.randrange(len(data))
        part = data[start : start + chance.randrange(1, 4096)]
        to = chance.randrange(len(data))
        data[to:to] = part
    if chance.random() < 0.2:
        del data[chance.randrange(1, len(data)) :]
    return bytes(data)


def outcome(data: bytes) -> str:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            found: Probe = probe(file, Limits(decoded_seconds=600, wall_seconds=20))
        except Undecodable as error:
            return getattr(error, "limit", error.reason)
        assert found.frames > 0
        return "decoded"
