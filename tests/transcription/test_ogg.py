"""A cut holds the span that was asked for, sounds as the whole does there, and nothing else."""

import contextlib
import io
from collections.abc import Callable
from itertools import pairwise

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from transcription import ogg
from transcription.audio.playback import Playback
from transcription.errors import Undecodable
from transcription.span import Span

SECONDS, RATE = 12, 16_000
SETTLED_MS = 300  # more than a decoder needs to sound as it did in the whole
PAGE_MS = 1_100


def coded(channels: int = 1) -> bytes:
    """Twelve seconds, each a tone of its own under a little noise, as a listening copy."""
    time = np.arange(SECONDS * RATE) / RATE
    tones = np.sin(2 * np.pi * (220 + 60 * np.floor(time)) * time)
    noise = np.random.default_rng(1).normal(0, 0.02, len(time))
    mono = ((0.4 * tones + noise) * 32_000).clip(-32_768, 32_767).astype(np.int16)
    made = io.BytesIO()
    playback = Playback(made, sample_rate_hz=RATE, channels=channels)
    for piece in np.split(np.repeat(mono[:, None], channels, axis=1), SECONDS):
        playback.add(piece)
    playback.finish()
    return made.getvalue()


def heard(content: bytes) -> NDArray[np.float32]:
    """What a player makes of it: samples of the first channel at 48 kHz."""
    with av.open(io.BytesIO(content)) as container:
        frames = [frame.to_ndarray()[:1] for frame in container.decode(audio=0)]
    samples: NDArray[np.float32] = np.concatenate(frames, axis=1)[0].astype(np.float32)
    return samples


def reading(content: bytes) -> Callable[[int, int], bytes]:
    return lambda start, end: content[start:end]


WHOLE = {channels: coded(channels) for channels in (1, 2)}
SOUND = {channels: heard(WHOLE[channels]) for channels in (1, 2)}


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("span", [Span(0, 1), Span(2_500, 4_000), Span(7_000, 11_999)])
def test_a_cut_sounds_as_the_whole_does_there(channels: int, span: Span) -> None:
    whole = WHOLE[channels]

    found = ogg.cut(reading(whole), len(whole), span)

    sound = heard(found.content)
    first, last = (ms * 48 for ms in (found.span.start_ms + SETTLED_MS, found.span.end_ms))
    there = SOUND[channels][first : last - 480]
    here = sound[SETTLED_MS * 48 :][: len(there)]
    assert len(here) == len(there)
    assert np.square(here - there).mean() < 0.01 * np.square(there).mean()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, SECONDS * 1000 - 2), st.integers(1, SECONDS * 1000))
def test_a_cut_holds_all_of_its_span_and_at_most_a_page_around_it(start: int, length: int) -> None:
    span = Span(start, min(start + length, SECONDS * 1000 - 1))
    whole = WHOLE[1]

    found = ogg.cut(reading(whole), len(whole), span)

    assert found.span.start_ms <= span.start_ms <= found.span.start_ms + PAGE_MS
    assert found.span.end_ms - PAGE_MS <= span.end_ms <= found.span.end_ms


def test_a_cut_is_a_stream_as_the_standard_has_it() -> None:
    whole = WHOLE[1]
    content = ogg.cut(reading(whole), len(whole), Span(5_000, 8_000)).content
    made = list(ogg.pages(reading(content), len(content)))

    assert [page.number for page in made] == list(range(len(made)))
    assert all(one.granule <= other.granule for one, other in pairwise(made))
    assert [bool(page.flags & 0x04) for page in made] == [False] * (len(made) - 1) + [True]
    assert b"".join(page.spell() for page in made) == content


def test_the_check_sums_are_the_encoder_s_own() -> None:
    whole = WHOLE[1]

    spelled = b"".join(page.spell() for page in ogg.pages(reading(whole), len(whole)))

    assert spelled == whole


def test_nothing_of_the_sound_around_it_is_handed_out() -> None:
    whole = WHOLE[1]
    content = ogg.cut(reading(whole), len(whole), Span(5_000, 6_000)).content
    packets = [page.content for page in ogg.pages(reading(whole), len(whole)) if page.granule]

    inside = [packet for packet in packets if packet in content]
    assert 1 <= len(inside) <= 3
    assert len(packets) >= SECONDS


@pytest.mark.parametrize("broken", [b"", b"RIFF....WAVE", WHOLE[1][:100], WHOLE[1][:4_000]])
def test_what_is_no_whole_stream_of_opus_is_refused(broken: bytes) -> None:
    with pytest.raises(Undecodable):
        ogg.cut(reading(broken), len(broken), Span(0, 60_000))


def test_a_span_after_the_end_is_refused() -> None:
    whole = WHOLE[1]
    with pytest.raises(Undecodable):
        ogg.cut(reading(whole), len(whole), Span(60_000, 61_000))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WHOLE[1]) - 1), st.integers(0, 255))
def test_a_flipped_byte_gives_a_cut_or_a_refusal_and_never_anything_else(
    place: int, value: int
) -> None:
    broken = bytearray(WHOLE[1])
    broken[place] = value
    with contextlib.suppress(Undecodable):
        ogg.cut(reading(bytes(broken)), len(broken), Span(2_000, 3_000))
