"""Every error is an RFC 9457 problem that names what is at fault and gives nothing away."""

import logging
from collections.abc import Iterator

import pytest
import structlog
from fastapi.testclient import TestClient

from app.core import errors
from app.core.errors import CatalogError
from app.core.settings import Settings
from app.http.statuses import STATUS
from app.main import build
from tests.app.conftest import People

CANARY = "canary-7f3a"


def test_a_fault_of_shape_names_the_field_and_never_echoes_the_value(
    client: TestClient, people: People
) -> None:
    answer = client.post(
        "/api/v1/cases", json={"name": [CANARY]}, headers=people.administrator().headers
    )

    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, "/problems/invalid")
    assert answer.headers["content-type"] == "application/problem+json"
    assert [fault["field"] for fault in problem["errors"]] == ["body.name"]
    assert CANARY not in answer.text


def test_a_fault_of_meaning_names_the_field(client: TestClient, people: People) -> None:
    answer = client.post(
        "/api/v1/cases", json={"name": " \t "}, headers=people.administrator().headers
    )

    assert answer.status_code == 422
    assert answer.json()["field"] == "name"


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("GET", "/api/v1/nowhere", 404, "not-found"),
        ("PATCH", "/api/v1/whoami", 405, "method-not-allowed"),
        ("GET", "/api/v1/whoami", 401, "unauthenticated"),
        ("GET", "/problems/unheard-of", 404, "not-found"),
    ],
)
def test_what_the_framework_refuses_is_a_problem_too(
    client: TestClient, method: str, path: str, status: int, slug: str
) -> None:
    answer = client.request(method, path)

    assert answer.status_code == answer.json()["status"] == status
    assert answer.json()["type"] == f"/problems/{slug}"


def test_what_nobody_expected_leaves_only_the_request_id(settings: Settings) -> None:
    app = build(settings)

    @app.get("/api/probe")
    def probe() -> None:
        raise LookupError(CANARY)

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/api/probe")

    assert answer.status_code == 500
    assert set(answer.json()) == {"type", "title", "status", "detail", "request_id"}
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert CANARY not in answer.text


def test_a_body_that_is_too_large_is_refused_before_anybody_reads_it(
    client: TestClient,
) -> None:
    answer = client.post("/api/v1/sessions", content=b" " * (17 << 20))

    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/too-large"


@pytest.mark.parametrize(
    "body",
    [b"{", b'{"name": NaN}', b"\xff\xfe{}", b'{"name": "\\ud800"}', b'{"name": "a\\u0000b"}'],
)
def test_bodies_that_no_encoding_or_database_can_carry_are_422_or_400(
    client: TestClient, people: People, body: bytes
) -> None:
    headers = people.administrator().headers | {"Content-Type": "application/json"}

    answer = client.post("/api/v1/cases", content=body, headers=headers)

    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_identifier_with_a_nul_is_refused_on_both_databases(
    client: TestClient, people: People
) -> None:
    headers = people.administrator().headers

    assert client.get("/api/v1/cases/%00", headers=headers).status_code == 422
    assert client.get("/api/v1/agents?case_id=%00", headers=headers).status_code in {403, 404}


def family(kind: type[CatalogError]) -> Iterator[type[CatalogError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from family(child)


def test_every_error_of_the_tree_has_a_status_and_a_meaning_to_read(client: TestClient) -> None:
    for kind in family(CatalogError):
        answer = client.get(f"/problems/{kind.slug}")
        assert answer.status_code == 200, kind
        assert answer.json()["status"] in set(STATUS.values())
        assert answer.json()["meaning"]


def test_a_meaning_is_a_page_for_people(client: TestClient) -> None:
    answer = client.get("/problems/conflict", headers={"Accept": "text/html,*/*"})

    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>conflict</h1>" in answer.text


def test_features_subclass_the_middle_row_and_slugs_are_their_own() -> None:
    middle = set(CatalogError.__subclasses__())
    assert middle == set(STATUS) - {CatalogError}
    slugs = [kind.slug for kind in family(CatalogError)]
    assert len(slugs) == len(set(slugs))


def test_answers_run_nothing_in_a_browser_and_are_kept_by_nobody(client: TestClient) -> None:
    headers = client.get("/health").headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]


def test_the_log_names_the_route_and_never_the_address(client: TestClient, people: People) -> None:
    headers = people.administrator().headers
    with structlog.testing.capture_logs() as lines:
        client.get(f"/api/v1/cases/{CANARY}?q={CANARY}", headers=headers)
        client.get(f"/api/{CANARY}")

    assert [line["route"] for line in lines if line["event"] == "request"] == [
        "/api/v1/cases/{case_id}",
        "(none)",
    ]
    assert CANARY not in str(lines)
    assert logging.getLogger("uvicorn.access").handlers == []


def test_facts_cannot_pose_as_the_problem_itself(settings: Settings) -> None:
    app = build(settings)

    @app.get("/api/probe")
    def probe() -> None:
        raise errors.Conflict("no", status=200, type="fine", other="x" * 3)

    with TestClient(app) as client:
        problem = client.get("/api/probe").json()

    assert (problem["status"], problem["type"], problem["other"]) == (
        409,
        "/problems/conflict",
        "xxx",
    )
