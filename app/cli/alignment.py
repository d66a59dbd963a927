"""`align`: where a quote was spoken in a transcript file and what it changes, with no server."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.given import text_of

if TYPE_CHECKING:
    from transcription.alignment import Alignment, OperationKind
    from transcription.transcript import Transcript

STYLES = {
    "same": "green",
    "inflected": "cyan",
    "variant": "cyan",
    "substituted": "bold red",
    "omitted": "bold magenta",
    "added": "bold red",
    "wildcard": "dim",
    "gap": "dim",
    "unheard": "yellow",
}
NOTICE = "Proposed by a machine. A person decides, who has heard the recording."
_LEAST_WIDTH = 40


def align(
    transcript: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            help="Whisper's JSON, WebVTT, SubRip, TextGrid, ELAN or plain text.",
        ),
    ],
    quote: Annotated[
        str,
        typer.Argument(help="The quote as published; @FILE reads it from a file, @- from input."),
    ],
    language: Annotated[
        str | None,
        typer.Option(help="What is spoken; else as the file says, else by its letters."),
    ] = None,
    quote_language: Annotated[
        str | None, typer.Option(help="Of the quote; else the transcript's, if the alphabet fits.")
    ] = None,
    count: Annotated[
        int | None, typer.Option(min=1, help="How often it is said to have been spoken.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find QUOTE in TRANSCRIPT: every place, word by word, and what the difference proposes."""
    from transcription.errors import TranscriptionError

    text = text_of(quote.removeprefix("@")).strip() if quote.startswith("@") else quote
    try:
        spoken = _transcript(transcript, language)
        found = _aligned(text, spoken, language=quote_language, count=count)
    except TranscriptionError as error:
        typer.echo(f"{transcript.name}: {error}", err=True)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps(_document(found, count), indent=2, ensure_ascii=False))
    else:
        _show(found)


def _transcript(path: Path, language: str | None) -> "Transcript":
    from dataclasses import replace

    from transcription.formats import detect, read
    from transcription.language import UNDETERMINED, by_letters

    content = path.read_bytes()
    found = read(content, format=detect(content), language=language)
    if found.language == UNDETERMINED:
        return replace(found, language=by_letters(found.text))
    return found


def _aligned(
    quote: str, spoken: "Transcript", *, language: str | None, count: int | None
) -> "Alignment":
    from transcription.alignment import align

    return align(
        quote,
        quote_language=language or _written_in(quote, spoken.language),
        transcript=spoken,
        claimed_count=count,
    )


def _written_in(quote: str, spoken: str) -> str:
    """The language of the speech, unless the quote is in another alphabet than that has."""
    from transcription.language import UNDETERMINED, by_letters

    cyrillic = {"ru", "uk"}
    guessed = by_letters(quote)
    if guessed == UNDETERMINED or spoken not in {*cyrillic, "en"}:
        return spoken
    return guessed if (guessed in cyrillic) != (spoken in cyrillic) else spoken


def _document(found: "Alignment", count: int | None) -> dict[str, Any]:
    """The alignment, with the claim beside it where there is one."""
    document = {**found.as_data(), "notice": NOTICE}
    return document if count is None else {**document, "claimed_count": count}


def _show(found: "Alignment") -> None:
    from rich.console import Console
    from rich.markup import escape

    from transcription.alignment.drawing import LEGEND, drawing

    def paint(text: str, kind: "OperationKind | None") -> str:
        style = STYLES[kind.value] if kind else None
        return f"[{style}]{escape(text)}[/]" if style else escape(text)

    console = Console(highlight=False, soft_wrap=True)
    width = max(_LEAST_WIDTH, console.width)
    console.print(drawing(found, width=width, paint=paint))
    if found.occurrences:
        console.print(LEGEND, style="dim")
    console.print(NOTICE, style="dim")
