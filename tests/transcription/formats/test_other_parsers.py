"""What is written is read by programs that nobody here wrote, and says the same there."""

import io
from pathlib import Path

import pysubs2
import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st
from praatio import textgrid
from praatio.utilities.constants import Point
from pympi import Elan

from transcription import formats
from transcription.formats import TranscriptFormat
from transcription.transcript import Segment, Transcript, Word

ANY = st.from_type(Transcript)
MACHINE = "whisper:exercise. Exercise model. Not for casework."
TALK = Transcript(
    "en",
    (
        Segment(
            "Bring the boxes & go.",
            500,
            2_000,
            (
                Word("Bring", 500, 800),
                Word("the", 800, 900, interpolated=True),
                Word("boxes", 900, 1_400),
                Word("&"),
                Word("go.", 1_500, 2_000),
            ),
            "Marta",
        ),
        Segment('He said "now" [inaudible]', 1_500, 3_000, speaker="Olha"),
        Segment("Wait", 3_000, 3_500, (Word("Wait", 3_000, 3_500),), "Marta"),
    ),
)


@given(ANY)
def test_webvtt_py_finds_the_same_cues(transcript: Transcript) -> None:
    content = formats.write(transcript, format=TranscriptFormat.VTT, machine=MACHINE)
    captions = webvtt.from_buffer(io.StringIO(content.decode())).captions
    starts = [formats.timing.clock_ms(c.start, line=0) for c in captions]
    ends = [formats.timing.clock_ms(c.end, line=0) for c in captions]
    assert starts == [s.start_ms for s in transcript.segments]
    assert ends == [s.end_ms for s in transcript.segments]


def test_webvtt_py_reads_voices_and_words() -> None:
    content = formats.write(TALK, format=TranscriptFormat.VTT)
    captions = webvtt.from_buffer(io.StringIO(content.decode())).captions
    assert [caption.voice for caption in captions] == ["Marta", "Olha", "Marta"]
    assert captions[0].text == "Bring the boxes &amp; go."
    assert "<00:00:00.900>boxes" in captions[0].raw_text


@given(ANY)
def test_pysubs2_finds_the_same_captions_in_subrip(transcript: Transcript) -> None:
    content = formats.write(transcript, format=TranscriptFormat.SRT, machine=MACHINE)
    first, *rest = pysubs2.SSAFile.from_string(content.decode(), format_="srt")
    assert MACHINE in first.text
    assert [(event.start, event.end) for event in rest] == [
        (s.start_ms, s.end_ms) for s in transcript.segments
    ]


def test_webvtt_py_reads_our_subrip_too(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(formats.write(TALK, format=TranscriptFormat.SRT))
    captions = webvtt.from_srt(path).captions
    assert [caption.text for caption in captions] == [
        "[Marta]: Bring the boxes & go.",
        '[Olha]: He said "now" [inaudible]',
        "[Marta]: Wait",
    ]


def grid(transcript: Transcript, folder: Path) -> textgrid.Textgrid:
    path = folder / "talk.TextGrid"
    path.write_bytes(formats.write(transcript, format=TranscriptFormat.TEXTGRID, machine=MACHINE))
    return textgrid.openTextgrid(path, includeEmptyIntervals=False, reportingMode="error")


def test_praatio_reads_tiers_of_speakers_words_and_what_made_them(tmp_path: Path) -> None:
    read = grid(TALK, tmp_path)
    assert read.tierNames == (
        "machine-made",
        "Marta - segments",
        "Marta - words",
        "Marta - words, interpolated",
        "Olha - segments",
    )
    assert MACHINE in read.getTier("machine-made").entries[0].label
    assert [tuple(entry) for entry in read.getTier("Marta - words").entries] == [
        (0.5, 0.8, "Bring"),
        (0.9, 1.4, "boxes"),
        (1.5, 2.0, "go."),
        (3.0, 3.5, "Wait"),
    ]
    assert read.getTier("Marta - words, interpolated").entries[0].label == "the"
    assert 'said "now"' in read.getTier("Olha - segments").entries[0].label
    assert read.maxTimestamp == 3.5


@given(ANY)
def test_praatio_accepts_every_grid_and_finds_every_word(
    tmp_path_factory: pytest.TempPathFactory, transcript: Transcript
) -> None:
    read = grid(transcript, tmp_path_factory.getbasetemp())
    found = sorted(
        # praatio leaves the doubled quotes of points as they are written.
        (
            round(entry[0] * 1000),
            entry[-1].replace('""', '"') if isinstance(entry, Point) else entry[-1],
        )
        for name in read.tierNames
        if "words" in name.rpartition(" - ")[2]
        for entry in read.getTier(name).entries
    )
    assert found == sorted((w.start_ms, w.text) for w in transcript.words())


def eaf(transcript: Transcript, folder: Path) -> Elan.Eaf:
    path = folder / "talk.eaf"
    path.write_bytes(formats.write(transcript, format=TranscriptFormat.EAF, machine=MACHINE))
    return Elan.Eaf(path)


def test_pympi_reads_tiers_participants_and_what_made_them(tmp_path: Path) -> None:
    read = eaf(TALK, tmp_path)
    assert any(MACHINE in value for _, value in read.properties)
    parameters = read.get_parameters_for_tier("Marta - words")
    assert parameters["PARTICIPANT"] == "Marta"
    assert parameters["PARENT_REF"] == "Marta - segments"
    assert MACHINE in parameters["ANNOTATOR"]
    assert parameters["LANG_REF"] in read.get_languages()
    assert read.linguistic_types["words"]["CONSTRAINTS"] == "Included_In"
    assert sorted(read.get_annotation_data_for_tier("Marta - words")) == [
        (500, 800, "Bring"),
        (900, 1_400, "boxes"),
        (1_500, 2_000, "go."),
        (3_000, 3_500, "Wait"),
    ]
    assert read.get_annotation_data_for_tier("Olha - segments") == [
        (1_500, 3_000, 'He said "now" [inaudible]')
    ]


@given(ANY)
def test_pympi_accepts_every_document_and_finds_every_word(
    tmp_path_factory: pytest.TempPathFactory, transcript: Transcript
) -> None:
    read = eaf(transcript, tmp_path_factory.getbasetemp())
    found = sorted(
        (start, end, text)
        for name in read.get_tier_names()
        if "words" in name.rpartition(" - ")[2]
        for start, end, text in read.get_annotation_data_for_tier(name)
    )
    assert found == sorted((w.start_ms, w.end_ms, w.text) for w in transcript.words())


@pytest.mark.parametrize("form", ["short_textgrid", "long_textgrid"])
def test_grids_that_praatio_writes_are_read(tmp_path: Path, form: str) -> None:
    path = tmp_path / "theirs.TextGrid"
    grid(TALK, tmp_path).save(path, form, includeBlankSpaces=True)
    again = formats.read(path.read_bytes(), format=TranscriptFormat.TEXTGRID, language="en")
    assert again == TALK


def test_documents_that_pympi_writes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "theirs.eaf"
    eaf(TALK, tmp_path).to_file(path)
    assert formats.read(path.read_bytes(), format=TranscriptFormat.EAF) == TALK
