"""
Passages in which a report says that it was changed: corrections, updates, notes of its editors.

Patterns per language (`notices.json`), written from what newsrooms write. They decide one thing: whether
a change came without a word about it. A text in another language is looked through for all of them.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.reports.revision.words import Place, Revision

_FILE = Path(__file__).with_name("notices.json")


@dataclass(frozen=True, slots=True)
class Notice:
    """A passage of the newer text that says that something was changed."""

    place: Place
    language: str


def new_notices(revision: Revision, newer: str, *, language: str) -> list[Notice]:
    """The notices of the newer text that stand, at least in part, in words the older has not."""
    fresh = [one.newer for one in revision.changes if one.newer.start < one.newer.end]
    known = _patterns()
    languages = [language] if language in known else list(known)
    found = [
        Notice(Place(*match.span()), each)
        for each in languages
        for pattern in known[each]
        for match in pattern.finditer(newer)
    ]
    return [
        one
        for one in found
        if any(new.start < one.place.end and one.place.start < new.end for new in fresh)
    ]


@cache
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    told = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        language: [re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in patterns]
        for language, patterns in told.items()
    }
