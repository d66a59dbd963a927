"""`transcribe`: what is said in a file and when, with no server and no database."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.given import hearing

if TYPE_CHECKING:
    from transcription.engines import Engine, Task

MACHINE = "Written by a machine. Check every word against the recording."

UNTIMED = {"permille": None, "interpolated": False}


def transcribe(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    engine: Annotated[
        str | None,
        typer.Option(help="whisper:small, whisper:/path/to.pt, pocketsphinx …; else the setting."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Such as ru; else as the engine hears it.")
    ] = None,
    translate: Annotated[
        bool, typer.Option("--translate", help="Write what it means in English.")
    ] = False,
    channel: Annotated[
        int | None, typer.Option(min=0, help="Hear one channel only, from 0; else all averaged.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write down what is said in FILE, with the time of every word."""
    from app.core.settings import settings
    from transcription.engines import Task, load

    name = engine or settings().engine
    if name is None:
        typer.echo(_no_engine(settings().models_dir), err=True)
        raise typer.Exit(2)
    with hearing(file):
        document = _heard(
            file,
            load(name, models_dir=settings().models_dir),
            language=language,
            task=Task.TRANSLATE if translate else Task.TRANSCRIBE,
            channel=channel,
        )
    if as_json:
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        _show(document)


def _no_engine(models_dir: Path | None) -> str:
    """What can be chosen here, now."""
    from transcription.engines.whisper import weights

    here = [f"whisper:{model.name}" for model in weights.known(models_dir) if model.path.is_file()]
    return "\n".join(
        (
            "No engine is chosen: give --engine, or set EARWITNESS_ENGINE. On this machine:",
            *(f"  {name}" for name in here),
            "  pocketsphinx       a draft, English only",
            "  whisper:exercise   a demonstration; not for casework",
            "More models: earwitness models list",
        )
    )


def _heard(
    path: Path, engine: "Engine", *, language: str | None, task: "Task", channel: int | None
) -> dict[str, Any]:
    from rich.console import Console
    from rich.progress import Progress

    from app.core.settings import settings
    from app.worker.recordings import limits
    from transcription import audio, engines

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task_id = progress.add_task("Decoding", total=None)
        with path.open("rb") as file:
            probe = audio.probe(file, limits(settings()))
            samples = audio.samples(file, limits(settings()), channel=channel)
        progress.update(task_id, description="Listening")
        transcript = engines.transcribe(
            engine,
            samples,
            language=language,
            task=task,
            progress=lambda done, of: progress.update(task_id, completed=done, total=of),
        )
    return {
        "file": path.name,
        "engine": engine.name,
        "version": engine.version,
        "model_sha256": engine.model_digest,
        "parameters": dict(engine.parameters),
        "task": task.value,
        "channel": channel,
        "pcm_sha256": probe.pcm_digest,
        "decoder": probe.container.decoder,
        "resampler": audio.RESAMPLER,
        "notice": engine.notice or MACHINE,
        **transcript.as_data(),
    }


def _show(document: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    from transcription.span import timecode

    console = Console()
    table = Table("start", "end", "word", "per mille")
    for segment in document["segments"]:
        warned = ", ".join(segment["flags"])
        table.add_section()
        for number, word in enumerate(segment["words"] or [{**UNTIMED, **segment}]):
            times = [
                "" if word[edge] is None else timecode(word[edge])
                for edge in ("start_ms", "end_ms")
            ]
            computed = " (computed)" if word["interpolated"] else ""
            warning = f"  ! {warned}" if warned and not number else ""
            table.add_row(
                times[0] + computed,
                times[1],
                word["text"] + warning,
                "" if word["permille"] is None else str(word["permille"]),
            )
    if document["segments"]:
        console.print(table)
    else:
        console.print("Nothing is said in it that this engine could hear.")
    console.print(
        f"{document['engine']}, {document['language']}. {document['notice']}", style="dim"
    )
