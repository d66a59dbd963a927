"""
The evidence record: everything known about a recording, at one place in the custody log.

A record is a function of the recording, the place, and what its reader may see; nothing in
it depends on when it is asked for. Rows are append-only, so the same place gives the same
record for ever: that is what `as_of` promises, and what makes keeping records lawful. The
key they are kept under names the log by its root, so a record of another log, or of
another state of this one, can never be taken for it.
"""

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core import clock
from app.core.canonical import Json
from app.core.digest import Digest
from app.core.errors import Invalid, NotFound
from app.custody import queries as custody
from app.custody.queries import TreeHead
from app.evidence import beside, claimed, sections, words
from app.evidence.gathering import gather
from app.recordings import queries as recordings

FORMAT = "earwitness/evidence-record/1"
_CASES_MOST = 4096
_SECTIONS = {
    "transcripts": Permission.TRANSCRIPT_READ,
    "readings": Permission.TRANSCRIPT_READ,
    "reports": Permission.REPORT_READ,
    "quotes": Permission.QUOTE_READ,
    "claims": Permission.CLAIM_READ,
    "incidents": Permission.INCIDENT_READ,
    "assessments": Permission.ASSESSMENT_READ,
    "custody": Permission.CUSTODY_READ,
    "agents": Permission.AGENT_READ,
    "agent_equivalences": Permission.AGENT_READ,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the custody log: the last entry that counts, and the root up to it."""

    log_index: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """A record as bytes (JSON, UTF-8), and their digest."""

    content: bytes
    digest: Digest


def place(session: Session, as_of: int | None) -> Place:
    """The place named by `as_of`, or the present one; `Invalid` for one still to come."""
    head = custody.head(session)
    if as_of is None:
        return _present(head)
    if not 0 <= as_of < head.size:
        raise Invalid(f"the log ends at entry {head.size - 1}", field="as_of")
    return Place(as_of, custody.root_at(session, as_of + 1))


def _present(head: TreeHead) -> Place:
    return Place(head.size - 1, head.root)


def assemble(
    session: Session, recording_id: str, *, caller: Caller, as_of: int | None
) -> dict[str, Json]:
    """
    Everything known about a recording that this caller may see, as of entry `as_of`.

    `NotFound` where the recording, or it at that place, does not exist for the caller;
    `Forbidden` without `evidence:read`; `Invalid` for a place still to come. Sections that
    the caller may not read are null, and named in `withheld`.
    """
    case_id = recordings.get(session, recording_id).case_id
    _permit(caller, case_id)
    return _assembled(session, recording_id, caller, case_id, place(session, as_of))


class Records:
    """
    Records already written, the most recently used ones up to a number of bytes.

    May be shared by threads. Each is found under recording, root of the log, and the
    reader's permissions, which together determine every byte of it.
    """

    def __init__(self, *, most_bytes: int = 64 * 1024 * 1024) -> None:
        self._most, self._held = most_bytes, 0
        self._kept: OrderedDict[object, Written] = OrderedDict()
        self._cases: dict[str, str] = {}  # sealed: no recording ever changes its case
        self._lock = threading.Lock()

    def kept(self, recording_id: str, *, caller: Caller, head: TreeHead) -> Written | None:
        """
        The record at a head that was read just now, if it is kept; reads nothing.

        Raises as `assemble` does where the recording is known here.
        """
        case_id = self._cases.get(recording_id)
        if case_id is None:
            return None
        _permit(caller, case_id)
        with self._lock:
            return self._found((recording_id, _present(head), _rights(caller, case_id)))

    def written(
        self, session: Session, recording_id: str, *, caller: Caller, as_of: int | None
    ) -> Written:
        """The record as bytes; raises as `assemble` does, before anything kept is looked at."""
        case_id = self._cases.get(recording_id)
        if case_id is None:
            case_id = recordings.get(session, recording_id).case_id
            if len(self._cases) >= _CASES_MOST:
                self._cases.clear()
            self._cases[recording_id] = case_id
        _permit(caller, case_id)
        at = place(session, as_of)
        key = (recording_id, at, _rights(caller, case_id))
        with self._lock:
            found = self._found(key)
        if found is not None:
            return found
        document = _assembled(session, recording_id, caller, case_id, at)
        content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        made = Written(content, Digest.of_bytes(content))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._held += len(content)
            while self._held > self._most:
                _, dropped = self._kept.popitem(last=False)
                self._held -= len(dropped.content)
        return made

    def _found(self, key: object) -> Written | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)


def _permit(caller: Caller, case_id: str) -> None:
    caller.require(Permission.EVIDENCE_READ, case_id, thing="recording")
    caller.require(Permission.RECORDING_READ, case_id, thing="recording")


def _rights(caller: Caller, case_id: str) -> frozenset[Permission]:
    wanted = {*_SECTIONS.values(), Permission.SOURCE_READ}
    return frozenset(right for right in wanted if caller.may(right, case_id))


def _assembled(
    session: Session, recording_id: str, caller: Caller, case_id: str, at: Place
) -> dict[str, Json]:
    if at.log_index < 0:
        raise NotFound("no such recording")
    found = gather(session, recording_id, as_of=at.log_index)
    rights = _rights(caller, case_id)
    source_read = Permission.SOURCE_READ in rights
    recorded_at = custody.recorded_at(session, at.log_index + 1)
    sealed: dict[str, Json] = {
        "transcripts": words.transcripts(found),
        "readings": words.readings(found),
        "reports": words.reports(found),
        "quotes": words.quotes(found),
        "claims": claimed.claims(found),
        "incidents": beside.incidents(session, found, as_of=at.log_index),
        "assessments": sections.assessments(found),
        "custody": sections.custody(found.entries),
        "agents": sections.agents(found, source_read=source_read),
        "agent_equivalences": beside.equivalences(
            session, found, source_read=source_read, as_of=at.log_index
        ),
    }
    withheld = sorted(name for name, right in _SECTIONS.items() if right not in rights)
    return {
        "format": FORMAT,
        "read_at": {
            "log_index": at.log_index,
            "tree_size": at.log_index + 1,
            "root": at.root.hex(),
            "recorded_at": clock.spell(recorded_at) if recorded_at else None,
        },
        "withheld": [*withheld],
        "recording": sections.recording(found),
        "media_instances": sections.media_instances(found),
        "claimed_provenance": sections.claimed_provenance(found, source_read=source_read),
        "links": sections.links(found),
        **sealed,
        **dict.fromkeys(withheld),
    }
