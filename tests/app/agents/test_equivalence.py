"""Two agents may be one; a person says so, nothing is merged, and no withheld name comes out."""

import pytest
from sqlalchemy import select

from app.agents import equivalence, queries, service
from app.agents.models import Agent, AgentKind, EquivalenceRuling, IdentityStatus, NameKind
from app.agents.service import OtherName
from app.core.actor import Actor
from app.core.database import Database
from app.core.errors import Conflict, Invalid
from app.custody.models import LogEntry

CASE = "case-1"


class House:
    """One case with agents in it."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self.database, self.actor = database, actor

    def person(self, name: str, **more: object) -> Agent:
        status = more.pop("status", IdentityStatus.NAMED)
        with self.database.writing() as session:
            return service.create(
                session,
                actor=self.actor,
                case_id=str(more.pop("case_id", CASE)),
                kind=more.pop("kind", AgentKind.PERSON),  # type: ignore[arg-type]
                identity_status=status,  # type: ignore[arg-type]
                name=name,
                **more,  # type: ignore[arg-type]
            )

    def rule(self, agent: Agent, other: Agent, ruling: EquivalenceRuling) -> None:
        with self.database.writing() as session:
            service.rule(
                session,
                actor=self.actor,
                agent=agent,
                other=other,
                ruling=ruling,
                reason="The same office at the same time.",
                method=equivalence.METHOD,
            )

    def proposed(self, *, source_read: bool = True, **more: object) -> set[tuple[str, str]]:
        with self.database.reading() as session:
            found = equivalence.proposals(session, CASE, source_read=source_read, **more)  # type: ignore[arg-type]
            return {(item.first_name, item.second_name) for item in found.items}

    def one_with(self, agent: Agent, *, source_read: bool = True) -> frozenset[str]:
        with self.database.reading() as session:
            return equivalence.one_with(session, agent, source_read=source_read)


@pytest.fixture
def house(database: Database, investigator: Actor) -> House:
    return House(database, investigator)


def test_three_spellings_are_proposed_and_a_ruling_settles_a_pair(house: House) -> None:
    one, two, three = (
        house.person(name) for name in ("Yuriy Belousov", "Yuriy Bielousov", "Yuri Belyausov")
    )
    house.person("Heorhii Tykhyi")
    house.person("Юрий Белоусов", case_id="another-case")
    everything = house.proposed()

    house.rule(two, one, EquivalenceRuling.SAME)
    house.rule(three, one, EquivalenceRuling.NOT_SAME)

    assert everything == {
        ("Yuriy Belousov", "Yuriy Bielousov"),
        ("Yuriy Belousov", "Yuri Belyausov"),
        ("Yuriy Bielousov", "Yuri Belyausov"),
    }
    assert house.proposed() == {("Yuriy Bielousov", "Yuri Belyausov")}
    assert house.one_with(two) == {one.id, two.id}
    house.rule(one, two, EquivalenceRuling.REOPENED)
    assert house.one_with(two) == {two.id}
    assert ("Yuriy Belousov", "Yuriy Bielousov") in house.proposed()


def test_both_agents_stay_as_they_were_entered(house: House) -> None:
    one, two = house.person("Serhii Haidai"), house.person("Сергей Гайдай")
    house.rule(one, two, EquivalenceRuling.SAME)

    with house.database.reading() as session:
        assert queries.get(session, one.id).name == "Serhii Haidai"
        assert queries.get(session, two.id).name == "Сергей Гайдай"


def test_every_name_of_an_agent_is_compared(house: House) -> None:
    house.person(
        "Storm unit of the 394th Regiment",
        kind=AgentKind.MILITARY_UNIT,
        names=[OtherName("394 мсп", NameKind.ABBREVIATION)],
    )
    house.person("394th Motorized Rifle Regiment", kind=AgentKind.MILITARY_UNIT)

    assert house.proposed() == {("394 мсп", "394th Motorized Rifle Regiment")}


def test_a_withheld_name_takes_no_part_for_who_may_not_know_it(house: House) -> None:
    withheld = house.person("Yuriy Belousov", status=IdentityStatus.WITHHELD)
    public = house.person("Юрий Белоусов")

    assert house.proposed(source_read=False) == set()
    assert house.proposed(source_read=False, agent_id=public.id) == set()
    assert house.proposed() == {("Yuriy Belousov", "Юрий Белоусов")}

    house.rule(withheld, public, EquivalenceRuling.SAME)
    assert house.one_with(public, source_read=False) == {public.id}
    assert house.one_with(public) == {public.id, withheld.id}
    with house.database.reading() as session:
        for agent in (withheld, public):
            assert equivalence.rulings_of(session, agent, source_read=False) == []
            assert len(equivalence.rulings_of(session, agent, source_read=True)) == 1


def test_the_custody_log_does_not_say_which_two_are_one(house: House) -> None:
    one, two = house.person("A B"), house.person("C D")
    house.rule(one, two, EquivalenceRuling.SAME)

    with house.database.reading() as session:
        newest = session.scalars(select(LogEntry).order_by(LogEntry.log_index.desc())).first()
        assert newest is not None
        assert newest.event == "agent:equivalence"
        for told in (one.id, two.id, "same office"):
            assert told.encode() not in newest.body


def test_a_ruling_that_means_nothing_is_refused(house: House) -> None:
    one, two = house.person("A B"), house.person("C D")
    foreign = house.person("E F", case_id="another-case")

    for other in (one, foreign):
        with pytest.raises(Invalid) as refused:
            house.rule(one, other, EquivalenceRuling.SAME)
        assert refused.value.field == "other_id"
    with pytest.raises(Conflict):
        house.rule(one, two, EquivalenceRuling.REOPENED)
    house.rule(one, two, EquivalenceRuling.NOT_SAME)
    with pytest.raises(Conflict):
        house.rule(two, one, EquivalenceRuling.NOT_SAME)


def test_what_was_ruled_later_was_not_known_before(house: House) -> None:
    one, two = house.person("Serhii Haidai"), house.person("Сергей Гайдай")
    house.rule(one, two, EquivalenceRuling.SAME)

    assert house.proposed() == set()
    assert len(house.proposed(as_of=two.log_index)) == 1
