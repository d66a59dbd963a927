"""Searching over HTTP: what is found, what is refused, and that words stay out of addresses."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Permission, Role
from app.core.database import Database
from app.search import keeping
from app.transcripts import queries as transcripts
from tests.app.api.conftest import ON_ONE, House
from tests.app.conftest import People

SEARCHES = "/api/v1/searches"
QUOTE = "The convoy of six trucks leaves at nine"
CUES = f"WEBVTT\n\n00:00:10.000 --> 00:00:12.500\n{QUOTE}.\n"


def spoken(house: House, database: Database, cues: str = CUES) -> str:
    """Bring a transcript in over HTTP and be the worker that indexes it; its identifier."""
    answer = house.client.post(
        f"/api/v1/recordings/{house.recording}/transcripts",
        json={"content": cues, "format": "vtt", "kind": "human", "language": "en"},
        headers=house.person.headers,
    )
    assert answer.status_code == 201, answer.text
    with database.writing() as session:
        keeping.put(session, transcripts.get(session, answer.json()["id"]))
    return str(answer.json()["id"])


def asked(house: House, *, by: dict[str, str] | None = None, **body: Any) -> Any:
    sent = {"quote": QUOTE, "language": "en", **body}
    return house.client.post(SEARCHES, json=sent, headers=by or house.person.headers)


def test_a_quote_is_found_with_its_place_verdict_and_a_page_cued_to_it(
    house: House, app_database: Database
) -> None:
    house.brought(b"bytes")
    transcript = spoken(house, app_database)

    answer = asked(house)

    assert answer.status_code == 200, answer.text
    (place,) = answer.json()["places"]
    assert place["recording_id"] == house.recording
    assert place["transcript_id"] == transcript
    assert (place["start_ms"], place["end_ms"]) == (10_000, 12_500)
    assert place["page"] == f"/recordings/{house.recording}?transcript={transcript}#t=10,12.5"
    assert place["verdict"] == "verbatim"
    assert [step["kind"] for step in place["operations"]] == ["same"] * 8
    assert answer.json()["complete"] is True
    assert answer.json()["searched"]["transcripts"] == 1


def test_without_held_audio_nothing_is_scored(house: House, app_database: Database) -> None:
    spoken(house, app_database)

    (place,) = asked(house).json()["places"]

    assert (place["verdict"], place["score_permille"]) == ("not_checkable_no_audio", None)


def test_of_other_cases_an_answer_says_nothing_at_all(
    house: House, app_database: Database, people: People
) -> None:
    stranger = people.join(Role.INVESTIGATOR, case=people.case())
    before = asked(house, by=stranger.headers)
    spoken(house, app_database)

    after = asked(house, by=stranger.headers)

    assert before.status_code == after.status_code == 200
    assert after.json() == before.json()
    assert after.json()["places"] == []
    assert asked(house, by=stranger.headers, case_id=house.case).status_code == 404
    assert asked(house, by=stranger.headers, recording_id=house.recording).status_code == 404


@ON_ONE
def test_a_token_without_the_right_to_read_transcripts_does_not_search_them(
    house: House, people: People
) -> None:
    scopes = frozenset({Permission.CASE_READ})
    limited = people.join(Role.API_CLIENT, case=house.case, scopes=scopes)

    assert asked(house, by=limited.headers).status_code == 403


@ON_ONE
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quote": "…"}, "quote"),
        ({"quote": "word " * 5_000}, "quote"),
        ({"language": "und"}, "language"),
        ({"limit": 0}, None),
        ({"limit": 1_000}, None),
        ({"quotes": "a"}, None),
    ],
)
def test_what_cannot_be_looked_for_is_a_422(
    house: House, body: dict[str, Any], field: str | None
) -> None:
    answer = asked(house, **body)

    assert answer.status_code == 422
    assert field is None or answer.json()["field"] == field


@ON_ONE
def test_half_a_character_is_a_422(house: House) -> None:
    headers = house.person.headers | {"Content-Type": "application/json"}
    body = b'{"quote": "half \\ud83d", "language": "en"}'

    answer = house.client.post(SEARCHES, content=body, headers=headers)

    assert (answer.status_code, answer.json()["field"]) == (422, "quote")


@ON_ONE
def test_the_words_looked_for_are_in_no_address_and_no_log(
    client: TestClient, house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    asked(house, quote="zebra crossing at noon")
    asked(house, quote="zebra crossing at noon", language="und")

    assert client.get(f"{SEARCHES}?quote=zebra", headers=house.person.headers).status_code == 405
    said = capfd.readouterr()
    assert "crossing" not in said.out + said.err
