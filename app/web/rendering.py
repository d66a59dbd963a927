"""
How we print things: Jinja, and one spelling each for times, spans, sizes and digests.

Templates get plain values and these filters; nothing in a template decides what a thing
means. Everything is escaped; nothing from outside is ever marked safe.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from starlette.responses import Response

from app.cases.caller import Caller
from app.http.caller import csrf_token
from app.web.layers import in_columns, in_rows
from app.web.vocabulary import (
    ASPECTS,
    EVENTS,
    FORMATS,
    LANGUAGES,
    LIKENESS,
    MANNERS,
    OUTCOMES,
    RELATIONS,
    STANCES,
    STATES,
    SUPPORT,
    TARGETS,
    TASKS,
    VERDICTS,
)
from transcription.sandbox.limits import explanation_of
from transcription.span import Span, timecode

FOLDER = Path(__file__).parent
templates = Jinja2Templates(directory=FOLDER / "templates")

# The nonce is for the one style element that the waveform makes inside its shadow root.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)


def instant(value: datetime | None) -> str:
    """`2 Jan 2026, 12:00:05 UTC`, or a dash."""
    return f"{value.day} {value:%b %Y, %H:%M:%S} UTC" if value else "–"


def size(value: int) -> str:
    """Bytes for people: `3.4 MiB`."""
    amount = float(value)
    for unit in ("bytes", "KiB", "MiB"):
        if amount < 1024:  # noqa: PLR2004 - a kibibyte
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GiB"


def short(digest: str) -> str:
    """The first twelve characters of a digest's hex, for tables; the whole is in its title."""
    return digest.removeprefix("sha256:")[:12] + "…"


def words(value: str) -> str:
    """A state or event for people: `cited_not_held` reads `cited not held`."""
    return value.replace("_", " ").replace("-", " ").replace(":", ": ")


def fragment(place: Mapping[str, Any]) -> str:
    """The W3C Media Fragment of a place that has times: `t=12.5,17`."""
    return Span(place["start_ms"], place["end_ms"]).fragment()


def likeness(reason: str) -> str:
    """Why two names are proposed as one, in words; `given: ` and the like stay before it."""
    part, _, code = reason.rpartition(": ")
    told = LIKENESS.get(code, words(code))
    return f"{part}: {told}" if part else told


def tongue(code: str) -> str:
    """A language by its name where we know one: `ru` reads `Russian`."""
    return LANGUAGES.get(code, code)


def event(value: str) -> str:
    """A custody event as a sentence, else its own spelling."""
    return EVENTS.get(value, words(value))


def explained(reason: str) -> str:
    """Why no sound came out of some bytes, as a sentence where we know the reason."""
    return explanation_of(reason) or words(reason)


templates.env.filters.update(
    event=event,
    explained=explained,
    fragment=fragment,
    instant=instant,
    layers_in_columns=in_columns,
    layers_in_rows=in_rows,
    likeness=likeness,
    short=short,
    size=size,
    timecode=timecode,
    tongue=tongue,
    words=words,
)
templates.env.globals.update(
    ASPECTS=ASPECTS,
    OUTCOMES=OUTCOMES,
    STATES=STATES,
    STANCES=STANCES,
    MANNERS=MANNERS,
    TARGETS=TARGETS,
    VERDICTS=VERDICTS,
    FORMATS=FORMATS,
    LANGUAGES=LANGUAGES,
    SUPPORT=SUPPORT,
    TASKS=TASKS,
    RELATIONS=RELATIONS,
)


def page(
    request: Request,
    template: str,
    *,
    caller: Caller | None,
    section: str | None = None,
    status: int = 200,
    **context: Any,
) -> Response:
    """Render `template` for this caller, with the CSRF token its forms need."""
    token = csrf_token(request)
    nonce = secrets.token_urlsafe(16)
    known = {"caller": caller, "csrf": token, "section": section, "nonce": nonce, **context}
    response: HTMLResponse = templates.TemplateResponse(
        request, template, known, status_code=status
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    return response
