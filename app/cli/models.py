"""
`models`: which speech models there are, which lie on this machine, and whether they are whole.

Nothing is downloaded but by `fetch`, and nothing takes its place that has not the SHA-256 of
openai-whisper's own list.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.core.settings import settings

if TYPE_CHECKING:
    from transcription.engines.whisper.weights import Known

app = typer.Typer(help="Speech models on this machine.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_models(as_json: JsonOption = False) -> None:
    """Name the models that are known, what is here of them, and where each would have to lie."""
    from transcription import exercise

    rows = [
        {
            "engine": f"whisper:{model.name}",
            "here": model.path.is_file(),
            "bytes": model.path.stat().st_size if model.path.is_file() else None,
            "sha256": model.digest.removeprefix("sha256:"),
            "path": str(model.path),
        }
        for model in _known()
    ]
    rows.append(
        {
            "engine": "whisper:exercise",
            "here": True,
            "bytes": exercise.CHECKPOINT.stat().st_size,
            "sha256": exercise.DIGEST.removeprefix("sha256:"),
            "path": "part of Earwitness; for demonstrations, not for casework",
        }
    )
    if as_json:
        typer.echo(json.dumps({"models": rows}, indent=2))
        return
    for row in rows:
        size = f"{row['bytes']:>13,}" if row["bytes"] is not None else f"{'not here':>13}"
        typer.echo(f"{row['engine']:<24}{size}  sha256:{row['sha256']}\n{'':<24}{row['path']}")


@app.command("fetch")
def fetch(
    name: Annotated[str, typer.Argument(help="Such as small or large-v2; see `models list`.")],
    source: Annotated[
        str | None,
        typer.Option("--from", help="A mirror's address of the folder that holds the file."),
    ] = None,
) -> None:
    """Download the weights of one official model; what arrives must have the published SHA-256."""
    from rich.console import Console
    from rich.progress import DownloadColumn, Progress, TransferSpeedColumn

    from app.cli.download import NotFetched
    from app.cli.download import fetch as fetched

    model = _named(name)
    if model.path.is_file() and _digest(model.path) == model.digest:
        typer.echo(f"{model.path} is here already, and whole.")
        return
    address = f"{source.rstrip('/')}/{model.path.name}" if source else model.address
    columns = (*Progress.get_default_columns(), DownloadColumn(), TransferSpeedColumn())
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(model.path.name, total=None)
            fetched(
                address,
                model.path,
                digest=model.digest,
                progress=lambda held, of: progress.update(task, completed=held, total=of),
            )
    except NotFetched as error:
        typer.echo(f"{error} Without a network, put the file at {model.path} yourself.", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{model.path}  {model.digest}")


@app.command("verify")
def verify(
    name: Annotated[str | None, typer.Argument(help="One model; else all that are here.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Hash the weights that are here again, and compare them with what was published."""
    chosen = [_named(name)] if name else [one for one in _known() if one.path.is_file()]
    missing = [model for model in chosen if not model.path.is_file()]
    if missing:
        typer.echo(f"{missing[0].path} is not here.", err=True)
        raise typer.Exit(1)
    rows = [
        {
            "engine": f"whisper:{model.name}",
            "path": str(model.path),
            "published": model.digest,
            "found": (found := _digest(model.path)),
            "same": found == model.digest,
        }
        for model in chosen
    ]
    if as_json:
        typer.echo(json.dumps({"models": rows}, indent=2))
    elif not rows:
        typer.echo("No published weights are here.")
    else:
        for row in rows:
            said = "as published" if row["same"] else f"DIFFERS: published {row['published']}"
            typer.echo(f"{row['path']}  {row['found']}  {said}")
    raise typer.Exit(0 if all(row["same"] for row in rows) else 1)


def _known() -> "tuple[Known, ...]":
    from transcription.engines.whisper import weights

    return weights.known(settings().models_dir)


def _named(name: str) -> "Known":
    from transcription.engines.whisper import weights

    found = weights.named(name.removeprefix("whisper:"), models_dir=settings().models_dir)
    if found is None:
        names = ", ".join(model.name for model in _known())
        typer.echo(f"There is no published model {name!r}; there are: {names}.", err=True)
        raise typer.Exit(2)
    return found


def _digest(path: Path) -> str:
    from transcription.exercise import digest_of

    return digest_of(path)
