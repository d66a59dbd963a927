"""`place`: when the words of a known text are said in a recording, from the command line."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.given import hearing, text_of, transcript_of

if TYPE_CHECKING:
    from transcription.activity import Samples
    from transcription.transcript import Transcript


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
    guide: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            readable=True,
            help="A transcript of AUDIO with times, for radio too rough for both: TEXT, a line a turn, "
            "is placed by what was heard of it too.",
        ),
    ] = None,
    channel: Annotated[
        int | None, typer.Option(min=0, help="Hear one channel only, from 0; else all averaged.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Place a known TEXT on AUDIO: when is each word said? It does not show that it is said."""
    if engine is not None and guide is not None:
        typer.echo("Times come from an --engine or from a --guide, not from both.", err=True)
        raise typer.Exit(2)
    with hearing(audio):
        document = _placed(
            audio,
            _text(text, words),
            language=language,
            channel=channel,
            engine=engine,
            guide=guide,
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
    path: Path,
    text: str,
    *,
    language: str | None,
    channel: int | None,
    engine: str | None,
    guide: Path | None,
) -> dict[str, object]:
    from app.core.settings import settings
    from app.worker.recordings import limits
    from transcription import audio
    from transcription.formats import TranscriptFormat, read
    from transcription.language import by_letters

    written = read(
        text.encode(), format=TranscriptFormat.TEXT, language=language or by_letters(text)
    )
    with path.open("rb") as file:
        probe = audio.probe(file, limits(settings()))
        samples = audio.samples(file, limits(settings()), channel=channel)
    if guide is None:
        placed, made, notice = _by_sound(written, samples, engine)
    else:
        placed, made, notice = _by_guide(written, samples, guide)
    computed = "interpolated" if guide else "squeezed"
    by_engine = made["method"] == "attention"
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
                "support_permille": None if by_engine else word.permille,
                "engine_permille": word.permille if by_engine else None,
                computed: word.interpolated,
            }
            for word in placed.words()
        ],
    }


def _by_sound(
    written: "Transcript", samples: "Samples", engine: str | None
) -> "tuple[Transcript, dict[str, Any], str]":
    from app.core.settings import settings
    from app.worker import placing
    from transcription import engines
    from transcription.placing.attention import able

    if engine is None:
        aligner, because = placing.chosen(settings(), written.language)
    else:
        loaded = engines.load(engine, models_dir=settings().models_dir)
        aligner, because = able(loaded, written.language), ""
    return placing.placed_by(aligner, because, written, samples, told=_told)


def _by_guide(
    written: "Transcript", samples: "Samples", path: Path
) -> "tuple[Transcript, dict[str, Any], str]":
    from app.core.digest import Digest
    from transcription.placing import guide

    content = path.read_bytes()
    heard = transcript_of(content, path.name, written.language)
    placed = guide.timed(written, samples, heard, told=_told)
    followed = {"file": path.name, "digest": str(Digest.of_bytes(content))}
    return placed, guide.derivation(followed), guide.NOTICE


def _told(what: str) -> None:
    typer.echo(f"{what} …", err=True)


def _show(document: dict[str, object]) -> None:
    from rich.console import Console
    from rich.table import Table

    from transcription.span import timecode

    made, words = document["derivation"], document["words"]
    assert isinstance(made, dict)
    assert isinstance(words, list)
    method = made["method"]
    table = Table(
        "start", "end", "word", "engine's per mille" if method == "attention" else "support"
    )
    for word in words:
        times = [
            "unknown" if word[edge] is None else timecode(word[edge])
            for edge in ("start_ms", "end_ms")
        ]
        permille = word["engine_permille" if method == "attention" else "support_permille"]
        marks = "".join(f" ({mark})" for mark in ("squeezed", "interpolated") if word.get(mark))
        table.add_row(*times, word["text"] + marks, "" if permille is None else str(permille))
    console = Console()
    console.print(table)
    if method == "guide":
        how = f"what was heard in {made['guide']['file']}, and turns between"
    else:
        how = (
            made["engine"]
            if method == "attention"
            else f"synthetic voices, since {made['because']}"
        )
    console.print(f"Times by {method}: {how}", style="dim", highlight=False)
