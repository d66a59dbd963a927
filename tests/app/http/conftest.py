"""People of an application that a test built for itself."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.app.conftest import People


@pytest.fixture
def in_house() -> Callable[[TestClient], People]:
    """Whoever is needed in the house of this client."""
    return lambda client: People(client.app.state.parts.database)
