"""
Transcripts that come as files, read by the library and refused in the terms of the request.

What a file says wrong is named with its line; which field of the request is at fault is
named too, so that a form can show it beside the field.
"""

from dataclasses import asdict, dataclass
from typing import Any

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
    """
    A transcript as somebody handed it over.

    Without a `format` it is recognised; `language` overrules what the file says; with `repair`
    times that contradict themselves are repaired and listed instead of refused.
    """

    content: bytes
    format: TranscriptFormat | None = None
    language: str | None = None
    repair: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held, the format it was in, and what a reader must know of how it was read."""

    content: Content
    format: TranscriptFormat
    machine: str | None
    liberties: dict[str, Any]
    """`repairs` and `left_out`, each only where there are any, to keep with the transcript."""


def read(file: TranscriptFile, *, duration_ms: int | None = None) -> Imported:
    """
    Read the file; `Invalid` names the field, and the line of the file where there is one.

    `duration_ms` is how long the recording is, if that is known: no time may lie past it.
    """
    known = languages.language(file.language) if file.language is not None else None
    try:
        format_ = file.format or formats.detect(file.content)
        reading = formats.reading(
            file.content,
            format=format_,
            language=known,
            duration_ms=duration_ms,
            repair=file.repair,
        )
    except Malformed as error:
        raise Invalid(str(error), field="content", line=error.line) from error
    except TextTooLong as error:
        raise TooLarge(str(error), limit=error.unit, allowed=error.allowed) from error
    except UnsupportedLanguage as error:
        raise Invalid(str(error), field="language") from error
    told = {"repairs": reading.repairs, "left_out": reading.left_out}
    return Imported(
        content=refuse_unusable(reading.transcript),
        format=format_,
        machine=plaintext.optional_line(reading.machine, field="content"),
        liberties={name: [asdict(one) for one in each] for name, each in told.items() if each},
    )


def refuse_unusable(content: Content) -> Content:
    """Let a value pass that can be kept; `Invalid` for one that says nothing or cannot be."""
    languages.language(content.language)
    if not content.text.strip():
        raise Invalid("a transcript needs at least one word", field="content")
    for segment in content.segments:
        for text in (segment.text, segment.speaker, *(word.text for word in segment.words)):
            plaintext.optional_prose(text, field="content")
    return content


def model_of(kind: TranscriptKind, model: str | None, *, said: str | None = None) -> str | None:
    """
    The machine that made it, as stated: required of machine output and refused for persons'.

    `said` is what the file says of itself, and counts where nothing is stated. A file that says
    a machine made it is never taken for a person's work.
    """
    stated = plaintext.optional_line(model, field="model")
    if kind not in IMPORTED:
        raise Invalid("corrections are made of an existing transcript", field="kind")
    if kind in {TranscriptKind.HUMAN, TranscriptKind.PUBLISHED}:
        if stated:
            raise Invalid("a person's transcript has no model", field="model")
        if said:
            raise Invalid(
                f"the file says that a machine made it ({said}); name it as the model, "
                "or bring it in as a correction of that transcript",
                field="content",
            )
    if kind is TranscriptKind.ASR and not (stated or said):
        raise Invalid("name the engine and model that made it", field="model")
    return stated or said


def warned(content: Content) -> Content:
    """A machine's transcript with the warnings that its text and times call for, sound unheard."""
    from transcription.flags import flagged  # numpy and scipy, which nothing else here needs

    return flagged(content)
