"""`place`: when the words of a known text are said in a recording, from the command line."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.given import text_of

if TYPE_CHECKING:
    from transcription.transcript import Transcript


def place(
    audio: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    text: Annotated[
        str | None, typer.Argument(help="A file of UTF-8 text, or - for standard input.")
    ] = None,
    words: Annotated[str | None, typer.Option(help="Or: the text itself.")] = None,
    language: Annotated[
        str | None, typer.Option(help="en, ru or uk; else by the letters of the text.")
    ] = None,
    channel: Annotated[
        int | None, typer.Option(min=0, help="Hear one channel only, from 0; else all averaged.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Place a known TEXT on AUDIO: when is each word said? It does not show that it is said."""
    from transcription.errors import TranscriptionError

    try:
        document = _placed(audio, _text(text, words), language=language, channel=channel)
    except TranscriptionError as error:
        typer.echo(f"{audio.name}: {error}", err=True)
        raise typer.Exit(1) from error
    except IndexError as error:
        typer.echo(f"{audio.name}: there is no {error}", err=True)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        _show(document)


def _text(file: str | None, words: str | None) -> str:
    if (file is None) == (words is None):
        typer.echo("Name a file of TEXT (or - for standard input), or give --words.", err=True)
        raise typer.Exit(2)
    if words is not None:
        return words
    return text_of(str(file))


def _placed(
    path: Path, text: str, *, language: str | None, channel: int | None
) -> dict[str, object]:
    from app.core.settings import settings
    from app.worker.recordings import limits
    from transcription import audio
    from transcription.formats import TranscriptFormat, read
    from transcription.language import by_letters
    from transcription.placing.timing import NOTICE, derivation, timed

    written = read(
        text.encode(), format=TranscriptFormat.TEXT, language=language or by_letters(text)
    )
    with path.open("rb") as file:
        probe = audio.probe(file, limits(settings()))
        samples = audio.samples(file, limits(settings()), channel=channel)
    placed: Transcript = timed(
        written, samples, told=lambda what: typer.echo(f"{what} …", err=True)
    )
    return {
        "file": path.name,
        "language": written.language,
        "pcm_sha256": probe.pcm_digest,
        "decoder": probe.container.decoder,
        "resampler": audio.RESAMPLER,
        "channel": channel,
        "notice": NOTICE,
        "derivation": derivation(written.language),
        "words": [
            {
                "text": word.text,
                "start_ms": word.start_ms,
                "end_ms": word.end_ms,
                "support_permille": word.permille,
                "squeezed": word.interpolated,
            }
            for word in placed.words()
        ],
    }


def _show(document: dict[str, object]) -> None:
    from rich.console import Console
    from rich.table import Table

    from transcription.span import timecode

    table = Table("start", "end", "word", "support")
    words = document["words"]
    assert isinstance(words, list)
    for word in words:
        times = [
            "unknown" if word[edge] is None else timecode(word[edge])
            for edge in ("start_ms", "end_ms")
        ]
        support = word["support_permille"]
        marked = " (squeezed)" if word["squeezed"] else ""
        table.add_row(*times, word["text"] + marked, "" if support is None else str(support))
    Console().print(table)
