"""
Versions of what is said: what each changed, and new ones that people make of an old one.

Every one of these verbs adds a child and leaves its parent as it is. Two people who correct the same
version would each miss what the other did, so a correction may say what its writer had
`seen`, the tag of the parent at that time (one of several will do); when another correction
came between, it is refused with that correction named.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.errors import Invalid, PreconditionFailed, TooLarge
from app.core.plaintext import optional_line
from app.custody.models import LogEntry
from app.transcripts import queries, service
from app.transcripts.imports import TranscriptFile
from app.transcripts.models import Transcript, TranscriptKind
from transcription import difference, editing
from transcription.difference import Difference
from transcription.editing import Line
from transcription.errors import TextTooLong
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

_SHOWN_OF_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Version:
    """
    A transcript with its parent and how many words it changed; None where nothing was counted.

    `origin` is the notice of the nearest version before it that has one: what is told of a
    machine's draft holds for what was corrected from it.
    """

    transcript: Transcript
    parent: Transcript | None
    changed: Mapping[str, int] | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """
    What is known of one label: it says what somebody heard, and identifies nobody.

    `spoken_ms` adds up the segments that have times; None where none has.
    """

    label: str | None
    segments: int
    words: int
    first_ms: int | None
    spoken_ms: int | None


def tag(session: Session, transcript: Transcript) -> str:
    """What a writer has seen of a version: its content, and how many corrections it has."""
    return _tag(transcript, len(_corrections(session, transcript)))


def correct(
    session: Session,
    *,
    actor: Actor,
    parent: Transcript,
    content: Content,
    seen: Collection[str] | None = None,
    note: str | None = None,
) -> Transcript:
    """
    Keep a changed version as a child.

    Raises as `service.correct` does, and `PreconditionFailed` where the parent has a correction that
    its writer had not `seen`; `corrected_by` names it.
    """
    made = service.correct(session, actor=actor, parent=parent, content=content, note=note)
    # Asked once the log's head is ours, so that nobody comes between.
    _require_seen(session, parent, made, seen)
    return made


def correct_by_file(
    session: Session,
    *,
    actor: Actor,
    parent: Transcript,
    file: TranscriptFile,
    seen: Collection[str] | None = None,
    note: str | None = None,
) -> Transcript:
    """Keep a changed version that comes as a file; raises as `correct` does."""
    made = service.correct_by_file(session, actor=actor, parent=parent, file=file, note=note)
    _require_seen(session, parent, made, seen)
    return made


def edit(
    session: Session,
    *,
    actor: Actor,
    parent: Transcript,
    typed: Mapping[int, Line],
    seen: Collection[str] | None = None,
    note: str | None = None,
) -> Transcript:
    """
    Keep what somebody typed over some lines of a version; raises as `correct` does.

    A label that is typed as it was stays as it was, however it is spaced.
    """
    before = queries.value(session, parent)
    labels = dict(enumerate(segment.speaker for segment in before.segments))
    clean = {
        number: replace(line, speaker=_label(line.speaker, labels.get(number)))
        for number, line in typed.items()
    }
    try:
        content = editing.corrected(before, clean)
    except ValueError as error:
        raise Invalid(str(error), field="line") from error
    return correct(session, actor=actor, parent=parent, content=content, seen=seen, note=note)


def relabel(
    session: Session,
    *,
    actor: Actor,
    parent: Transcript,
    old: str | None,
    new: str | None,
    start_ms: int | None = None,
    end_ms: int | None = None,
    seen: Collection[str] | None = None,
    note: str | None = None,
) -> Transcript:
    """
    Give a voice another label, everywhere or in the segments that begin in a range.

    `Invalid` where no segment of that label is meant, or the label is the same.
    """
    label = optional_line(new, field="to_label")
    if label == old:
        raise Invalid("the voice is labelled so already", field="to_label")
    if start_ms is not None and end_ms is not None and end_ms <= start_ms:
        raise Invalid("a range ends after it begins", field="end_ms")
    before = queries.value(session, parent)
    content = editing.relabelled(before, old=old, new=label, start_ms=start_ms, end_ms=end_ms)
    if content == before:
        where = " begins in this range" if (start_ms, end_ms) != (None, None) else " is here"
        raise Invalid(f"no segment of this voice{where}", field="from_label")
    return correct(session, actor=actor, parent=parent, content=content, seen=seen, note=note)


def voices(content: Content) -> list[Voice]:
    """Every label of a version, in the order in which they are first heard."""
    by_label: dict[str | None, list[Segment]] = {}
    for segment in content.segments:
        by_label.setdefault(segment.speaker, []).append(segment)
    return [_voice(label, segments) for label, segments in by_label.items()]


def between(
    session: Session, one: Transcript, other: Transcript, *, moved_ms: int = difference.MOVED_MS
) -> Difference:
    """
    How two versions of one recording differ.

    `Invalid` for versions of two recordings, `TooLarge` past what the comparison bears.
    """
    if one.recording_id != other.recording_id:
        raise Invalid("these are versions of two recordings", field="to")
    try:
        return difference.compare(
            queries.value(session, one), queries.value(session, other), moved_ms=moved_ms
        )
    except TextTooLong as error:
        raise TooLarge(str(error), limit=error.unit, allowed=error.allowed) from error


def history(session: Session, transcripts: Sequence[Transcript]) -> list[Version]:
    """Versions of one recording, each with what it changed of its parent."""
    known = {item.id: item for item in transcripts}
    counted = _counted(session, transcripts)
    return [
        Version(
            item,
            known.get(item.parent_id or ""),
            counted.get(item.log_index),
            _origin(item, known),
        )
        for item in transcripts
    ]


def _origin(transcript: Transcript, known: Mapping[str, Transcript]) -> str | None:
    parent = known.get(transcript.parent_id or "")
    while parent is not None and parent.notice is None:
        parent = known.get(parent.parent_id or "")
    return parent.notice if parent is not None else None


def _counted(
    session: Session, transcripts: Iterable[Transcript]
) -> dict[int, Mapping[str, int] | None]:
    """What the entries of corrections say that they changed, by log index."""
    indexes = [item.log_index for item in transcripts if item.parent_id]
    if not indexes:
        return {}
    rows = session.execute(
        select(LogEntry.log_index, LogEntry.body).where(LogEntry.log_index.in_(indexes))
    )
    return {index: json.loads(body)["details"].get("changed") for index, body in rows}


def _require_seen(
    session: Session, parent: Transcript, made: Transcript, seen: Collection[str] | None
) -> None:
    if seen is None:
        return
    others = [child for child in _corrections(session, parent) if child.id != made.id]
    if _tag(parent, len(others)) not in seen:
        raise PreconditionFailed(
            "this version was corrected since you last saw it"
            if others
            else "this is not the version that was seen",
            current=_tag(parent, len(others)),
            corrected_by=others[-1].id if others else None,
            field="If-Match",
        )


def _corrections(session: Session, parent: Transcript) -> list[Transcript]:
    children = queries.children(session, parent.id)
    return [child for child in children if child.kind is TranscriptKind.CORRECTION]


def _label(typed: str | None, before: str | None) -> str | None:
    same = (typed or "").split() == (before or "").split()
    return before if same else optional_line(typed, field="speaker")


def _tag(transcript: Transcript, corrections: int) -> str:
    digest = transcript.content_sha256.removeprefix("sha256:")
    return f"{digest[:_SHOWN_OF_DIGEST]}-{corrections}"


def _voice(label: str | None, segments: Sequence[Segment]) -> Voice:
    timed = [
        (segment.start_ms, segment.end_ms)
        for segment in segments
        if segment.start_ms is not None and segment.end_ms is not None
    ]
    return Voice(
        label=label,
        segments=len(segments),
        words=sum(1 for _ in Content("und", tuple(segments)).words()),
        first_ms=min((start for start, _ in timed), default=None),
        spoken_ms=sum(end - start for start, end in timed) if timed else None,
    )
