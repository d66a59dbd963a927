"""Steps of a hierarchy come from chains of units, one with another, and circles end."""

from app.claims import hierarchy, values
from app.claims.facts import UnitChain
from app.claims.models import Claim
from app.claims.predicates import Predicate
from app.claims.terms import Modality, SubjectKind
from app.claims.values import Named


def chain(name: str, *units: Named) -> Claim:
    return Claim(
        id=name,
        subject_kind=SubjectKind.AGENT,
        subject_id="a",
        predicate=Predicate.UNIT,
        value=values.to_json(UnitChain(units=units)),
        modality=Modality.ASSERTED,
    )


def unit(name: str, agent_id: str | None = None) -> Named:
    return Named(name=name, agent_id=agent_id)


def spelled(steps: list[hierarchy.Step]) -> list[tuple[str, str, list[str]]]:
    return [
        (step.lower.key, step.upper.key, [claim.id for claim in step.claims]) for step in steps
    ]


def test_claims_that_say_the_same_step_are_one_step_with_both() -> None:
    one = chain("one", unit("Storm unit", "s"), unit("394th Regiment", "r"), unit("127th", "d"))
    two = chain("two", unit("394 мсп", "r2"), unit("127 мсд", "d"))

    steps = hierarchy.steps([one, two], same={"r2": "r", "r": "r"})

    assert spelled(steps) == [("s", "r", ["one"]), ("r", "d", ["one", "two"])]


def test_units_nobody_took_for_an_agent_are_told_apart_by_their_names() -> None:
    steps = hierarchy.steps([chain("one", unit("Storm  unit"), unit("The Regiment", "r"))])

    assert spelled(steps) == [("name:storm unit", "r", ["one"])]


def test_only_what_leads_up_or_down_is_around_a_unit() -> None:
    every = hierarchy.steps(
        [
            chain("one", unit("a", "a"), unit("b", "b"), unit("c", "c")),
            chain("two", unit("x", "x"), unit("c", "c")),
        ]
    )

    assert {(step.lower.key, step.upper.key) for step in hierarchy.around(every, "b")} == {
        ("a", "b"),
        ("b", "c"),
    }


def test_a_circle_ends_where_it_began() -> None:
    every = hierarchy.steps(
        [
            chain("one", unit("a", "a"), unit("b", "b")),
            chain("two", unit("b", "b"), unit("a", "a")),
        ]
    )

    assert len(hierarchy.around(every, "a")) == 2
