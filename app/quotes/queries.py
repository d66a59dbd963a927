"""
Reading quotes, what was found for them, and what is shown of each.

`as_of` is a place in the custody log: with it, a query answers as it would have then. What
is shown of a quote (`Standing`) is computed each time from whether audio is held, the
alignments and the decisions in force; it is stored nowhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core.lookup import found
from app.custody.history import in_order
from app.quotes import readers, review
from app.quotes.footing import Footing
from app.quotes.models import Alignment, Decision, Quote
from app.quotes.readers import Voice
from app.quotes.review import Proposal, State
from app.quotes.wording import TargetKind
from app.recordings import queries as recordings
from app.transcripts import queries as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from transcription.alignment import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    What is shown of a quote.

    `verdict` is `None` where nothing was compared yet or nothing may be (`state` says which).
    Only `supports` says that the recording bears the quote out. `contested`: people confirmed
    verdicts that contradict one another, or somebody who heard the place heard something else
    (`voices`, dissent first).
    """

    state: State
    verdict: Verdict | None = None
    alignment: Alignment | None = None
    decision: Decision | None = None
    contested: bool = False
    voices: tuple[Voice, ...] = ()

    @property
    def supports(self) -> bool:
        """Whether the quote is borne out: proposed by the rules, confirmed, uncontested."""
        return review.supports(self.verdict, self.state, contested=self.contested)


def get(session: Session, quote_id: str) -> Quote:
    """The quote, or `NotFound`."""
    return found(session.get(Quote, quote_id), "quote")


def get_alignment(session: Session, alignment_id: str) -> Alignment:
    """The alignment, or `NotFound`."""
    return found(session.get(Alignment, alignment_id), "alignment")


def of_recording(
    session: Session, recording_id: str, *, as_of: int | None = None
) -> Sequence[Quote]:
    """The quotes of a recording, oldest first."""
    statement = select(Quote).where(Quote.recording_id == recording_id)
    return in_order(session, statement, Quote, as_of)


def of_report(session: Session, report_id: str, *, as_of: int | None = None) -> Sequence[Quote]:
    """The quotes that a report makes, oldest first."""
    statement = select(Quote).where(Quote.report_id == report_id)
    return in_order(session, statement, Quote, as_of)


def of_case(session: Session, case_id: str, *, as_of: int | None = None) -> Sequence[Quote]:
    """The quotes of a case, oldest first."""
    return in_order(session, select(Quote).where(Quote.case_id == case_id), Quote, as_of)


def in_snapshot(
    session: Session, snapshot_id: str, *, as_of: int | None = None
) -> Sequence[Quote]:
    """The quotes marked in one frozen text, oldest first."""
    statement = select(Quote).where(Quote.snapshot_id == snapshot_id)
    return in_order(session, statement, Quote, as_of)


def alignments_of(
    session: Session, quote_id: str, *, as_of: int | None = None
) -> Sequence[Alignment]:
    """Everything found for a quote, oldest first."""
    statement = select(Alignment).where(Alignment.quote_id == quote_id)
    return in_order(session, statement, Alignment, as_of)


def alignment_of(
    session: Session, *, quote_id: str, transcript_id: str, method: str, version: str
) -> Alignment | None:
    """What this version of this method found for the quote in the transcript, if it was asked."""
    return session.scalars(
        select(Alignment).where(
            Alignment.quote_id == quote_id,
            Alignment.transcript_id == transcript_id,
            Alignment.method == method,
            Alignment.version == version,
        )
    ).one_or_none()


def decisions_of(
    session: Session, alignment_id: str, *, as_of: int | None = None
) -> Sequence[Decision]:
    """The chain of decisions on an alignment; the last one is in force."""
    statement = select(Decision).where(Decision.alignment_id == alignment_id)
    return in_order(session, statement, Decision, as_of)


def awaiting_review(*, case_ids: Collection[str], case_id: str | None = None) -> Select[Alignment]:
    """Proposals of these cases that nobody has decided on and that compare something."""
    statement = select(Alignment).where(
        Alignment.case_id.in_(case_ids),
        Alignment.verdict.not_in(review.UNCOMPARED),
        ~select(Decision.id).where(Decision.alignment_id == Alignment.id).exists(),
    )
    return statement.where(Alignment.case_id == case_id) if case_id else statement


def audio_held(session: Session, recording_id: str, *, as_of: int | None = None) -> bool:
    """
    Whether accepted bytes of the recording are held that may be audio: bytes in which the
    decoder found none do not count, bytes that it has not looked at yet do.
    """
    return recording_id in with_audio(session, {recording_id}, as_of=as_of)


def with_audio(
    session: Session, recording_ids: Collection[str], *, as_of: int | None = None
) -> set[str]:
    """Those of these recordings of which audio is held (`audio_held`), in two readings."""
    accepted = recordings.accepted_of(session, recording_ids, as_of=as_of)
    silent = recordings.undecodable_among(session, [one.id for one in accepted], as_of=as_of)
    return {one.recording_id for one in accepted if one.id not in silent}


def transcripts_in_force(session: Session, recording_id: str) -> Sequence[Transcript]:
    """The transcripts of a recording that no correction has replaced, oldest first."""
    found = transcripts.of(session, recording_id)
    replaced = {
        transcript.parent_id
        for transcript in found
        if transcript.kind is TranscriptKind.CORRECTION
    }
    return [transcript for transcript in found if transcript.id not in replaced]


def footing_of(session: Session, transcript: Transcript) -> Footing:
    """What words compared with this version stand on, whatever corrections led to it."""
    first = transcripts.uncorrected(session, transcript)
    if first.kind is not TranscriptKind.TRANSLATION:
        return Footing.SPOKEN
    by_machine = first is transcript and first.engine is not None
    return Footing.MACHINE_TRANSLATION if by_machine else Footing.TRANSLATION


def translations_beside(session: Session, transcript: Transcript) -> list[Transcript]:
    """The translations in force that may rest on this transcript; none if it is one itself."""
    if footing_of(session, transcript) is not Footing.SPOKEN:
        return []
    found = transcripts_in_force(session, transcript.recording_id)
    return [item for item in found if footing_of(session, item) is not Footing.SPOKEN]


def standing(session: Session, quote: Quote, *, as_of: int | None = None) -> Standing:
    """What is shown of one quote."""
    return standings(session, [quote], as_of=as_of)[quote.id]


def standings(
    session: Session, quotes: Collection[Quote], *, as_of: int | None = None
) -> dict[str, Standing]:
    """What is shown of each quote, by its identifier; a constant number of readings."""
    recording_ids = {quote.recording_id for quote in quotes if quote.recording_id}
    held = with_audio(session, recording_ids, as_of=as_of)
    quote_ids = [quote.id for quote in quotes]
    alignments: dict[str, list[Alignment]] = {}
    for alignment in in_order(
        session, select(Alignment).where(Alignment.quote_id.in_(quote_ids)), Alignment, as_of
    ):
        alignments.setdefault(alignment.quote_id, []).append(alignment)
    in_force = {
        decision.alignment_id: decision
        for decision in in_order(
            session,
            select(Decision)
            .join(Alignment, Alignment.id == Decision.alignment_id)
            .where(Alignment.quote_id.in_(quote_ids)),
            Decision,
            as_of,
        )
    }
    voices = readers.voices(session, quote_ids, as_of=as_of)
    return {
        quote.id: _standing(
            quote, held, alignments.get(quote.id, []), in_force, voices.get(quote.id, [])
        )
        for quote in quotes
    }


def _standing(
    quote: Quote,
    held: Collection[str],
    alignments: Sequence[Alignment],
    in_force: Mapping[str, Decision],
    voices: Sequence[Voice],
) -> Standing:
    if quote.target_kind is not TargetKind.RECORDING or quote.recording_id is None:
        return Standing(state=State.NOT_APPLICABLE)
    if quote.recording_id not in held:
        return Standing(state=State.NOT_CHECKABLE, verdict=Verdict.NOT_CHECKABLE_NO_AUDIO)
    decisions = [in_force.get(alignment.id) for alignment in alignments]
    proposals = [
        Proposal(
            verdict=alignment.verdict,
            ruling=decision.ruling if decision else None,
            log_index=alignment.log_index,
            by_machine=alignment.rests_on is Footing.MACHINE_TRANSLATION,
        )
        for alignment, decision in zip(alignments, decisions, strict=True)
    ]
    shown = review.chosen(proposals)
    if shown is None:
        return Standing(state=State.NOT_ALIGNED)
    verdict = proposals[shown].verdict
    heard = readers.heard(voices, alignments[shown])
    dissent = readers.contested(verdict, (voice.stance for voice in heard))
    return Standing(
        state=review.state_of(proposals[shown].ruling),
        verdict=verdict,
        alignment=alignments[shown],
        decision=decisions[shown],
        contested=review.contested(proposals) or dissent,
        voices=heard,
    )
