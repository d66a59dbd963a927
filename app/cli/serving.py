"""
`serve` and `work`: the long-running verbs.

On an embedded store `serve` is all one needs: it brings the schema up to date, starts the
signer and one worker as child processes, starts them again should they die, and serves. In
a fleet each is its own container and `serve --no-worker` does only that.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.core.settings import Settings, settings

RESTART_S = 2.0


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    worker: Annotated[bool, typer.Option(help="Also run one worker as a child.")] = True,
    signer: Annotated[bool, typer.Option(help="Also run the checkpoint signer.")] = True,
) -> None:
    """Serve the pages and the API."""
    import uvicorn

    chosen = settings()
    prepare(chosen)
    # uvicorn raises SIGTERM anew once it has stopped serving; as an exit it lets us end our children.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with _signing(chosen) if signer else _nothing(), _worker() if worker else _nothing():
        uvicorn.run(
            "app.main:create",
            factory=True,
            host=host,
            port=port,
            log_config=None,
            timeout_graceful_shutdown=5,
        )


def work(
    attended_by: Annotated[
        int | None, typer.Option(help="End when this process, our parent, is gone.")
    ] = None,
) -> None:
    """Run one worker: decode, transcribe, align, check fixity."""
    from app.worker.runner import work as run

    raise typer.Exit(run(settings(), attended_by=attended_by))


def sign(
    socket: Annotated[Path, typer.Option(help="Unix socket to listen on.")],
) -> None:
    """Run the checkpoint signer by itself: as another user, away from whoever runs the rest."""
    from app.custody import signer

    chosen = settings()
    folder = chosen.signer_dir
    if not (folder / signer.KEY_FILE).exists():
        typer.echo(f"Public key: {signer.establish(folder, origin=chosen.log_origin)}")
    signer.main([str(folder), "--socket", str(socket)])


def prepare(chosen: Settings) -> None:
    """Bring an embedded store up to date; of a shared database, insist that it is."""
    from app.core import actor, migration
    from app.core.database import Database
    from app.custody import queries, service

    database = Database(chosen.catalogue_url)
    pending = migration.pending(database)
    if pending and database.engine.dialect.name != "sqlite":
        typer.echo(
            f"The database lacks {len(pending)} migrations. Run: earwitness admin migrate",
            err=True,
        )
        raise typer.Exit(2)
    migration.upgrade(database)
    with database.writing() as session:
        if queries.head(session).size == 0:
            service.inception(session, origin=chosen.log_origin, actor=actor.service("serve"))
    database.dispose()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _signing(chosen: Settings) -> Iterator[None]:
    """A signer, somebody else's or our own, and a thread that has it sign a log that grew."""
    from app.core.database import Database
    from app.custody import sealing

    database = Database(chosen.catalogue_url)
    reached = (
        sealing.connected(chosen.signer_socket)
        if chosen.signer_socket
        else sealing.spawned(chosen.signer_dir, origin=chosen.log_origin)
    )
    with reached as client:
        sealer = sealing.Sealer(database, client)
        sealer.start()
        try:
            yield
        finally:
            sealer.stop()
    database.dispose()


@contextmanager
def _worker() -> Iterator[None]:
    """A worker as a child, started again when it dies, ended with us."""
    ending = threading.Event()
    running: list[subprocess.Popen[bytes]] = []
    command = [sys.executable, "-m", "app.cli", "work"]

    def keep() -> None:
        while not ending.is_set():
            child = subprocess.Popen([*command, "--attended-by", str(os.getpid())])
            running[:] = [child]
            child.wait()
            ending.wait(RESTART_S)

    keeper = threading.Thread(target=keep, name="worker-keeper", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        for child in running:
            child.terminate()
        keeper.join(timeout=20)
