"""`acquire`: take one file into custody from the command line, through the API."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

TOKEN = "EARWITNESS_TOKEN"  # noqa: S105 - the name of a variable


def acquire(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    case: Annotated[str | None, typer.Option(help="Case of a new recording.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of a new recording.")] = None,
    recording: Annotated[str | None, typer.Option(help="Or: an existing recording.")] = None,
    kind: Annotated[str, typer.Option(help="radio, phone or unspecified.")] = "unspecified",
    declared_digest: Annotated[
        str, typer.Option(help="The digest the sender declared: sha256:<hex>.")
    ] = "",
    server: Annotated[str, typer.Option(help="Address of the server.")] = "http://127.0.0.1:8000",
    token_file: Annotated[
        Path | None, typer.Option(help=f"File with an API token; else ${TOKEN}.")
    ] = None,
) -> None:
    """Take FILE into custody and print the receipt."""
    from rich.progress import Progress

    from app.client import Client, Refused, upload

    secret = token_file.read_text().strip() if token_file else os.environ.get(TOKEN)
    if not secret:
        typer.echo(f"A token is needed: --token-file FILE or the variable {TOKEN}.", err=True)
        raise typer.Exit(2)
    if not recording and not (case and title):
        typer.echo("Name an existing --recording, or --case and --title of a new one.", err=True)
        raise typer.Exit(2)
    try:
        with Client(server, token=secret) as client, Progress(transient=True) as progress:
            if not recording:
                made = client.post(
                    "/api/v1/recordings", {"case_id": case, "title": title, "kind": kind}
                )
                recording = made["id"]
            task = progress.add_task("Uploading", total=file.stat().st_size)
            receipt = upload(
                client,
                file,
                metadata={
                    "recording_id": recording or "",
                    "filename": file.name,
                    "declared_digest": declared_digest,
                },
                progress=lambda sent, total: progress.update(task, completed=sent, total=total),
            )
    except Refused as refused:
        typer.echo(json.dumps(refused.problem, indent=2, ensure_ascii=False), err=True)
        raise typer.Exit(1) from refused
    typer.echo(json.dumps(receipt, indent=2, ensure_ascii=False))
