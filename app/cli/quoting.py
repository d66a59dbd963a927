"""`quotes`: which quotes a report's text holds, and what each is from, with no server."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.given import text_of

if TYPE_CHECKING:
    from app.reports.snapshot import FrozenText

NOTICE = "Proposed by rules. Nothing is a quote until a person accepts it."
_WIDEST = 60
"""How many characters of a long quote the table shows."""


def quotes(
    file: Annotated[str, typer.Argument(help="A file of UTF-8 text, or - for standard input.")],
    language: Annotated[
        str | None, typer.Option(help="Such as en, ru or uk; else by the letters of the text.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the quotes in the text of a report, with who speaks and what each is from."""
    from transcription.errors import TranscriptionError

    frozen = _text(file)
    try:
        document = _read(file, frozen, language)
    except TranscriptionError as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        _show(document)


def _text(file: str) -> "FrozenText":
    """The text as it is, or a sentence on standard error that names the file."""
    from app.core.errors import CatalogError
    from app.reports.snapshot import MAX_CHARACTERS, freeze

    # No character of UTF-8 takes more than four bytes.
    text = text_of(file, exactly=True, most_bytes=4 * MAX_CHARACTERS)
    try:
        return freeze(text)
    except CatalogError as error:
        typer.echo(f"{file}: {error.message}", err=True)
        raise typer.Exit(2) from error


def _read(file: str, frozen: "FrozenText", language: str | None) -> dict[str, Any]:
    from transcription import quotation

    read = quotation.propose(frozen.text, language=language)
    return {
        "file": file if file == "-" else Path(file).name,
        "text_sha256": str(frozen.text_sha256),
        "characters": len(frozen.text),
        "language": read.language,
        "method": quotation.METHOD,
        "version": quotation.VERSION,
        "notice": NOTICE,
        "note": read.note,
        "quotes": [proposal.as_data() for proposal in read.proposals],
    }


def _show(document: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table("", "characters", "quote", "from", "because")
    for number, quote in enumerate(document["quotes"]):
        words = " ".join(quote["exact"].split())
        speaker, claim = quote["speaker"], quote["occurrence_claim"]
        shown = words if len(words) <= _WIDEST else f"{words[: _WIDEST - 1]}…"
        told = [shown]
        if speaker:
            told.append(f"said by {speaker['text']}")
        if quote["reply_to"] is not None:
            told.append(f"answers {quote['reply_to']}")
        if claim:
            told.append(f"claimed: {claim['raw']}")
        if not quote["closed"]:
            told.append("never closed")
        table.add_row(
            str(number),
            f"{quote['start']}–{quote['end']}",
            Text("\n".join(told)),
            quote["target"],
            Text(quote["why"]["target"]),
        )
    if document["quotes"]:
        console.print(table)
    else:
        console.print("No quoted words stand in it.")
    if document["note"]:
        console.print(Text(document["note"]))
    console.print(f"Read as {document['language']}. {NOTICE}", style="dim")
