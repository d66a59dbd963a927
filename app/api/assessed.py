"""How assessments look on the wire, coming in and going out."""

from pydantic import Field

from app.api.anchors import AnchorOut, PassageIn
from app.api.wire import Spelled, UtcInstant, Wire
from app.assessments.models import (
    AboutKind,
    Access,
    Binding,
    Interest,
    Question,
    Retraction,
    Stance,
    StatementKind,
    SubjectKind,
)
from app.assessments.queries import Standing, State
from app.assessments.scale import ScalePoint
from app.assessments.statement import Statement
from app.core.languages import UNDETERMINED


class ScaleShape(Wire):
    """A conclusion on a scale: the scale, its edition, the point."""

    scale: str
    version: str
    value: str


class ExcerptShape(Wire):
    """A stretch of a recording, in milliseconds, half-open."""

    start_ms: int
    end_ms: int


class AboutShape(Wire):
    """The incident or material that a recording is put beside."""

    kind: Spelled[AboutKind]
    id: str


class StatedIn(PassageIn):
    """Where it was read: a passage of a snapshot."""

    snapshot_id: str


class StatementIn(Wire):
    """What somebody concluded. What is left out was not stated, or is not known."""

    question: Spelled[Question]
    stance: Spelled[Stance]
    kind: Spelled[StatementKind]
    wording: str | None = Field(
        default=None, description="their own words; left out, the anchored passage"
    )
    language: str = UNDETERMINED
    assessor_id: str | None = None
    assessor_as_described: str | None = None
    interest: Spelled[Interest] = Interest.UNKNOWN
    binding: Spelled[Binding] = Binding.DESCRIPTION_ONLY
    instance_id: str | None = None
    material_as_described: str | None = None
    method: str | None = None
    limitations: str | None = None
    scale: ScaleShape | None = None
    said_edtf: str | None = None
    learned_edtf: str | None = None
    subject: Spelled[SubjectKind] | None = Field(
        default=None,
        description="what it is about; left out, what bytes, digest or excerpt leave",
    )
    stated_sha256: str | None = Field(
        default=None, description="digest of a copy elsewhere, as the assessor states it"
    )
    excerpt: ExcerptShape | None = None
    about: AboutShape | None = Field(
        default=None, description="for link_to_event: what the recording is put beside"
    )
    translation: str | None = None
    translation_language: str | None = None
    translated_by: str | None = None
    assessor_role: str | None = None
    assessor_organisation: str | None = None
    qualification: str | None = None
    access: Spelled[Access] | None = None
    anchor: StatedIn | None = None

    def statement(self) -> Statement:
        """The value that the feature understands."""
        plain = {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name not in {"scale", "anchor", "excerpt", "about"}
        }
        return Statement(
            **plain,
            scale=ScalePoint(**self.scale.model_dump()) if self.scale else None,
            about=(self.about.kind, self.about.id) if self.about else None,
            excerpt_ms=(self.excerpt.start_ms, self.excerpt.end_ms) if self.excerpt else None,
            snapshot_id=self.anchor.snapshot_id if self.anchor else None,
            passage=self.anchor.passage() if self.anchor else None,
        )


class RetractionIn(Wire):
    """Why an assessment is withdrawn."""

    reason: str


class RetractionOut(Wire):
    """That an assessment was withdrawn, by whom, when and why."""

    id: str
    assessment_id: str
    log_index: int
    reason: str
    retracted_by: str
    retracted_at: UtcInstant

    @classmethod
    def of(cls, row: Retraction) -> "RetractionOut":
        """Shape a retraction."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class AssessmentOut(Wire):
    """One conclusion, and whether it is in force. Null method: none was stated."""

    id: str
    recording_id: str
    case_id: str
    log_index: int
    question: Question
    stance: Stance
    kind: StatementKind
    wording: str
    language: str
    assessor_id: str | None
    assessor_as_described: str | None
    interest: Interest
    binding: Binding
    instance_id: str | None
    material_as_described: str | None
    method: str | None
    limitations: str | None
    scale: ScaleShape | None
    said_edtf: str | None
    learned_edtf: str | None
    subject: SubjectKind
    stated_sha256: str | None
    excerpt: ExcerptShape | None
    about: AboutShape | None
    translation: str | None
    translation_language: str | None
    translated_by: str | None
    assessor_role: str | None
    assessor_organisation: str | None
    qualification: str | None
    access: Access | None
    anchor: AnchorOut | None
    supersedes_id: str | None
    signed_by: str
    signed_by_name: str
    signed_at: UtcInstant
    state: State
    superseded_by: str | None
    repeats: str | None
    retraction: RetractionOut | None

    @classmethod
    def of(cls, standing: Standing) -> "AssessmentOut":
        """Shape an assessment with what became of it."""
        row = standing.assessment
        made = {
            "scale",
            "anchor",
            "subject",
            "excerpt",
            "about",
            "state",
            "superseded_by",
            "repeats",
            "retraction",
        }
        point, anchor, excerpt = row.scale_point, row.anchor, row.excerpt_ms
        return cls(
            **{name: getattr(row, name) for name in cls.model_fields if name not in made},
            scale=ScaleShape(scale=point.scale, version=point.version, value=point.value)
            if point
            else None,
            anchor=AnchorOut.of(row.snapshot_id, anchor) if row.snapshot_id and anchor else None,
            subject=row.identified_as,
            excerpt=ExcerptShape(start_ms=excerpt[0], end_ms=excerpt[1]) if excerpt else None,
            about=AboutShape(kind=row.about_kind, id=row.about_id)
            if row.about_kind and row.about_id
            else None,
            state=standing.state,
            superseded_by=standing.superseded_by,
            repeats=standing.repeats,
            retraction=RetractionOut.of(standing.retraction) if standing.retraction else None,
        )


class AssessmentsOut(Wire):
    """Every assessment of a recording, and one line made from counts, disagreement first."""

    summary: str
    items: list[AssessmentOut]
