"""Everything at one go: the log, the files, the words."""

from pathlib import Path

import pytest

from app.core.database import Database
from app.core.settings import Settings
from app.custody.findings import Outcome
from app.custody.sealing import seal, spawned
from app.evidence.verification import everything
from tests.app.custody.conftest import falsify
from tests.app.evidence.story import Story


@pytest.fixture
def settings(database: Database, database_url: str, tmp_path: Path) -> Settings:
    """A store with a told story and a signed checkpoint; its one file was never kept."""
    Story().tell(database)
    settings = Settings(data_dir=tmp_path / "media", database_url=database_url)
    with spawned(settings.signer_dir, origin=settings.log_origin) as client:
        seal(database, client)
    return settings


def test_each_step_is_reported_and_a_missing_file_is_found(settings: Settings) -> None:
    checks = everything(settings)

    assert [check.step for check in checks] == list(range(1, 11))
    failed = [check for check in checks if check.outcome is not Outcome.PROVEN]
    assert [check.step for check in failed] == [8]
    assert failed[0].places[0].endswith("missing")


def test_the_signers_memory_counts_even_if_every_checkpoint_was_removed(
    settings: Settings, database: Database
) -> None:
    falsify(database, "delete from custody_checkpoint", "update custody_head set size = size - 1")

    checks = everything(settings)

    assert checks[5].outcome is Outcome.FAILED
    assert checks[5].places[0].startswith("held checkpoint 0")


def test_altered_words_and_moved_anchors_are_found(settings: Settings, database: Database) -> None:
    falsify(
        database,
        "update transcript_segment set text = 'bring four sacks' where ordinal = 0",
        'update quote set start = start + 1, "end" = "end" + 1',
    )

    failed = {check.step for check in everything(settings) if check.outcome is Outcome.FAILED}

    assert {7, 9, 10} <= failed
