"""
One request, one transaction.

`Writing` commits when the route has returned and before the answer leaves: with FastAPI's
default scope a commit that fails still gives the client its 201, which here would be a
lie (`scope="function"`, held by a test).

A session does nothing until the route's first statement. Dependencies must not use it:
one that took SQLite's write lock and then waited for a worker thread, while all threads
wait for that lock, would stall the server. For the same reason few writers and readers are
let in at a time; the others wait without holding a thread.
"""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from app.http.parts import PartsOf

WRITERS = 8
READERS = 16


def reading(parts: PartsOf) -> Iterator[Session]:
    """A session for one request that changes nothing."""
    with parts.database.reading() as session:
        yield session


def writing(parts: PartsOf) -> Iterator[Session]:
    """A session for one request, committed before the answer."""
    with parts.database.writing() as session:
        yield session


Reading = Annotated[Session, Depends(reading, scope="function", max_concurrency=READERS)]
Writing = Annotated[Session, Depends(writing, scope="function", max_concurrency=WRITERS)]
