"""Every route of the application, and what it declares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from app.accounts.permissions import Permission
from app.http.caller import Declared


@dataclass(frozen=True)
class Route:
    """One method at one address; `permissions` is `None` where nothing is declared."""

    method: str
    path: str
    permissions: frozenset[Permission] | None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes(app: FastAPI, prefix: str = "") -> Iterator[Route]:
    """Walk the application and what is mounted in it."""
    for context in iter_route_contexts(app.routes):
        original = context.original_route
        if isinstance(original, Mount):
            inner = original.app
            if isinstance(inner, FastAPI):
                yield from routes(inner, prefix + original.path)
            else:
                yield Route("GET", f"{prefix}{original.path}/…", None)
            continue
        declared = list(_declared(getattr(context, "dependant", None)))
        permissions = frozenset().union(*(each.permissions for each in declared))
        for method in sorted(context.methods or ()):
            yield Route(method, prefix + str(context.path), permissions if declared else None)


def _declared(dependant: Any) -> Iterator[Declared]:
    if dependant is None:
        return
    if isinstance(dependant.call, Declared):
        yield dependant.call
    for below in dependant.dependencies:
        yield from _declared(below)
