"""What other reports make of an assessment, over HTTP: proposed, decided, shown in time."""

from typing import Any

from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.conftest import People

ONE = "A sound expert who heard the calls said they did not appear to be faked."
OTHER = "Sound experts say the calls and the film appear to be genuine."


class Asking:
    """An investigator with a recording, and two reports of which one cites the other."""

    def __init__(self, client: TestClient, people: People) -> None:
        self.client, self.case = client, people.case()
        self.headers = people.join(Role.INVESTIGATOR, case=self.case).headers
        self.recording = self.post("/recordings", case_id=self.case, title="Calls")["id"]
        self.first, self.one = self.report(ONE, "2025-05-20")
        self.second, self.other = self.report(OTHER, None)
        self.post(
            f"/reports/{self.second}/links",
            to_report_id=self.first,
            relation="cites",
            layer="inferred",
            rationale="it says so",
        )

    def report(self, text: str, published: str | None) -> tuple[str, str]:
        report = self.post(
            "/reports", case_id=self.case, kind="news", language="en", published_edtf=published
        )["id"]
        return report, self.post(f"/reports/{report}/snapshots", text=text)["id"]

    def post(self, path: str, expected: int = 201, **body: Any) -> Any:
        answer = self.client.post(f"/api/v1{path}", json=body, headers=self.headers)
        assert answer.status_code == expected, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/api/v1{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def place(self, snapshot: str) -> dict[str, Any]:
        """The one proposal in a text, as accepting and rejecting it name it."""
        (item,) = self.get(f"/snapshots/{snapshot}/assessment-proposals")["items"]
        anchor = item["anchor"]
        return {"start": anchor["start"], "end": anchor["end"], "question": item["question"]}


def test_a_statement_and_its_retelling_from_proposal_to_ledger(
    client: TestClient, people: People
) -> None:
    ask = Asking(client, people)
    place = ask.place(ask.one)
    signed = ask.post(
        f"/snapshots/{ask.one}/accepted-assessments", recording_id=ask.recording, **place
    )
    assert signed["assessor_as_described"] == "A sound expert"
    assert signed["subject"] == "unspecified_material"

    (proposed,) = ask.get(f"/snapshots/{ask.other}/assessment-proposals")["items"]
    assert proposed["restates"] == signed["id"]
    expected = ["stronger", "plurality_changed", "scope_widened"]
    assert proposed["drift"] == expected
    refused = ask.post(
        f"/snapshots/{ask.other}/accepted-assessments",
        expected=409,
        recording_id=ask.recording,
        **ask.place(ask.other),
    )
    assert refused["assessment_id"] == signed["id"]

    restated = ask.post(
        f"/assessments/{signed['id']}/restatements",
        snapshot_id=ask.other,
        exact=proposed["anchor"]["exact"],
    )
    assert restated["drift"] == restated["proposed"] == expected
    lineage = ask.get(f"/assessments/{signed['id']}/lineage")
    assert len(lineage["report_ids"]) == 2
    assert lineage["root_count"] == 1, "two reports tell it, and one of them cites the other"
    ledger = ask.get(f"/recordings/{ask.recording}/authenticity-ledger")
    (line,) = ledger["lines"]
    assert line["dated"] == {"edtf": "2025-05-20", "by": "published"}
    assert line["retellings"][0]["dated"] is None
    assert "1 of 1 without a stated method" in ledger["summary"]
    record = ask.get(f"/recordings/{ask.recording}/evidence-record")
    (item,) = record["assessments"]["items"]
    assert item["restatements"][0]["drift"] == expected
    before = f"/recordings/{ask.recording}/authenticity-ledger?as_of={signed['log_index']}"
    assert ask.get(before)["lines"][0]["retellings"] == []


def test_a_decision_is_made_anew_and_a_retelling_withdrawn(
    client: TestClient, people: People
) -> None:
    ask = Asking(client, people)
    signed = ask.post(
        f"/snapshots/{ask.one}/accepted-assessments",
        recording_id=ask.recording,
        **ask.place(ask.one),
    )
    first = ask.post(
        f"/assessments/{signed['id']}/restatements", snapshot_id=ask.other, exact=OTHER[:-1]
    )
    ask.post(f"/restatements/{first['id']}/supersession", expected=422, drift=["same"])
    newer = ask.post(
        f"/restatements/{first['id']}/supersession", drift=["stronger"], note="one film"
    )
    ask.post(f"/restatements/{newer['id']}/withdrawal", reason="about other calls")
    told = ask.get(f"/assessments/{signed['id']}/retelling")

    assert [each["holding"] for each in told["restatements"]] == ["superseded", "withdrawn"]


def test_a_rejected_proposal_says_so(client: TestClient, people: People) -> None:
    ask = Asking(client, people)
    rejected = ask.post(
        f"/snapshots/{ask.one}/rejected-assessments", reason="other calls", **ask.place(ask.one)
    )
    (item,) = ask.get(f"/snapshots/{ask.one}/assessment-proposals")["items"]

    assert item["rejection_id"] == rejected["id"]


def test_a_link_is_to_an_incident_of_the_same_case(client: TestClient, people: People) -> None:
    ask, elsewhere = Asking(client, people), Asking(client, people)
    said = {
        "question": "link_to_event",
        "stance": "supports",
        "kind": "official_statement",
        "wording": "It was the same ambush.",
        "assessor_as_described": "an official",
    }
    path = f"/recordings/{ask.recording}/assessments"
    incident = ask.post("/incidents", case_id=ask.case, title="An ambush")["id"]
    foreign = elsewhere.post("/incidents", case_id=elsewhere.case, title="Another")["id"]

    made = ask.post(path, about={"kind": "incident", "id": incident}, **said)
    assert made["about"] == {"kind": "incident", "id": incident}
    refused = ask.post(path, expected=422, about={"kind": "incident", "id": foreign}, **said)
    absent = ask.post(path, expected=422, about={"kind": "incident", "id": "none"}, **said)
    assert refused["field"] == absent["field"] == "about"
    assert refused["detail"] == absent["detail"]
