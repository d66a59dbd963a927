"""
The ASGI application, built from its edges.

Parts are opened when the server starts and closed when it stops; a database whose schema
is older than this release, or an evidence room that cannot be written, stops it right
there. The interactive documentation pages of FastAPI are off, because they load scripts
from elsewhere; `/api/v1/openapi.json` is the reference.
"""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Scope

from app.api import (
    accounts,
    agents,
    annotations,
    assessments,
    captures,
    cases,
    claim_proposals,
    claims,
    concluded,
    conflicts,
    content,
    custody,
    equivalences,
    evidence,
    fixity,
    health,
    incidents,
    jobs,
    ledgers,
    lineage,
    links,
    listenings,
    media,
    placing,
    problems,
    proposals,
    quotes,
    readings,
    recordings,
    reports,
    restatements,
    revisions,
    searches,
    sessions,
    supports,
    tokens,
    transcriptions,
    transcripts,
    uploads,
    versions,
    wanted,
    wordings,
)
from app.api.last_resort import LastResort
from app.core import logs, migration
from app.core.database import Database
from app.core.settings import Settings, settings
from app.core.storage import open_staging, open_storage
from app.http import bodies
from app.http.observation import Observation
from app.http.parts import Parts
from app.http.showing import Showing
from app.http.sweeping import sweeping
from app.incidents import subjects
from app.web import site

VERSION = "0.1.0"
API = "/api/v1"
ROUTERS: tuple[APIRouter, ...] = (
    evidence.router,
    sessions.router,
    accounts.router,
    tokens.router,
    cases.router,
    agents.router,
    equivalences.router,
    recordings.router,
    media.router,
    content.router,
    fixity.router,
    uploads.router,
    reports.router,
    annotations.router,
    captures.router,
    revisions.router,
    incidents.router,
    wanted.router,
    links.router,
    lineage.router,
    claims.router,
    claim_proposals.router,
    conflicts.router,
    quotes.router,
    supports.router,
    wordings.router,
    proposals.router,
    assessments.router,
    restatements.router,
    concluded.router,
    ledgers.router,
    custody.router,
    jobs.router,
    transcriptions.router,
    transcripts.router,
    versions.router,
    readings.router,
    listenings.router,
    placing.router,
    searches.router,
)
AT_ROOT: tuple[APIRouter, ...] = (health.router, problems.router)


class Service(FastAPI):
    """
    FastAPI, with layers of ours around even its own: the log, the last resort, and the note of
    what was shown to whom.
    """

    def build_middleware_stack(self) -> ASGIApp:
        """What a request passes through, outermost first."""
        return Observation(LastResort(Showing(super().build_middleware_stack())))


def build(settings: Settings) -> FastAPI:
    """The whole application over these settings; nothing is opened before it starts."""
    pages = site.build()
    subjects.register()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        parts = open_parts(settings)
        app.state.parts = pages.state.parts = parts
        try:
            async with sweeping(parts):
                yield
        finally:
            parts.database.dispose()

    app = Service(
        title="Earwitness",
        summary="The audio intercept evidence catalog.",
        version=VERSION,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        max_body_size=bodies.ORDINARY,
        lifespan=lifespan,
    )
    for router in AT_ROOT:
        app.include_router(router)
    for router in ROUTERS:
        app.include_router(router, prefix=API)
    problems.install(app)
    app.router.routes.append(_Pages("/", app=pages))
    return app


class _Pages(Mount):
    """The pages, at every address but the API's: what is not found there is a problem document."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match whatever is not under `/api/`."""
        if scope["path"].startswith("/api/"):
            return Match.NONE, {}
        return super().matches(scope)


def open_parts(settings: Settings) -> Parts:
    """Open and check what a process needs; `RuntimeError` says what to do where it cannot."""
    with ExitStack() as undo:
        database = Database(settings.catalogue_url, guarded=True)
        undo.callback(database.dispose)
        database.check()
        if migration.pending(database):
            raise RuntimeError(
                "the database's schema is older than this release: run `earwitness admin migrate`"
            )
        storage = open_storage(settings)
        storage.check()
        staging = open_staging(settings)
        undo.pop_all()
    return Parts(settings=settings, database=database, storage=storage, staging=staging)


def create() -> FastAPI:
    """For uvicorn (`--factory app.main:create`): the application over this process's settings."""
    chosen = settings()
    logs.configure(as_json=chosen.log_json)
    return build(chosen)
