"""
Asking the audio of each word of an aligned quote, as a job: by the exercise model, which needs no weights.

In the last transmission of the demonstration's recording is said: "Ждите у моста до утра, конец связи."
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.core import jobs
from app.core.canonical import Json
from app.core.errors import Conflict, Invalid
from app.core.jobs import Failed, JobKind, JobState, Run, Waits
from app.core.jobs.run import Step
from app.custody import verification
from app.custody.findings import Outcome
from app.custody.models import LogEntry
from app.quotes import queries, service, supports
from app.quotes.models import AcousticSupport, Alignment
from app.quotes.wording import Target, TargetKind
from app.recordings import queries as recordings
from app.recordings.models import MediaInstance
from app.reports import service as reports
from app.reports.anchor import Passage
from app.reports.models import ReportKind
from app.reports.service import Particulars
from app.transcripts import queries as reading
from app.transcripts import service as transcripts
from app.transcripts.models import TranscriptKind
from app.worker import engines, support
from transcription.quotation.proposal import QuoteForm
from transcription.transcript import Segment, Word
from transcription.transcript import Transcript as Content

from .conftest import House, Workers

pytestmark = pytest.mark.sandbox

EXCHANGE = Path(__file__).resolve().parents[3] / "app/demo/audio/exchange_ru.flac"
SAID = "Ждите у моста до утра, конец связи."
AT = (22_350, 22_700, 22_820, 23_180, 23_330, 23_900, 24_330, 24_900)
ALTERED = "Ждите у школы до утра, конец связи"
TRUE = "Ждите у моста до утра, конец связи"


@dataclass(frozen=True)
class Desk:
    """A house in which the exchange is held, with hands for reports that quote it."""

    house: House
    instance: MediaInstance

    def heard(self, *, timed: bool = True, kind: TranscriptKind = TranscriptKind.HUMAN) -> str:
        words: Sequence[Word] = tuple(
            Word(text, AT[number], AT[number + 1] - 20) if timed else Word(text)
            for number, text in enumerate(SAID.split())
        )
        content = Content("ru", (Segment(SAID, 22_300, 24_900, tuple(words)),))
        with self.house.tools.database.writing() as session:
            return transcripts.keep(
                session,
                actor=self.house.actor,
                recording=recordings.get(session, self.instance.recording_id),
                content=content,
                kind=kind,
                instance=self.instance,
            ).id

    def quoted(self, words: str, transcript_id: str) -> Alignment:
        house = self.house
        with house.tools.database.writing() as session:
            report = reports.register(
                session,
                actor=house.actor,
                case_id="case-1",
                particulars=Particulars(kind=ReportKind.NEWS, language="ru"),
            )
            snapshot = reports.snapshot(
                session, actor=house.actor, report=report, text=f"Он сказал: «{words}»."
            )
            quote = service.quote(
                session,
                actor=house.actor,
                snapshot=snapshot,
                passage=Passage(exact=words),
                language="ru",
                form=QuoteForm.DIRECT,
                target=Target(kind=TargetKind.RECORDING, recording_id=self.instance.recording_id),
            )
            transcript = reading.get(session, transcript_id)
            return service.align(session, actor=house.actor, quote=quote, transcript=transcript)

    def asked(self, alignment: Alignment, **options: Any) -> jobs.Job:
        with self.house.tools.database.writing() as session:
            return supports.request(
                session,
                actor=self.house.actor,
                alignment=alignment,
                settings=self.house.tools.settings,
                **options,
            )

    def done(self, alignment: Alignment, job: jobs.Job) -> AcousticSupport:
        support.support(self.house.run(JobKind.SUPPORT, alignment.id, **job.params))
        with self.house.tools.database.reading() as session:
            return supports.of(session, alignment.id)[-1]


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house, house.acquire(EXCHANGE.read_bytes()))


def states(row: AcousticSupport) -> dict[str, str]:
    (place,) = row.places
    return {word["text"]: word["state"] for word in place["support"]["words"]}


def test_an_altered_word_is_contradicted_by_the_one_that_was_said(desk: Desk) -> None:
    transcript = desk.heard()
    altered = desk.quoted(ALTERED, transcript)
    desk.quoted(TRUE, transcript)

    row = desk.done(altered, desk.asked(altered, engine="whisper:exercise"))

    assert states(row)["школы"] == "contradicted"
    (place,) = row.places
    (wrong,) = [one for one in place["support"]["words"] if one["text"] == "школы"]
    assert wrong["named"]["text"] == "моста"
    assert [rival["text"] for rival in place["rivals"]] == [TRUE]
    assert place["support"]["ranking"][0]["number"] == 1
    assert place["support"]["decided"] is True
    with desk.house.tools.database.reading() as session:
        after = queries.get_alignment(session, altered.id)
        assert (after.verdict, after.log_index) == (altered.verdict, altered.log_index)


def test_the_row_is_pinned_sealed_and_in_the_log(desk: Desk) -> None:
    alignment = desk.quoted(TRUE, desk.heard())
    row = desk.done(alignment, desk.asked(alignment, engine="whisper:exercise"))

    assert row.calibrated
    assert row.derivation["model_sha256"] == row.model_sha256
    assert row.derivation["input"]["pcm_sha256"] == row.pcm_sha256
    assert (row.method, row.version) == ("acoustic-support", "1")
    assert row.derivation["parameters"]["null_audio"] == "zeros"
    assert row.derivation["calibration"]["made_on"]["phrases"]
    assert "no probability" in row.derivation["notice"]
    with desk.house.tools.database.reading() as session:
        entry = session.get(LogEntry, row.log_index)
        assert entry is not None
        assert (entry.event, entry.subject_id) == ("alignment:support", alignment.id)
    (rows,) = [
        check
        for check in verification.verify(desk.house.tools.database, keys=[])
        if "every sealed row" in check.claim
    ]
    assert rows.outcome is Outcome.PROVEN


def test_a_step_that_is_repeated_keeps_one_row(desk: Desk) -> None:
    alignment = desk.quoted(TRUE, desk.heard())
    job = desk.asked(alignment, engine="whisper:exercise")
    desk.done(alignment, job)
    desk.done(alignment, job)
    with desk.house.tools.database.reading() as session:
        assert len(supports.of(session, alignment.id)) == 1


def test_a_job_that_was_interrupted_goes_on_at_the_place_it_was_at(desk: Desk) -> None:
    alignment = desk.quoted(f"{TRUE[:13]} … {TRUE[14:]}", desk.heard())
    job = desk.asked(alignment, engine="whisper:exercise")
    run = desk.house.run(JobKind.SUPPORT, alignment.id, **job.params)
    kept: dict[str, Json] = {}
    done: list[str] = []

    def durable(name: str, step: Step) -> Json:
        if name not in kept:
            done.append(name)
            kept[name] = step()
        return kept[name]

    def dying(name: str, step: Step) -> Json:
        if name == "place 1":
            raise KeyboardInterrupt
        return durable(name, step)

    with pytest.raises(KeyboardInterrupt):
        support.support(Run(run.job, desk.house.tools, dying))
    assert done == ["decode", "places", "pin", "place 0"]
    done.clear()
    result = support.support(Run(run.job, desk.house.tools, durable))
    assert done == ["place 1", "keep"]
    assert (result["places"], result["answered"]) == (2, 2)


def test_without_weights_it_waits_and_says_for_which(desk: Desk) -> None:
    alignment = desk.quoted(TRUE, desk.heard())
    job = desk.asked(alignment, engine="whisper:small")
    with pytest.raises(Waits) as waits:
        desk.done(alignment, job)
    assert waits.value.problem.type == "weights-unavailable"
    assert "small.pt" in waits.value.problem.detail


def test_a_model_that_is_in_the_house_but_cannot_be_forced_fails_by_name(desk: Desk) -> None:
    alignment = desk.quoted(TRUE, desk.heard())
    settings = desk.house.tools.settings.model_copy(update={"engine": "pocketsphinx"})
    other = Desk(
        replace(desk.house, tools=replace(desk.house.tools, settings=settings)), desk.instance
    )
    engines.loaded.cache_clear()
    params = {"instance_id": desk.instance.id, "engine": None, "channel": None}
    with pytest.raises(Failed) as failed:
        support.support(other.house.run(JobKind.SUPPORT, alignment.id, **params))
    assert failed.value.problem.type == "engine-cannot-force"


def test_what_cannot_be_asked_is_refused_at_once(desk: Desk) -> None:
    untimed = desk.quoted(TRUE, desk.heard(timed=False))
    with pytest.raises(Conflict, match="does not time"):
        desk.asked(untimed)
    translated = desk.quoted(TRUE, desk.heard(kind=TranscriptKind.TRANSLATION))
    with pytest.raises(Conflict, match="translation"):
        desk.asked(translated)
    timed = desk.quoted(TRUE, desk.heard())
    with pytest.raises(Invalid, match="Whisper"):
        desk.asked(timed, engine="pocketsphinx")


@pytest.mark.slow
def test_a_worker_does_it_by_itself(desk: Desk, workers: Workers) -> None:
    alignment = desk.quoted(ALTERED, desk.heard())
    job = desk.asked(alignment, engine="whisper:exercise")
    workers.start()
    done = workers.ended(job.id, JobState.SUCCEEDED)
    assert done.result is not None
    assert (done.result["places"], done.result["answered"]) == (1, 1)
