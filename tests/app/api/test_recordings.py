"""The catalogue over HTTP: what may be said of a recording, by whom, and what it answers."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.accounts.permissions import Role
from app.core.canonical import parse
from app.core.database import Database
from app.custody.models import LogEntry
from tests.app.api.conftest import ON_ONE
from tests.app.conftest import People, Person

RECORDINGS = "/api/v1/recordings"


def entered(client: TestClient, person: Person, case: str, **said: Any) -> dict[str, Any]:
    """Catalogue a recording and give the answer."""
    body = {"case_id": case, "title": "Two voices about a convoy"} | said
    answer = client.post(RECORDINGS, json=body, headers=person.headers)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def entries_about(database: Database, subject_id: str) -> list[dict[str, Any]]:
    """The custody entries about one thing, oldest first."""
    with database.reading() as session:
        found = select(LogEntry.body).where(LogEntry.subject_id == subject_id)
        return [parse(body) for body in session.scalars(found.order_by(LogEntry.log_index))]  # type: ignore[misc]


def test_catalogue_numbers_count_without_gaps_and_a_refused_one_takes_none(
    client: TestClient, people: People
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)

    first = entered(client, person, case)
    refused = client.post(
        RECORDINGS,
        json={"case_id": case, "title": "x", "languages": ["xx"]},
        headers=person.headers,
    )
    second = entered(client, person, case)

    assert refused.status_code == 422
    assert [first["catalogue_no"], second["catalogue_no"]] == ["R-0001", "R-0002"]
    assert first["status"] == "cited_not_held"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"languages": ["klingon"]}, "languages"),
        ({"languages": ["ru", "ru"]}, "languages"),
        ({"title": "   "}, "title"),
        ({"title": "a\u0000b"}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"status": "held"}, "status"),
    ],
)
@ON_ONE
def test_a_description_that_means_nothing_is_refused_by_the_name_of_its_field(
    client: TestClient, people: People, said: dict[str, Any], field: str
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)

    answer = client.post(
        RECORDINGS, json={"case_id": case, "title": "x"} | said, headers=person.headers
    )

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/invalid"
    assert answer.json()["field"] == field


def test_a_description_is_revised_by_whoever_saw_the_last_one(
    client: TestClient, people: People, app_database: Database
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    made = entered(client, person, case, series="A series", languages=["ru"])
    address = f"{RECORDINGS}/{made['id']}"
    tag = client.get(address, headers=person.headers).headers["etag"]

    unsaid = client.patch(address, json={"title": "New"}, headers=person.headers)
    changed = client.patch(
        address, json={"title": "New", "series": None}, headers=person.headers | {"If-Match": tag}
    )
    stale = client.patch(
        address, json={"title": "Other"}, headers=person.headers | {"If-Match": tag}
    )

    assert [unsaid.status_code, changed.status_code, stale.status_code] == [428, 200, 412]
    assert changed.headers["etag"] == '"2"'
    found = client.get(address, headers=person.headers).json()
    assert (found["title"], found["series"], found["languages"]) == ("New", None, ["ru"])
    events = [entry["event"] for entry in entries_about(app_database, made["id"])]
    assert events == ["recording:creation", "recording:description"]


def test_a_search_finds_by_every_word_in_any_script_and_case(
    client: TestClient, people: People
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    entered(client, person, case, title="РАЗГОВОР о колонне", series="Запись 7", languages=["ru"])
    entered(client, person, case, title="100% sure", languages=["en"], kind="radio")

    def titles(**asked: Any) -> list[str]:
        answer = client.get(RECORDINGS, params=asked, headers=person.headers)
        assert answer.status_code == 200, answer.text
        return [item["title"] for item in answer.json()["items"]]

    assert titles(q="Колонне разговор") == ["РАЗГОВОР о колонне"]
    assert titles(q="запись") == ["РАЗГОВОР о колонне"]
    assert titles(q="r-0002") == ["100% sure"]
    assert titles(q="100%") == ["100% sure"]
    assert titles(q="%") == ["100% sure"]
    assert titles(q="_") == []
    assert titles(language="ru") == ["РАЗГОВОР о колонне"]
    assert titles(kind="radio") == ["100% sure"]
    assert titles(status="held") == []
    assert titles(held="false") == ["100% sure", "РАЗГОВОР о колонне"]
    assert titles(held="true") == []


def test_pages_neither_repeat_nor_skip_what_comes_in_between(
    client: TestClient, people: People
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    for number in range(5):
        entered(client, person, case, title=f"number {number}")

    first = client.get(RECORDINGS, params={"limit": 2}, headers=person.headers)
    entered(client, person, case, title="late")
    seen = [item["catalogue_no"] for item in first.json()["items"]]
    following = first.links["next"]["url"]
    while following:
        page = client.get(following, headers=person.headers)
        seen += [item["catalogue_no"] for item in page.json()["items"]]
        following = page.links.get("next", {}).get("url", "")

    assert seen == ["R-0005", "R-0004", "R-0003", "R-0002", "R-0001"]


def test_the_catalogue_can_be_read_as_it_was(client: TestClient, people: People) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    made = entered(client, person, case, title="Before")
    client.patch(
        f"{RECORDINGS}/{made['id']}",
        json={"title": "After"},
        headers=person.headers | {"If-Match": '"1"'},
    )

    def titles(**asked: Any) -> list[str]:
        answer = client.get(RECORDINGS, params=asked, headers=person.headers)
        return [item["title"] for item in answer.json()["items"]]

    assert titles() == ["After"]
    assert titles(as_of=made["log_index"]) == ["Before"]
    assert titles(as_of=made["log_index"], q="after") == []
    assert titles(as_of=made["log_index"] - 1) == []


def test_another_case_does_not_exist_for_a_stranger(client: TestClient, people: People) -> None:
    case, elsewhere = people.case(), people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    stranger = people.join(Role.INVESTIGATOR, case=elsewhere)
    made = entered(client, person, case)
    address = f"{RECORDINGS}/{made['id']}"
    never = f"{RECORDINGS}/0000-never"

    for path in ("", "/claimed-hops", "/links", "/media-instances"):
        held = client.get(address + path, headers=stranger.headers)
        absent = client.get(never + path, headers=stranger.headers)
        assert (held.status_code, held.json()["detail"]) == (404, absent.json()["detail"])
    listed = client.get(RECORDINGS, params={"case_id": case}, headers=stranger.headers)
    assert listed.json()["items"] == []
    refused = client.post(
        RECORDINGS, json={"case_id": case, "title": "x"}, headers=stranger.headers
    )
    assert refused.status_code == 404


@ON_ONE
def test_a_reviewer_reads_the_catalogue_and_writes_nothing_in_it(
    client: TestClient, people: People
) -> None:
    case = people.case()
    made = entered(client, people.join(Role.INVESTIGATOR, case=case), case)
    reviewer = people.join(Role.REVIEWER, case=case)

    read = client.get(f"{RECORDINGS}/{made['id']}", headers=reviewer.headers)
    written = client.post(
        RECORDINGS, json={"case_id": case, "title": "x"}, headers=reviewer.headers
    )

    assert [read.status_code, written.status_code] == [200, 403]


def test_the_same_request_sent_again_catalogues_once(
    client: TestClient, people: People, app_database: Database
) -> None:
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    headers = person.headers | {"Idempotency-Key": "one"}
    body = {"case_id": case, "title": "Once"}

    answers = [client.post(RECORDINGS, json=body, headers=headers) for _ in range(2)]

    assert [answer.json()["id"] for answer in answers] == [answers[0].json()["id"]] * 2
    with app_database.reading() as session:
        created = select(func.count()).where(LogEntry.event == "recording:creation")
        assert session.scalar(created) == 1


class TestWhereItIsSaidToComeFrom:
    def hop(self, **said: Any) -> dict[str, Any]:
        return {
            "action": "intercepted",
            "claimed_by": "the newspaper",
            "agent_as_described": "a listener near the border",
            "protected": True,
            "note": "met twice",
        } | said

    def test_a_protected_source_is_named_to_those_who_may_know_and_to_nobody_else(
        self, client: TestClient, people: People, app_database: Database
    ) -> None:
        case = people.case()
        person = people.join(Role.INVESTIGATOR, case=case)
        address = f"{RECORDINGS}/{entered(client, person, case)['id']}/claimed-hops"
        written = client.post(address, json=self.hop(), headers=person.headers)

        seen = {
            role: client.get(address, headers=people.join(role, case=case).headers).json()
            for role in (Role.CUSTODIAN, Role.REVIEWER, Role.AUDITOR, Role.API_CLIENT)
        }

        assert written.status_code == 201
        custodian = seen.pop(Role.CUSTODIAN)["items"][0]
        assert custodian["agent_as_described"] == "a listener near the border"
        for answer in seen.values():
            item = answer["items"][0]
            assert item["withheld"]
            assert (item["agent_as_described"], item["claimed_by"], item["note"]) == (None,) * 3
        with app_database.reading() as session:
            bodies = list(session.scalars(select(LogEntry.body)))
        assert not any(b"listener" in body for body in bodies)

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"occurred": "in spring"}, "occurred"),
            ({"occurred": "2022-13"}, "occurred"),
            ({"agent_as_described": None}, "agent_as_described"),
            ({"claimed_by": " "}, "claimed_by"),
        ],
    )
    @ON_ONE
    def test_a_claim_that_means_nothing_is_refused_by_the_name_of_its_field(
        self, client: TestClient, people: People, said: dict[str, Any], field: str
    ) -> None:
        case = people.case()
        person = people.join(Role.INVESTIGATOR, case=case)
        address = f"{RECORDINGS}/{entered(client, person, case)['id']}/claimed-hops"

        answer = client.post(address, json=self.hop(**said), headers=person.headers)

        assert (answer.status_code, answer.json()["field"]) == (422, field)


class TestHowRecordingsStandToOneAnother:
    def stated(self, client: TestClient, person: Person, one: str, other: str, **said: Any) -> Any:
        body = {"other_id": other, "kind": "same_as", "ground": "provenance", "reason": "why"}
        return client.post(f"{RECORDINGS}/{one}/links", json=body | said, headers=person.headers)

    def ruled(self, client: TestClient, person: Person, link: Any, decision: str) -> Any:
        made = link.json()
        address = f"{RECORDINGS}/{made['recording_id']}/links/{made['id']}/rulings"
        body = {"decision": decision, "reason": "looked at both"}
        return client.post(address, json=body, headers=person.headers)

    def test_sameness_needs_two_people_and_a_reason_in_bytes_or_provenance(
        self, client: TestClient, people: People
    ) -> None:
        case = people.case()
        person, second = (people.join(Role.INVESTIGATOR, case=case) for _ in range(2))
        one, other = (entered(client, person, case)["id"] for _ in range(2))

        by_wording = self.stated(client, person, one, other, ground="wording")
        proposed = self.stated(client, person, one, other)
        by_oneself = self.ruled(client, person, proposed, "confirmed")
        by_another = self.ruled(client, second, proposed, "confirmed")
        again = self.ruled(client, second, proposed, "confirmed")

        assert (by_wording.status_code, by_wording.json()["field"]) == (422, "ground")
        assert proposed.json()["state"] == "proposed"
        assert by_oneself.status_code == 403
        assert by_another.json()["state"] == "confirmed"
        assert again.status_code == 409

    def test_not_the_same_stands_on_one_word_and_bars_the_opposite(
        self, client: TestClient, people: People
    ) -> None:
        case = people.case()
        person, second = (people.join(Role.INVESTIGATOR, case=case) for _ in range(2))
        one, other = (entered(client, person, case)["id"] for _ in range(2))

        different = self.stated(client, person, other, one, kind="not_same_as", ground="wording")
        proposed = self.stated(client, person, one, other)
        barred = self.ruled(client, second, proposed, "confirmed")
        self.ruled(client, person, different, "withdrawn")
        confirmed = self.ruled(client, second, proposed, "confirmed")

        assert different.json()["state"] == "stated"
        assert (barred.status_code, barred.json()["link_id"]) == (409, different.json()["id"])
        assert confirmed.json()["state"] == "confirmed"
        shown = client.get(f"{RECORDINGS}/{one}/links", headers=person.headers).json()["items"]
        assert [link["state"] for link in shown] == ["withdrawn", "confirmed"]

    @ON_ONE
    def test_a_link_reaches_no_recording_of_another_case_and_not_itself(
        self, client: TestClient, people: People
    ) -> None:
        case, elsewhere = people.case(), people.case()
        person = people.join(Role.INVESTIGATOR, case=case)
        people.admit(person, Role.INVESTIGATOR, case=elsewhere)
        one = entered(client, person, case)["id"]
        foreign = entered(client, person, elsewhere)["id"]

        across = self.stated(client, person, one, foreign)
        itself = self.stated(client, person, one, one)

        assert across.status_code == 404
        assert (itself.status_code, itself.json()["field"]) == (422, "other_id")
