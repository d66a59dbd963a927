"""
The one JSON spelling that may be hashed: RFC 8785 (JCS), without floats.

Canonicalisation happens once, when an entry is made; the exact bytes are stored and
hashed from then on, and a verifier never spells them again. Floats are refused because
evidence is counted in whole milliseconds and per mille.
"""

import json
from typing import Any

import rfc8785

from app.core.errors import Invalid

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def canonical(value: Json) -> bytes:
    """Spell `value` as RFC 8785 bytes; `Invalid` for floats, huge integers or lone surrogates."""
    _refuse_floats(value, path="$")
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise Invalid(f"cannot be written as canonical JSON: {error}") from error
    except UnicodeEncodeError as error:
        raise Invalid("text holds a lone surrogate, which no encoding can carry") from error


def parse(content: bytes | str) -> Json:
    """Read JSON, refusing what `json.loads` forgives: duplicate keys, NaN, infinities."""
    try:
        value: Json = json.loads(
            content, object_pairs_hook=_unique, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        raise Invalid(f"not readable as JSON: {error}") from error
    return value


def _refuse_floats(value: object, *, path: str) -> None:
    if isinstance(value, float):
        raise Invalid(f"a float at {path}: evidence is counted in whole numbers")
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_floats(item, path=f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _refuse_floats(item, path=f"{path}[{index}]")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
