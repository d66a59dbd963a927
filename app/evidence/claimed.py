"""The section of an evidence record about what reports claim, and where they are at odds."""

from app.claims.register import Listed
from app.core.canonical import Json
from app.evidence.gathering import Gathered
from app.evidence.plain import API, plain


def claims(found: Gathered) -> dict[str, Json]:
    """Every claim about the recording or its series, and every conflict among those in force."""
    return {
        "items": [
            {
                **plain(item.claim),
                "address": f"{API}/claims/{item.claim.id}",
                "state": str(item.state),
                "superseded_by": item.superseded_by,
                "withdrawal": plain(item.withdrawal) if item.withdrawal else None,
            }
            for item in found.claims
        ],
        "conflicts": [_conflict(item, found.recording.case_id) for item in found.conflicts],
    }


def _conflict(item: Listed, case_id: str) -> dict[str, Json]:
    conflict = item.conflict
    return {
        "key": conflict.key,
        "address": f"{API}/cases/{case_id}/conflicts/{conflict.key}",
        "kind": str(conflict.kind),
        "subject_kind": str(conflict.subject_kind),
        "subject_id": conflict.subject_id,
        "predicate": str(conflict.predicate),
        "compatible": conflict.compatible,
        "sides": [
            {"stands_for": side.stands_for, "claim_ids": [claim.id for claim in side.claims]}
            for side in conflict.sides
        ],
        "explanations": [
            {"code": str(each.code), "says": each.says} for each in conflict.explanations
        ],
        "state": str(item.state),
        "rulings": [plain(row) for row in item.decisions],
    }
