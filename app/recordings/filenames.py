"""
Names of files, which are data and never paths.

What a sender called a file is kept (NFC, at most 255 characters) because it may itself be
evidence, but it never enters a path, a URL or a log. Control and bidirectional characters
are refused: they make one name look like another. What we offer for a download is our
catalogue number and an extension from a short list.
"""

import unicodedata

from app.core.errors import Invalid

LONGEST = 255
# Bidirectional embeddings, overrides, isolates and marks (Unicode UAX 9), which reorder what is seen.
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# What may be served under its own media type, by the container we found ourselves. Nothing here
# can carry script; everything else leaves as octet-stream.
SERVED = {
    "audio/flac": "flac",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/aac": "aac",
    "audio/mp4": "m4a",
    "audio/webm": "webm",
    "application/octet-stream": "bin",
}
UNKNOWN_TYPE = "application/octet-stream"
_CONTAINERS = {
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "aac": "audio/aac",
    "mov,mp4,m4a,3gp,3g2,mj2": "audio/mp4",
    "mp4": "audio/mp4",
    "matroska,webm": "audio/webm",
}


def as_sent(name: str | None, *, field: str = "filename") -> str | None:
    """The sender's name for a file, NFC; `Invalid` for one that would deceive or cannot be kept."""
    if not name:
        return None
    kept = unicodedata.normalize("NFC", name)
    if len(kept) > LONGEST:
        raise Invalid(f"a file name has at most {LONGEST} characters", field=field)
    for character in kept:
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _REORDERING:
            raise Invalid(
                f"a file name may not hold the character U+{ord(character):04X}", field=field
            )
    return kept


def media_type_of(container: str | None) -> str:
    """The media type under which bytes of this container leave; octet-stream when in doubt."""
    return _CONTAINERS.get(container or "", UNKNOWN_TYPE)


def served_type(media_type: str) -> str:
    """The media type itself if it is on the safe list, else octet-stream."""
    return media_type if media_type in SERVED else UNKNOWN_TYPE


def offered(catalogue_no: str, *, part: str, media_type: str) -> str:
    """The name we offer for a download: `R-0001-original.flac`."""
    return f"{catalogue_no}-{part}.{SERVED[served_type(media_type)]}"
