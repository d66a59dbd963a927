"""
What is done with quotes: register, compare with a transcript, rule on what was found.

Comparing is deterministic, so asking twice gives the row that is already there. Nothing is
compared for a recording of which no bytes are held: there a transcript is only somebody
else's word for what nobody here can hear.
"""

from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, jobs, languages, plaintext
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid, TooLarge
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.quotes import nearness, queries, reading_comparison, review, stakes, translated, wording
from app.quotes.footing import weighed
from app.quotes.listening import demand
from app.quotes.models import Alignment, Decision, Quote
from app.quotes.nearness import Scorer
from app.quotes.review import Ruling
from app.quotes.wording import OccurrenceClaim, Target, TargetKind
from app.recordings.models import Recording
from app.reports.anchor import Passage, columns
from app.reports.models import Report, Snapshot
from app.transcripts.models import Transcript
from transcription.alignment import Verdict
from transcription.errors import TextTooLong
from transcription.quotation.proposal import QuoteForm


class NoAudioHeld(Conflict):
    """A quote cannot be compared with a recording of which no bytes are held."""

    slug: ClassVar[str] = "no-audio-held"


def quote(
    session: Session,
    *,
    actor: Actor,
    snapshot: Snapshot,
    passage: Passage,
    language: str,
    form: QuoteForm,
    target: Target,
    speaker_as_described: str | None = None,
    in_reply_to: str | None = None,
    occurrence_claim: OccurrenceClaim | None = None,
    proposed_by: str | None = None,
) -> Quote:
    """
    Register words that a snapshot attributes to somebody.

    `proposed_by` names the rules whose proposal a person accepts with it. Raises `Invalid` naming the field. Where the recording has a transcript already, a job to
    align them is asked for in the same transaction.
    """
    code = languages.language(language)
    anchor = passage.locate(snapshot.text)
    gaps = wording.gaps(anchor.exact, language=code)
    case_id = snapshot.case_id
    if target.recording_id is not None:
        recording = session.get(Recording, target.recording_id)
        _within(recording, case_id, field="target.recording_id")
    if target.report_id is not None:
        _within(session.get(Report, target.report_id), case_id, field="target.report_id")
    if in_reply_to is not None:
        _within(session.get(Quote, in_reply_to), case_id, field="in_reply_to")
    claim = occurrence_claim
    if claim is not None and claim.raw not in snapshot.text:
        raise Invalid("this wording is not in the snapshot", field="occurrence_claim.raw")
    row = Quote(
        id=new_id(),
        case_id=case_id,
        report_id=snapshot.report_id,
        snapshot_id=snapshot.id,
        **columns(anchor),
        language=code,
        form=form,
        target_kind=target.kind,
        recording_id=target.recording_id,
        target_report_id=target.report_id,
        speaker_as_described=(
            None
            if speaker_as_described is None
            else plaintext.line(speaker_as_described, field="speaker_as_described")
        ),
        in_reply_to=in_reply_to,
        claimed_op=claim.op if claim else None,
        claimed_count=claim.count if claim else None,
        claimed_raw=claim.raw if claim else None,
        gaps=[gap.as_data() for gap in gaps],
        quoted_by=actor.id,
        quoted_at=clock.now(),
    )
    record(
        session,
        EventType.QUOTE_CREATION,
        subject=Subject("quote", row.id),
        actor=actor,
        case_id=row.case_id,
        rows=[row],
        details={
            "report": row.report_id,
            "snapshot": snapshot.id,
            **({"proposed_by": proposed_by} if proposed_by else {}),
        },
    )
    if (
        row.recording_id
        and queries.audio_held(session, row.recording_id)
        and queries.transcripts_in_force(session, row.recording_id)
    ):
        jobs.request(
            session,
            kind=jobs.JobKind.ALIGN,
            subject_kind="quote",
            subject_id=row.id,
            case_id=row.case_id,
            params={},
            actor=actor,
        )
    return row


def align(
    session: Session,
    *,
    actor: Actor,
    quote: Quote,
    transcript: Transcript,
    scorer: Scorer = None,
    most_pairs: int | None = None,
) -> Alignment:
    """
    Look for a quote in a transcript; what this version of the rules found before, if it did.

    `most_pairs` is how many quoted times spoken words may be compared; `TooLarge` beyond.

    What a `scorer` of sentences says stands beside it and changes nothing.

    Raises `NoAudioHeld`, and `Invalid` for a quote of something other than a recording or a
    transcript of another recording. What listeners heard where it was found is compared too.
    """
    if quote.target_kind is not TargetKind.RECORDING or quote.recording_id is None:
        raise Invalid(
            f"this is a quote of a {quote.target_kind}, which no audio is matched to",
            field="quote_id",
        )
    if transcript.recording_id != quote.recording_id:
        raise Invalid("no such transcript of this recording", field="transcript_id")
    if not queries.audio_held(session, quote.recording_id):
        raise NoAudioHeld(
            "no audio of this recording is held, so nothing published of it can be checked",
            verdict=str(Verdict.NOT_CHECKABLE_NO_AUDIO),
        )
    on = queries.footing_of(session, transcript)
    spoken = translated.spoken_behind(session, transcript, on)
    version = on.version(spoken.content_sha256 if spoken else None)
    known = queries.alignment_of(
        session,
        quote_id=quote.id,
        transcript_id=transcript.id,
        method=on.method,
        version=version,
    )
    if known:
        return known
    if most_pairs is not None and transcript.word_count * len(quote.exact.split()) > most_pairs:
        raise TooLarge(
            "so many words are compared by a worker, and not while somebody waits",
            limit="compared_pairs_of_words",
            allowed=most_pairs,
        )
    try:
        found = translated.compare(session, quote=quote, transcript=transcript, spoken=spoken)
    except TextTooLong as error:
        raise TooLarge(
            str(error), limit=f"{error.what}_{error.unit}", allowed=error.allowed
        ) from error
    data: dict[str, Any] = weighed(found, on)
    data["features"] |= nearness.features(data, quote=quote.exact, scorer=scorer)
    claim = quote.occurrence_claim
    if claim is not None and "supporting_occurrences" in data["features"]:
        data["features"] |= {
            "claimed_op": str(claim.op),
            "count_agrees": claim.agrees_with(data["features"]["supporting_occurrences"]),
        }
    row = Alignment(
        id=new_id(),
        case_id=quote.case_id,
        quote_id=quote.id,
        recording_id=quote.recording_id,
        transcript_id=transcript.id,
        transcript_sha256=transcript.content_sha256,
        verdict=Verdict(data["verdict"]),
        reasons=data["reasons"],
        features=data["features"],
        occurrences=data["occurrences"],
        method=on.method,
        version=version,
        aligned_by=actor.id,
        aligned_at=clock.now(),
    )
    record(
        session,
        EventType.ALIGNMENT_PROPOSAL,
        subject=Subject("alignment", row.id),
        actor=actor,
        case_id=row.case_id,
        rows=[row],
        details={"quote": quote.id, "transcript": transcript.id, "verdict": str(row.verdict)},
    )
    reading_comparison.compare_due(session, actor=actor, quotes=[quote])
    return row


def align_all(session: Session, *, actor: Actor, recording_id: str) -> list[Alignment]:
    """
    Look for every quote of a recording in every transcript that no correction replaced;
    nothing, while no audio is held.
    """
    if not queries.audio_held(session, recording_id):
        return []
    quotes = queries.of_recording(session, recording_id)
    return [
        align(session, actor=actor, quote=quote, transcript=transcript)
        for transcript in queries.transcripts_in_force(session, recording_id)
        for quote in quotes
    ]


def decide(
    session: Session,
    *,
    actor: Actor,
    alignment: Alignment,
    ruling: Ruling,
    rationale: str,
    supersedes: str | None = None,
) -> Decision:
    """
    Rule on what the machine proposes.

    `supersedes` names the decision that the reviewer saw in force, if there was one. Raises
    as `review.check` does: `NotInForce`, `NothingToConfirm`, `NotIndependent`; and `NotAPerson`,
    and `ListenFirst` in a case that demands it. The entry says whether it was blind first.
    """
    stakes.require_person(session, actor)
    # Two reviewers who decide at once on PostgreSQL wait for one another here.
    session.scalars(select(Alignment.id).where(Alignment.id == alignment.id).with_for_update())
    before = queries.decisions_of(session, alignment.id)
    last = before[-1] if before else None
    review.check(
        reviewer=actor.id,
        ruling=ruling,
        verdict=alignment.verdict,
        interests=stakes.interests_in(session, alignment),
        in_force=last.id if last else None,
        supersedes=supersedes,
    )
    objects = last is None and ruling is not Ruling.CONFIRMED
    manner = demand.heard(session, actor=actor, alignment=alignment, objects=objects)
    row = Decision(
        id=new_id(),
        case_id=alignment.case_id,
        alignment_id=alignment.id,
        revision=len(before) + 1,
        ruling=ruling,
        rationale=plaintext.prose(rationale, field="rationale"),
        supersedes=supersedes,
        reviewer_id=actor.id,
        reviewer_name=actor.name,
        decided_at=clock.now(),
    )
    record(
        session,
        EventType.ALIGNMENT_DECISION,
        subject=Subject("alignment", alignment.id),
        actor=actor,
        case_id=row.case_id,
        rows=[row],
        details={"decision": row.id, "ruling": str(ruling), "listened": str(manner)},
    )
    return row


def _within(row: Recording | Report | Quote | None, case_id: str, *, field: str) -> None:
    """What a quote points at must lie in its own case; elsewhere it does not exist for it."""
    if row is None or row.case_id != case_id:
        raise Invalid("there is none of this identifier in this case", field=field)
