"""`demo`: the main job on a fresh store, then the server stays for a look around."""

import json
import signal
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

PORT = 8000


def demo(
    audio: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Use this recording instead of ours."),
    ] = None,
    quote: Annotated[str, typer.Option(help="With --audio: words as published.")] = "",
    engine: Annotated[
        str | None, typer.Option(help="Speech engine, e.g. whisper:small or pocketsphinx.")
    ] = None,
    language: Annotated[
        str, typer.Option(help="With --audio: language of recording and quote.")
    ] = "en",
    once: Annotated[
        bool, typer.Option("--once", help="End the server when done; exit 0 if every step held.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the steps and the evidence record as JSON.")
    ] = False,
    data_dir: Annotated[
        Path | None, typer.Option(help="Where the store goes; default: a new temporary folder.")
    ] = None,
    port: Annotated[int, typer.Option(help="Port; another free one if it is taken.")] = PORT,
) -> None:
    """Play the main job through the API of a server on a fresh store."""
    from rich.console import Console

    from app.demo.server import NotStarted, running
    from app.demo.story import Story
    from app.demo.telling import Teller

    if bool(audio) != bool(quote):
        typer.echo("--audio and --quote go together: a recording, and words published of it.")
        raise typer.Exit(2)
    folder = data_dir or Path(tempfile.mkdtemp(prefix="earwitness-demo-"))
    if folder.is_dir() and any(folder.iterdir()):
        typer.echo(f"{folder} is not empty; the demo wants a fresh store.", err=True)
        raise typer.Exit(2)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit(1))  # so that the server ends with us
    teller = Teller(Console(stderr=as_json))
    teller.console.print(f"[bold]Earwitness[/] on a fresh store in {folder}", highlight=False)
    try:
        with running(folder, port=port) as server:
            story = Story(server, teller, _play(audio, quote, engine, language))
            fault = _tell(story)
            if as_json:
                steps = [asdict(step) for step in teller.steps]
                document = {"held": not fault, "steps": steps, "evidence_record": story.record}
                typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
            if not once:
                _stay(teller, story)
    except NotStarted as error:
        typer.echo(f"The server did not start:\n{error}", err=True)
        raise typer.Exit(1) from error
    raise typer.Exit(1 if fault else 0)


def _play(audio: Path | None, quote: str, engine: str | None, language: str) -> Any:
    from app.core.settings import settings
    from app.demo import script
    from app.demo.story import Play

    if audio is None:
        return Play(script.RECORDINGS, script.REPORTS, engine or script.ENGINE)
    return Play(
        (script.Intake(audio, audio.stem, language, "unspecified"),),
        script.of_one(quote, language),
        engine or settings().engine,
        is_scripted=False,
    )


def _tell(story: Any) -> Exception | None:
    """Play it; what stopped it, if anything did, has been printed with its step."""
    try:
        story.tell()
    except Exception as error:  # noqa: BLE001 - whatever it was, the step says that it did not hold
        return error
    return None


def _stay(teller: Any, story: Any) -> None:
    server = story.server
    teller.console.rule()
    teller.console.print(f"Serving at [bold]{server.url}[/] until Ctrl-C.", highlight=False)
    rows = [("admin", server.login, server.password)]
    if hasattr(story, "cast"):
        people = (story.cast.reviewer, story.cast.investigator)
        rows += [(person.role, person.login, person.password) for person in people]
    for role, login, password in rows:
        teller.console.print(f"  {role:<13} {login:<6} {password}", highlight=False, markup=False)
    try:
        server.process.wait()
    except KeyboardInterrupt:
        teller.console.print("Ending. The store stays where it is.")
