"""Incidents, places and material are registered; what is said of them is no column of theirs."""

import pytest
from sqlalchemy import func, select

from app.core.actor import Actor
from app.core.database import Base, Database
from app.core.digest import Digest
from app.core.errors import Invalid
from app.custody.models import LogEntry
from app.incidents import models, queries, service
from app.incidents.models import MaterialKind, MaterialStatus, PlacePrecision
from app.incidents.service import Naming

CASE = "case-1"
HASH = Digest.of_bytes(b"a film")


def test_a_place_lies_in_larger_places_and_has_names_in_languages(
    database: Database, investigator: Actor
) -> None:
    with database.writing() as session:
        region = service.place(
            session,
            actor=investigator,
            case_id=CASE,
            names=[Naming("Sandy Region", "en"), Naming("Піщана область", "uk")],
            precision=PlacePrecision.REGION,
        )
        ford = service.place(
            session,
            actor=investigator,
            case_id=CASE,
            names=[Naming("Sandy Ford", "en")],
            precision=PlacePrecision.SETTLEMENT,
            parent_id=region.id,
        )
        service.name_place(
            session, actor=investigator, place=ford, naming=Naming("Піщаний Брід", "uk")
        )

        assert [above.id for above in queries.larger(session, ford)] == [region.id]
        names = queries.names_of(session, [ford.id, region.id])
        assert [name.name for name in names[ford.id]] == ["Sandy Ford", "Піщаний Брід"]
        assert [name.language for name in names[region.id]] == ["en", "uk"]
        before = queries.names_of(session, [ford.id], as_of=ford.log_index)
        assert [name.name for name in before[ford.id]] == ["Sandy Ford"]


def test_material_is_held_when_somebody_states_its_bytes_and_where_they_are(
    database: Database, investigator: Actor
) -> None:
    with database.writing() as session:
        film = service.register_material(
            session,
            actor=investigator,
            case_id=CASE,
            kind=MaterialKind.VIDEO,
            title="A film from the air",
        )
        still = service.register_material(
            session,
            actor=investigator,
            case_id=CASE,
            kind=MaterialKind.SCREENSHOT,
            title="A still of it",
            derived_from_id=film.id,
        )
        before = queries.statuses_of(session, [film.id, still.id])
        held = service.hold(
            session, actor=investigator, material=film, digest=HASH, kept_at="the desk's safe"
        )

        assert set(before.values()) == {MaterialStatus.CITED_NOT_HELD}
        after = queries.statuses_of(session, [film.id, still.id])
        assert after[film.id] is MaterialStatus.HELD
        assert after[still.id] is MaterialStatus.CITED_NOT_HELD
        assert queries.statuses_of(session, [film.id], as_of=still.log_index) == {
            film.id: MaterialStatus.CITED_NOT_HELD
        }
        assert [row.id for row in queries.made_from(session, film.id)] == [still.id]
        assert [row.id for row in queries.holdings_of(session, [film.id])[film.id]] == [held.id]


@pytest.mark.parametrize(
    ("verb", "given", "field"),
    [
        (service.register, {"title": " "}, "title"),
        (service.place, {"names": []}, "names"),
        (service.place, {"names": [Naming("X", "xx-none")]}, "language"),
        (service.place, {"names": [Naming("X")], "parent_id": "nowhere"}, "parent_id"),
        (
            service.register_material,
            {"kind": MaterialKind.PHOTO, "title": "X", "derived_from_id": "nothing"},
            "derived_from_id",
        ),
    ],
)
def test_what_means_nothing_is_refused_naming_the_field(
    database: Database, investigator: Actor, verb: object, given: dict[str, object], field: str
) -> None:
    with database.writing() as session, pytest.raises(Invalid) as refused:
        verb(session, actor=investigator, case_id=CASE, **given)  # type: ignore[operator]

    assert refused.value.field == field


def test_a_parent_of_another_case_is_not_told_from_one_that_is_not_there(
    database: Database, investigator: Actor
) -> None:
    with database.writing() as session:
        foreign = service.place(
            session, actor=investigator, case_id="case-2", names=[Naming("Elsewhere")]
        )
        said = set()
        for parent in (foreign.id, "nowhere"):
            with pytest.raises(Invalid) as refused:
                service.place(
                    session,
                    actor=investigator,
                    case_id=CASE,
                    names=[Naming("Here")],
                    parent_id=parent,
                )
            said.add(refused.value.message)

    assert len(said) == 1


def test_every_verb_leaves_one_entry_that_names_nobody(
    database: Database, investigator: Actor
) -> None:
    with database.writing() as session:
        service.register(
            session, actor=investigator, case_id=CASE, title="Canary title", note="Canary note"
        )
        service.place(session, actor=investigator, case_id=CASE, names=[Naming("Canary Ford")])
        bodies = session.scalars(select(LogEntry.body)).all()

        assert session.scalar(select(func.count()).select_from(LogEntry)) == 2
        assert not any(b"Canary" in body for body in bodies)


def test_no_table_here_holds_when_where_or_how_many() -> None:
    columns = {
        column.name
        for table in Base.metadata.tables.values()
        if table.name in {"incident", "material"}
        for column in table.columns
    }

    assert not columns & {"date", "occurred", "place", "place_id", "count", "unit", "duration_ms"}
    assert models.Incident.__tablename__ == "incident"
