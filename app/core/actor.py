"""
Who acts, as they were known when they acted.

The custody log copies this value into every entry, so that the log stays readable when
accounts are renamed or gone, and so that custody needs to know nothing about accounts.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.core.canonical import Json


class ActorKind(StrEnum):
    """What sort of thing acts."""

    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a kind of actor, not a secret
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Someone or something that acts.

    `id` is the account's identifier (or the name of the service); `via` the identifier of
    the session or token they came with, never its secret.
    """

    id: str
    kind: ActorKind
    name: str
    via: str | None = None

    def as_data(self) -> dict[str, Json]:
        """What an entry keeps of the actor."""
        return {"id": self.id, "kind": str(self.kind), "name": self.name, "via": self.via}


def service(name: str) -> Actor:
    """The catalogue acting by itself: a worker, the command line, a sweep."""
    return Actor(id=f"service:{name}", kind=ActorKind.SERVICE, name=name)
