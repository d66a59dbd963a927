"""
How we print things: Jinja, and one spelling each for times, spans, digests and verdicts.

Templates get plain values and these filters; nothing in a template decides what a thing
means. Everything is escaped; nothing from outside is ever marked safe.
"""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from starlette.responses import Response

from app.cases.caller import Caller
from app.http.caller import csrf_token
from transcription.span import timecode

FOLDER = Path(__file__).parent
templates = Jinja2Templates(directory=FOLDER / "templates")

# The nonce is for the one style element that the waveform makes inside its shadow root.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)

# One sign and one weight per verdict: colour never speaks alone.
VERDICTS: dict[str, tuple[str, str, str]] = {
    "verbatim": ("good", "=", "Word for word"),
    "normalised": ("good", "≈", "Same words, other spelling"),
    "variant_wording": ("good", "~", "Variant wording"),
    "partial": ("warn", "◐", "Partly found"),
    "adds_content": ("warn", "+", "Quote adds words"),
    "omits_content": ("warn", "−", "Quote omits words"),
    "reversed": ("bad", "⇄", "Meaning reversed"),
    "contradicts": ("bad", "≠", "Contradicts"),
    "not_found": ("warn", "∅", "Not found"),
    "not_checkable_no_audio": ("", "?", "Not checkable: no audio held"),
    "not_checkable_language": ("", "?", "Not checkable: language"),
}
STATES: dict[str, tuple[str, str]] = {
    "queued": ("", "…"),
    "running": ("", "▶"),
    "waiting": ("warn", "⏸"),
    "succeeded": ("good", "✓"),
    "failed": ("bad", "✗"),
    "cancelled": ("warn", "■"),
    "held": ("good", "●"),
    "cited_not_held": ("warn", "○"),
    "withheld": ("warn", "◌"),
    "disputed_existence": ("bad", "?"),
    "proposed": ("", "…"),
    "confirmed": ("good", "✓"),
    "rejected": ("bad", "✗"),
    "cannot_tell": ("warn", "?"),
}


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


templates.env.filters.update(
    instant=instant, size=size, short=short, words=words, timecode=timecode
)
templates.env.globals.update(VERDICTS=VERDICTS, STATES=STATES)


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
    token = csrf_token(request) if caller else ""
    nonce = secrets.token_urlsafe(16)
    known = {"caller": caller, "csrf": token, "section": section, "nonce": nonce, **context}
    response: HTMLResponse = templates.TemplateResponse(
        request, template, known, status_code=status
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    return response
