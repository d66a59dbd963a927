"""Reports over HTTP: frozen texts, who repeats whom, what cites a recording."""

from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.accounts.permissions import Role
from app.core.canonical import parse
from app.core.database import Database
from app.core.digest import Digest
from app.custody.models import LogEntry
from tests.app.conftest import People

API = "/api/v1"
TEXT = "A post wrote: “The convoy leaves at noon.”\r\nThe station repeated: “leaves at noon”."


@dataclass
class Desk:
    """An investigator of one case at work."""

    client: TestClient
    case: str
    headers: dict[str, str]

    def post(self, path: str, expected: int = 201, **body: Any) -> dict[str, Any]:
        answer = self.client.post(f"{API}{path}", json=body, headers=self.headers)
        assert answer.status_code == expected, answer.text
        return dict(answer.json())

    def get(self, path: str, expected: int = 200) -> dict[str, Any]:
        answer = self.client.get(f"{API}{path}", headers=self.headers)
        assert answer.status_code == expected, answer.text
        return dict(answer.json())

    def report(self, **said: Any) -> str:
        said = {"case_id": self.case, "kind": "news", "language": "en"} | said
        return str(self.post("/reports", **said)["id"])

    def snapshot(self, report_id: str, text: str = TEXT) -> str:
        return str(self.post(f"/reports/{report_id}/snapshots", text=text)["id"])

    def recording(self) -> str:
        return str(self.post("/recordings", case_id=self.case, title="Two voices")["id"])


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    return Desk(client, case, people.join(Role.INVESTIGATOR, case=case).headers)


def test_a_report_is_kept_as_it_was_registered(desk: Desk) -> None:
    said = {
        "case_id": desk.case,
        "kind": "broadcast",
        "language": "UK",
        "title": "Evening news",
        "publisher": "A station",
        "authors": ["A. Writer"],
        "url": "https://example.org/news?id=1",
        "published_edtf": "2025-05",
        "published_raw": "last May",
    }

    made = desk.post("/reports", **said)

    assert desk.get(f"/reports/{made['id']}") == made
    assert {key: made[key] for key in said} == said | {"language": "uk"}
    assert made["status"] == "cited_not_held"


def test_unknown_absent_and_none_stay_apart(desk: Desk) -> None:
    unknown = desk.get(f"/reports/{desk.report()}")
    none_named = desk.get(f"/reports/{desk.report(authors=[])}")

    assert unknown["authors"] is None
    assert unknown["title"] is None
    assert none_named["authors"] == []


MEANINGLESS: list[tuple[str, Any]] = [
    ("language", "xx"),
    ("language", ""),
    ("published_edtf", "21st of May"),
    ("published_edtf", "2025-02-30"),
    ("published_edtf", "2025-05-21T10:00:00"),
    ("title", " "),
    ("title", "nul\0"),
    ("publisher", "x" * 501),
    ("authors", ["A. Writer", ""]),
    ("url", "javascript:alert(1)"),
    ("url", "https://name:word@example.org/"),
    ("url", "http://[broken"),
    ("published_raw", ""),
]


def test_a_field_that_means_nothing_is_refused_by_name(desk: Desk) -> None:
    for field, wrong in MEANINGLESS:
        body = {"case_id": desk.case, "kind": "news", "language": "en"} | {field: wrong}
        refused = desk.post("/reports", 422, **body)
        assert (refused["type"], refused["field"]) == ("/problems/invalid", field), wrong

    assert desk.get("/reports")["items"] == []


def test_a_kind_nobody_knows_is_refused_by_name(desk: Desk) -> None:
    refused = desk.post("/reports", 422, case_id=desk.case, kind="gossip", language="en")

    assert [fault["field"] for fault in refused["errors"]] == ["body.kind"]


def test_a_text_is_frozen_character_for_character(desk: Desk) -> None:
    report = desk.report()

    made = desk.post(f"/reports/{report}/snapshots", text=TEXT)

    assert desk.get(f"/snapshots/{made['id']}")["text"] == TEXT
    assert made["text_sha256"] == str(Digest.of_bytes(TEXT.encode()))
    assert desk.get(f"/reports/{report}")["status"] == "held"


def test_a_silent_edit_is_a_second_snapshot_and_both_stand(desk: Desk) -> None:
    report = desk.report()
    first = desk.snapshot(report)
    second = desk.snapshot(report, TEXT.replace("noon", "dusk"))

    items = desk.get(f"/reports/{report}/snapshots")["items"]

    assert [item["id"] for item in items] == [first, second]
    assert len({item["text_sha256"] for item in items}) == 2
    assert "text" not in items[0]


def test_a_text_that_cannot_be_frozen_is_refused_by_name(desk: Desk) -> None:
    report = desk.report()

    for text in ("", " \n", "nul\0nul"):
        refused = desk.post(f"/reports/{report}/snapshots", 422, text=text)
        assert refused["field"] == "text"

    assert desk.get(f"/reports/{report}")["status"] == "cited_not_held"


def test_a_text_longer_than_any_report_is_refused_with_the_limit(desk: Desk) -> None:
    refused = desk.post(f"/reports/{desk.report()}/snapshots", 413, text="x" * 2_000_001)

    assert refused["allowed"] == 2_000_000


def test_an_instant_that_cannot_be_is_refused(desk: Desk) -> None:
    path = f"/reports/{desk.report()}/snapshots"

    for when in ("yesterday", "2025-05-21T10:00:00", 12, "9999-01-01T00:00:00Z"):
        assert "retrieved_at" in str(desk.post(path, 422, text="Words.", retrieved_at=when))


def test_a_link_says_where_the_report_says_so(desk: Desk) -> None:
    source, target = desk.report(), desk.report(kind="social_post")
    snapshot = desk.snapshot(source)

    made = desk.post(
        f"/reports/{source}/links",
        to_report_id=target,
        relation="quotes",
        layer="claimed",
        anchor={"snapshot_id": snapshot, "exact": "A post wrote"},
    )

    assert made["anchor"]["start"] == 0
    assert desk.get(f"/reports/{source}/links")["items"] == [made]
    assert desk.get(f"/reports/{target}/links")["items"] == [made]


def test_reports_that_repeat_one_another_are_one_source(desk: Desk) -> None:
    root, one, two, other = (desk.report() for _ in range(4))
    for source in (one, two):
        desk.post(f"/reports/{source}/links", to_report_id=root, relation="cites", layer="claimed")
    desk.post(
        f"/reports/{two}/links",
        to_report_id=other,
        relation="responds_to",
        layer="inferred",
        rationale="names it in the first line",
    )

    assert desk.get(f"/reports/{two}/lineage")["roots"] == [[root]]
    assert desk.get(f"/reports/{root}/lineage")["root_count"] == 1

    recording = desk.recording()
    for source in (one, two):
        desk.post(
            f"/snapshots/{desk.snapshot(source)}/citations",
            recording_id=recording,
            exact="The convoy leaves",
        )
    traced = desk.get(f"/recordings/{recording}/lineage")
    assert traced["report_ids"] == sorted([one, two])
    assert (traced["root_count"], traced["roots"]) == (1, [[root]])


def test_a_circle_is_kept_as_claimed_and_still_has_a_root(desk: Desk) -> None:
    one, two = desk.report(), desk.report()
    for source, target in ((one, two), (two, one)):
        desk.post(
            f"/reports/{source}/links", to_report_id=target, relation="cites", layer="claimed"
        )

    assert desk.get(f"/reports/{one}/lineage")["roots"] == [sorted([one, two])]
    assert len(desk.get(f"/reports/{one}/links")["items"]) == 2


def test_a_link_that_makes_no_sense_is_refused_by_name(desk: Desk, people: People) -> None:
    source, target = desk.report(), desk.report()
    foreign = Desk(desk.client, other := people.case(), desk.headers)
    foreign.headers = people.join(Role.INVESTIGATOR, case=other).headers
    elsewhere = foreign.report()
    theirs = desk.snapshot(target)
    sound = {"to_report_id": target, "relation": "cites", "layer": "claimed"}

    for change, field in (
        ({"to_report_id": source}, "to_report_id"),
        ({"to_report_id": "nobody"}, "to_report_id"),
        ({"to_report_id": elsewhere}, "to_report_id"),
        ({"layer": "inferred"}, "rationale"),
        ({"anchor": {"snapshot_id": theirs, "exact": "A post"}}, "anchor.snapshot_id"),
        ({"anchor": {"snapshot_id": "none", "exact": "A post"}}, "anchor.snapshot_id"),
    ):
        refused = desk.post(f"/reports/{source}/links", 422, **(sound | change))
        assert refused["field"] == field

    assert desk.get(f"/reports/{source}/links")["items"] == []


def test_a_citation_stands_on_words_that_are_there(desk: Desk) -> None:
    report, recording = desk.report(), desk.recording()
    snapshot = desk.snapshot(report)

    made = desk.post(
        f"/snapshots/{snapshot}/citations",
        recording_id=recording,
        exact="leaves at noon",
        occurrence=1,
    )

    anchor = made["anchor"]
    assert TEXT[anchor["start"] : anchor["end"]] == "leaves at noon"
    assert anchor["start"] == TEXT.rindex("leaves at noon")
    assert desk.get(f"/reports/{report}/citations")["items"] == [made]
    assert desk.get(f"/recordings/{recording}/citations")["items"] == [made]
    before = made["log_index"] - 1
    assert desk.get(f"/recordings/{recording}/citations?as_of={before}")["items"] == []


def test_a_citation_beside_its_text_is_refused(desk: Desk) -> None:
    snapshot = desk.snapshot(desk.report())
    path = f"/snapshots/{snapshot}/citations"
    recording = desk.recording()

    straight = desk.post(path, 422, recording_id=recording, exact='wrote: "The convoy')
    beside = desk.post(
        path, 422, recording_id=recording, exact="convoy", start=TEXT.index("convoy") + 1
    )
    unknown = desk.post(path, 422, recording_id="none", exact="convoy")

    assert (straight["field"], straight["found_after_folding"]) == ("exact", True)
    assert (beside["field"], beside["nearest_start"]) == ("start", TEXT.index("convoy"))
    assert unknown["field"] == "recording_id"


class TestNeedToKnow:
    def test_another_case_s_reports_do_not_exist(self, desk: Desk, people: People) -> None:
        report = desk.report()
        snapshot = desk.snapshot(report)
        recording = desk.recording()
        desk.headers = people.join(Role.INVESTIGATOR, case=people.case()).headers

        assert desk.get("/reports")["items"] == []
        for path in (
            f"/reports?case_id={desk.case}",
            f"/reports/{report}",
            f"/reports/{report}/snapshots",
            f"/reports/{report}/links",
            f"/reports/{report}/lineage",
            f"/reports/{report}/citations",
            f"/snapshots/{snapshot}",
            f"/recordings/{recording}/citations",
            f"/recordings/{recording}/lineage",
        ):
            desk.get(path, 404)
        desk.post("/reports", 404, case_id=desk.case, kind="news", language="en")

    def test_whoever_only_reads_cannot_write(self, desk: Desk, people: People) -> None:
        report = desk.report()
        desk.headers = people.join(Role.AUDITOR, case=desk.case).headers

        desk.get(f"/reports/{report}")
        desk.post(f"/reports/{report}/snapshots", 403, text="Words.")


def test_each_change_leaves_one_entry_that_tells_no_words(
    desk: Desk, app_database: Database
) -> None:
    report = desk.report(title="A secret title")
    snapshot = desk.snapshot(report)
    desk.post(
        f"/snapshots/{snapshot}/citations", recording_id=desk.recording(), exact="The convoy"
    )

    with app_database.reading() as session:
        bodies = session.scalars(select(LogEntry.body).order_by(LogEntry.log_index)).all()
    entries: Any = [parse(body) for body in bodies]
    events = [entry["event"] for entry in entries]

    assert [event for event in events if event.split(":")[0] in {"report", "citation"}] == [
        "report:creation",
        "report:snapshot",
        "citation:creation",
    ]
    assert not any(word in body for body in bodies for word in (b"secret", b"convoy"))


def test_a_list_is_read_page_by_page(desk: Desk) -> None:
    made = [desk.report() for _ in range(3)]

    first = desk.get(f"/reports?case_id={desk.case}&limit=2")
    rest = desk.get(f"/reports?limit=2&cursor={first['next_cursor']}")

    assert [item["id"] for item in (*first["items"], *rest["items"])] == made
    assert rest["next_cursor"] is None


def test_a_post_sent_twice_with_one_key_is_done_once(desk: Desk) -> None:
    desk.headers |= {"Idempotency-Key": "the same"}

    assert desk.report() == desk.report()
    assert len(desk.get("/reports")["items"]) == 1
