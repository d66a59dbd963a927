"""
`transcripts replay`: a machine's transcript is made again, from the original bytes, here.

At the machine itself, with the authority of whoever can reach it; the outcome is kept and
leaves its entry in the custody log like one that was asked for through the API.
"""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from app.core.settings import Settings, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress

    from app.core.canonical import Json
    from app.core.database import Database

app = typer.Typer(help="What is said, according to whom.", no_args_is_help=True)

DIFFERENT, NOT_RUN = 1, 2


class _NotRun(Exception):
    """Why nothing was heard; the message is for people."""


@app.command("replay")
def replay(
    transcript: Annotated[str, typer.Argument(help="Identifier of the transcript.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """
    Make TRANSCRIPT again and say whether it came out the same.

    Ends with 0 if it is identical, 1 if anything differs (words, times, or the samples that
    decoding gives), 2 if it could not be run: the model is not here, the audio does not decode.
    """
    from app.core import logs
    from app.core.database import Database

    chosen = settings()
    logs.configure(as_json=chosen.log_json)
    database = Database(chosen.catalogue_url)
    try:
        told, lines = _replayed(chosen, database, transcript, quiet=as_json)
    except _NotRun as error:
        typer.echo(json.dumps({"problem": str(error)}) if as_json else str(error), err=not as_json)
        raise typer.Exit(NOT_RUN) from error
    finally:
        database.dispose()
    typer.echo(json.dumps(told, indent=2, ensure_ascii=False) if as_json else "\n".join(lines))
    raise typer.Exit(0 if told["identical"] and told["samples_same"] else DIFFERENT)


def _replayed(
    chosen: Settings, database: "Database", transcript_id: str, *, quiet: bool
) -> tuple[dict[str, "Json"], list[str]]:
    from rich.console import Console
    from rich.progress import Progress

    from app.core import actor
    from app.core.errors import CatalogError
    from app.core.jobs.run import Failed, Waits
    from app.core.storage import open_storage
    from app.transcripts import replays
    from app.transcripts.replay import sentences
    from app.worker import engines
    from app.worker.replay import AtOnce, made_again, recorded
    from transcription.errors import TranscriptionError

    with Progress(console=Console(stderr=True), transient=True, disable=quiet) as progress:
        work = AtOnce(chosen, open_storage(chosen), _bar(progress))
        try:
            with database.reading() as session:
                before = recorded(session, transcript_id)
            work.progress("loading the engine")
            engine = engines.of_derivation(before.pins, chosen)
            outcome, pins = made_again(work, engine, before, named=f"replay of {transcript_id}")
        except (Failed, Waits) as ending:
            raise _NotRun(f"{ending.problem.title}: {ending.problem.detail}") from ending
        except (CatalogError, TranscriptionError) as error:
            raise _NotRun(str(error)) from error
    with database.writing() as session:
        kept = replays.keep(
            session,
            actor=actor.service("cli"),
            transcript=before.transcript,
            outcome=outcome,
            derivation=pins,
        )
    value = {**kept.sealed_value(), "log_index": kept.log_index}
    return value, sentences(kept, recorded_pcm=str(before.transcript.pcm_sha256))


def _bar(progress: "Progress") -> "Callable[[str, int, int | None], None]":
    task = progress.add_task("", total=None)

    def said(stage: str, done: int, total: int | None) -> None:
        progress.update(task, description=stage, completed=done, total=total)

    return said
