"""
The sections of an evidence record about the recording itself: what it is, what is held of
it, where it came from, what was done with it here, and what people concluded.
"""

import json
from collections.abc import Sequence

from app.agents.queries import shown as agent_shown
from app.assessments import queries as assessing
from app.assessments.retelling.queries import Related, Restated
from app.core.canonical import Json
from app.custody import tiles
from app.evidence.gathering import Entry, Gathered, agents_of
from app.evidence.plain import API, address_of, grouped, plain
from app.recordings import linking
from app.recordings.models import MediaInstance
from app.recordings.provenance import Standing


def recording(found: Gathered) -> dict[str, Json]:
    """The recording, the description in force, and every revision that led to it."""
    revisions = [plain(item, without=["recording_id", "sought"]) for item in found.descriptions]
    return {
        **plain(found.recording),
        "case_id": found.recording.case_id,
        "address": f"{API}/recordings/{found.recording.id}",
        "held": _original(found) is not None,
        "description": revisions[-1],
        "earlier_descriptions": [*revisions[:-1]],
    }


def media_instances(found: Gathered) -> list[Json]:
    """Every arrival of bytes, what the decoder found in them, and what was made of them."""
    identified = grouped(found.identifications, "instance_id")
    derived = grouped(found.derivatives, "instance_id")
    shaped: list[Json] = []
    for instance in found.instances:
        looked = [plain(item) for item in identified.get(instance.id, [])]
        shaped.append(
            {
                **plain(instance),
                "content": f"{address_of(instance)}/content",
                "identification": looked[-1] if looked else None,
                "earlier_identifications": [*looked[:-1]],
                "derivatives": [plain(item) for item in derived.get(instance.id, [])],
            }
        )
    return shaped


def claimed_provenance(found: Gathered, *, source_read: bool) -> list[Json]:
    """The way of the recording to us, as claimed; protected people only with `source:read`."""
    shaped: list[Json] = []
    for hop in found.hops:
        told = linking.shown(hop, source_read=source_read)
        shaped.append(
            {
                **plain(hop),
                "agent_id": told.agent_id,
                "agent_as_described": told.agent_as_described,
                "claimed_by": told.claimed_by,
                "note": told.note,
                "withheld": told.withheld,
            }
        )
    return shaped


def agents(found: Gathered, *, source_read: bool) -> list[Json]:
    """Who is spoken of, as far as this reader may know them."""
    names = grouped(found.names, "agent_id")
    hidden = {
        hop.agent_id
        for hop in found.hops
        if hop.agent_id and linking.shown(hop, source_read=source_read).withheld
    }
    spoken_of = {
        item.assessment.assessor_id for item in found.assessments if item.assessment.assessor_id
    }
    for claim in found.claims:
        spoken_of |= agents_of(claim.claim)
    shaped: list[Json] = []
    for agent in found.agents:
        if agent.id in hidden and agent.id not in spoken_of:
            continue  # that they are here at all would name a source
        told = agent_shown(agent, names.get(agent.id, []), source_read=source_read)
        shaped.append(
            {
                **plain(agent, without=["salt"]),
                "name": told.name,
                "description": told.description,
                "names": [plain(item, without=["salt"]) for item in told.names],
                "withheld": told.is_hidden,
            }
        )
    return shaped


def custody(entries: Sequence[Entry]) -> list[Json]:
    """What was done here, one entry each, with the leaf hash to ask a proof for."""
    shaped: list[Json] = []
    for item in entries:
        told = json.loads(item.body)
        shaped.append(
            {
                "log_index": item.log_index,
                "leaf_hash": tiles.leaf_hash(item.commitment).hex(),
                **{
                    name: told[name]
                    for name in (
                        "event",
                        "subject",
                        "seq",
                        "actor",
                        "recorded_at",
                        "claimed_at",
                        "rows",
                        "details",
                    )
                },
            }
        )
    return shaped


def assessments(found: Gathered) -> dict[str, Json]:
    """What people concluded, and one line made from counts, disagreement first."""
    items: list[Json] = [
        {
            **plain(item.assessment),
            "state": str(item.state),
            "superseded_by": item.superseded_by,
            "repeats": item.repeats,
            "retraction": plain(item.retraction) if item.retraction else None,
            "subject": str(item.assessment.identified_as),
            "restatements": [
                _retold(one, plain(one.restatement)) for one in found.retold.of(item.assessment.id)
            ],
            "relations": [
                _retold(one, plain(one.relation))
                for one in found.retold.between(item.assessment.id)
            ],
        }
        for item in found.assessments
    ]
    return {"summary": assessing.summary_of(found.assessments, found.retold), "items": items}


def _retold(one: Restated | Related, row: dict[str, Json]) -> Json:
    return {
        **row,
        "holding": str(one.holding),
        "withdrawal": plain(one.withdrawal) if one.withdrawal else None,
    }


def links(found: Gathered) -> list[Json]:
    """How the recording is said to stand to others, and who confirmed or withdrew that."""
    rulings = grouped(found.rulings, "link_id")
    return [
        {
            **plain(item),
            "state": str(linking.state_of(item, rulings.get(item.id, []))),
            "rulings": [plain(ruling) for ruling in rulings.get(item.id, [])],
        }
        for item in found.links
    ]


def _original(found: Gathered) -> MediaInstance | None:
    accepted = [item for item in found.instances if item.standing is Standing.ACCEPTED]
    return accepted[-1] if accepted else None
