"""
Transcripts: bringing in what others wrote, correcting, reading.

Nothing here changes a transcript. A correction is sent as a whole file of the new version
and becomes a child of the old one.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.once import Once
from app.api.preconditions import etag
from app.api.wire import Id, LogIndex, Spelled, UtcInstant, Wire
from app.cases.caller import Caller
from app.core.errors import Invalid
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import queries as recordings
from app.recordings.models import Recording
from app.transcripts import queries, replays, service, versions
from app.transcripts.imports import TranscriptFile
from app.transcripts.models import Transcript, TranscriptKind
from transcription import formats
from transcription.formats import TranscriptFormat

router = APIRouter(tags=["transcripts"])
Reader = Annotated[Caller, allowed(Permission.TRANSCRIPT_READ)]
Writer = Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE)]
FOUND_OUT = {"samples_differ"}


class Written(StrEnum):
    """The shapes in which a transcript is handed out."""

    VTT = "vtt"
    SRT = "srt"
    TEXTGRID = "textgrid"
    EAF = "eaf"
    WHISPERX = "whisperx"
    JSON = "json"
    TXT = "txt"

    @property
    def as_format(self) -> TranscriptFormat:
        """The library's name for it."""
        return TranscriptFormat.TEXT if self is Written.TXT else TranscriptFormat(self.value)

    @property
    def ending(self) -> str:
        """How a file of it is called by those who use the format."""
        return {Written.TEXTGRID: "TextGrid", Written.WHISPERX: "whisperx.json"}.get(
            self, self.value
        )

    @property
    def media_type(self) -> str:
        """How it is served."""
        return {
            Written.VTT: "text/vtt; charset=utf-8",
            Written.SRT: "application/x-subrip; charset=utf-8",
            Written.TEXTGRID: "text/praat-textgrid; charset=utf-8",
            Written.EAF: "text/x-eaf+xml; charset=utf-8",
            Written.WHISPERX: "application/json",
            Written.JSON: "application/json",
            Written.TXT: "text/plain; charset=utf-8",
        }[self]

    @property
    def disposition(self) -> str:
        """XML is never shown under our own address; everything else may be looked at."""
        return "attachment" if self is Written.EAF else "inline"


class CorrectionIn(Wire):
    """
    The whole text of a changed version, as a file of one of the formats, decoded.

    Without `format` it is recognised. With `repair` times that contradict themselves, or lie
    past the recording's end, are repaired and listed in the derivation instead of refused.
    """

    content: str
    format: Spelled[TranscriptFormat] | None = None
    repair: bool = False
    note: str | None = None


class TranscriptIn(CorrectionIn):
    """
    A transcript made elsewhere; `model` names the machine that made it, if one did and the file
    does not say so itself.
    """

    kind: Spelled[TranscriptKind]
    language: str | None = None
    model: str | None = None


class TranscriptOut(Wire):
    """
    A version of what is said, without its words; `notice` belongs before anything else.

    `samples_differ` warns that the original was also decoded to other samples than the times
    of this version refer to: by a replay, or by another identification.
    """

    id: str
    case_id: str
    recording_id: str
    instance_id: str | None
    job_id: str | None
    kind: TranscriptKind
    parent_id: str | None
    language: str
    pcm_sha256: str | None
    content_sha256: str
    segment_count: int
    word_count: int
    engine: str | None
    notice: str | None
    derivation: dict[str, Any] | None
    source_format: str | None
    source_sha256: str | None
    author_id: str
    author_name: str
    note: str | None
    made_at: UtcInstant
    log_index: int
    samples_differ: bool

    @classmethod
    def of(cls, transcript: Transcript, *, samples_differ: bool) -> "TranscriptOut":
        """Shape a transcript; `samples_differ` as `replays.samples_differ` has it."""
        own = {name: getattr(transcript, name) for name in cls.model_fields.keys() - FOUND_OUT}
        return cls(**own, samples_differ=samples_differ)


class TranscriptListing(Wire):
    """Every version of what is said in a recording, oldest first."""

    items: list[TranscriptOut]


@router.post(
    "/recordings/{recording_id}/transcripts", status_code=201, response_model=TranscriptOut
)
def bring_in(
    recording_id: Id, body: TranscriptIn, session: Writing, caller: Writer, once: Once
) -> Response:
    """Keep a transcript that was made elsewhere, by a person or a machine."""
    recording = _recording(session, caller, recording_id, Permission.TRANSCRIPT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: shaped(
            session,
            service.import_file(
                session,
                actor=caller.actor,
                recording=recording,
                file=file_of(body, language=body.language),
                kind=body.kind,
                model=body.model,
                note=body.note,
            ),
        ),
        location=address,
    )


@router.get("/recordings/{recording_id}/transcripts")
def of_recording(
    recording_id: Id, session: Reading, caller: Reader, as_of: LogIndex = None
) -> TranscriptListing:
    """Every version of what is said in a recording."""
    recording = _recording(session, caller, recording_id, Permission.TRANSCRIPT_READ)
    found = queries.of(session, recording.id, as_of=as_of)
    return TranscriptListing(items=_shaped(session, found))


@router.get("/transcripts/{transcript_id}")
def read(transcript_id: Id, response: Response, session: Reading, caller: Reader) -> TranscriptOut:
    """One version, and how it came about; the `ETag` is what a correction may ask to match."""
    found = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_READ)
    response.headers["ETag"] = etag(versions.tag(session, found))
    return shaped(session, found)


@router.get("/transcripts/{transcript_id}/content", response_class=Response)
def content(
    transcript_id: Id,
    session: Reading,
    caller: Reader,
    written: Annotated[Written, Query(alias="format")] = Written.JSON,
) -> Response:
    """
    The words, in a format that other tools read; machine output says so inside.

    Whisper's own JSON is not among them: who reads it reads `whisperx` too. Formats made of times
    (all but `json` and `txt`) are refused for a transcript without them.
    """
    found = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_READ)
    try:
        body = formats.write(
            queries.value(session, found),
            format=written.as_format,
            machine=queries.machine(session, found),
        )
    except ValueError as error:
        raise Invalid(str(error), field="format") from error
    name = f"transcript-{found.id}.{written.ending}"
    return Response(
        body,
        media_type=written.media_type,
        headers={"Content-Disposition": f'{written.disposition}; filename="{name}"'},
    )


def _shaped(session: Session, found: Sequence[Transcript]) -> list[TranscriptOut]:
    differing = replays.samples_differ(session, found)
    return [TranscriptOut.of(one, samples_differ=one.id in differing) for one in found]


def shaped(session: Session, made: Transcript) -> TranscriptOut:
    """Shape one transcript, with what is known of its samples."""
    return _shaped(session, [made])[0]


def file_of(body: CorrectionIn, *, language: str | None) -> TranscriptFile:
    """The file that came in a body; `Invalid` for text that no encoding can carry."""
    try:
        return TranscriptFile(body.content.encode(), body.format, language, body.repair)
    except UnicodeEncodeError as error:
        raise Invalid("text must not hold half characters", field="content") from error


def address(made: TranscriptOut) -> str:
    """Where a version is found."""
    return f"/api/v1/transcripts/{made.id}"


def _recording(
    session: Session, caller: Caller, recording_id: str, permission: Permission
) -> Recording:
    found = recordings.get(session, recording_id)
    caller.require(permission, found.case_id, thing="recording")
    return found


def permitted(
    session: Session, caller: Caller, transcript_id: str, permission: Permission
) -> Transcript:
    """The version, if it exists for this caller and they may do this with it."""
    found = queries.get(session, transcript_id)
    caller.require(permission, found.case_id, thing="transcript")
    return found
