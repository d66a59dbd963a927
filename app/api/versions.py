"""Versions of a transcript beside one another: what differs, and which voices are labelled how."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from app.accounts.permissions import Permission
from app.api.once import Once
from app.api.preconditions import IfMatch
from app.api.transcripts import CorrectionIn, TranscriptOut, address, file_of, permitted, shaped
from app.api.wire import Id, Wire
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.transcripts import queries, versions
from app.transcripts.models import Transcript
from transcription.difference import MOVED_MS, Aspect, Change, ChangeKind, Difference, Heard
from transcription.marked import marked
from transcription.marks import MarkKind
from transcription.transcript import Flag

router = APIRouter(tags=["transcripts"])
Reader = Annotated[Caller, allowed(Permission.TRANSCRIPT_READ)]
Writer = Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE)]
LABELS = (
    "A label says what somebody heard, such as “Voice 1” or a call sign. It identifies nobody."
)


class HeardOut(Wire):
    """A word with what its segment says of it."""

    text: str
    start_ms: int | None
    end_ms: int | None
    permille: int | None
    interpolated: bool
    speaker: str | None
    flags: list[Flag]

    @classmethod
    def of(cls, word: Heard | None) -> "HeardOut | None":
        """Shape a word, if there is one."""
        if word is None:
            return None
        plain = {name: getattr(word, name) for name in cls.model_fields if name != "flags"}
        return cls(**plain, flags=list(word.flags))


class ChangeOut(Wire):
    """One word that differs, numbered in each version from 0; null where a version lacks it."""

    kind: ChangeKind
    aspects: list[Aspect]
    from_word: int
    to_word: int
    before: HeardOut | None
    after: HeardOut | None

    @classmethod
    def of(cls, change: Change) -> "ChangeOut":
        """Shape a change."""
        return cls(
            kind=change.kind,
            aspects=sorted(change.aspects),
            from_word=change.first,
            to_word=change.second,
            before=HeardOut.of(change.before),
            after=HeardOut.of(change.after),
        )


class DifferenceOut(Wire):
    """
    All that differs between two versions, in order. Applied to the words of the first, it
    gives those of the second, but for times that lie at most `moved_ms` apart.
    """

    from_id: str
    from_content_sha256: str
    from_language: str
    from_words: int
    to_id: str
    to_content_sha256: str
    to_language: str
    to_words: int
    moved_ms: int
    regrouped: bool = Field(description="whether segments are cut or timed differently")
    counts: dict[str, int]
    items: list[ChangeOut]

    @classmethod
    def of(cls, one: Transcript, other: Transcript, found: Difference) -> "DifferenceOut":
        """Shape a difference."""
        return cls(
            from_id=one.id,
            from_content_sha256=one.content_sha256,
            from_language=one.language,
            from_words=found.words[0],
            to_id=other.id,
            to_content_sha256=other.content_sha256,
            to_language=other.language,
            to_words=found.words[1],
            moved_ms=found.moved_ms,
            regrouped=found.regrouped,
            counts=found.counts(),
            items=[ChangeOut.of(change) for change in found.changes],
        )


class VoiceOut(Wire):
    """A label, and how much is under it; `spoken_ms` is null where no segment has times."""

    label: str | None
    segments: int
    words: int
    first_ms: int | None
    spoken_ms: int | None


class VoicesOut(Wire):
    """Every label of a version, in the order first heard, and what a label means."""

    meaning: str
    items: list[VoiceOut]


class MarkOut(Wire):
    """What stands where no word can, may or surely does: its words, from and to, and when."""

    kind: MarkKind
    definition: str
    text: str
    hides_words: bool = Field(description="whether words may have been spoken there")
    segment: int
    first_word: int
    last_word: int
    start_ms: int | None
    end_ms: int | None


class MarksOut(Wire):
    """Every mark of a version, in order."""

    items: list[MarkOut]


class RelabellingIn(Wire):
    """
    Another label for a voice, everywhere or in segments that begin in `[start_ms, end_ms)`.

    Null is a voice without a label.
    """

    from_label: str | None
    to_label: str | None
    start_ms: int | None = None
    end_ms: int | None = None
    note: str | None = None


@router.post(
    "/transcripts/{transcript_id}/corrections", status_code=201, response_model=TranscriptOut
)
def correct(
    transcript_id: Id,
    body: CorrectionIn,
    session: Writing,
    caller: Writer,
    once: Once,
    expected: IfMatch,
) -> Response:
    """Keep a changed version as a child; with `If-Match`, only if nobody else did meanwhile."""
    parent = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: shaped(
            session,
            versions.correct_by_file(
                session,
                actor=caller.actor,
                parent=parent,
                file=file_of(body, language=parent.language),
                seen=expected.seen,
                note=body.note,
            ),
        ),
        location=address,
    )


@router.get("/transcripts/{transcript_id}/difference")
def difference(
    transcript_id: Id,
    session: Reading,
    caller: Reader,
    to: Annotated[str, Query(max_length=64, description="the other version")],
    moved_ms: Annotated[
        int, Query(ge=0, le=60_000, description="times further apart have moved")
    ] = MOVED_MS,
) -> DifferenceOut:
    """Compare a version with any other of the same recording, word by word and with times."""
    one = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_READ)
    other = permitted(session, caller, to, Permission.TRANSCRIPT_READ)
    return DifferenceOut.of(one, other, versions.between(session, one, other, moved_ms=moved_ms))


@router.get("/transcripts/{transcript_id}/marks")
def marks(transcript_id: Id, session: Reading, caller: Reader) -> MarksOut:
    """What a version marks as unintelligible, uncertain, withheld or no word at all."""
    found = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_READ)
    return MarksOut(
        items=[
            MarkOut(
                kind=each.mark.kind,
                definition=each.mark.kind.definition,
                text=each.mark.text,
                hides_words=each.mark.kind.hides_words,
                segment=each.segment,
                first_word=each.first_word,
                last_word=each.last_word,
                start_ms=each.span_ms.start_ms if each.span_ms else None,
                end_ms=each.span_ms.end_ms if each.span_ms else None,
            )
            for each in marked(queries.value(session, found))
        ]
    )


@router.get("/transcripts/{transcript_id}/speakers")
def speakers(transcript_id: Id, session: Reading, caller: Reader) -> VoicesOut:
    """The labels that a version gives to voices."""
    found = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_READ)
    names = VoiceOut.model_fields
    return VoicesOut(
        meaning=LABELS,
        items=[
            VoiceOut(**{name: getattr(voice, name) for name in names})
            for voice in versions.voices(queries.value(session, found))
        ],
    )


@router.post(
    "/transcripts/{transcript_id}/speakers", status_code=201, response_model=TranscriptOut
)
def relabel(
    transcript_id: Id,
    body: RelabellingIn,
    session: Writing,
    caller: Writer,
    once: Once,
    expected: IfMatch,
) -> Response:
    """Give a voice another label, in a child of this version."""
    parent = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: shaped(
            session,
            versions.relabel(
                session,
                actor=caller.actor,
                parent=parent,
                old=body.from_label,
                new=body.to_label,
                start_ms=body.start_ms,
                end_ms=body.end_ms,
                seen=expected.seen,
                note=body.note,
            ),
        ),
        location=address,
    )
