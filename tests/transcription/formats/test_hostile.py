"""Files made to hurt, and files that were damaged: always a transcript, or a refusal with its line."""

import os
import random
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription import formats
from transcription.errors import Malformed
from transcription.formats import TranscriptFormat
from transcription.formats.settling import MAX_VOICES
from transcription.formats.xml import MAX_DEPTH
from transcription.transcript import Segment, Transcript, Word

HOW_MANY = int(os.environ.get("EARWITNESS_MUTATIONS", "500"))
"""Damaged files per format; `EARWITNESS_MUTATIONS=20000` for a longer run."""

WRITTEN = sorted(set(TranscriptFormat) - {TranscriptFormat.WHISPER})
TALK = Transcript(
    "ru",
    (
        Segment(
            "Везите мешки & ждите",
            500,
            2_000,
            (
                Word("Везите", 500, 800, 912),
                Word("мешки", 800, 1_400, 40, interpolated=True),
                Word("&"),
                Word("ждите", 1_400, 2_000),
            ),
            "Марта",
        ),
        Segment("[нрзб] сказал «да»", 1_500, 3_000, speaker="Olha"),
        Segment("go", 3_000, 3_000, (Word("go", 3_000, 3_000),), "Марта"),
    ),
)
PIECES = (
    b"-->", b"\n\n", b"\n", b'"', b'""', b"<", b">", b"&", b"</v>", b"<c.untimed>", b"<00:00:99.000>",
    b"<00:00:00.100>", b"\x00", b"\xff", b"\xfe\xff", b"-1", b"0", b"9999999999999999", b"1e999", b"NaN",
    b"{", b"}", b"[", b"]", b"null", b"<!DOCTYPE x>", b"<!--", b"]]>", b"WEBVTT", b"NOTE", b"<exists>",
    b"IntervalTier", b"TextTier", "\u2028".encode(), "\ud7ff".encode(), b"TIME_VALUE", b"PARENT_REF",
)  # fmt: skip


def damaged(content: bytes, seed: int) -> bytes:
    """The file with one to four things wrong: pieces put in, cut out, doubled, swapped, flipped."""
    choose = random.Random(seed)
    data = bytearray(content)
    for _ in range(choose.randint(1, 4)):
        at = choose.randrange(len(data) + 1)
        until = min(len(data), at + choose.choice([1, 2, 5, 20, 200]))
        match choose.randrange(6):
            case 0:
                data[at:at] = choose.choice(PIECES)
            case 1:
                del data[at:until]
            case 2:
                data[at:at] = data[at:until]
            case 3:
                data[at:until] = choose.choice(PIECES)
            case 4 if at < len(data):
                data[at] ^= 1 << choose.randrange(8)
            case _:  # another number where one stands
                digits = [n for n, byte in enumerate(data) if 48 <= byte <= 57]
                if digits:
                    data[choose.choice(digits)] = choose.randrange(48, 58)
    return bytes(data)


def held(content: bytes, kind: TranscriptFormat, *, repair: bool) -> Transcript | None:
    """What is read, or None where it is refused as it should be."""
    refused: Malformed | None = None
    try:
        return formats.reading(
            content, format=kind, language="ru", duration_ms=10_000, repair=repair
        ).transcript
    except Malformed as refusal:
        refused = refusal
    assert 1 <= refused.line <= content.count(b"\n") + content.count(b"\r") + 2, refused
    return None


@pytest.mark.parametrize("kind", WRITTEN)
def test_damaged_files_are_read_or_refused_with_a_line(kind: TranscriptFormat) -> None:
    content = formats.write(TALK, format=kind, machine="whisper:small")
    kept = 0
    for seed in range(HOW_MANY):
        bad = damaged(content, seed)
        formats_known = set(TranscriptFormat)
        with suppress(Malformed):
            assert formats.detect(bad) in formats_known
        plain, repaired = held(bad, kind, repair=False), held(bad, kind, repair=True)
        if plain is None and repaired is None:
            continue
        assert repaired is not None, "what is right needs no repair"
        assert plain is None or plain == repaired
        again = formats.write(repaired, format=TranscriptFormat.NATIVE)
        assert held(again, TranscriptFormat.NATIVE, repair=False) == repaired, "times make sense"
        kept += 1
    assert 0 < kept < HOW_MANY, "some damage is harmless and some is not"


def bombs() -> Iterator[bytes]:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    yield f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>\n<ANNOTATION_DOCUMENT>&l9;</ANNOTATION_DOCUMENT>'.encode()
    yield b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><ANNOTATION_DOCUMENT>&e;</ANNOTATION_DOCUMENT>'
    yield b'<!DOCTYPE x SYSTEM "http://localhost:1/x.dtd"><ANNOTATION_DOCUMENT/>'
    yield b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><ANNOTATION_DOCUMENT/>'
    yield b"<a>" * (MAX_DEPTH + 1)
    yield b"<a>" * 1_000_000
    yield b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-'
    yield b"<ANNOTATION_DOCUMENT xmlns:a='x' a:b='1' a:b='2'/>"


@pytest.mark.parametrize("content", list(bombs()), ids=lambda content: content[:30].decode())
def test_xml_that_attacks_its_reader_is_refused(content: bytes) -> None:
    with pytest.raises(Malformed) as refusal:
        formats.read(content, format=TranscriptFormat.EAF)
    assert refusal.value.line >= 1
    assert "passwd" not in str(refusal.value)
    assert "root:" not in str(refusal.value)


def test_a_document_type_is_refused_where_it_is_declared() -> None:
    with pytest.raises(Malformed, match="line 3: it declares a document type"):
        formats.read(b'<?xml version="1.0"?>\n\n<!DOCTYPE x>\n<x/>', format=TranscriptFormat.EAF)


def test_deep_json_is_refused() -> None:
    for content in (
        b"[" * 200_000,
        b'{"segments":' * 50_000,
        b'{"segments": [' + b"[" * 900 + b"]" * 900 + b"]}",
    ):
        with pytest.raises(Malformed):
            formats.read(content, format=TranscriptFormat.WHISPERX)


def test_a_grid_that_announces_more_than_it_has_is_refused_at_once() -> None:
    grid = b'"ooTextFile"\n"TextGrid"\n0\n1\n<exists>\n999999999\n"IntervalTier"\n"a"\n0\n1\n999999999\n'
    with pytest.raises(Malformed, match="the file ends"):
        formats.read(grid, format=TranscriptFormat.TEXTGRID)


def test_more_speakers_than_a_recording_could_have_are_refused() -> None:
    cues = (f"00:00.000 --> 00:01.000\n<v {n}>x" for n in range(MAX_VOICES + 1))
    with pytest.raises(Malformed, match="more than 200 speakers"):
        formats.read("\n\n".join(["WEBVTT", *cues]).encode(), format=TranscriptFormat.VTT)


@pytest.mark.parametrize(
    "grid",
    [
        # Long utterances that overlap over very many words: what is contained in what is found once.
        [("segments", 0, 9, "x", 3_000), ("words", 0, 1, "x", 20_000)],
        [("segments", 0, 9, "x " * 50, 2_000), ("words", 8.99, 9, "y", 20_000)],
        [("words", 0, 0.001, "x", 30_000)],
        [("a", 0, 1, "xy", 5_000), ("b", 0, 1, "x", 30_000), ("c", 0, 1, "y", 30_000)],
    ],
)
def test_large_contradictory_grids_end_in_good_time(
    grid: list[tuple[str, float, float, str, int]],
) -> None:
    lines = ['"ooTextFile"', '"TextGrid"', "0", "9", "<exists>", f"{len(grid)}"]
    for name, start, end, text, count in grid:
        lines += ['"IntervalTier"', f'"{name}"', "0", "9", f"{count}"]
        lines += [f'{start}\n{end}\n"{text}"'] * count
    for repair in (False, True):
        held("\n".join(lines).encode(), TranscriptFormat.TEXTGRID, repair=repair)


@given(st.binary(max_size=300), st.sampled_from(TranscriptFormat))
def test_any_bytes_are_read_or_refused_by_name(content: bytes, kind: TranscriptFormat) -> None:
    for prefix in (
        b"",
        b"\xff\xfe",
        b'<?xml version="1.0"?>',
        b'"ooTextFile" "TextGrid" 0 1 <exists> 1 ',
    ):
        held(prefix + content, kind, repair=True)
