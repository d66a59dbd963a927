"""Claims are about incidents, places and material of their own case, and of no other."""

import pytest

from app.claims.subjects import require
from app.claims.terms import SubjectKind
from app.core.actor import service as acting
from app.core.database import Database
from app.core.errors import Invalid, NotFound
from app.incidents import service, subjects
from app.incidents.models import MaterialKind
from app.incidents.service import Naming

WHO = acting("a test")


def test_each_is_known_in_its_own_case_by_its_name(database: Database) -> None:
    subjects.register()
    with database.writing() as session:
        incident = service.register(session, actor=WHO, case_id="one", title="At the ferry")
        place = service.place(session, actor=WHO, case_id="one", names=[Naming("Harbour")])
        material = service.register_material(
            session, actor=WHO, case_id="one", kind=MaterialKind.VIDEO, title="A video"
        )

    with database.reading() as session:
        for kind, row, name in (
            (SubjectKind.INCIDENT, incident, "At the ferry"),
            (SubjectKind.PLACE, place, "Harbour"),
            (SubjectKind.MATERIAL, material, "A video"),
        ):
            require(session, kind, row.id, case_id="one")
            assert subjects.name_of(session, kind, row.id) == name
            with pytest.raises(NotFound):
                subjects.name_of(session, kind, "nothing")
            for case_id, identifier in (("two", row.id), ("one", "nothing")):
                with pytest.raises(Invalid) as refused:
                    require(session, kind, identifier, case_id=case_id)
                assert refused.value.field == "subject_id"
