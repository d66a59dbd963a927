"""Quotes over HTTP: words are anchored, compared, and believed only after a person decided."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.api import quotes as quotes_api
from app.recordings import service as recordings_service
from app.recordings.models import MediaInstance
from app.recordings.provenance import Decoding, Outcome
from tests.app.conftest import People, Person

API = "/api/v1"
TEXT = (
    "One voice says: “drive the trucks to the north bridge”, and repeats it twice. "
    "Another answers: “drive the trucks to the south bridge”. "
    "A minister said: “the roads are closed”. The post read: “nobody drove [unintelligible]”."
)
NORTH = "drive the trucks to the north bridge"
SPOKEN = """WEBVTT
Language: en

00:00:01.000 --> 00:00:03.000
drive the trucks to the north bridge

00:00:05.500 --> 00:00:08.250
drive the trucks to the north bridge
"""


@dataclass
class Desk:
    """A case with one report frozen, one recording, and people of every role."""

    client: TestClient
    people: People
    case: str
    person: Person
    recording: str = ""
    report: str = ""
    snapshot: str = ""
    made: list[str] = field(default_factory=list)

    def post(self, path: str, expected: int = 201, **body: Any) -> dict[str, Any]:
        answer = self.client.post(f"{API}{path}", json=body, headers=self.person.headers)
        assert answer.status_code == expected, answer.text
        return dict(answer.json())

    def get(self, path: str, expected: int = 200) -> dict[str, Any]:
        answer = self.client.get(f"{API}{path}", headers=self.person.headers)
        assert answer.status_code == expected, answer.text
        return dict(answer.json())

    def become(self, *roles: Role) -> Person:
        self.person = self.people.join(*roles, case=self.case)
        return self.person

    def quote(self, exact: str = NORTH, expected: int = 201, **said: Any) -> dict[str, Any]:
        body = {
            "snapshot_id": self.snapshot,
            "exact": exact,
            "language": "en",
            "form": "direct",
            "target": {"kind": "recording", "recording_id": self.recording},
        }
        return self.post("/quotes", expected, **(body | said))

    def acquire(self, content: bytes = b"RIFF some bytes") -> str:
        answer = self.client.post(
            f"{API}/recordings/{self.recording}/media-instances",
            content=content,
            headers=self.person.headers,
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["instance"]["id"])

    def transcript(self, content: str = SPOKEN, language: str = "en") -> str:
        made = self.post(
            f"/recordings/{self.recording}/transcripts",
            content=content,
            format="vtt",
            kind="human",
            language=language,
        )
        return str(made["id"])

    def align(self, quote: str, transcript: str, expected: int = 201) -> dict[str, Any]:
        return self.post(f"/quotes/{quote}/alignments", expected, transcript_id=transcript)

    def standing(self, quote: str) -> dict[str, Any]:
        return dict(self.get(f"/quotes/{quote}")["standing"])


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    desk = Desk(client, people, case, people.join(Role.INVESTIGATOR, case=case))
    desk.report = desk.post("/reports", case_id=case, kind="news", language="en")["id"]
    desk.snapshot = desk.post(f"/reports/{desk.report}/snapshots", text=TEXT)["id"]
    desk.recording = desk.post("/recordings", case_id=case, title="Trucks")["id"]
    return desk


def test_a_quote_is_an_anchor_and_what_the_report_says_of_it(desk: Desk) -> None:
    claim = {"op": "exactly", "count": 2, "raw": "twice"}

    made = desk.quote(speaker_as_described="One voice", occurrence_claim=claim)
    answer = desk.quote(
        "drive the trucks to the south bridge", in_reply_to=made["id"], form="partial"
    )

    anchor = made["anchor"]
    assert TEXT[anchor["start"] : anchor["end"]] == anchor["exact"] == NORTH
    assert made["occurrence_claim"] == claim
    assert answer["in_reply_to"] == made["id"]
    assert desk.get(f"/quotes/{made['id']}") == made
    assert desk.get(f"/recordings/{desk.recording}/quotes")["items"] == [made, answer]
    assert desk.get(f"/reports/{desk.report}/quotes")["items"] == [made, answer]


def test_a_mark_for_words_nobody_understood_is_kept_as_such(desk: Desk) -> None:
    made = desk.quote("nobody drove [unintelligible]", target={"kind": "material"})

    assert [gap["kind"] for gap in made["gaps"]] == ["unintelligible"]


def test_a_comparison_that_would_take_long_is_left_to_a_worker(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.acquire()
    quote, transcript = desk.quote(), desk.transcript()
    words = 7 * 14
    monkeypatch.setattr(quotes_api, "MOST_PAIRS", words - 1)

    refused = desk.align(quote["id"], transcript, expected=413)

    assert (refused["limit"], refused["allowed"]) == ("compared_pairs_of_words", words - 1)
    monkeypatch.setattr(quotes_api, "MOST_PAIRS", words)
    found = desk.align(quote["id"], transcript)
    monkeypatch.setattr(quotes_api, "MOST_PAIRS", 0)
    assert desk.align(quote["id"], transcript) == found, "what was found before costs nothing"


def test_a_quote_that_means_nothing_is_refused_by_name(desk: Desk) -> None:
    sound = {"op": "exactly", "count": 2, "raw": "twice"}
    recording = {"kind": "recording", "recording_id": desk.recording}
    cases: list[tuple[str, dict[str, Any]]] = [
        ("exact", {"exact": ""}),
        ("exact", {"exact": "  "}),
        ("exact", {"exact": "”, "}),
        ("exact", {"exact": "drive the trucks to the east bridge"}),
        ("exact", {"exact": "nul\0"}),
        ("language", {"language": "xx"}),
        ("language", {"language": ""}),
        ("start", {"start": 3}),
        ("occurrence", {"occurrence": 1}),
        ("prefix", {"prefix": "never "}),
        ("snapshot_id", {"snapshot_id": "none"}),
        ("target.recording_id", {"target": {"kind": "recording"}}),
        ("target.recording_id", {"target": recording | {"recording_id": "none"}}),
        ("target.recording_id", {"target": recording | {"kind": "statement"}}),
        ("target.report_id", {"target": {"kind": "report", "report_id": "none"}}),
        ("in_reply_to", {"in_reply_to": "none"}),
        ("speaker_as_described", {"speaker_as_described": " "}),
        ("occurrence_claim.count", {"occurrence_claim": sound | {"count": 0}}),
        ("occurrence_claim.raw", {"occurrence_claim": sound | {"raw": "six times"}}),
    ]

    for name, change in cases:
        refused = desk.quote(change.pop("exact", NORTH), 422, **change)
        assert (refused["type"], refused["field"]) == ("/problems/invalid", name), change
    for name, change in (("form", {"form": "gossip"}), ("target", {"target": {"kind": "x"}})):
        refused = desk.quote(NORTH, 422, **change)
        assert f"body.{name}" in refused["errors"][0]["field"]

    assert desk.get(f"/reports/{desk.report}/quotes")["items"] == []


def test_without_audio_nothing_is_ever_scored(desk: Desk) -> None:
    quote = desk.quote()
    transcript = desk.transcript()

    refused = desk.align(quote["id"], transcript, 409)

    assert refused["type"] == "/problems/no-audio-held"
    assert refused["verdict"] == "not_checkable_no_audio"
    assert desk.get(f"/quotes/{quote['id']}/alignments")["items"] == []
    assert desk.standing(quote["id"]) == {
        "verdict": "not_checkable_no_audio",
        "state": "not_checkable",
        "supports": False,
        "contested": False,
        "readers": [],
        "rests_on": None,
        "alignment_id": None,
        "decision_id": None,
    }


def test_bytes_without_sound_in_them_are_no_audio(desk: Desk) -> None:
    quote = desk.quote()
    instance_id = desk.acquire(b"#EXTM3U\n/etc/passwd\n")
    transcript = desk.transcript()
    desk.align(quote["id"], transcript)
    with desk.people.database.writing() as session:
        instance = session.get(MediaInstance, instance_id)
        assert instance
        recordings_service.identify(
            session,
            actor=desk.person.actor,
            instance=instance,
            decoding=Decoding(outcome=Outcome.UNDECODABLE, decoder={}, reason="not audio"),
        )

    assert desk.standing(quote["id"])["verdict"] == "not_checkable_no_audio"
    desk.align(quote["id"], desk.transcript(SPOKEN.replace("north", "south")), 409)


def test_a_minister_s_statement_is_never_sought_in_audio(desk: Desk) -> None:
    desk.acquire()
    transcript = desk.transcript(SPOKEN.replace(NORTH, "the roads are closed"))
    quote = desk.quote("the roads are closed", target={"kind": "statement"})

    refused = desk.align(quote["id"], transcript, 422)

    assert refused["field"] == "quote_id"
    assert desk.standing(quote["id"])["state"] == "not_applicable"
    assert desk.standing(quote["id"])["verdict"] is None


def test_a_quote_is_found_at_every_place_where_it_was_spoken(desk: Desk) -> None:
    desk.acquire()
    quote = desk.quote(occurrence_claim={"op": "at_least", "count": 1, "raw": "twice"})
    transcript = desk.transcript()

    found = desk.align(quote["id"], transcript)

    assert found["verdict"] == "verbatim"
    assert [o["fragment"] for o in found["occurrences"]] == ["t=1,3", "t=5.5,8.25"]
    assert found["features"]["count_agrees"] is True
    assert desk.get(f"/alignments/{found['id']}") == found
    assert desk.align(quote["id"], transcript) == found
    standing = desk.standing(quote["id"])
    assert (standing["verdict"], standing["state"]) == ("verbatim", "proposed")
    assert standing["supports"] is False, "the machine proposes; nobody has decided"


def test_what_was_found_is_a_web_annotation_with_media_fragments(desk: Desk) -> None:
    instance = desk.acquire()
    quote = desk.quote()
    found = desk.align(quote["id"], desk.transcript())

    answer = desk.client.get(f"{API}/quotes/{quote['id']}/alignments", headers=desk.person.headers)

    assert answer.headers["content-type"].startswith("application/ld+json")
    page = answer.json()
    assert (page["type"], page["@context"][0]) == (
        "AnnotationPage",
        "http://www.w3.org/ns/anno.jsonld",
    )
    (annotation,) = page["items"]
    assert annotation["id"] == f"{API}/alignments/{found['id']}"
    by_words, by_place = annotation["target"]["selector"]
    assert by_words["exact"] == TEXT[by_place["start"] : by_place["end"]] == NORTH
    first = annotation["body"][0]
    assert f"/media-instances/{instance}/content" in first["source"]
    assert first["selector"] == {
        "type": "FragmentSelector",
        "conformsTo": "http://www.w3.org/TR/media-frags/",
        "value": "t=1,3",
    }
    assert annotation["earwitness:state"] == "proposed"


def test_a_place_without_times_points_at_words_and_not_at_a_moment(desk: Desk) -> None:
    desk.acquire()
    quote = desk.quote()
    made = desk.post(
        f"/recordings/{desk.recording}/transcripts",
        content=f"Well, {NORTH}, he said.",
        format="text",
        kind="human",
        language="en",
    )
    found = desk.align(quote["id"], made["id"])

    (annotation,) = desk.get(f"/quotes/{quote['id']}/alignments")["items"]

    assert [o["fragment"] for o in found["occurrences"]] == [None]
    (place,) = annotation["body"]
    assert place["source"] == f"{API}/transcripts/{made['id']}"
    assert "selector" not in place


class TestDeciding:
    def test_only_somebody_independent_confirms(self, desk: Desk) -> None:
        """Brought by one, heard by another: neither may say that it is so."""
        brought = desk.become(Role.INVESTIGATOR, Role.REVIEWER)
        desk.acquire()
        quote = desk.quote()
        wrote = desk.become(Role.REVIEWER)
        found = desk.align(quote["id"], desk.transcript())
        path = f"/alignments/{found['id']}/decisions"
        said = {"ruling": "confirmed", "rationale": "I listened to both places."}

        for person, because in ((brought, ["uploader", "quoter"]), (wrote, ["author"])):
            desk.person = person
            refused = desk.post(path, 403, **said)
            assert refused["type"] == "/problems/not-independent"
            assert refused["because"] == because
            assert refused["detail"].startswith("you can neither confirm nor overrule this: you")

        reviewer = desk.become(Role.REVIEWER)
        assert found["id"] in [item["id"] for item in desk.get("/alignments")["items"]]
        made = desk.post(path, **said)

        assert (made["revision"], made["reviewer_id"]) == (1, reviewer.account_id)
        assert desk.get(path)["items"] == [made]
        assert desk.get("/alignments")["items"] == []
        standing = desk.standing(quote["id"])
        assert (standing["state"], standing["supports"]) == ("confirmed", True)
        earlier = desk.get(f"/quotes/{quote['id']}?as_of={made['log_index'] - 1}")["standing"]
        assert (earlier["state"], earlier["supports"]) == ("proposed", False)

    def test_a_reversed_meaning_confirmed_is_a_confirmed_misquote_and_no_support(
        self, desk: Desk
    ) -> None:
        desk.acquire()
        quote = desk.quote()
        spoken = SPOKEN.replace("drive", "do not drive")
        found = desk.align(quote["id"], desk.transcript(spoken))
        assert found["verdict"] == "reversed"

        desk.become(Role.REVIEWER)
        desk.post(
            f"/alignments/{found['id']}/decisions",
            ruling="confirmed",
            rationale="They say not to.",
        )

        standing = desk.standing(quote["id"])
        assert (standing["verdict"], standing["state"]) == ("reversed", "confirmed")
        assert standing["supports"] is False

    def test_what_was_never_compared_cannot_be_confirmed(self, desk: Desk) -> None:
        desk.acquire()
        quote = desk.quote()
        spoken = "WEBVTT\n\n00:01.000 --> 00:02.000\nвезите грузовики\n"
        found = desk.align(quote["id"], desk.transcript(spoken, language="ru"))
        assert found["verdict"] == "not_checkable_language"

        desk.become(Role.REVIEWER)
        refused = desk.post(
            f"/alignments/{found['id']}/decisions", 409, ruling="confirmed", rationale="Yes."
        )

        assert refused["type"] == "/problems/nothing-to-confirm"

    def test_a_decision_supersedes_the_one_its_reviewer_saw(self, desk: Desk) -> None:
        desk.acquire()
        quote = desk.quote()
        path = f"/alignments/{desk.align(quote['id'], desk.transcript())['id']}/decisions"
        desk.become(Role.REVIEWER)
        first = desk.post(path, ruling="confirmed", rationale="Heard so.")

        unseen = desk.post(path, 409, ruling="rejected", rationale="No.")
        second = desk.post(
            path, ruling="rejected", rationale="Listened again.", supersedes=first["id"]
        )
        stale = desk.post(path, 409, ruling="confirmed", rationale="Yes.", supersedes=first["id"])

        assert unseen["in_force"] == first["id"]
        assert stale["in_force"] == second["id"]
        assert (second["revision"], second["supersedes"]) == (2, first["id"])
        assert desk.standing(quote["id"])["state"] == "rejected"

    def test_a_ruling_needs_words_and_a_role(self, desk: Desk) -> None:
        desk.acquire()
        found = desk.align(desk.quote()["id"], desk.transcript())
        path = f"/alignments/{found['id']}/decisions"

        desk.post(path, 403, ruling="confirmed", rationale="An investigator's word.")
        desk.become(Role.REVIEWER)
        assert desk.post(path, 422, ruling="confirmed", rationale=" ")["field"] == "rationale"
        wrong = desk.post(path, 422, ruling="perhaps", rationale="Hm.")
        assert wrong["errors"][0]["field"] == "body.ruling"


def test_another_case_s_quotes_do_not_exist(desk: Desk) -> None:
    desk.acquire()
    quote = desk.quote()
    transcript = desk.transcript()
    found = desk.align(quote["id"], transcript)
    desk.person = desk.people.join(Role.INVESTIGATOR, Role.REVIEWER, case=desk.people.case())

    for path in (
        f"/quotes/{quote['id']}",
        f"/quotes/{quote['id']}/alignments",
        f"/recordings/{desk.recording}/quotes",
        f"/reports/{desk.report}/quotes",
        f"/alignments/{found['id']}",
        f"/alignments/{found['id']}/decisions",
        f"/alignments?case_id={desk.case}",
    ):
        desk.get(path, 404)
    assert desk.quote(expected=422)["field"] == "snapshot_id"
    desk.align(quote["id"], transcript, 404)
    desk.post(f"/alignments/{found['id']}/decisions", 404, ruling="rejected", rationale="x")
    assert desk.get("/alignments")["items"] == []


def test_a_transcript_of_another_recording_is_refused_by_name(desk: Desk) -> None:
    desk.acquire()
    quote = desk.quote()
    desk.recording = desk.post("/recordings", case_id=desk.case, title="Another")["id"]
    elsewhere = desk.transcript()

    assert desk.align(quote["id"], elsewhere, 422)["field"] == "transcript_id"
    assert desk.align(quote["id"], "none", 422)["field"] == "transcript_id"


def test_rival_wordings_are_laid_slot_by_slot_with_their_characters(desk: Desk) -> None:
    north, south = desk.quote(), desk.quote("drive the trucks to the south bridge")
    desk.quote("repeats it twice")

    (group,) = desk.get(f"/recordings/{desk.recording}/wordings")["items"]

    assert group["quote_ids"] == [north["id"], south["id"]]
    differing = [slot for slot in group["slots"] if slot["agreement"] != "same"]
    assert [[word["text"] for word in slot["words"]] for slot in differing] == [["north", "south"]]
    word = differing[0]["words"][0]
    assert NORTH[word["start"] : word["end"]] == "north"


def test_claimed_and_counted_stand_beside_one_another(desk: Desk) -> None:
    desk.acquire()
    quote = desk.quote(occurrence_claim={"op": "at_least", "count": 3, "raw": "twice"})

    features = desk.align(quote["id"], desk.transcript())["features"]

    assert (features["claimed_count"], features["claimed_op"]) == (3, "at_least")
    assert (features["supporting_occurrences"], features["count_agrees"]) == (2, False)
