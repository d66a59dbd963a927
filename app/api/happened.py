"""How incidents, places and material look on the wire."""

from pydantic import Field

from app.api.wire import Spelled, UtcInstant, Wire
from app.incidents.models import (
    Incident,
    MaterialHolding,
    MaterialKind,
    MaterialStatus,
    PlaceName,
    PlacePrecision,
)
from app.incidents.service import Naming


class IncidentIn(Wire):
    """Something that is said to have happened, by what people here call it."""

    case_id: str
    title: str
    note: str | None = None


class IncidentOut(Wire):
    """An incident."""

    id: str
    case_id: str
    title: str
    note: str | None
    registered_by: str
    registered_at: UtcInstant
    log_index: int

    @classmethod
    def of(cls, row: Incident) -> "IncidentOut":
        """Shape an incident."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class PlaceNameIn(Wire):
    """A name of a place."""

    name: str
    language: str | None = None

    def naming(self) -> Naming:
        """The name as the service takes it."""
        return Naming(self.name, self.language)


class PlaceNameOut(Wire):
    """A name of a place."""

    id: str
    name: str
    language: str | None
    log_index: int

    @classmethod
    def of(cls, row: PlaceName) -> "PlaceNameOut":
        """Shape a name."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class PlaceIn(Wire):
    """A place that reports speak of; the first name is what it is shown by."""

    case_id: str
    names: list[PlaceNameIn] = Field(default=[])
    precision: Spelled[PlacePrecision] = PlacePrecision.UNKNOWN
    parent_id: str | None = None
    note: str | None = None


class PlaceOut(Wire):
    """A place, its names, and the larger places it lies in, the nearest first."""

    id: str
    case_id: str
    parent_id: str | None
    precision: PlacePrecision
    note: str | None
    names: list[PlaceNameOut]
    within: list[str]
    registered_by: str
    registered_at: UtcInstant
    log_index: int


class MaterialIn(Wire):
    """Material that is spoken of, and what it was made from."""

    case_id: str
    kind: Spelled[MaterialKind]
    title: str
    derived_from_id: str | None = None
    note: str | None = None


class HoldingIn(Wire):
    """Bytes that are held elsewhere: their SHA-256, and where they are kept."""

    sha256: str
    kept_at: str
    size: int | None = None


class HoldingOut(Wire):
    """A statement that bytes of a material are held."""

    id: str
    material_id: str
    sha256: str
    size: int | None
    kept_at: str
    stated_by: str
    stated_at: UtcInstant
    log_index: int

    @classmethod
    def of(cls, row: MaterialHolding) -> "HoldingOut":
        """Shape a holding."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class MaterialOut(Wire):
    """Material, and what is stated to be held of it."""

    id: str
    case_id: str
    kind: MaterialKind
    title: str
    status: MaterialStatus
    derived_from_id: str | None
    note: str | None
    holdings: list[HoldingOut]
    registered_by: str
    registered_at: UtcInstant
    log_index: int
