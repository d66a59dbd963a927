"""The pages of incidents, material, and of what is cited and not held."""

from app.claims import service as claims
from app.claims.predicates import Predicate
from app.claims.service import Assertion
from app.claims.terms import Modality, SubjectKind
from app.core.actor import service
from app.core.database import Database
from app.core.digest import Digest
from app.incidents import service as incidents
from app.incidents.models import MaterialKind
from app.reports import queries as reports
from app.reports.anchor import Passage
from tests.app.web.conftest import Desk

SOMEBODY = service("somebody")
BYTES = b"some bytes"
TEXT = (
    "The traffic appears to coincide with a film of the ferry. At least two boats are led away. "
    f"Its digest is {Digest.of_bytes(BYTES).hex}."
)


def claim(database: Database, report: str, exact: str, assertion: Assertion) -> None:
    with database.writing() as session:
        snapshot = reports.newest_snapshot_of(session, report)
        assert snapshot is not None
        claims.claim(
            session,
            actor=SOMEBODY,
            snapshot=snapshot,
            passage=Passage(exact=exact),
            assertion=assertion,
        )


def test_an_incident_a_material_and_a_place_are_entered_through_forms(desk: Desk) -> None:
    browser = desk.browser
    browser.submit(browser.open("/incidents"), "/incidents", title="At the ferry")
    browser.submit(browser.open("/incidents"), "/materials", title="A film", kind="video")
    page = browser.submit(browser.open("/incidents"), "/places", name="Sandy Ford")
    refused = browser.submit(page, "/places", name=" ")

    for told in ("At the ferry", "A film", "cited not held", "Sandy Ford"):
        assert told in page.text
    assert refused.status == 422


def test_an_incident_shows_what_is_put_beside_it_as_firmly_as_it_is_said(
    desk: Desk, case: str
) -> None:
    recording = desk.add()
    report = desk.report(TEXT, publisher="The Evening")
    with desk.database.writing() as session:
        incident = incidents.register(session, actor=SOMEBODY, case_id=case, title="At the ferry")
        film = incidents.register_material(
            session, actor=SOMEBODY, case_id=case, kind=MaterialKind.VIDEO, title="A film"
        )
    for subject_kind, subject_id, kind in (
        (SubjectKind.RECORDING, recording, "coincides"),
        (SubjectKind.MATERIAL, film.id, "depicts"),
    ):
        claim(
            desk.database,
            report,
            "appears to coincide with a film",
            Assertion(
                subject_kind=subject_kind,
                subject_id=subject_id,
                predicate=Predicate.EVENT_LINK,
                value={"kind": kind, "to_kind": "incident", "to_id": incident.id},
                modality=Modality.APPEARS,
            ),
        )
    claim(
        desk.database,
        report,
        "At least two boats are led away",
        Assertion(
            subject_kind=SubjectKind.MATERIAL,
            subject_id=film.id,
            predicate=Predicate.COUNT,
            value={
                "counted": "vehicles",
                "count": {"operator": "at_least", "number": 2},
                "circumstance": "led_away",
            },
        ),
    )

    page = desk.browser.open(f"/incidents/{incident.id}")
    shown = desk.browser.open(f"/materials/{film.id}")

    for told in ("coincides", "depicts", "appears", "A film", "at least 2", "The Evening"):
        assert told in page.text
    assert f"/recordings/{recording}" in page.links.values()
    assert "Only cited: nobody here holds it" in shown.text
    assert "At the ferry" in shown.text
    held = desk.browser.submit(shown, "/holdings", sha256="ab" * 32, kept_at="the safe")
    assert "kept at the safe" in held.text


def test_bytes_with_the_printed_digest_are_pointed_out_and_nothing_is_merged(desk: Desk) -> None:
    wanted = desk.add("Traffic that is only cited")
    report = desk.report(TEXT, publisher="The Evening")
    claim(
        desk.database,
        report,
        Digest.of_bytes(BYTES).hex,
        Assertion(
            subject_kind=SubjectKind.RECORDING,
            subject_id=wanted,
            predicate=Predicate.DIGEST,
            value={"algorithm": "sha256", "hex": Digest.of_bytes(BYTES).hex},
        ),
    )
    before = desk.browser.open("/wanted")
    arrived = desk.add("What came in")
    desk.upload(arrived, BYTES)

    after = desk.browser.open("/wanted")
    on_its_page = desk.browser.open(f"/recordings/{arrived}")
    stated = desk.browser.submit(after, "/wanted/links", reason="The printed digest.")

    assert "Traffic that is only cited" in before.text
    assert "The Evening" in before.text
    assert "perhaps held" not in before.text
    assert "perhaps held" in after.text
    assert "our digest as printed" in after.text
    assert "Traffic that is only cited" in after.text
    assert "perhaps wanted" in on_its_page.text
    assert "waits for a second person" in stated.text
    assert "perhaps held" not in stated.text
    assert "perhaps wanted" not in desk.browser.open(f"/recordings/{arrived}").text
