"""The pages of agents: names, hierarchy, whom they may be one with, and nothing of the withheld."""

from app.accounts.permissions import Role
from app.agents import service as agents
from app.agents.models import Agent, AgentKind, IdentityStatus
from app.claims import service as claims
from app.claims.predicates import Predicate
from app.claims.service import Assertion
from app.claims.terms import SubjectKind
from app.core.actor import service
from app.reports import queries as reports
from app.reports.anchor import Passage
from app.reports.mentions import service as mentions
from tests.app.web.conftest import Desk, Enter

SOMEBODY = service("somebody")
TEXT = (
    "Anatolii Koval, head of the harbour office, said the 3rd Battalion of the 9th Ferry Brigade "
    "had been there. “It was they”, Koval said."
)


def agent(desk: Desk, case: str, name: str, **more: object) -> Agent:
    given = {"kind": AgentKind.PERSON, "identity_status": IdentityStatus.NAMED} | more
    with desk.database.writing() as session:
        return agents.create(session, actor=SOMEBODY, case_id=case, name=name, **given)  # type: ignore[arg-type]


def claim(
    desk: Desk,
    report: str,
    exact: str,
    subject: Agent,
    predicate: Predicate,
    value: object,
    **more: object,
) -> None:
    with desk.database.writing() as session:
        snapshot = reports.newest_snapshot_of(session, report)
        assert snapshot is not None
        claims.claim(
            session,
            actor=SOMEBODY,
            snapshot=snapshot,
            passage=Passage(exact=exact),
            assertion=Assertion(
                subject_kind=SubjectKind.AGENT,
                subject_id=subject.id,
                predicate=predicate,
                value=value,  # type: ignore[arg-type]
                **more,  # type: ignore[arg-type]
            ),
        )


def test_an_agent_is_entered_and_named_through_forms(desk: Desk) -> None:
    page = desk.browser.open("/agents")
    made = desk.browser.submit(
        page, "/agents", name="Anatolii Koval", kind="person", identity_status="named"
    )

    named = desk.browser.submit(made, "/names", name="Koval", kind="probable_mistranslation")

    assert "Anatolii Koval" in named.text
    assert "probable mistranslation" in named.text
    assert "Koval" in desk.browser.open("/agents").text


def test_a_name_that_cannot_be_comes_back_on_its_form(desk: Desk) -> None:
    page = desk.browser.open("/agents")

    refused = desk.browser.submit(
        page, "/agents", name="", kind="person", identity_status="named", description="a man"
    )

    assert refused.status == 422
    assert "needs a name" in refused.text
    assert refused.form("/agents").fields["description"] == "a man"


def test_two_spellings_are_proposed_and_ruled_on_with_a_reason(desk: Desk, case: str) -> None:
    one, two = agent(desk, case, "Anatolii Koval"), agent(desk, case, "Анатолий Коваль")

    listed = desk.browser.open("/agents/proposals")
    page = desk.browser.open(f"/agents/{one.id}")
    assert "written in other letters" in listed.text
    assert f"/agents/{two.id}#one-head" in listed.links.values()
    assert "perhaps one with" in page.text
    assert "written in other letters" in page.text
    ruled = desk.browser.submit(page, "/equivalences", ruling="same", reason="One office.")

    assert "Ruled to be one with Анатолий Коваль" in ruled.text
    assert "names-compared 1" in ruled.text
    assert "perhaps one with" not in ruled.text
    assert "No two names here may be one" in desk.browser.open("/agents/proposals").text
    assert "Anatolii Koval" in desk.browser.open(f"/agents/{two.id}").text
    again = desk.browser.submit(ruled, "/equivalences#again", reason="Two offices.")
    assert "perhaps one with" in again.text


def test_roles_hierarchy_and_what_they_said_lead_to_their_sentences(desk: Desk, case: str) -> None:
    who = agent(desk, case, "Anatolii Koval")
    unit = agent(desk, case, "3rd Battalion", kind=AgentKind.MILITARY_UNIT)
    above = agent(desk, case, "9th Ferry Brigade", kind=AgentKind.MILITARY_UNIT)
    report = desk.report(TEXT)
    desk.mark(report, "It was they", speaker_as_described="Koval (Anatolii Koval)")
    claim(
        desk,
        report,
        "head of the harbour office",
        who,
        Predicate.ROLE,
        {"kind": "head", "title": "head of the harbour office"},
    )
    claim(
        desk,
        report,
        "the 3rd Battalion of the 9th Ferry Brigade had been there",
        unit,
        Predicate.UNIT,
        {
            "units": [
                {"name": "3rd Battalion", "agent_id": unit.id},
                {"name": "9th Ferry Brigade", "agent_id": above.id},
            ]
        },
        said_by_id=who.id,
    )
    with desk.database.writing() as session:
        snapshot = reports.newest_snapshot_of(session, report)
        assert snapshot is not None
        mentions.mention(
            session,
            actor=SOMEBODY,
            snapshot=snapshot,
            agent=who,
            passage=Passage(exact="Anatolii Koval"),
        )

    person = desk.browser.open(f"/agents/{who.id}")
    lower = desk.browser.open(f"/agents/{unit.id}")

    for told in ("head of the harbour office", "It was they", "Named or described in 1 passage"):
        assert told in person.text
    assert "3rd Battalion &lt; 9th Ferry Brigade" in person.html
    assert "3rd Battalion belongs to 9th Ferry Brigade" in lower.text
    assert any(tag == "svg" for tag, _ in lower.elements)


def test_a_withheld_identity_shows_its_description_and_nothing_else(
    desk: Desk, case: str, enter: Enter
) -> None:
    hidden = agent(
        desk,
        case,
        "Anatolii Koval",
        identity_status=IdentityStatus.WITHHELD,
        description="a resident",
    )
    public = agent(desk, case, "Анатолий Коваль")
    report = desk.report(TEXT)
    with desk.database.writing() as session:
        snapshot = reports.newest_snapshot_of(session, report)
        assert snapshot is not None
        mentions.mention(
            session,
            actor=SOMEBODY,
            snapshot=snapshot,
            agent=hidden,
            passage=Passage(exact="head of the harbour office"),
        )
    reviewer = enter(Role.REVIEWER)

    page = reviewer.open(f"/agents/{hidden.id}")

    assert "a resident" in page.text
    assert "withheld" in page.text
    for told in ("Koval", "Коваль", "harbour office", public.id):
        assert told not in page.html
    assert hidden.id not in reviewer.open(f"/agents/{public.id}").html
    assert "Koval" not in reviewer.open("/agents").html
    assert "No two names here may be one" in reviewer.open("/agents/proposals").text
    assert "Anatolii Koval" in desk.browser.open(f"/agents/{hidden.id}").text
