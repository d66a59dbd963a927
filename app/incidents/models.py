"""
The tables of incidents, places and material.

A row here says that something is spoken of, and what people call it: no more. When an incident
was, where, which units took part, what a video shows and how a recording stands to it are claims,
each with its passage, and so they can contradict one another. Material (a video, a screenshot, a
document) is known by citation, or held: somebody states the digest of the bytes and where they are
kept. The catalogue itself keeps audio only.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice
from app.custody.models import Sealed


class PlacePrecision(StrEnum):
    """How large the place is that is meant, the smallest first."""

    POINT = "point"
    SETTLEMENT = "settlement"
    AREA = "area"  # "the area of Popasna", "the same area"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class MaterialKind(StrEnum):
    """What sort of material it is."""

    VIDEO = "video"
    SCREENSHOT = "screenshot"
    PHOTO = "photo"
    DOCUMENT = "document"
    POST = "post"
    OTHER = "other"


class MaterialStatus(StrEnum):
    """Whether somebody here holds the material, or it is only spoken of."""

    HELD = "held"
    CITED_NOT_HELD = "cited_not_held"


class Incident(Sealed, Base):
    """Something that is said to have happened."""

    __tablename__ = "incident"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case it belongs to")
    title: Mapped[str] = mapped_column(comment="what people here call it; claims nothing")
    note: Mapped[str | None] = mapped_column(comment="anything else a reader should know")
    registered_by: Mapped[str] = mapped_column(comment="account that registered it")
    registered_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Place(Sealed, Base):
    """A place that reports speak of; its names are rows of their own."""

    __tablename__ = "place"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case it belongs to")
    parent_id: Mapped[str | None] = mapped_column(
        ForeignKey("place.id"), comment="the larger place it lies in; null: not recorded"
    )
    precision: Mapped[PlacePrecision] = mapped_column(
        choice(PlacePrecision), comment="how large the place is that is meant"
    )
    note: Mapped[str | None] = mapped_column(comment="anything else a reader should know")
    registered_by: Mapped[str] = mapped_column(comment="account that registered it")
    registered_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class PlaceName(Sealed, Base):
    """One name of a place, in one language or in none in particular."""

    __tablename__ = "place_name"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    place_id: Mapped[str] = mapped_column(
        ForeignKey("place.id"), index=True, comment="the place so called"
    )
    case_id: Mapped[str] = mapped_column(comment="the place's case, repeated")
    name: Mapped[str] = mapped_column(comment="as it is written")
    language: Mapped[str | None] = mapped_column(comment="ISO 639-1; null: none in particular")
    named_by: Mapped[str] = mapped_column(comment="account that entered it")
    named_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Material(Sealed, Base):
    """A video, picture, document or post that is spoken of beside the recordings."""

    __tablename__ = "material"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case it belongs to")
    kind: Mapped[MaterialKind] = mapped_column(choice(MaterialKind), comment="sort of material")
    title: Mapped[str] = mapped_column(comment="what people here call it; claims nothing")
    derived_from_id: Mapped[str | None] = mapped_column(
        ForeignKey("material.id"),
        index=True,
        comment="the material it was made from, as a screenshot is; null: none recorded",
    )
    note: Mapped[str | None] = mapped_column(comment="anything else a reader should know")
    registered_by: Mapped[str] = mapped_column(comment="account that registered it")
    registered_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class MaterialHolding(Sealed, Base):
    """A person's statement that bytes of a material are held: their digest, and where."""

    __tablename__ = "material_holding"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    material_id: Mapped[str] = mapped_column(
        ForeignKey("material.id"), index=True, comment="the material these bytes are of"
    )
    case_id: Mapped[str] = mapped_column(comment="the material's case, repeated")
    sha256: Mapped[str] = mapped_column(
        index=True, comment="digest of the bytes, as stated: they were never here"
    )
    size: Mapped[int | None] = mapped_column(BigInteger, comment="bytes; null: not stated")
    kept_at: Mapped[str] = mapped_column(comment="where the bytes are kept, in words")
    stated_by: Mapped[str] = mapped_column(comment="account that stated it")
    stated_at: Mapped[datetime] = mapped_column(comment="when, our clock")
