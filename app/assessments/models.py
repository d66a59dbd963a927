"""
The tables of assessments.

Whether a recording is what it is said to be is not a column and not a score. It is a list
of what people concluded: each about one question, in the assessor's own words, about
bytes they had or material they only described, by a method and with limitations they
stated or did not. Nothing here is ever averaged. An assessment that is replaced stays,
with the newer one pointing at it; one that is withdrawn stays, with a retraction.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.assessments.scale import ScalePoint
from app.core.database import Base, choice
from app.custody.models import LATER, Sealed
from app.reports.models import PerhapsAnchored


class Question(StrEnum):
    """What is being asked; an assessment answers exactly one."""

    INTEGRITY = "integrity"  # are these the bytes, unchanged since they were made?
    CONTINUITY = "continuity"  # is it one recording, without cuts or insertions?
    SYNTHETIC_ORIGIN = "synthetic_origin"  # was it spoken, or made by a machine?
    CLAIMED_SOURCE = "claimed_source"  # does it come from where it is said to come from?
    SPEAKER = "speaker"  # is the speaker who they are said to be?
    TIME_PLACE = "time_place"  # was it made when and where it is said to be?
    TRANSCRIPT_ACCURACY = "transcript_accuracy"  # is what was printed what is heard?
    LINK_TO_EVENT = "link_to_event"  # does it belong to the event it is put beside?


class Stance(StrEnum):
    """
    The answer, always with regard to what is claimed of the recording.

    For `synthetic_origin`, `supports` is to support that it was spoken. Who could not
    verify something says `cannot_determine` (they tried) or `declined_to_assess` (they say
    that they do not vouch); `not_examined` is a statement that nobody looked.
    """

    SUPPORTS = "supports"
    WEIGHS_AGAINST = "weighs_against"
    CANNOT_DETERMINE = "cannot_determine"
    DECLINED_TO_ASSESS = "declined_to_assess"
    NOT_EXAMINED = "not_examined"


class StatementKind(StrEnum):
    """In which capacity it was said."""

    HUMAN_EXAMINATION = "human_examination"
    PUBLISHER_STATEMENT = "publisher_statement"
    OFFICIAL_STATEMENT = "official_statement"
    PARTY_DENIAL = "party_denial"
    INQUIRY_FINDING = "inquiry_finding"


class Binding(StrEnum):
    """How firmly the words are tied to bytes."""

    EXACT_BYTES = "exact_bytes"  # an instance that we hold, by its digest
    STATED_COPY = "stated_copy"  # a copy that the assessor says they had
    DESCRIPTION_ONLY = "description_only"  # nothing but a description of the material


class SubjectKind(StrEnum):
    """What the words are about, as far as the assessor identified it."""

    FILE = "file"  # bytes named by a digest: ours, or one that the assessor states
    RECORDING = "recording"  # the recording as such, whatever copy
    EXCERPT = "excerpt"  # a stretch of it
    UNSPECIFIED_MATERIAL = "unspecified_material"  # "the audio files", and nothing more


class AboutKind(StrEnum):
    """What a recording is put beside, for the question of a link."""

    INCIDENT = "incident"
    MATERIAL = "material"


class Access(StrEnum):
    """What the assessor had before them, as stated."""

    ORIGINAL_CARRIER = "original_carrier"
    FIRST_GENERATION_COPY = "first_generation_copy"
    PUBLISHED_COPY = "published_copy"
    UNKNOWN = "unknown"


class Interest(StrEnum):
    """How the assessor stands to what is claimed."""

    PARTY = "party"
    INDEPENDENT = "independent"
    UNKNOWN = "unknown"


class Assessment(PerhapsAnchored, Sealed, Base):
    """What one assessor concluded on one question about one recording."""

    __tablename__ = "assessment"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the recording's case, repeated")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording it is about"
    )
    instance_id: Mapped[str | None] = mapped_column(
        ForeignKey("media_instance.id"),
        comment="the bytes it is about; null unless binding is exact_bytes",
    )
    question: Mapped[Question] = mapped_column(choice(Question), comment="what was asked")
    stance: Mapped[Stance] = mapped_column(choice(Stance), comment="what was answered")
    kind: Mapped[StatementKind] = mapped_column(
        choice(StatementKind), comment="in which capacity it was said"
    )
    wording: Mapped[str] = mapped_column(comment="the assessor's own words, verbatim")
    language: Mapped[str] = mapped_column(comment="ISO 639-1 of the words, or und")
    assessor_id: Mapped[str | None] = mapped_column(
        ForeignKey("agent.id"), comment="who said it; null: only described"
    )
    assessor_as_described: Mapped[str | None] = mapped_column(
        comment="who said it, as named or described in the source; null: see assessor_id"
    )
    interest: Mapped[Interest] = mapped_column(
        choice(Interest), comment="how the assessor stands to what is claimed"
    )
    binding: Mapped[Binding] = mapped_column(
        choice(Binding), comment="how firmly the words are tied to bytes"
    )
    material_as_described: Mapped[str | None] = mapped_column(
        comment="what the assessor says they had before them; null: not stated"
    )
    method: Mapped[str | None] = mapped_column(comment="as stated; null: not stated")
    limitations: Mapped[str | None] = mapped_column(comment="as stated; null: not stated")
    scale: Mapped[str | None] = mapped_column(comment="scale of the conclusion; null: none")
    scale_version: Mapped[str | None] = mapped_column(comment="edition of that scale")
    scale_value: Mapped[str | None] = mapped_column(comment="point on that scale")
    said_edtf: Mapped[str | None] = mapped_column(comment="when it was said; null: not known")
    snapshot_id: Mapped[str | None] = mapped_column(
        ForeignKey("report_snapshot.id"), comment="the text it was read in; null: told directly"
    )
    supersedes_id: Mapped[str | None] = mapped_column(
        ForeignKey("assessment.id"), unique=True, comment="the assessment this one replaces"
    )
    subject: Mapped[SubjectKind | None] = mapped_column(
        choice(SubjectKind), info=LATER, comment="what it is about; null: see identified_as"
    )
    stated_sha256: Mapped[str | None] = mapped_column(
        info=LATER, comment="digest of the bytes examined, as the assessor states it; null: none"
    )
    excerpt_start_ms: Mapped[int | None] = mapped_column(
        info=LATER, comment="where the excerpt begins; null: it is about no excerpt"
    )
    excerpt_end_ms: Mapped[int | None] = mapped_column(
        info=LATER, comment="where the excerpt ends; null: it is about no excerpt"
    )
    about_kind: Mapped[AboutKind | None] = mapped_column(
        choice(AboutKind), info=LATER, comment="what the recording is put beside; null: nothing"
    )
    about_id: Mapped[str | None] = mapped_column(
        info=LATER, comment="which incident or material; null: none"
    )
    translation: Mapped[str | None] = mapped_column(
        info=LATER, comment="the words in another language; null: not translated"
    )
    translation_language: Mapped[str | None] = mapped_column(
        info=LATER, comment="ISO 639-1 of the translation; null: not translated"
    )
    translated_by: Mapped[str | None] = mapped_column(
        info=LATER, comment="who translated, as described; null: not said"
    )
    assessor_role: Mapped[str | None] = mapped_column(
        info=LATER, comment="office or profession, as stated; null: not stated"
    )
    assessor_organisation: Mapped[str | None] = mapped_column(
        info=LATER, comment="whom they speak or work for, as stated; null: not stated"
    )
    qualification: Mapped[str | None] = mapped_column(
        info=LATER, comment="what qualifies them, as stated; null: not stated"
    )
    access: Mapped[Access | None] = mapped_column(
        choice(Access), info=LATER, comment="what they had before them; null: nobody recorded it"
    )
    learned_edtf: Mapped[str | None] = mapped_column(
        info=LATER, comment="when it came to be known here; null: not recorded"
    )
    signed_by: Mapped[str] = mapped_column(comment="account that recorded and signed it")
    signed_by_name: Mapped[str] = mapped_column(comment="their name at that time")
    signed_at: Mapped[datetime] = mapped_column(comment="when, our clock")

    @property
    def scale_point(self) -> ScalePoint | None:
        """The conclusion on a scale, if it was stated on one."""
        if self.scale is None or self.scale_version is None or self.scale_value is None:
            return None
        return ScalePoint(scale=self.scale, version=self.scale_version, value=self.scale_value)

    @property
    def excerpt_ms(self) -> tuple[int, int] | None:
        """Where the excerpt begins and ends, if it is about one."""
        if self.excerpt_start_ms is None or self.excerpt_end_ms is None:
            return None
        return self.excerpt_start_ms, self.excerpt_end_ms

    @property
    def identified_as(self) -> SubjectKind:
        """What it is about: as recorded, else what the binding leaves (rows from before that)."""
        if self.subject is not None:
            return self.subject
        exact = self.binding is Binding.EXACT_BYTES
        return SubjectKind.FILE if exact else SubjectKind.UNSPECIFIED_MATERIAL


class Retraction(Sealed, Base):
    """The withdrawal of an assessment without another in its place."""

    __tablename__ = "assessment_retraction"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the assessment's case, repeated")
    assessment_id: Mapped[str] = mapped_column(
        ForeignKey("assessment.id"), unique=True, comment="the assessment withdrawn"
    )
    reason: Mapped[str] = mapped_column(comment="why")
    retracted_by: Mapped[str] = mapped_column(comment="account that withdrew it")
    retracted_at: Mapped[datetime] = mapped_column(comment="when, our clock")
