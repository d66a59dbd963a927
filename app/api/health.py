"""
Whether the service lives and whether it can work, for those who run it.

`/health` answers as long as the process does. `/ready` asks database, schema and evidence
room, and says 503 with the part at fault when one of them could not serve.
"""

from fastapi import APIRouter

from app.api.wire import Wire
from app.core import migration
from app.core.errors import CatalogError, Unavailable
from app.http.parts import PartsOf

router = APIRouter(tags=["health"])


class Health(Wire):
    """The process answers; `warnings` name settings that weaken a promise."""

    status: str
    warnings: list[str]


class Ready(Wire):
    """Every part answered."""

    status: str


@router.get("/health")
def health(parts: PartsOf) -> Health:
    """Say that the process is there, and which of its settings to worry about."""
    warnings = []
    if parts.settings.allow_unconfined_decoding:
        warnings.append("recordings may be decoded without confinement")
    return Health(status="ok", warnings=warnings)


@router.get("/ready")
def ready(parts: PartsOf) -> Ready:
    """Ask every part, or raise `Unavailable` naming the first that cannot serve."""
    try:
        parts.database.check()
        pending = migration.pending(parts.database)
    except Exception as error:
        raise Unavailable("the database does not answer", part="database") from error
    if pending:
        raise Unavailable("the database's schema is older than this release", part="schema")
    try:
        parts.storage.check()
    except (CatalogError, OSError) as error:
        raise Unavailable("the evidence room cannot be used", part="storage") from error
    return Ready(status="ok")
