"""`admin index`: what is missing is put in at the machine itself, or all of it anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.core import migration
from app.core.actor import service
from app.core.database import Database
from app.core.settings import settings
from tests.app.search.conftest import Catalogue

QUOTE = "unload forty sacks of flour"


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    url = f"sqlite:///{tmp_path / 'earwitness.db'}"
    monkeypatch.setenv("EARWITNESS_DATABASE_URL", url)
    settings.cache_clear()
    database = Database(url)
    migration.upgrade(database)
    yield Catalogue(database, service("test"))
    database.dispose()
    settings.cache_clear()


def test_what_is_missing_is_put_in_and_all_of_it_anew_on_demand(catalogue: Catalogue) -> None:
    catalogue.said(QUOTE, indexed=False)
    catalogue.said(QUOTE)
    runner = CliRunner()

    first = runner.invoke(app, ["admin", "index"])
    assert first.stdout.startswith("1 transcripts with 5 words"), first.stdout
    assert len(catalogue.search(QUOTE).places) == 2

    again = runner.invoke(app, ["admin", "index"])
    assert again.stdout.startswith("0 transcripts"), again.stdout

    anew = runner.invoke(app, ["admin", "index", "--anew"])
    assert anew.stdout.startswith("2 transcripts with 10 words"), anew.stdout
    assert len(catalogue.search(QUOTE).places) == 2
