"""What is cited and not held, who cites it, and bytes that are proposed for it and never merged."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.core.digest import Digest
from app.http.parts import Parts
from app.recordings import queries as recordings
from app.recordings import service as recording
from tests.app import sound
from tests.app.api.test_reports import Desk
from tests.app.conftest import People
from tests.app.web.conftest import UNDECODABLE

CONTENT = b"bytes that somebody sent"
DIGEST = Digest.of_bytes(CONTENT)
TEXT = (
    f"A recording with the SHA-256 digest {DIGEST.hex}, forty seconds long, was posted. "
    "A film of the ferry was posted beside it. The station said so first."
)


class Case(Desk):
    """A case with a recording, a film and a report that are spoken of and not held."""

    def fill(self) -> None:
        self.wanted = self.recording()
        self.report_id = self.report(publisher="The Evening")
        self.snapshot_id = self.snapshot(self.report_id, TEXT)
        self.stub = self.report(publisher="The Station")
        self.film = str(
            self.post("/materials", case_id=self.case, kind="video", title="A film")["id"]
        )

    def claim(self, exact: str, kind: str, subject: str, predicate: str, **value: Any) -> str:
        anchor = {"snapshot_id": self.snapshot_id, "exact": exact}
        said = {"subject_kind": kind, "subject_id": subject, "predicate": predicate}
        return str(self.post("/claims", **said, value=value, anchor=anchor)["id"])

    def digest(self, subject: str, *, kind: str = "recording") -> str:
        value = {"algorithm": "sha256", "hex": DIGEST.hex}
        return self.claim(DIGEST.hex, kind, subject, "digest", **value)

    def duration(self, subject: str) -> str:
        value = {"operator": "exactly", "amount": sound.LASTS_MS, "unit": "ms"}
        return self.claim("forty seconds", "recording", subject, "duration", **value)

    def upload(self, content: bytes = CONTENT) -> str:
        arrived = self.recording()
        answer = self.client.post(
            f"/api/v1/recordings/{arrived}/media-instances", content=content, headers=self.headers
        )
        assert answer.status_code == 201, answer.text
        return arrived

    def listed(self) -> dict[str, Any]:
        return self.get(f"/cases/{self.case}/wanted")


@pytest.fixture
def desk(client: TestClient, people: People) -> Case:
    case = people.case()
    made = Case(client, case, people.join(Role.INVESTIGATOR, case=case).headers)
    made.fill()
    return made


def test_what_is_known_by_citation_is_listed_with_who_cites_it(desk: Case) -> None:
    claim = desk.digest(desk.wanted)
    desk.digest(desk.film, kind="material")
    desk.post(
        f"/reports/{desk.report_id}/links",
        to_report_id=desk.stub,
        relation="cites",
        layer="claimed",
    )

    found = desk.listed()

    (cited,) = found["recordings"]
    assert cited["id"] == desk.wanted
    assert cited["cited_by"] == [desk.report_id]
    assert [item["claim_id"] for item in cited["declared"]] == [claim]
    assert cited["proposals"] == []
    (report,) = found["reports"]
    assert (report["id"], report["cited_by"]) == (desk.stub, [desk.report_id])
    (material,) = found["materials"]
    assert (material["id"], material["cited_by"]) == (desk.film, [desk.report_id])


def test_bytes_with_the_printed_digest_are_proposed_and_a_link_settles_it(desk: Case) -> None:
    claim = desk.digest(desk.wanted)
    arrived = desk.upload()
    desk.upload(b"other bytes")

    (cited,) = desk.listed()["recordings"]
    (proposal,) = cited["proposals"]
    assert (proposal["recording_id"], proposal["firmest"]) == (arrived, "digest")
    assert proposal["grounds"] == [{"ground": "digest", "claim_id": claim, "fits": True}]
    (may_be,) = desk.get(f"/recordings/{arrived}/may-be")["items"]
    assert may_be["wanted_id"] == desk.wanted
    desk.post(
        f"/recordings/{desk.wanted}/links",
        other_id=arrived,
        kind="same_as",
        ground="bytes",
        reason="The printed digest.",
    )

    (cited,) = desk.listed()["recordings"]
    assert cited["proposals"] == [], "settled, and both recordings stay"
    assert cited["id"] == desk.wanted


def test_a_duration_is_a_hint_and_a_rejection_is_remembered(desk: Case, app_parts: Parts) -> None:
    desk.duration(desk.wanted)
    arrived = desk.upload()
    before = desk.listed()["recordings"][0]["proposals"]
    sound.decode(app_parts, arrived)

    (proposal,) = desk.listed()["recordings"][0]["proposals"]
    desk.post(
        f"/recordings/{arrived}/links",
        other_id=desk.wanted,
        kind="not_same_as",
        ground="content",
        reason="Another language.",
    )

    assert before == []
    assert proposal["firmest"] == "duration"
    assert desk.listed()["recordings"][0]["proposals"] == []


def test_bytes_in_which_there_is_no_sound_are_held_and_have_a_digest_all_the_same(
    desk: Case, app_parts: Parts
) -> None:
    desk.digest(desk.wanted)
    arrived = desk.upload()
    with app_parts.database.writing() as session:
        instance = recordings.original_of(session, arrived)
        assert instance is not None
        recording.identify(session, actor=sound.WORKER, instance=instance, decoding=UNDECODABLE)

    (wanted,) = desk.listed()["recordings"]

    assert wanted["id"] == desk.wanted
    assert [item["firmest"] for item in wanted["proposals"]] == ["digest"]


def test_what_came_in_for_a_wanted_recording_is_compared_with_what_was_printed(
    desk: Case,
) -> None:
    claim = desk.digest(desk.wanted)
    answer = desk.client.post(
        f"/api/v1/recordings/{desk.wanted}/media-instances",
        content=b"other bytes",
        headers=desk.headers,
    )
    assert answer.status_code == 201

    found = desk.listed()

    assert found["recordings"] == []
    (arrived,) = found["arrived"]
    assert arrived["grounds"] == [{"ground": "digest", "claim_id": claim, "fits": False}]


def test_a_claim_that_was_withdrawn_proposes_nothing(desk: Case) -> None:
    claim = desk.digest(desk.wanted)
    desk.upload()
    head = desk.get(f"/claims/{claim}")["log_index"]
    desk.post(f"/claims/{claim}/withdrawal", reason="Misread.")

    assert desk.listed()["recordings"][0]["proposals"] == []
    then = desk.get(f"/cases/{desk.case}/wanted?as_of={head}")["recordings"][0]
    assert [item["claim_id"] for item in then["declared"]] == [claim]


def test_material_with_the_printed_digest_is_pointed_out(desk: Case) -> None:
    desk.digest(desk.film, kind="material")
    other = desk.post("/materials", case_id=desk.case, kind="video", title="Another name of it")
    held = desk.post(
        f"/materials/{other['id']}/holdings", sha256=DIGEST.hex, kept_at="the desk's safe"
    )

    (material,) = desk.listed()["materials"]
    assert material["id"] == desk.film
    assert material["same_bytes"] == [held["id"]]
