"""
How a recording may be described, and what a search then finds it by.

A description says `held` exactly when an accepted instance is held: people describe,
acquisitions make held.
"""

import unicodedata

from app.core import languages, plaintext
from app.core.errors import Invalid
from app.recordings.provenance import Particulars, Status

MOST_LANGUAGES = 20


def checked(particulars: Particulars, *, held: bool) -> Particulars:
    """The particulars in their one spelling; `Invalid` naming the field that cannot be."""
    if (particulars.status is Status.HELD) != held:
        raise Invalid(
            "a recording of which bytes are held is held"
            if held
            else "a recording becomes held by an acquisition, not by a description",
            field="status",
        )
    spoken = [languages.language(code, field="languages") for code in particulars.languages]
    if len(set(spoken)) != len(spoken) or len(spoken) > MOST_LANGUAGES:
        raise Invalid("languages repeat, or are too many", field="languages")
    return Particulars(
        title=plaintext.line(particulars.title, field="title"),
        status=particulars.status,
        languages=spoken,
        series=plaintext.optional_line(particulars.series, field="series"),
        note=plaintext.optional_prose(particulars.note, field="note"),
    )


def sought(catalogue_no: str, particulars: Particulars) -> str:
    """The text a search looks through, folded, one part a line."""
    parts = [catalogue_no, particulars.title, particulars.series or "", *particulars.languages]
    return "\n".join(fold(part) for part in parts)


def fold(text: str) -> str:
    """Compatibility forms and case folded away, in every script (NFKC, Unicode case folding)."""
    return unicodedata.normalize("NFKC", text).casefold()
