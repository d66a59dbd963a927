"""A case with a series of two recordings, two reports, and somebody who says things."""

from typing import Any

import pytest

from app.agents import service as agents
from app.agents.models import AgentKind, IdentityStatus
from app.claims import service
from app.claims.models import Claim
from app.claims.predicates import Predicate
from app.claims.service import Assertion
from app.claims.terms import Modality, SubjectKind
from app.core.actor import Actor, ActorKind
from app.core.database import Database
from app.recordings import service as recordings
from app.recordings.provenance import Particulars
from app.reports import service as reports
from app.reports.anchor import Passage
from app.reports.models import ReportKind
from app.reports.service import Particulars as Publication

INNA = Actor(id="account-inna", kind=ActorKind.PERSON, name="Inna")
REMO = Actor(id="account-remo", kind=ActorKind.PERSON, name="Remo")
SERIES = "Ferry band"
CASE = "case-1"
MORNING = (
    "Ferry crew told to leave the passengers\n"
    "The harbour office said the order was given last November. At least three voices were heard. "
    "It was probably an order. Captain Oleh Horbunov called it a serious violation."
)
EVENING = (
    "The order to the ferry was given in November 2023, officials said. It was heard four times. "
    "Captain Gorbunov called it a grave breach."
)


class Desk:
    """Two reports about one series, and a way to record what they claim."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing() as session:
            self.recording = recordings.catalogue(
                session,
                actor=INNA,
                case_id=CASE,
                particulars=Particulars(title="Ferry 1", series=SERIES),
            )
            self.foreign = recordings.catalogue(
                session,
                actor=INNA,
                case_id="case-2",
                particulars=Particulars(title="Elsewhere", series="Elsewhere"),
            )
            self.office = agents.create(
                session,
                actor=INNA,
                case_id=CASE,
                kind=AgentKind.ORGANIZATION,
                identity_status=IdentityStatus.NAMED,
                name="Harbour office",
            )
            self.stranger = agents.create(
                session,
                actor=INNA,
                case_id="case-2",
                kind=AgentKind.PERSON,
                identity_status=IdentityStatus.UNKNOWN,
            )
            self.morning, self.evening = (
                self._published(session, text) for text in (MORNING, EVENING)
            )

    def _published(self, session: Any, text: str) -> Any:
        report = reports.register(
            session,
            actor=INNA,
            case_id=CASE,
            particulars=Publication(
                kind=ReportKind.NEWS, language="en", published_edtf="2025-05-22"
            ),
        )
        return reports.snapshot(session, actor=INNA, report=report, text=text)

    def claim(
        self,
        exact: str,
        predicate: Predicate,
        value: dict[str, Any],
        *,
        snapshot: Any = None,
        **said: Any,
    ) -> Claim:
        given: dict[str, Any] = {
            "subject_kind": SubjectKind.SERIES,
            "subject_id": SERIES,
            "predicate": predicate,
            "value": value,
            "modality": Modality.ASSERTED,
        }
        method = said.pop("method", None)
        with self.database.writing() as session:
            return service.claim(
                session,
                actor=INNA,
                snapshot=snapshot or self.morning,
                passage=Passage(exact=exact),
                assertion=Assertion(**(given | said)),
                method=method,
            )


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)
