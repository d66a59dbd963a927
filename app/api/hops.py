"""How claimed hops and links between recordings look on the wire."""

from app.api.wire import Spelled, UtcInstant, Wire
from app.recordings.linking import LinkStanding, shown
from app.recordings.models import ClaimedHop, LinkRuling
from app.recordings.provenance import Ground, HopAction, LinkDecision, LinkKind, LinkState
from app.recordings.relating import Hop


class HopIn(Wire):
    """A claimed step; `protected` hides who it names from those who may not know sources."""

    action: Spelled[HopAction]
    claimed_by: str
    agent_id: str | None = None
    agent_as_described: str | None = None
    occurred: str | None = None
    occurred_as_described: str | None = None
    anchor_id: str | None = None
    protected: bool = False
    note: str | None = None

    def value(self) -> Hop:
        """The claim as a value."""
        return Hop(**{name: getattr(self, name) for name in type(self).model_fields})


class HopOut(Wire):
    """A claimed step; with `withheld`, whom it names and who says so are null for this reader."""

    id: str
    log_index: int
    action: HopAction
    agent_id: str | None
    agent_as_described: str | None
    withheld: bool
    protected: bool
    occurred: str | None
    occurred_as_described: str | None
    claimed_by: str | None
    anchor_id: str | None
    note: str | None
    noted_by: str
    noted_at: UtcInstant

    @classmethod
    def of(cls, hop: ClaimedHop, *, source_read: bool) -> "HopOut":
        """Shape a hop as far as this reader may know it."""
        seen = shown(hop, source_read=source_read)
        return cls(
            id=hop.id,
            log_index=hop.log_index,
            action=hop.action,
            agent_id=seen.agent_id,
            agent_as_described=seen.agent_as_described,
            withheld=seen.withheld,
            protected=hop.protected,
            occurred=hop.occurred,
            occurred_as_described=hop.occurred_as_described,
            claimed_by=seen.claimed_by,
            anchor_id=hop.anchor_id,
            note=seen.note,
            noted_by=hop.noted_by,
            noted_at=hop.noted_at,
        )


class HopsOut(Wire):
    """The claimed way of a recording to us."""

    items: list[HopOut]


class LinkIn(Wire):
    """How a recording stands to another; `same_as` needs a ground of bytes or provenance."""

    other_id: str
    kind: Spelled[LinkKind]
    ground: Spelled[Ground]
    reason: str


class RulingIn(Wire):
    """A second person's word on a link."""

    decision: Spelled[LinkDecision]
    reason: str


class RulingOut(Wire):
    """One word said on a link."""

    id: str
    log_index: int
    decision: LinkDecision
    reason: str
    ruled_by: str
    ruled_at: UtcInstant

    @classmethod
    def of(cls, ruling: LinkRuling) -> "RulingOut":
        """Shape a row."""
        return cls(**{name: getattr(ruling, name) for name in cls.model_fields})


class LinkOut(Wire):
    """A link, where it stands, and everything said on it."""

    id: str
    log_index: int
    recording_id: str
    other_id: str
    kind: LinkKind
    ground: Ground
    reason: str
    state: LinkState
    stated_by: str
    stated_at: UtcInstant
    rulings: list[RulingOut]

    @classmethod
    def of(cls, standing: LinkStanding) -> "LinkOut":
        """Shape a link as it stands."""
        beside = {"state", "rulings"}
        link = standing.link
        return cls(
            **{name: getattr(link, name) for name in cls.model_fields if name not in beside},
            state=standing.state,
            rulings=[RulingOut.of(ruling) for ruling in standing.rulings],
        )


class LinksOut(Wire):
    """Every link of a recording."""

    items: list[LinkOut]
