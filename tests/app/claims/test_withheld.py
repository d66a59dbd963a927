"""No claim ties a withheld identity to what a report prints of them."""

import pytest

from app.agents import service as agents
from app.agents.models import Agent, AgentKind, IdentityStatus
from app.claims.predicates import Predicate
from app.claims.terms import SubjectKind
from app.core.errors import Invalid
from tests.app.claims.conftest import CASE, INNA, Desk


@pytest.fixture
def hidden(desk: Desk) -> Agent:
    with desk.database.writing() as session:
        return agents.create(
            session,
            actor=INNA,
            case_id=CASE,
            kind=AgentKind.PERSON,
            identity_status=IdentityStatus.WITHHELD,
            name="Oleh Horbunov",
            description="a captain",
        )


def test_what_a_report_says_of_them_is_not_claimed_of_them(desk: Desk, hidden: Agent) -> None:
    with pytest.raises(Invalid) as refused:
        desk.claim(
            "Captain",
            Predicate.ROLE,
            {"kind": "officer", "title": "Captain"},
            subject_kind=SubjectKind.AGENT,
            subject_id=hidden.id,
        )

    assert refused.value.field == "subject_id"


def test_a_printed_name_does_not_stand_beside_their_identifier(desk: Desk, hidden: Agent) -> None:
    named = {"name": "Oleh Horbunov", "agent_id": hidden.id}
    described = {"name": "a captain", "identity": "described_only", "agent_id": hidden.id}
    value = {"act": "released", "channel": "press"}

    with pytest.raises(Invalid) as refused:
        desk.claim("given", Predicate.PUBLICATION, value | {"by": named})
    made = desk.claim("given", Predicate.PUBLICATION, value | {"by": described})

    assert refused.value.field == "value.agent_id"
    assert made.value["by"]["agent_id"] == hidden.id
