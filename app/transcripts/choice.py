"""
Which engine may be asked for, and what it must be told.

A request names an engine that needs no path: only the operator's settings may point at
files. Whether the weights are there is for the worker to find out; here only what can never
work is refused.
"""

import re

from app.core import languages
from app.core.errors import Invalid

DRAFT = "pocketsphinx"
_NAMED = re.compile(
    r"pocketsphinx|whisper:(?:exercise|(?:tiny|base|small|medium)(?:\.en)?"
    r"|large(?:-v[123])?|large-v3-turbo|turbo)"
)


def engine(name: str | None, *, default: str | None) -> str | None:
    """
    Check the engine somebody asked for; `None` stands for the operator's default.

    The default is stored as `None` too, so that its path, if it is one, stays with the operator.
    """
    if name is None or name == default:
        return None
    if not _NAMED.fullmatch(name):
        raise Invalid(
            "no such engine: choose whisper:<model>, whisper:exercise or pocketsphinx",
            field="engine",
        )
    return name


def language(code: str | None, *, engine: str | None) -> str | None:
    """Check the language somebody named; `None` leaves it to the engine to detect."""
    if code is None:
        return None
    known = languages.language(code)
    if known == languages.UNDETERMINED:
        return None
    if engine == DRAFT and known != "en":
        raise Invalid("pocketsphinx makes drafts of English only", field="language")
    return known
