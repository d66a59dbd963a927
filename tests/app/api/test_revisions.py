"""Two texts of a report compared over HTTP."""

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.api.test_reports import TEXT, Desk
from tests.app.conftest import People


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    return Desk(client, case, people.join(Role.INVESTIGATOR, case=case).headers)


def test_a_silent_edit_is_told_with_what_fell_by_it(desk: Desk) -> None:
    report, recording = desk.report(), desk.recording()
    older = desk.snapshot(report)
    for exact in ("leaves at noon.”", "The station repeated"):
        desk.post(f"/snapshots/{older}/citations", recording_id=recording, exact=exact)
    newer = desk.snapshot(report, TEXT.replace("noon.", "dusk."))

    told = desk.get(f"/snapshots/{older}/revision?to={newer}")

    assert told["is_silent"]
    (change,) = told["changes"]
    assert (change["kind"], change["older"]["text"], change["newer"]["text"]) == (
        "changed",
        "noon.”",
        "dusk.”",
    )
    assert TEXT[change["older"]["start"] : change["older"]["end"]] == "noon.”"
    assert [(one["kind"], one["footing"]) for one in told["anchors"]] == [
        ("citation", "fallen"),
        ("citation", "stands"),
    ]
    assert told["anchors"][0]["newer"]["text"].endswith("dusk.”")


def test_a_correction_that_says_so_is_not_silent(desk: Desk) -> None:
    report = desk.report()
    older = desk.snapshot(report)
    newer = desk.snapshot(report, TEXT + "\r\nCorrection: it was noon.")

    told = desk.get(f"/snapshots/{older}/revision?to={newer}")

    assert not told["is_silent"]
    assert told["notices"][0]["text"] == "Correction:"


def test_texts_of_two_reports_are_not_compared(desk: Desk, people: People) -> None:
    one, other = desk.snapshot(desk.report()), desk.snapshot(desk.report())

    assert desk.get(f"/snapshots/{one}/revision?to={other}", 422)["field"] == "to"
    assert desk.get(f"/snapshots/{one}/revision?to=none", 422)["field"] == "to"
    desk.headers = people.join(Role.INVESTIGATOR, case=people.case()).headers
    desk.get(f"/snapshots/{one}/revision?to={one}", 404)
