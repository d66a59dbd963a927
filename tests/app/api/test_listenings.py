"""
Listening before reading, over HTTP: only sound comes out, what was heard is sealed, and then the
words come back. And every way to the words that there is, tried while they are closed.
"""

import io
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import av
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.accounts.permissions import Permission, Role, granted
from app.custody.events import EventType
from app.custody.findings import Outcome
from app.custody.models import LogEntry
from app.custody.sealed_rows import compare_rows
from tests.app import sound
from tests.app.api.world import Asking, World
from tests.app.conftest import People, Person
from tests.app.routes import Route, routes

API = "/api/v1"
SAID = "the convoy of six trucks leaves at nine"
OTHERS = (Role.INVESTIGATOR, Role.CUSTODIAN, Role.AUDITOR)
CLOSED = granted(frozenset({Role.REVIEWER, *OTHERS})) - {
    Permission.CASE_READ,
    Permission.LISTENING_WRITE,
}
OF_THE_LOG = "/api/v1/custody/"  # narrowed to the cases that are open, and without a word anyway
SOMEBODY_S_OWN = "/api/v1/uploads/{upload_id}"  # nobody else's, whatever their role


class Room:
    """A case with a quote whose place can be heard, and reviewers who know nothing of it."""

    def __init__(self, client: TestClient, people: People, *, listening_copy: bool = True) -> None:
        self.client, self.people = client, people
        self.world = World(client, people, listening=False)
        self.case = self.world.case
        if listening_copy:
            sound.decode(client.app.state.parts, self.world.ids["recording_id"])

    @property
    def quote(self) -> str:
        return self.world.ids["quote_id"]

    def reviewer(self, *roles: Role) -> Person:
        return self.people.join(Role.REVIEWER, *roles, case=self.case)

    def ask(self, person: Person, method: str, path: str, **body: Any) -> Any:
        sent = {"json": body} if method == "POST" else {}
        return self.client.request(method, f"{API}{path}", headers=person.headers, **sent)

    def get(self, person: Person, path: str, expected: int = 200) -> Any:
        answer = self.ask(person, "GET", path)
        assert answer.status_code == expected, answer.text
        return answer.json()

    def post(self, person: Person, path: str, expected: int = 201, **body: Any) -> Any:
        answer = self.ask(person, "POST", path, **body)
        assert answer.status_code == expected, answer.text
        return answer.json()

    def begin(self, person: Person, expected: int = 201) -> Any:
        return self.post(person, "/listenings", expected, quote_id=self.quote)

    def hear(self, person: Person, text: str = SAID) -> Any:
        begun = self.begin(person)
        return self.post(person, f"/listenings/{begun['id']}/reading", text=text, language="en")

    def reveal(self, person: Person, listening: Any) -> Any:
        return self.post(person, f"/listenings/{listening['id']}/reveal")

    def decide(self, person: Person, expected: int = 201, **said: Any) -> Any:
        body = {"ruling": "confirmed", "rationale": "As I heard it."} | said
        path = f"/alignments/{self.world.ids['alignment_id']}/decisions"
        return self.post(person, path, expected, **body)

    def another(self, start_ms: int) -> str:
        """One more quote of the recording, with a place that somebody assigned."""
        founder, ids = self.world.founder, self.world.ids
        target = {"kind": "recording", "recording_id": ids["recording_id"]}
        made = self.post(
            founder,
            "/quotes",
            exact="six trucks",
            snapshot_id=ids["snapshot_id"],
            language="en",
            form="partial",
            target=target,
        )["id"]
        place = {"start_ms": start_ms, "end_ms": start_ms + 3_000, "reason": "Said again."}
        self.post(founder, f"/quotes/{made}/spans", **place)
        return str(made)

    def demand(self, *, demanded: bool = True) -> None:
        administrator = self.people.administrator()
        self.post(administrator, f"/cases/{self.case}/listening-rules", demanded=demanded)


@pytest.fixture
def room(client: TestClient, people: People) -> Room:
    return Room(client, people)


def guarded(client: TestClient) -> list[Route]:
    """Everything of the API and the pages that asks for a right in a case."""
    app = client.app
    assert isinstance(app, FastAPI)
    return [route for route in routes(app) if route.permissions]


class TestWordsAreClosed:
    def test_on_every_route_of_the_api_and_on_every_page(self, room: Room) -> None:
        """
        By somebody with every role here and in another case, so that no door but this one is shut:
        what names a thing of the case is refused by name, and nothing else says a word of it.
        """
        reviewer, ask = room.reviewer(*OTHERS), Asking(room.client)
        room.people.admit(reviewer, Role.REVIEWER, *OTHERS, case=room.people.case())
        room.begin(reviewer)
        leaks, closed = {}, 0
        for route in guarded(room.client):
            if not (route.permissions or frozenset()) & CLOSED:
                continue
            if route.path.startswith(API):
                answer = ask(route, room.world, reviewer.headers)
            else:
                path = room.world.fill(route.path)
                answer = room.client.request(route.method, path, headers=reviewer.headers)
            told = "words-closed" in answer.text or "isten before you read" in answer.text
            is_closed = answer.status_code == 403 and (told or route.method == "HEAD")
            closed += is_closed
            not_there = route.path.startswith(OF_THE_LOG) and answer.status_code == 404
            is_closed |= not_there or (
                answer.status_code == 422 and not route.path.startswith(API)
            )
            names_a_thing = "{" in route.path and route.path != SOMEBODY_S_OWN
            if SAID in answer.text.lower() or (names_a_thing and not is_closed):
                leaks[str(route)] = (answer.status_code, answer.text[:200])

        assert leaks == {}
        assert closed > 80

    def test_for_the_account_and_not_for_the_session_or_token_it_came_with(
        self, room: Room
    ) -> None:
        reviewer = room.reviewer()
        room.begin(reviewer)
        signed_in = room.client.post(
            f"{API}/sessions", json={"login": reviewer.login, "password": reviewer.password}
        )
        assert signed_in.status_code == 201

        by_session = room.client.get(f"{API}/quotes/{room.quote}")  # the client keeps the cookie

        assert by_session.status_code == 403
        assert by_session.json()["type"] == "/problems/words-closed"
        assert by_session.json()["case_ids"] == [room.case]

    def test_whatever_other_role_they_have_in_the_case(self, room: Room) -> None:
        both = room.reviewer(Role.INVESTIGATOR, Role.CUSTODIAN, Role.AUDITOR)
        room.begin(both)

        for path in (
            f"/recordings/{room.world.ids['recording_id']}/evidence-record",
            f"/transcripts/{room.world.ids['transcript_id']}/content",
            f"/snapshots/{room.world.ids['snapshot_id']}",
            f"/readings/{room.world.ids['reading_id']}",
        ):
            assert room.get(both, path, 403)["type"] == "/problems/words-closed"

    def test_in_that_case_alone_and_lists_leave_it_out(self, room: Room) -> None:
        reviewer = room.reviewer()
        elsewhere = World(room.client, room.people, listening=False)
        room.people.admit(reviewer, Role.REVIEWER, case=elsewhere.case)
        before = {item["case_id"] for item in room.get(reviewer, "/alignments")["items"]}
        room.begin(reviewer)

        during = {item["case_id"] for item in room.get(reviewer, "/alignments")["items"]}
        open_elsewhere = room.get(reviewer, f"/quotes/{elsewhere.ids['quote_id']}")

        assert before == {room.case, elsewhere.case}
        assert during == {elsewhere.case}
        assert open_elsewhere["anchor"]["exact"]

    def test_to_nobody_else(self, room: Room) -> None:
        room.begin(room.reviewer())
        other = room.reviewer()

        assert room.get(other, f"/quotes/{room.quote}")["anchor"]["exact"]

    def test_even_to_a_request_that_was_answered_before_and_is_sent_again(
        self, room: Room
    ) -> None:
        reviewer = room.reviewer()
        key = {"Idempotency-Key": "the-same-key-again"}
        path = f"{API}/quotes/{room.quote}/alignments"
        body = {"transcript_id": room.world.ids["transcript_id"]}
        first = room.client.post(path, json=body, headers=reviewer.headers | key)
        room.begin(reviewer)

        again = room.client.post(path, json=body, headers=reviewer.headers | key)

        assert first.status_code == 201
        assert again.status_code == 403
        assert again.json()["type"] == "/problems/words-closed"


class TestListening:
    def test_what_waits_says_no_word_and_no_place(self, room: Room) -> None:
        (waiting,) = room.get(room.reviewer(), "/listenings/waiting")["items"]

        assert waiting == {
            "quote_id": room.quote,
            "case_id": room.case,
            "recording_id": room.world.ids["recording_id"],
            "demanded": False,
        }

    def test_only_the_window_can_be_heard_and_each_hearing_is_an_access(self, room: Room) -> None:
        reviewer = room.reviewer()
        begun = room.begin(reviewer)
        address = begun["audio"].removeprefix(API)

        answer = room.ask(reviewer, "GET", address)
        part = room.client.get(begun["audio"], headers=reviewer.headers | {"Range": "bytes=0-99"})

        with av.open(io.BytesIO(answer.content)) as container:
            samples = sum(frame.samples for frame in container.decode(audio=0))
        heard_ms = samples / 48
        assert begun["duration_ms"] == 12_000
        assert begun["duration_ms"] <= heard_ms <= begun["duration_ms"] + 2_200
        assert (part.status_code, part.content) == (206, answer.content[:100])
        whole = f"/recordings/{begun['recording_id']}/media-instances/"
        whole += f"{room.world.ids['instance_id']}/content"
        assert room.get(reviewer, whole, 403)["type"] == "/problems/words-closed"
        with room.client.app.state.parts.database.reading() as session:
            accesses = [
                json.loads(body)["details"]["part"]
                for body in session.scalars(
                    select(LogEntry.body).where(
                        LogEntry.event == str(EventType.RECORDING_ACCESS),
                        LogEntry.actor_id == reviewer.account_id,
                    )
                )
            ]
        assert len(accesses) == 2
        assert all(part.startswith(f"listening {begun['id']} t=") for part in accesses)

    def test_two_listeners_hear_the_same_window(self, room: Room) -> None:
        sounds = [
            room.ask(person, "GET", room.begin(person)["audio"].removeprefix(API)).content
            for person in (room.reviewer(), room.reviewer())
        ]

        assert sounds[0] == sounds[1]

    def test_what_was_heard_is_a_reading_sealed_before_the_reveal(self, room: Room) -> None:
        reviewer = room.reviewer()

        filed = room.hear(reviewer)

        assert (filed["state"], filed["blind"], filed["shown"]) == ("filed", True, [])
        assert filed["start_ms"] is None, "not while the words are closed"
        room.get(reviewer, f"/readings/{filed['reading_id']}", 403)
        revealed = room.reveal(reviewer, filed)
        reading = room.get(reviewer, f"/readings/{filed['reading_id']}")
        assert (reading["text"], reading["blind"]) == (SAID, "blind")
        assert revealed["state"] == "revealed"
        assert reading["start_ms"] == revealed["heard_from_ms"]
        assert room.get(reviewer, f"/quotes/{room.quote}")["anchor"]["exact"]

    def test_every_step_is_one_entry_and_every_row_is_as_its_entry_says(self, room: Room) -> None:
        reviewer = room.reviewer()
        room.reveal(reviewer, room.hear(reviewer))
        room.decide(reviewer)

        with room.client.app.state.parts.database.reading() as session:
            made = session.execute(
                select(LogEntry.event, LogEntry.body)
                .where(LogEntry.actor_id == reviewer.account_id)
                .order_by(LogEntry.log_index)
            ).all()
            rows = compare_rows(session)
        assert [event for event, _ in made] == [
            "listening:start",
            "listening:filing",
            "reading:comparison",
            "listening:reveal",
            "alignment:decision",
        ]
        assert json.loads(made[-1].body)["details"]["listened"] == "blind_first"
        assert not any(SAID in body.decode() for _, body in made), "the log says no word of it"
        assert rows.outcome is Outcome.PROVEN

    def test_what_was_heard_belongs_to_the_bytes_that_were_played(self, room: Room) -> None:
        reviewer, recording = room.reviewer(), room.world.ids["recording_id"]
        begun = room.begin(reviewer)
        later = room.client.post(
            f"{API}/recordings/{recording}/media-instances",
            content=b"a copy that begins elsewhere",
            headers=room.world.founder.headers,
        )
        assert later.status_code == 201

        path = f"/listenings/{begun['id']}/reading"
        filed = room.post(reviewer, path, text=SAID, language="en")

        reading = room.get(room.world.founder, f"/readings/{filed['reading_id']}")
        assert reading["instance_id"] == room.world.ids["instance_id"]

    def test_not_being_able_to_tell_is_filed_too(self, room: Room) -> None:
        reviewer = room.reviewer()
        path = f"/listenings/{room.begin(reviewer)['id']}/reading"

        neither = room.post(reviewer, path, 422)
        both = room.post(reviewer, path, 422, text="words", could_not_tell=True)
        filed = room.post(reviewer, path, could_not_tell=True, note="Two voices at once.")

        assert neither["field"] == both["field"] == "text"
        assert (filed["could_not_tell"], filed["reading_id"]) == (True, None)

    def test_nothing_is_filed_twice_and_nothing_is_revealed_before_it_is_filed(
        self, room: Room
    ) -> None:
        reviewer = room.reviewer()
        address = f"/listenings/{room.begin(reviewer)['id']}"

        early = room.post(reviewer, f"{address}/reveal", 409)
        room.post(reviewer, f"{address}/reading", text=SAID)
        twice = room.post(reviewer, f"{address}/reading", 409, text="something else")
        given_up = room.post(reviewer, f"{address}/withdrawal", 409, reason="No.")
        room.post(reviewer, f"{address}/reveal")
        again = room.post(reviewer, f"{address}/reveal", 409)

        problems = {early["type"], twice["type"], given_up["type"], again["type"]}
        assert problems == {"/problems/listening-over"}
        assert [early["state"], twice["state"], again["state"]] == ["open", "filed", "revealed"]

    def test_giving_up_opens_the_words_and_the_place_is_not_heard_again(self, room: Room) -> None:
        reviewer = room.reviewer()
        address = f"/listenings/{room.begin(reviewer)['id']}"

        given_up = room.post(reviewer, f"{address}/withdrawal", reason="No time.")

        assert given_up["state"] == "withdrawn"
        assert room.get(reviewer, f"/quotes/{room.quote}")
        assert room.begin(reviewer, 409)["type"] == "/problems/listening-over"
        assert room.get(reviewer, "/listenings/waiting")["items"] == []

    def test_a_listening_is_its_listener_s_alone(self, room: Room) -> None:
        begun, other = room.begin(room.reviewer()), room.reviewer()
        address = f"/listenings/{begun['id']}"

        for path in (address, f"{address}/audio"):
            assert room.get(other, path, 403)["type"] == "/problems/not-the-listener"
        room.post(other, f"{address}/reading", 403, text=SAID)
        room.post(other, f"{address}/reveal", 403)

    def test_one_is_open_at_a_time_in_a_case(self, room: Room) -> None:
        reviewer = room.reviewer()
        other = room.another(20_000)
        begun = room.begin(reviewer)

        refused = room.post(reviewer, "/listenings", 409, quote_id=other)

        assert refused["type"] == "/problems/listening-first"
        assert refused["listening_id"] == begun["id"]
        first = room.post(reviewer, f"/listenings/{begun['id']}/reading", text=SAID)
        second = room.post(reviewer, "/listenings", quote_id=other)
        assert (
            room.post(reviewer, f"/listenings/{first['id']}/reveal", 409)["listening_id"]
            == (second["id"])
        )

    def test_somebody_with_a_stake_in_the_quote_knows_it_already(self, room: Room) -> None:
        founder = room.world.founder
        room.people.admit(founder, Role.REVIEWER, case=room.case)

        refused = room.begin(founder, 403)

        assert refused["type"] == "/problems/not-independent"
        assert set(refused["because"]) == {"uploader", "author", "quoter"}
        assert room.get(founder, "/listenings/waiting")["items"] == []

    def test_where_nothing_can_be_played_nothing_waits(
        self, client: TestClient, people: People
    ) -> None:
        silent = Room(client, people, listening_copy=False)
        reviewer = silent.reviewer()

        assert silent.get(reviewer, "/listenings/waiting")["items"] == []
        assert silent.begin(reviewer, 409)["type"] == "/problems/nothing-to-hear"


class TestARace:
    def test_of_many_beginnings_one_begins_and_of_many_filings_one_is_filed(
        self, room: Room
    ) -> None:
        reviewer = room.reviewer()

        began = at_once(lambda: room.ask(reviewer, "POST", "/listenings", quote_id=room.quote))
        (begun,) = [answer.json() for answer in began if answer.status_code == 201]
        address = f"/listenings/{begun['id']}/reading"
        filed = at_once(lambda: room.ask(reviewer, "POST", address, text=SAID))

        assert sorted(answer.status_code for answer in began) == [201, 409, 409, 409]
        assert sorted(answer.status_code for answer in filed) == [201, 409, 409, 409]

    def test_two_quotes_begun_at_once_are_not_both_open(self, room: Room) -> None:
        reviewer, quotes = room.reviewer(), [room.quote, room.another(20_000)]

        began = at_once(
            lambda: room.ask(reviewer, "POST", "/listenings", quote_id=quotes.pop()), times=2
        )

        assert sorted(answer.status_code for answer in began) == [201, 409]


def at_once(act: Callable[[], Any], *, times: int = 4) -> list[Any]:
    """Do the same in threads that begin together; what each was answered."""
    start = threading.Barrier(times)

    def acting(_: int) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(acting, range(times)))


class TestWhatHadBeenShown:
    @pytest.mark.parametrize(
        ("path", "what"),
        [
            ("/quotes/{quote_id}", "quote"),
            ("/transcripts/{transcript_id}/content", "transcript"),
            ("/snapshots/{snapshot_id}", "snapshot"),
            ("/recordings/{recording_id}/evidence-record", "recording"),
            ("/alignments", "case"),
        ],
    )
    def test_is_in_the_filing_and_the_reading_is_not_called_blind(
        self, room: Room, path: str, what: str
    ) -> None:
        reviewer = room.reviewer()
        room.get(reviewer, room.world.fill(path))

        filed = room.hear(reviewer)
        room.reveal(reviewer, filed)

        assert filed["blind"] is False
        assert {item["what"] for item in filed["shown"]} == {what}
        assert filed["shown"][0]["route"].startswith("GET /api/v1/")
        assert room.get(reviewer, f"/readings/{filed['reading_id']}")["blind"] == "not_blind"

    def test_a_page_counts_and_what_says_no_word_does_not(self, room: Room) -> None:
        reads, looks = room.reviewer(), room.reviewer()
        recording = room.world.ids["recording_id"]
        room.client.get(f"/recordings/{recording}", headers=reads.headers)
        room.get(looks, f"/recordings/{recording}")
        room.get(looks, "/recordings")
        room.client.get("/", headers=looks.headers)
        room.get(looks, f"/cases/{room.case}/members")

        seen, unseen = room.hear(reads), room.hear(looks)

        assert [item["route"] for item in seen["shown"]] == ["GET /recordings/{recording_id}"]
        assert unseen["shown"] == []

    def test_counts_from_before_somebody_became_a_reviewer(self, room: Room) -> None:
        person = room.people.join(Role.INVESTIGATOR, case=room.case)
        room.get(person, f"/quotes/{room.quote}")
        room.people.admit(person, Role.REVIEWER, case=room.case)

        filed = room.hear(person)

        assert filed["blind"] is False

    def test_counts_while_somebody_was_no_reviewer_in_between(self, room: Room) -> None:
        reviewer, administrator = room.reviewer(Role.AUDITOR), room.people.administrator()
        begun = room.begin(reviewer)
        member = f"/cases/{room.case}/members"
        dismissed = room.ask(
            administrator, "DELETE", f"{member}/{reviewer.account_id}/{Role.REVIEWER}"
        )
        assert dismissed.status_code == 200
        assert room.get(reviewer, f"/quotes/{room.quote}")
        room.people.admit(reviewer, Role.REVIEWER, case=room.case)
        room.get(reviewer, f"/quotes/{room.quote}", 403)

        filed = room.post(reviewer, f"/listenings/{begun['id']}/reading", text=SAID)

        assert filed["blind"] is False

    def test_a_refused_answer_showed_nothing(self, room: Room) -> None:
        reviewer = room.reviewer()
        begun = room.begin(reviewer)
        room.get(reviewer, f"/quotes/{room.quote}", 403)

        filed = room.post(reviewer, f"/listenings/{begun['id']}/reading", text=SAID)

        assert filed["shown"] == []


class TestDecisions:
    def test_say_how_they_were_come_to(self, room: Room) -> None:
        blind, read_before, never = room.reviewer(), room.reviewer(), room.reviewer()
        room.reveal(blind, room.hear(blind))
        room.get(read_before, f"/quotes/{room.quote}")
        room.reveal(read_before, room.hear(read_before))

        first = room.decide(blind)
        second = room.decide(read_before, ruling="rejected", supersedes=first["id"])
        third = room.decide(never, supersedes=second["id"])

        made = [item["listened"] for item in (first, second, third)]
        assert made == ["blind_first", "after_reveal", "without"]
        path = f"/alignments/{room.world.ids['alignment_id']}/decisions"
        assert [item["listened"] for item in room.get(never, path)["items"]] == made

    def test_stay_what_they_were_when_the_reviewer_listens_later(self, room: Room) -> None:
        reviewer = room.reviewer()
        room.decide(reviewer)
        room.reveal(reviewer, room.hear(reviewer))

        path = f"/alignments/{room.world.ids['alignment_id']}/decisions"
        assert [item["listened"] for item in room.get(reviewer, path)["items"]] == ["without"]


class TestACaseThatDemandsIt:
    def test_closes_its_words_to_reviewers_until_they_have_listened(self, room: Room) -> None:
        reviewer = room.reviewer()
        room.demand()

        assert room.get(reviewer, f"/quotes/{room.quote}", 403)["type"] == "/problems/words-closed"
        (waiting,) = room.get(reviewer, "/listenings/waiting")["items"]
        assert waiting["demanded"] is True
        room.reveal(reviewer, room.hear(reviewer))
        assert room.decide(reviewer)["listened"] == "blind_first"

    def test_reveals_nothing_while_another_quote_waits(self, room: Room) -> None:
        reviewer = room.reviewer()
        filed = room.hear(reviewer)
        other = room.another(30_000)
        room.demand()

        refused = room.post(reviewer, f"/listenings/{filed['id']}/reveal", 409)

        assert (refused["type"], refused["waiting"]) == (
            "/problems/listening-first",
            [other],
        )

    def test_lets_nobody_confirm_who_gave_up_or_knew_the_words(self, room: Room) -> None:
        gave_up, corrector = room.reviewer(), room.reviewer()
        begun = room.begin(gave_up)
        room.post(gave_up, f"/listenings/{begun['id']}/withdrawal", reason="No time.")
        room.post(
            corrector,
            f"/recordings/{room.world.ids['recording_id']}/transcripts",
            content="WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nSomething else\n",
            format="vtt",
            kind="human",
            language="en",
        )
        room.demand()

        for person in (gave_up, corrector):
            assert room.decide(person, 403)["type"] == "/problems/listen-first"
        objection = room.decide(corrector, ruling="rejected")
        assert objection["listened"] == "without"

    def test_is_not_asked_of_investigators_and_can_be_lifted(self, room: Room) -> None:
        investigator = room.people.join(Role.INVESTIGATOR, case=room.case)
        reviewer = room.reviewer()
        room.demand()
        assert room.get(investigator, f"/quotes/{room.quote}")
        assert room.get(reviewer, f"/cases/{room.case}")["listening_demanded"] is True
        again = room.people.administrator()
        room.post(again, f"/cases/{room.case}/listening-rules", 409, demanded=True)

        room.demand(demanded=False)

        assert room.get(reviewer, f"/quotes/{room.quote}")


class TestTwoListeners:
    def test_agree_word_by_word_and_dissent_comes_first(self, room: Room) -> None:
        for text in (SAID, "The convoy, of six trucks leaves at five", SAID.upper()):
            room.hear(room.reviewer(), text)

        found = room.get(room.world.founder, f"/quotes/{room.quote}/agreement")["items"]

        assert [(item["agreed"], item["differing"]) for item in found] == [(7, 1), (7, 1), (8, 0)]
        assert all(item["independent"] and item["hindrance"] is None for item in found)
        (differs,) = [step for step in found[0]["steps"] if step["beside"] != "agreed"]
        assert (differs["first"], differs["second"]) == ("nine", "five")

    def test_are_not_independent_once_one_had_been_given_words(self, room: Room) -> None:
        first, second = room.reviewer(), room.reviewer()
        room.hear(first)
        room.get(second, f"/recordings/{room.world.ids['recording_id']}/readings")
        filed = room.hear(second)

        (pair,) = room.get(room.world.founder, f"/quotes/{room.quote}/agreement")["items"]

        assert pair["independent"] is False
        assert [item["what"] for item in filed["shown"]] == ["recording"]

    def test_of_whom_one_could_not_tell_have_no_words_to_compare(self, room: Room) -> None:
        room.hear(room.reviewer())
        unsure = room.reviewer()
        address = f"/listenings/{room.begin(unsure)['id']}/reading"
        room.post(unsure, address, could_not_tell=True)

        (pair,) = room.get(room.world.founder, f"/quotes/{room.quote}/agreement")["items"]

        assert pair["agreed"] is None
        assert "could not tell" in pair["hindrance"]


class TestRivalReadings:
    def test_say_whose_words_bear_the_quote_out_and_the_verdict_is_contested(
        self, room: Room
    ) -> None:
        supports, differs = room.reviewer(), room.reviewer()
        room.reveal(supports, room.hear(supports))
        room.decide(supports)
        before = room.get(supports, f"/quotes/{room.quote}")["standing"]
        filed = room.hear(differs, "the convoy of six trucks does not leave at nine")

        after = room.get(supports, f"/quotes/{room.quote}")["standing"]
        readers = room.get(supports, f"/quotes/{room.quote}/readers")["items"]

        assert (before["supports"], before["contested"]) == (True, False)
        assert [item["stance"] for item in before["readers"]] == ["bears_out"]
        assert (after["supports"], after["contested"]) == (False, True)
        assert [item["stance"] for item in after["readers"]] == ["differs", "bears_out"]
        assert readers[0]["reading_id"] == filed["reading_id"]
        assert readers[0]["verdict"] == "reversed"
        assert readers[0]["reasons"]

    def test_leave_the_transcript_and_what_was_found_in_it_as_they_are(self, room: Room) -> None:
        founder = room.world.founder
        transcript = f"/transcripts/{room.world.ids['transcript_id']}"
        alignment = f"/alignments/{room.world.ids['alignment_id']}"
        before = [room.get(founder, path) for path in (transcript, alignment)]

        room.hear(room.reviewer(), "nothing of the kind was said there at all")

        assert [room.get(founder, path) for path in (transcript, alignment)] == before

    def test_a_dissent_taken_back_no_longer_counts_and_is_still_there_as_it_was(
        self, room: Room
    ) -> None:
        supports, differs = room.reviewer(), room.reviewer()
        room.reveal(supports, room.hear(supports))
        room.decide(supports)
        filed = room.reveal(differs, room.hear(differs, "the convoy never leaves"))
        contested = room.get(supports, f"/quotes/{room.quote}")["standing"]
        room.post(differs, f"/readings/{filed['reading_id']}/withdrawal", reason="Misheard.")

        now = room.get(supports, f"/quotes/{room.quote}")
        then = room.get(supports, f"/quotes/{room.quote}?as_of={filed['log_index'] + 3}")

        assert contested["contested"] is True
        assert (now["standing"]["contested"], now["standing"]["supports"]) == (False, True)
        assert then["standing"]["contested"] is True

    def test_who_understood_nothing_is_no_dissent(self, room: Room) -> None:
        supports, unsure = room.reviewer(), room.reviewer()
        room.reveal(supports, room.hear(supports))
        room.decide(supports)
        room.hear(unsure, "[unintelligible] trucks")

        standing = room.get(supports, f"/quotes/{room.quote}")["standing"]

        assert (standing["supports"], standing["contested"]) == (True, False)
        assert [item["stance"] for item in standing["readers"]] == ["bears_out", "cannot_tell"]

    def test_another_place_says_nothing_about_the_quote(self, room: Room) -> None:
        founder, recording = room.world.founder, room.world.ids["recording_id"]
        room.post(
            founder,
            f"/recordings/{recording}/readings",
            start_ms=20_000,
            end_ms=30_000,
            text="good morning",
            language="en",
            listener="Inna",
        )
        room.hear(room.reviewer())

        readers = room.get(founder, f"/quotes/{room.quote}/readers")["items"]

        assert [item["text"] for item in readers] == [SAID]

    def test_are_in_the_evidence_record_with_every_step(self, room: Room) -> None:
        reviewer = room.reviewer()
        room.reveal(reviewer, room.hear(reviewer))

        record = room.get(
            room.world.founder, f"/recordings/{room.world.ids['recording_id']}/evidence-record"
        )

        (quote,) = record["quotes"]
        (listening,) = quote["listenings"]
        assert (listening["state"], listening["blind"]) == ("revealed", True)
        assert [step["kind"] for step in listening["steps"]] == ["filed", "revealed"]
        (compared,) = quote["reading_comparisons"]
        assert compared["reading_id"] == listening["steps"][0]["reading_id"]
        assert [item["stance"] for item in quote["standing"]["readers"]] == ["bears_out"]
