"""`align`: where a quote was spoken in a transcript file and what it changes, with no server."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.given import text_of, transcript_of

if TYPE_CHECKING:
    from app.core.canonical import Json
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
    spoken: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            readable=True,
            help="Where TRANSCRIPT is a translation: the transcript of the words it translates.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find QUOTE in TRANSCRIPT: every place, word by word, and what the difference proposes."""
    from transcription.errors import TranscriptionError

    text = text_of(quote.removeprefix("@")).strip() if quote.startswith("@") else quote
    try:
        compared = transcript_of(transcript.read_bytes(), transcript.name, language)
        said_in = quote_language or _written_in(text, compared.language)
        if spoken is not None:
            heard = transcript_of(spoken.read_bytes(), spoken.name)
            _translated(text, said_in, compared, heard, count, as_json=as_json)
            return
        found = _aligned(text, compared, language=said_in, count=count)
    except TranscriptionError as error:
        typer.echo(f"{transcript.name}: {error}", err=True)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps(_document(found, count), indent=2, ensure_ascii=False))
    else:
        _show(found)


def _aligned(quote: str, spoken: "Transcript", *, language: str, count: int | None) -> "Alignment":
    from transcription.alignment import align

    return align(quote, quote_language=language, transcript=spoken, claimed_count=count)


def _translated(
    quote: str,
    language: str,
    translation: "Transcript",
    spoken: "Transcript",
    count: int | None,
    *,
    as_json: bool,
) -> None:
    """Tell in three layers what was found in a translation: never more than another wording."""
    from dataclasses import replace

    from app.quotes.footing import Footing, weighed
    from transcription.alignment import Verdict
    from transcription.linking.layers import layered

    found = layered(
        quote,
        quote_language=language,
        source=spoken,
        translation=translation,
        claimed_count=count,
    )
    data = weighed(found.as_data(), Footing.TRANSLATION)
    if as_json:
        claim = {} if count is None else {"claimed_count": count}
        document = {**data, "notice": NOTICE, **claim}
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    verdict = Verdict(str(data["verdict"]))
    _show(replace(found.alignment, verdict=verdict, reasons=_strings(data["reasons"])))
    for operation in (
        o for place in _dicts(data["occurrences"]) for o in _dicts(place["operations"])
    ):
        behind = operation["source"]
        said = behind["text"] if isinstance(behind, dict) else "–"
        typer.echo(f"{operation['quoted'] or '–'} ← {operation['spoken'] or '–'} ← {said}")


def _dicts(value: "Json") -> "list[dict[str, Json]]":
    assert isinstance(value, list)
    return [item for item in value if isinstance(item, dict)]


def _strings(value: "Json") -> tuple[str, ...]:
    assert isinstance(value, list)
    return tuple(str(item) for item in value)


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
