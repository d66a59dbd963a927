"""The parts that a running service is made of, opened once and handed to every request."""

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from app.core.database import Database
from app.core.settings import Settings
from app.core.storage import ObjectStore, Staging
from app.http.ratelimit import SignInLimit


@dataclass(frozen=True, slots=True)
class Parts:
    """Settings, database, evidence room, unfinished uploads, and the count of sign-ins."""

    settings: Settings
    database: Database
    storage: ObjectStore
    staging: Staging
    sign_ins: SignInLimit = field(default_factory=SignInLimit)


def parts(request: Request) -> Parts:
    """The parts of the application that serves this request."""
    return cast("Parts", request.app.state.parts)


PartsOf = Annotated[Parts, Depends(parts)]
