"""`admin`: what is done at the machine itself, with the authority of whoever can reach it."""

import getpass
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from app.cli import indexing
from app.core.settings import settings

app = typer.Typer(help="Done at the machine itself.", no_args_is_help=True)

app.command("index")(indexing.index)

TOKEN_DAYS = 30


@app.command("migrate")
def migrate() -> None:
    """Bring the database to the schema of this release."""
    from app.core import migration
    from app.core.database import Database

    database = Database(settings().catalogue_url)
    pending = migration.pending(database)
    migration.upgrade(database)
    database.dispose()
    typer.echo(f"Applied {len(pending)} migrations." if pending else "Nothing to apply.")


@app.command("create-administrator")
def create_administrator(
    login: Annotated[str, typer.Argument(help="The name to sign in with.")],
    name: Annotated[str, typer.Option(help="The name people know.")] = "Administrator",
    password_file: Annotated[
        Path | None, typer.Option(help="Read the password from this file instead of asking.")
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option(help="Also issue an API token and write it here (mode 0600).")
    ] = None,
) -> None:
    """Create the first administrator. Refused when there is one: they create the others."""
    from app.accounts import service
    from app.cli.serving import prepare
    from app.core import actor, clock
    from app.core.database import Database
    from app.core.errors import CatalogError

    chosen = settings()
    prepare(chosen)
    password = _password(password_file)
    database = Database(chosen.catalogue_url)
    try:
        with database.writing() as session:
            account = service.first_administrator(
                session, login=login, display_name=name, password=password
            )
            if token_file:
                _, secret = service.issue_token(
                    session,
                    actor=actor.service("cli"),
                    account=account,
                    name="command line",
                    expires_at=clock.now() + timedelta(days=TOKEN_DAYS),
                )
                token_file.touch(mode=0o600)
                token_file.write_text(secret)
    except CatalogError as error:
        typer.echo(error.message, err=True)
        raise typer.Exit(1) from error
    finally:
        database.dispose()
    typer.echo(f"Created administrator {login}.")


def _password(file: Path | None) -> str:
    if file:
        return file.read_text(encoding="utf-8").strip()
    given = getpass.getpass("Password (empty: make one): ")
    if given:
        return given
    made = secrets.token_urlsafe(15)
    typer.echo(f"Password: {made}")
    return made
