"""The format as its README spells it: every number there is computed here."""

import re
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.cases.models import Case
from app.core.canonical import Json, canonical
from app.custody import entry, tiles
from app.custody.checkpoint import Checkpoint
from app.custody.note import VerifierKey, sign

README = (Path(__file__).parents[3] / "app" / "custody" / "README.md").read_text()
ORIGIN = "earwitness.example/log"
CASE = Case(
    id="case-1", name="Flour", description=None, made_at=datetime(2026, 1, 2, 12, tzinfo=UTC)
)


def spelled(index: int, event: str, prev: int | None, rows: list[Json]) -> bytes:
    return entry.spell(
        {
            "index": index,
            "event": event,
            "subject": {"kind": "case", "id": "case-1"},
            "seq": index,
            "prev": prev,
            "case": "case-1",
            "actor": {"id": "account-1", "kind": "person", "name": "Inna", "via": None},
            "recorded_at": "2026-01-02T12:00:00.000000Z",
            "claimed_at": None,
            "rows": rows,
            "details": {},
        }
    )


def test_the_worked_example_is_what_the_code_does() -> None:
    seal = str(CASE.seal())
    rows: list[Json] = [{"table": "case_record", "id": "case-1", "digest": seal}]
    first = spelled(0, "case:creation", None, rows)
    second = spelled(1, "case:membership", 0, [])
    commitments = [
        entry.commitment(first, bytes(range(32))),
        entry.commitment(second, bytes(range(32, 64))),
    ]
    leaves = [tiles.leaf_hash(value) for value in commitments]
    root = tiles.node_hash(*leaves)
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    note = sign(Checkpoint(ORIGIN, 2, root).text, name=ORIGIN, private=private)

    for stated in (
        canonical(CASE.sealed_value()).decode(),
        seal,
        first.decode(),
        commitments[0].hex(),
        leaves[0].hex(),
        leaves[1].hex(),
        root.hex(),
        note,
        str(VerifierKey.of(ORIGIN, private)),
    ):
        assert stated in README


def test_no_number_in_it_is_left_unchecked() -> None:
    assert len(set(re.findall(r"[0-9a-f]{64}", README))) == 5


def test_every_file_it_names_is_there_and_none_is_left_out() -> None:
    folder = Path(entry.__file__).parent
    files = README.split("## Files")[1]
    named = set(re.findall(r"`([a-z_]+)`", files))

    assert named <= {path.stem for path in folder.glob("*.py")}
    assert {path.stem for path in folder.glob("*.py")} - named == {"__init__", "jobs", "models"}
