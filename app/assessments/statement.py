"""
A statement as it is handed in, and the assessment that is made of it.

What people say is kept as they said it: no word is refused here. What is refused is a
statement that is tied to nothing: bytes of another recording, a passage that its report
does not contain, an assessor who is neither known nor described.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.agents import queries as agents
from app.assessments import scale
from app.assessments.models import (
    AboutKind,
    Access,
    Assessment,
    Binding,
    Interest,
    Question,
    Stance,
    StatementKind,
    SubjectKind,
)
from app.assessments.scale import ScalePoint
from app.core import clock, dates, languages
from app.core.actor import Actor
from app.core.digest import Digest
from app.core.errors import Invalid, NotFound
from app.core.identity import new_id
from app.core.plaintext import optional_line, optional_prose, prose
from app.recordings import queries as recordings
from app.recordings.models import Recording
from app.reports import queries as reports
from app.reports.anchor import Anchor, Passage, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """
    What somebody concluded, as it is handed in.

    `wording` may be left out where `snapshot_id` and `passage` say where it stands: then it
    is the passage. Method and limitations that are left out were not stated.
    """

    question: Question
    stance: Stance
    kind: StatementKind
    wording: str | None = None
    language: str = languages.UNDETERMINED
    assessor_id: str | None = None
    assessor_as_described: str | None = None
    interest: Interest = Interest.UNKNOWN
    binding: Binding = Binding.DESCRIPTION_ONLY
    instance_id: str | None = None
    material_as_described: str | None = None
    method: str | None = None
    limitations: str | None = None
    scale: ScalePoint | None = None
    said_edtf: str | None = None
    learned_edtf: str | None = None
    subject: SubjectKind | None = None
    stated_sha256: str | None = None
    excerpt_ms: tuple[int, int] | None = None
    about: tuple[AboutKind, str] | None = None
    """The incident or material that the recording is put beside; whoever hands it in looked it up."""
    translation: str | None = None
    translation_language: str | None = None
    translated_by: str | None = None
    assessor_role: str | None = None
    assessor_organisation: str | None = None
    qualification: str | None = None
    access: Access | None = None
    snapshot_id: str | None = None
    passage: Passage | None = None


def assessed(
    session: Session,
    actor: Actor,
    recording: Recording,
    statement: Statement,
    *,
    supersedes: str | None,
) -> Assessment:
    """The row that a statement makes, not yet recorded; `Invalid` names the field at fault."""
    anchor = _anchor(session, recording, statement)
    described = optional_line(statement.assessor_as_described, field="assessor_as_described")
    if statement.assessor_id is None and described is None:
        raise Invalid("who said it must be named or described", field="assessor_as_described")
    wording = statement.wording if anchor is None or statement.wording else anchor.exact
    point = scale.stated(statement.scale) if statement.scale else None
    excerpt = _excerpt(statement)
    translation, into = _translation(statement)
    about = _about(statement)
    return Assessment(
        id=new_id(),
        case_id=recording.case_id,
        recording_id=recording.id,
        instance_id=_instance_id(session, recording, statement),
        question=statement.question,
        stance=statement.stance,
        kind=statement.kind,
        wording=prose(wording or "", field="wording"),
        language=languages.language(statement.language),
        assessor_id=_assessor_id(session, recording, statement),
        assessor_as_described=described,
        interest=statement.interest,
        binding=statement.binding,
        material_as_described=optional_line(
            statement.material_as_described, field="material_as_described"
        ),
        method=optional_prose(statement.method, field="method"),
        limitations=optional_prose(statement.limitations, field="limitations"),
        scale=point.scale if point else None,
        scale_version=point.version if point else None,
        scale_value=point.value if point else None,
        said_edtf=_date(statement.said_edtf, field="said_edtf"),
        snapshot_id=statement.snapshot_id,
        **columns(anchor),
        supersedes_id=supersedes,
        subject=_subject(statement),
        stated_sha256=_stated_digest(statement),
        excerpt_start_ms=excerpt[0] if excerpt else None,
        excerpt_end_ms=excerpt[1] if excerpt else None,
        about_kind=about[0] if about else None,
        about_id=about[1] if about else None,
        translation=translation,
        translation_language=into,
        translated_by=optional_line(statement.translated_by, field="translated_by"),
        assessor_role=optional_line(statement.assessor_role, field="assessor_role"),
        assessor_organisation=optional_line(
            statement.assessor_organisation, field="assessor_organisation"
        ),
        qualification=optional_line(statement.qualification, field="qualification"),
        access=statement.access,
        learned_edtf=_date(statement.learned_edtf, field="learned_edtf"),
        signed_by=actor.id,
        signed_by_name=actor.name,
        signed_at=clock.now(),
    )


def _subject(statement: Statement) -> SubjectKind:
    """What it is about: as said, else what follows from what else is said."""
    named = statement.instance_id is not None or statement.stated_sha256 is not None
    subject = statement.subject
    if subject is None:
        if statement.excerpt_ms is not None:
            return SubjectKind.EXCERPT
        return SubjectKind.FILE if named else SubjectKind.UNSPECIFIED_MATERIAL
    if subject is SubjectKind.FILE and not named:
        raise Invalid("a file is named by its digest", field="subject")
    if subject is not SubjectKind.EXCERPT and statement.excerpt_ms is not None:
        raise Invalid("times belong to an excerpt", field="excerpt")
    if subject is SubjectKind.EXCERPT and statement.excerpt_ms is None:
        raise Invalid("an excerpt begins and ends somewhere", field="excerpt")
    if subject is SubjectKind.UNSPECIFIED_MATERIAL and named:
        raise Invalid("material with a digest is a file", field="subject")
    return subject


def _excerpt(statement: Statement) -> tuple[int, int] | None:
    if statement.excerpt_ms is not None:
        start, end = statement.excerpt_ms
        if not 0 <= start < end:
            raise Invalid("an excerpt ends after it begins", field="excerpt")
    return statement.excerpt_ms


def _stated_digest(statement: Statement) -> str | None:
    if statement.stated_sha256 is None:
        return None
    if statement.binding is not Binding.STATED_COPY:
        raise Invalid("a digest is stated of a copy elsewhere", field="stated_sha256")
    try:
        return str(Digest.parse(statement.stated_sha256))
    except ValueError as error:
        raise Invalid(str(error), field="stated_sha256") from error


def _about(statement: Statement) -> tuple[AboutKind, str] | None:
    if statement.about is not None and statement.question is not Question.LINK_TO_EVENT:
        raise Invalid("only a link is to an incident or material", field="about")
    return statement.about


def _translation(statement: Statement) -> tuple[str | None, str | None]:
    text = optional_prose(statement.translation, field="translation")
    if (text is None) != (statement.translation_language is None):
        raise Invalid("a translation has words and a language", field="translation_language")
    if text is None or statement.translation_language is None:
        return None, None
    return text, languages.language(statement.translation_language, field="translation_language")


def _date(text: str | None, *, field: str) -> str | None:
    return dates.edtf(text, field=field) if text is not None else None


def _instance_id(session: Session, recording: Recording, statement: Statement) -> str | None:
    """The bytes spoken of: named where the binding is to exact bytes, and nowhere else."""
    if statement.binding is not Binding.EXACT_BYTES:
        if statement.instance_id is not None:
            raise Invalid(
                "bytes are named only where the binding is exact_bytes", field="instance_id"
            )
        return None
    instances = {item.id for item in recordings.instances_of(session, recording.id)}
    if statement.instance_id not in instances:
        raise Invalid("no such bytes are held of this recording", field="instance_id")
    return statement.instance_id


def _assessor_id(session: Session, recording: Recording, statement: Statement) -> str | None:
    if statement.assessor_id is None:
        return None
    try:
        agent = agents.get(session, statement.assessor_id)
    except NotFound as error:
        raise Invalid(error.message, field="assessor_id") from error
    if agent.case_id != recording.case_id:
        raise Invalid("no such agent", field="assessor_id")
    return agent.id


def _anchor(session: Session, recording: Recording, statement: Statement) -> Anchor | None:
    if statement.snapshot_id is None:
        if statement.passage is not None:
            raise Invalid("a passage stands in a snapshot; none is named", field="snapshot_id")
        return None
    try:
        snapshot = reports.get_snapshot(session, statement.snapshot_id)
    except NotFound as error:
        raise Invalid(error.message, field="snapshot_id") from error
    if snapshot.case_id != recording.case_id:
        raise Invalid("no such snapshot", field="snapshot_id")
    if statement.passage is None:
        raise Invalid("where in the snapshot it stands is not said", field="exact")
    return statement.passage.locate(snapshot.text)
