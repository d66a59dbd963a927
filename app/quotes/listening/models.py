"""
The tables of listening blind: who listened where, what became of it, and what accounts were shown.

A listening is a row that is never changed; its end (filed or withdrawn) and its reveal are
steps, numbered 1 and 2, so that neither can happen twice. `words_shown` is operational, like the
last use of a token: a first time for each account and thing, from which a filing copies
what it needs into its own sealed row.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice
from app.custody.models import Sealed
from transcription.span import Span


class Basis(StrEnum):
    """Why the place of a quote is where it is."""

    LOCATED = "located"  # an alignment found it there
    ASSIGNED = "assigned"  # somebody said where to listen


class StepKind(StrEnum):
    """What became of a listening."""

    FILED = "filed"
    WITHDRAWN = "withdrawn"
    REVEALED = "revealed"


class AssignedSpan(Sealed, Base):
    """Where a quote is to be listened for, as somebody said; the newest stands."""

    __tablename__ = "quote_span"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the quote's case, repeated")
    quote_id: Mapped[str] = mapped_column(
        ForeignKey("quote.id"), index=True, comment="the quote to be listened for"
    )
    start_ms: Mapped[int] = mapped_column(comment="from the start of the original")
    end_ms: Mapped[int] = mapped_column(comment="from the start of the original, exclusive")
    reason: Mapped[str] = mapped_column(comment="why there")
    assigned_by: Mapped[str] = mapped_column(comment="account that said so")
    assigned_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Listening(Sealed, Base):
    """That somebody set out to listen to a quote's place before they read its words."""

    __tablename__ = "listening"
    __table_args__ = (UniqueConstraint("listener_id", "quote_id", "start_ms", "end_ms"),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the quote's case, repeated")
    quote_id: Mapped[str] = mapped_column(
        ForeignKey("quote.id"), index=True, comment="the quote it is about"
    )
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording, repeated"
    )
    instance_id: Mapped[str] = mapped_column(
        ForeignKey("media_instance.id"), comment="the bytes that are listened to"
    )
    start_ms: Mapped[int] = mapped_column(comment="the quote's place, from the original's start")
    end_ms: Mapped[int] = mapped_column(comment="the quote's place, exclusive")
    heard_from_ms: Mapped[int] = mapped_column(comment="begin of what is handed out")
    heard_to_ms: Mapped[int] = mapped_column(comment="end of what is handed out, exclusive")
    basis: Mapped[Basis] = mapped_column(choice(Basis), comment="why the place is there")
    basis_id: Mapped[str] = mapped_column(comment="the alignment or the assigned span")
    listener_id: Mapped[str] = mapped_column(comment="account that listens")
    listener_name: Mapped[str] = mapped_column(comment="their name at that time")
    begun_at: Mapped[datetime] = mapped_column(comment="when, our clock")

    @property
    def place(self) -> Span:
        """Where the quote is."""
        return Span(self.start_ms, self.end_ms)

    @property
    def window(self) -> Span:
        """What is handed out."""
        return Span(self.heard_from_ms, self.heard_to_ms)


class ListeningStep(Sealed, Base):
    """What became of a listening: filed or withdrawn, and then revealed."""

    __tablename__ = "listening_step"
    __table_args__ = (UniqueConstraint("listening_id", "ordinal"),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the listening's case, repeated")
    listening_id: Mapped[str] = mapped_column(
        ForeignKey("listening.id"), comment="the listening that it is a step of"
    )
    ordinal: Mapped[int] = mapped_column(comment="1: filed or withdrawn; 2: revealed")
    kind: Mapped[StepKind] = mapped_column(choice(StepKind), comment="what happened")
    reading_id: Mapped[str | None] = mapped_column(
        ForeignKey("reading.id"), comment="what was heard; null: they could not tell"
    )
    shown: Mapped[list[Any] | None] = mapped_column(
        comment="[{what, id, route, at}]: words that the account was given before; null: no filing"
    )
    note: Mapped[str | None] = mapped_column(comment="the listener's words, or why they gave up")
    made_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class WordsShown(Base):
    """The first time that an account was answered with words about a thing."""

    __tablename__ = "words_shown"

    account_id: Mapped[str] = mapped_column(primary_key=True, comment="who was answered")
    what: Mapped[str] = mapped_column(
        primary_key=True, comment="recording_id, transcript_id, report_id, case_id …"
    )
    thing_id: Mapped[str] = mapped_column(primary_key=True, comment="which one")
    route: Mapped[str] = mapped_column(comment="method and address of the answer, as a template")
    first_at: Mapped[datetime] = mapped_column(comment="when, our clock")
