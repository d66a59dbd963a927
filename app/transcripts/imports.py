"""
Transcripts that come as files, read by the library and refused in the terms of the request.

What a file says wrong is named with its line; which field of the request is at fault is
named too, so that a form can show it beside the field.
"""

from dataclasses import dataclass

from app.core import languages, plaintext
from app.core.errors import Invalid, TooLarge
from app.transcripts.models import TranscriptKind
from transcription import formats
from transcription.errors import Malformed, TextTooLong, UnsupportedLanguage
from transcription.formats import TranscriptFormat
from transcription.transcript import Transcript as Content

IMPORTED = frozenset(
    {
        TranscriptKind.ASR,
        TranscriptKind.HUMAN,
        TranscriptKind.PUBLISHED,
        TranscriptKind.TRANSLATION,
    }
)


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """A transcript as somebody handed it over; `language` overrules what the file says."""

    content: bytes
    format: TranscriptFormat
    language: str | None = None


def read(file: TranscriptFile) -> Content:
    """Read the file; `Invalid` names the field, and the line of the file where there is one."""
    known = languages.language(file.language) if file.language is not None else None
    try:
        content = formats.read(file.content, format=file.format, language=known)
    except Malformed as error:
        raise Invalid(str(error), field="content", line=error.line) from error
    except TextTooLong as error:
        raise TooLarge(str(error), limit=error.unit, allowed=error.allowed) from error
    except UnsupportedLanguage as error:
        raise Invalid(str(error), field="language") from error
    return refuse_unusable(content)


def refuse_unusable(content: Content) -> Content:
    """Let a value pass that can be kept; `Invalid` for one that says nothing or cannot be."""
    languages.language(content.language)
    if not content.text.strip():
        raise Invalid("a transcript needs at least one word", field="content")
    for segment in content.segments:
        for text in (segment.text, segment.speaker, *(word.text for word in segment.words)):
            plaintext.optional_prose(text, field="content")
    return content


def model_of(kind: TranscriptKind, model: str | None) -> str | None:
    """The machine that made it, as stated; required of machine output and refused for persons'."""
    stated = plaintext.optional_line(model, field="model")
    if kind not in IMPORTED:
        raise Invalid("corrections are made of an existing transcript", field="kind")
    if kind is TranscriptKind.ASR and not stated:
        raise Invalid("name the engine and model that made it", field="model")
    if kind in {TranscriptKind.HUMAN, TranscriptKind.PUBLISHED} and stated:
        raise Invalid("a person's transcript has no model", field="model")
    return stated
