"""Comparing quotes with transcripts as a job: every pair once, and nothing without audio."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.core import jobs
from app.core.database import Database
from app.core.jobs import JobKind
from app.quotes import queries, service
from app.quotes.models import Quote
from app.quotes.wording import Target, TargetKind
from app.recordings import queries as recordings
from app.recordings import service as cataloguing
from app.recordings.models import Recording
from app.recordings.provenance import Decoding, Outcome, Particulars
from app.reports import service as reports
from app.reports.anchor import Passage
from app.reports.models import ReportKind
from app.reports.service import Particulars as ReportParticulars
from app.transcripts import readings
from app.transcripts import service as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from app.transcripts.readings import Hearing
from app.worker import quotes
from transcription.alignment import Verdict
from transcription.quotation.proposal import QuoteForm
from transcription.transcript import Segment, Word
from transcription.transcript import Transcript as Content

from .conftest import House, tone

SAID = "three trucks of flour leave at dawn"


def quoted(house: House, recording: Recording, words: str) -> Quote:
    """A report that quotes these words of a recording."""
    with house.tools.database.writing() as session:
        report = reports.register(
            session,
            actor=house.actor,
            case_id="case-1",
            particulars=ReportParticulars(kind=ReportKind.NEWS, language="en"),
        )
        snapshot = reports.snapshot(
            session, actor=house.actor, report=report, text=f"He said: {words}."
        )
        return service.quote(
            session,
            actor=house.actor,
            snapshot=snapshot,
            passage=Passage(exact=words),
            language="en",
            form=QuoteForm.DIRECT,
            target=Target(kind=TargetKind.RECORDING, recording_id=recording.id),
        )


def heard(house: House, recording: Recording) -> Transcript:
    words = tuple(
        Word(word, start * 400, start * 400 + 300) for start, word in enumerate(SAID.split())
    )
    content = Content("en", (Segment(SAID, 0, 2800, words),))
    with house.tools.database.writing() as session:
        return transcripts.keep(
            session,
            actor=house.actor,
            recording=recording,
            content=content,
            kind=TranscriptKind.HUMAN,
        )


def proposals(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(queries.Alignment)) or 0


@pytest.fixture
def recording(house: House) -> Recording:
    instance = house.acquire(tone(3))
    with house.tools.database.reading() as session:
        return recordings.get(session, instance.recording_id)


def test_a_transcript_is_compared_with_every_quote_of_its_recording(
    house: House, recording: Recording
) -> None:
    exact = quoted(house, recording, "three trucks of flour")
    other = quoted(house, recording, "the ship has sailed")
    transcript = heard(house, recording)

    result = quotes.align(house.run(JobKind.ALIGN, transcript.id))

    assert result == {"pairs": 2, "compared": 2}
    with house.tools.database.reading() as session:
        assert queries.standing(session, exact).verdict is Verdict.VERBATIM
        assert queries.standing(session, other).verdict is Verdict.NOT_FOUND


def test_comparing_again_adds_nothing(house: House, recording: Recording) -> None:
    quoted(house, recording, "three trucks of flour")
    run = house.run(JobKind.ALIGN, heard(house, recording).id)
    quotes.align(run)
    quotes.align(run)

    assert proposals(house.tools.database) == 1


def test_what_a_listener_heard_is_compared_with_the_quotes_of_its_place_and_with_no_other(
    house: House, recording: Recording
) -> None:
    here = quoted(house, recording, "three trucks of flour")
    elsewhere = quoted(house, recording, "leave at dawn")
    transcript = heard(house, recording)
    quotes.align(house.run(JobKind.ALIGN, transcript.id))
    with house.tools.database.writing() as session:
        instance = recordings.original_of(session, recording.id)
        assert instance is not None
        decoding = Decoding(
            outcome=Outcome.DECODED,
            decoder={"name": "a test"},
            duration_ms=3_000,
            pcm_sha256="sha256:" + "5" * 64,
        )
        cataloguing.identify(session, actor=house.actor, instance=instance, decoding=decoding)
        listener = Hearing(
            start_ms=0, end_ms=1_600, text="four trucks of flour", listener="Inna", language="en"
        )
        reading = readings.add(session, actor=house.actor, recording=recording, hearing=listener)
        (job,) = jobs.of_subject(session, reading.id)

    first = quotes.align(house.run(JobKind.ALIGN, reading.id, subject_kind="reading"))
    again = quotes.align(house.run(JobKind.ALIGN, reading.id, subject_kind="reading"))

    assert (job.kind, job.subject_kind) == (JobKind.ALIGN, "reading")
    assert (first, again) == ({"readings": 1}, {"readings": 0})
    with house.tools.database.reading() as session:
        contested = queries.standing(session, here)
        untouched = queries.standing(session, elsewhere)
    assert [voice.comparison.verdict for voice in contested.voices] == [Verdict.REVERSED]
    assert contested.contested
    assert (untouched.contested, untouched.voices) == (False, ())


def test_nothing_is_compared_while_no_audio_is_held(house: House) -> None:
    with house.tools.database.writing() as session:
        cited = cataloguing.catalogue(
            session,
            actor=house.actor,
            case_id="case-1",
            particulars=Particulars(title="Only written about"),
        )
    quote = quoted(house, cited, "three trucks of flour")
    transcript = heard(house, cited)

    assert quotes.align(house.run(JobKind.ALIGN, transcript.id))["pairs"] == 0
    with house.tools.database.reading() as session:
        assert queries.standing(session, quote).verdict is Verdict.NOT_CHECKABLE_NO_AUDIO
    assert proposals(house.tools.database) == 0


def test_new_spoken_words_have_the_translations_beside_them_compared_again(
    house: House, recording: Recording
) -> None:
    quoted(house, recording, "three trucks of flour")
    with house.tools.database.writing() as session:
        translation = transcripts.keep(
            session,
            actor=house.actor,
            recording=recording,
            content=Content("en", (Segment(SAID, 0, 2800),)),
            kind=TranscriptKind.TRANSLATION,
        )
    quotes.align(house.run(JobKind.ALIGN, translation.id))
    with house.tools.database.writing() as session:
        heard_in_russian = transcripts.keep(
            session,
            actor=house.actor,
            recording=recording,
            content=Content("ru", (Segment("три машины муки выезжают на рассвете", 0, 2800),)),
            kind=TranscriptKind.HUMAN,
        )

    result = quotes.align(house.run(JobKind.ALIGN, heard_in_russian.id))

    assert result == {"pairs": 2, "compared": 2}
    with house.tools.database.reading() as session:
        (quote,) = queries.of_recording(session, recording.id)
        found = queries.alignments_of(session, quote.id)
    assert [each.transcript_id for each in found].count(translation.id) == 2
    linked = [each for each in found if each.spoken_transcript_id == heard_in_russian.id]
    assert [place["operations"][0]["source"]["text"] for place in linked[0].occurrences] == ["три"]


def test_a_model_of_sentences_that_was_chosen_and_is_not_there_stops_no_comparison(
    house: House, recording: Recording, tmp_path: Path
) -> None:
    quote = quoted(house, recording, "three trucks of flour")
    chosen = house.tools.settings.model_copy(update={"sentence_model": tmp_path / "labse"})
    choosing = replace(house, tools=replace(house.tools, settings=chosen))

    quotes.align(choosing.run(JobKind.ALIGN, heard(house, recording).id))

    with house.tools.database.reading() as session:
        (made,) = queries.alignments_of(session, quote.id)
    assert made.verdict is Verdict.VERBATIM
    assert "no modules.json" in made.features["sentence_not_scored"]
