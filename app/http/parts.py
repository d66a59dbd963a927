"""The parts that a running service is made of, opened once and handed to every request."""

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from app.core.database import Database
from app.core.settings import Settings
from app.core.storage import ObjectStore, Staging
from app.http.admissions import Admissions
from app.http.ratelimit import SignInLimit


@dataclass(frozen=True, slots=True)
class Parts:
    """
    Settings, database, evidence room, unfinished uploads; the count of sign-ins, and who
    came in last.
    """

    settings: Settings
    database: Database
    storage: ObjectStore
    staging: Staging
    sign_ins: SignInLimit = field(default_factory=SignInLimit)
    admissions: Admissions = field(default_factory=Admissions)


async def parts(request: Request) -> Parts:
    """
    The parts of the application that serves this request.

    Asynchronous although it waits for nothing: the framework would send it to a thread and
    back in every request.
    """
    return cast("Parts", request.app.state.parts)


PartsOf = Annotated[Parts, Depends(parts)]
