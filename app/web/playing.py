"""What of a recording is held, and what of it can be played on a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.recordings import queries
from app.recordings.models import Derivative, Identification, MediaInstance
from app.recordings.provenance import DerivativeKind


@dataclass(frozen=True, slots=True)
class Held:
    """One arrival of bytes and what is known of them."""

    instance: MediaInstance
    identification: Identification | None
    derivatives: dict[DerivativeKind, Derivative]


def held_of(session: Session, recording_id: str) -> list[Held]:
    """Every arrival of bytes of a recording, oldest first."""
    return [
        Held(
            instance,
            queries.identification_of(session, instance.id),
            {item.kind: item for item in queries.derivatives_of(session, instance.id)},
        )
        for instance in queries.instances_of(session, recording_id)
    ]


def player_of(
    session: Session, recording_id: str, held: Sequence[Held] | None = None
) -> Held | None:
    """The bytes that count as the recording, if any are held."""
    original = queries.original_of(session, recording_id)
    found = held_of(session, recording_id) if held is None else held
    return next((item for item in found if original and item.instance.id == original.id), None)
