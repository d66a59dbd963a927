"""`admin index`: bring the search index up to date at the machine itself, or build it anew."""

from typing import Annotated

import typer


def index(
    anew: Annotated[
        bool, typer.Option("--anew", help="Empty it first and put every transcript in again.")
    ] = False,
) -> None:
    """Put the transcripts that are missing into the search index."""
    from rich.console import Console
    from rich.progress import Progress

    from app.core.database import Database
    from app.core.settings import settings
    from app.search import keeping
    from app.transcripts import queries

    database = Database(settings().catalogue_url)
    with database.writing() as session:
        if anew:
            keeping.clear(session)
        else:
            keeping.clear_outdated(session)
    with database.reading() as session:
        missing = keeping.missing(session)
    words = 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for transcript_id in progress.track(missing, description="Indexing"):
            with database.writing() as session:
                words += keeping.put(session, queries.get(session, transcript_id))
    database.dispose()
    typer.echo(f"{len(missing)} transcripts with {words} words put into the search index.")
