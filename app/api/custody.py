"""
The custody log for those who want to check it: head, checkpoint, entries, proofs.

The head, checkpoints and proofs hold no content (leaves are salted commitments), so
whoever may read custody anywhere may have them whole. Entries are for the members of the
case they belong to; with its exact bytes and salt anybody can compute an entry's leaf.
"""

import base64
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from app.accounts.permissions import Permission
from app.api.wire import FIRST, Cursor, Id, Limit, Listing, LogIndex, UtcInstant, Wire, listing
from app.cases.caller import Caller
from app.core.canonical import parse
from app.core.errors import Invalid, NotFound
from app.custody import queries
from app.custody.models import LogEntry
from app.custody.service import Subject
from app.http.caller import allowed
from app.http.transactions import Reading

router = APIRouter(prefix="/custody", tags=["custody"])
Seeing = Annotated[Caller, allowed(Permission.CUSTODY_READ)]


class HeadOut(Wire):
    """How large the log is now, and its RFC 6962 root in hex; unsigned."""

    size: int
    root: str


class EntryOut(Wire):
    """
    An entry: as JSON to read, and its exact bytes and salt (base64) to hash.

    leaf = SHA-256(0x00 || SHA-256("earwitness/v1/leaf" 0x00 || salt || SHA-256(bytes)))
    """

    log_index: int
    recorded_at: UtcInstant
    entry: dict[str, Any]
    bytes: str
    salt: str

    @classmethod
    def of(cls, row: LogEntry) -> "EntryOut":
        """Shape an entry."""
        body: Any = parse(row.body)
        return cls(
            log_index=row.log_index,
            recorded_at=row.recorded_at,
            entry=body,
            bytes=base64.b64encode(row.body).decode(),
            salt=base64.b64encode(row.salt).decode(),
        )


class InclusionOut(Wire):
    """That an entry is in the log of `size` entries (RFC 9162 2.1.3.2); hashes in hex."""

    index: int
    size: int
    leaf_hash: str
    path: list[str]
    root: str


class ConsistencyOut(Wire):
    """That the log of `new` entries begins with that of `old` (RFC 9162 2.1.4.2)."""

    old: int
    new: int
    path: list[str]
    old_root: str
    new_root: str


@router.get("/head")
def head(session: Reading, caller: Seeing) -> HeadOut:  # noqa: ARG001 - asking is what is allowed
    """Show the present head of the log."""
    found = queries.head(session)
    return HeadOut(size=found.size, root=found.root.hex())


@router.get("/checkpoint", response_class=PlainTextResponse)
def checkpoint(session: Reading, caller: Seeing) -> Response:  # noqa: ARG001 - likewise
    """Give the newest signed checkpoint, as the signed note it is (C2SP tlog-checkpoint)."""
    found = queries.latest_checkpoint(session)
    if found is None:
        raise NotFound("no checkpoint has been signed yet")
    return PlainTextResponse(found.note)


@router.get("/entries")
def entries(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    subject_kind: str | None = None,
    subject_id: str | None = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[EntryOut]:
    """List the entries of one's cases, oldest first, about one subject or about everything."""
    if (subject_kind is None) != (subject_id is None):
        raise Invalid("a subject has a kind and an identifier", field="subject_kind")
    subject = Subject(subject_kind, subject_id) if subject_kind and subject_id else None
    page = queries.entries(
        session,
        cases=caller.cases_with(Permission.CUSTODY_READ),
        subject=subject,
        limit=limit,
        cursor=cursor,
    )
    return listing(request, response, page, of=EntryOut.of)


@router.get("/entries/{index}")
def entry(index: Id, session: Reading, caller: Seeing) -> EntryOut:
    """Show one entry of one's cases."""
    return EntryOut.of(_entry(session, caller, index))


@router.get("/entries/{index}/proof")
def proof(index: Id, session: Reading, caller: Seeing, size: LogIndex = None) -> InclusionOut:
    """Prove that an entry of one's cases is in the log, at its present size or an earlier one."""
    found = _entry(session, caller, index)
    made = queries.inclusion(session, found.log_index, size)
    return InclusionOut(
        index=made.index,
        size=made.size,
        leaf_hash=made.leaf_hash.hex(),
        path=[step.hex() for step in made.path],
        root=made.root.hex(),
    )


@router.get("/consistency")
def consistency(
    session: Reading,
    caller: Seeing,  # noqa: ARG001 - likewise
    old: int,
    new: LogIndex = None,
) -> ConsistencyOut:
    """Prove that the log only grew from one size to another."""
    made = queries.consistency(session, old, new)
    return ConsistencyOut(
        old=made.old,
        new=made.new,
        path=[step.hex() for step in made.path],
        old_root=made.old_root.hex(),
        new_root=made.new_root.hex(),
    )


def _entry(session: Reading, caller: Caller, index: str) -> LogEntry:
    """The entry if it belongs to a case of theirs; whose it is, is no one else's business."""
    row = queries.entry(session, int(index)) if index.isdecimal() and len(index) < 10 else None  # noqa: PLR2004 - 32 bits
    if row is None or not caller.may(Permission.CUSTODY_READ, row.case_id):
        raise NotFound("no such entry")
    return row
