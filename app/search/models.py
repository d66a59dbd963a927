"""
What is in the search index: derived rows, which come and go and are no evidence.

A piece is numbered after its transcript (`<transcript> * 1024 + <ordinal>`), so that whose need to
know it is follows from its number alone. The terms themselves stand in `search_terms`, which each
database keeps in its own way (`app.search.index`).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice
from app.quotes.footing import Footing

BIG = BigInteger().with_variant(Integer, "sqlite")


class IndexedTranscript(Base):
    """A transcript that was put into the index, or found to have nothing to be searched."""

    __tablename__ = "search_transcript"

    number: Mapped[int] = mapped_column(primary_key=True, comment="what its pieces are named by")
    transcript_id: Mapped[str] = mapped_column(
        ForeignKey("transcript.id"), unique=True, comment="the version"
    )
    case_id: Mapped[str] = mapped_column(index=True, comment="whose need to know")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording it is of"
    )
    language: Mapped[str] = mapped_column(comment="ISO 639-1, or und")
    rests_on: Mapped[Footing] = mapped_column(choice(Footing), comment="whose words these are")
    superseded: Mapped[bool] = mapped_column(comment="whether a correction replaced it")
    word_count: Mapped[int] = mapped_column(comment="words that can be found")
    rules: Mapped[str] = mapped_column(comment="how it was cut into terms")
    indexed_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class IndexedPiece(Base):
    """A stretch of a transcript as the search sees it: beginnings of words, in order."""

    __tablename__ = "search_piece"

    id: Mapped[int] = mapped_column(BIG, primary_key=True, comment="transcript * 1024 + ordinal")
    text: Mapped[str] = mapped_column(comment="beginnings of words, one entry per word")
    segments: Mapped[list[Any]] = mapped_column(
        comment="[ordinal of its first segment, number of the first word of each segment …]"
    )
