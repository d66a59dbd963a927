"""What those who run the service are told."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.core.database import Database
from app.core.settings import Settings
from app.main import build


def test_a_service_that_stands_says_so(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "warnings": []}
    assert client.get("/ready").json() == {"status": "ok"}


def test_it_does_not_start_on_an_older_schema(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    Database(settings.catalogue_url).check()

    with pytest.raises(RuntimeError, match="earwitness admin migrate"):
        TestClient(build(settings)).__enter__()


def test_a_weakened_promise_is_shown(settings: Settings) -> None:
    weakened = settings.model_copy(update={"allow_unconfined_decoding": True})

    with TestClient(build(weakened)) as client:
        assert client.get("/health").json()["warnings"] == [
            "recordings may be decoded without confinement"
        ]
