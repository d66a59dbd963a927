"""`place`: when the words of a known text are said in a recording, from the command line."""

import json
from pathlib import Path
from typing import Annotated

import typer

from app.cli.given import hearing, text_of


def place(
    audio: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    text: Annotated[
        str | None, typer.Argument(help="A file of UTF-8 text, or - for standard input.")
    ] = None,
    words: Annotated[str | None, typer.Option(help="Or: the text itself.")] = None,
    language: Annotated[
        str | None,
        typer.Option(help="en, ru, uk, or one that the engine knows; else by the text's letters."),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(help="A Whisper model that times the words; else the setting, if it can."),
    ] = None,
    channel: Annotated[
        int | None, typer.Option(min=0, help="Hear one channel only, from 0; else all averaged.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Place a known TEXT on AUDIO: when is each word said? It does not show that it is said."""
    with hearing(audio):
        document = _placed(
            audio, _text(text, words), language=language, channel=channel, engine=engine
        )
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
    path: Path, text: str, *, language: str | None, channel: int | None, engine: str | None
) -> dict[str, object]:
    from app.core.settings import settings
    from app.worker import placing
    from app.worker.recordings import limits
    from transcription import audio, engines
    from transcription.formats import TranscriptFormat, read
    from transcription.language import by_letters
    from transcription.placing.attention import able

    written = read(
        text.encode(), format=TranscriptFormat.TEXT, language=language or by_letters(text)
    )
    with path.open("rb") as file:
        probe = audio.probe(file, limits(settings()))
        samples = audio.samples(file, limits(settings()), channel=channel)
    if engine is None:
        aligner, because = placing.chosen(settings(), written.language)
    else:
        loaded = engines.load(engine, models_dir=settings().models_dir)
        aligner, because = able(loaded, written.language), ""
    placed, made, notice = placing.placed_by(
        aligner,
        because,
        written,
        samples,
        told=lambda what: typer.echo(f"{what} …", err=True),
    )
    return {
        "file": path.name,
        "language": written.language,
        "pcm_sha256": probe.pcm_digest,
        "decoder": probe.container.decoder,
        "resampler": audio.RESAMPLER,
        "channel": channel,
        "notice": notice,
        "derivation": made,
        "words": [
            {
                "text": word.text,
                "start_ms": word.start_ms,
                "end_ms": word.end_ms,
                "support_permille": None if aligner else word.permille,
                "engine_permille": word.permille if aligner else None,
                "squeezed": word.interpolated,
            }
            for word in placed.words()
        ],
    }


def _show(document: dict[str, object]) -> None:
    from rich.console import Console
    from rich.table import Table

    from transcription.span import timecode

    made, words = document["derivation"], document["words"]
    assert isinstance(made, dict)
    assert isinstance(words, list)
    by_voices = made["method"] == "placing"
    table = Table("start", "end", "word", "support" if by_voices else "engine's per mille")
    for word in words:
        times = [
            "unknown" if word[edge] is None else timecode(word[edge])
            for edge in ("start_ms", "end_ms")
        ]
        permille = word["support_permille" if by_voices else "engine_permille"]
        marked = " (squeezed)" if word["squeezed"] else ""
        table.add_row(*times, word["text"] + marked, "" if permille is None else str(permille))
    console = Console()
    console.print(table)
    how = f"synthetic voices, since {made['because']}" if by_voices else made["engine"]
    console.print(f"Times by {made['method']}: {how}", style="dim", highlight=False)
