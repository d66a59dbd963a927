"""
How many bytes of originals a case may hold, counting what is on its way.

Arrivals count by their size, even where two of them are the same bytes: a count that
deduplicated would tell one case what another holds.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import TooLarge
from app.recordings.models import MediaInstance, Upload
from app.recordings.ordering import take_place


def require_room(
    session: Session,
    *,
    case_id: str,
    wanted: int,
    allowed: int | None,
    besides: str | None = None,
    also: int = 0,
) -> None:
    """
    Raise `TooLarge` when `wanted` bytes more would go over what the case is allowed.

    `also` is what the case holds besides recordings. `besides` is the upload whose reservation `wanted` replaces. Takes the writers' place,
    so that two arrivals cannot both take the last of the room.
    """
    if allowed is None:
        return
    take_place(session)
    if used(session, case_id, besides=besides) + also + wanted > allowed:
        raise TooLarge(
            "the case has no room left for this many bytes",
            limit="case_quota_bytes",
            allowed=allowed,
        )


def used(session: Session, case_id: str, *, besides: str | None = None) -> int:
    """Bytes held by the case and bytes reserved by its unfinished uploads."""
    held = select(func.coalesce(func.sum(MediaInstance.size), 0)).where(
        MediaInstance.case_id == case_id
    )
    reserved = select(func.coalesce(func.sum(Upload.length), 0)).where(
        Upload.case_id == case_id,
        Upload.instance_id.is_(None),
        Upload.id != (besides or ""),
        Upload.expires_at > clock.now(),
    )
    return int(session.scalar(held) or 0) + int(session.scalar(reserved) or 0)
