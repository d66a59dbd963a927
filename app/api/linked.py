"""How links look on the wire that rules propose, and how one is accepted or rejected."""

from app.api.anchors import AnchorOut
from app.api.wire import Spelled, UtcInstant, Wire
from app.reports.anchor import anchor_at
from app.reports.fitting import Fit
from app.reports.lineage import Relation
from app.reports.models import Layer, LinkRejection, ReportKind, Snapshot
from app.reports.overlap import Likeness, Overlap
from app.reports.proposing import METHOD, Proposals, Proposed, State
from app.reports.service import Particulars


class StubOut(Wire):
    """A report that is cited and not registered: what can be entered of it."""

    kind: ReportKind
    language: str
    publisher: str | None
    title: str | None
    published_raw: str | None

    @classmethod
    def of(cls, stub: Particulars) -> "StubOut":
        """Shape a stub."""
        return cls(**{name: getattr(stub, name) for name in cls.model_fields})


class ConsideredOut(Wire):
    """A registered report of the publisher that is named, and why it is meant or is not."""

    report_id: str
    fits: bool
    why: str

    @classmethod
    def of(cls, fit: Fit) -> "ConsideredOut":
        """Shape a judgement."""
        return cls(report_id=fit.report_id, fits=fit.fits, why=fit.why)


class SharedOut(Wire):
    """How many things of one sort two texts share, of those in the shorter one."""

    what: str
    shared: int
    of: int


class OverlapOut(Wire):
    """What two texts have in common; `once_in`: among how many unrelated pairs by chance."""

    once_in: int
    likeness: Likeness
    copied_per_mille: int
    shared: list[SharedOut]

    @classmethod
    def of(cls, common: Overlap) -> "OverlapOut":
        """Shape an overlap."""
        return cls(
            once_in=common.once_in,
            likeness=common.likeness,
            copied_per_mille=common.copied_per_mille,
            shared=[SharedOut(what=s.what, shared=s.shared, of=s.of) for s in common.shared],
        )


class LinkRejectionOut(Wire):
    """A proposed link that somebody says is none."""

    id: str
    case_id: str
    log_index: int
    report_id: str
    to_report_id: str | None
    proposal: str
    relation: Relation
    proposed_by: str
    reason: str
    rejected_by: str
    rejected_at: UtcInstant

    @classmethod
    def of(cls, row: LinkRejection) -> "LinkRejectionOut":
        """Shape a rejection."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class LinkProposalOut(Wire):
    """
    A link that rules propose, and what became of it.

    `to_report_id` is the report that is meant; null with a `stub` where none that is registered fits.
    """

    key: str
    state: State
    layer: Layer
    relation: Relation
    from_report_id: str
    to_report_id: str | None
    stub: StubOut | None
    anchor: AnchorOut | None
    why: dict[str, str]
    considered: list[ConsideredOut]
    overlap: OverlapOut | None
    link_id: str | None
    rejection: LinkRejectionOut | None

    @classmethod
    def of(cls, each: Proposed, snapshot: Snapshot) -> "LinkProposalOut":
        """Shape a proposal."""
        place = each.place
        return cls(
            key=each.key,
            state=each.state,
            layer=each.layer,
            relation=each.relation,
            from_report_id=each.from_report_id,
            to_report_id=each.to_report_id,
            stub=StubOut.of(each.stub) if each.stub else None,
            anchor=AnchorOut.of(snapshot.id, anchor_at(snapshot.text, place.start, place.end))
            if place
            else None,
            why=dict(each.why),
            considered=[ConsideredOut.of(fit) for fit in each.considered],
            overlap=OverlapOut.of(each.common) if each.common else None,
            link_id=each.link_id,
            rejection=LinkRejectionOut.of(each.rejection) if each.rejection else None,
        )


class LinkProposalListing(Wire):
    """Every link that rules propose for one frozen text; `note` says what was not looked at."""

    method: str
    note: str
    items: list[LinkProposalOut]

    @classmethod
    def of(cls, found: Proposals, snapshot: Snapshot) -> "LinkProposalListing":
        """Shape the proposals of a snapshot."""
        items = [LinkProposalOut.of(each, snapshot) for each in found.items]
        return cls(method=METHOD, note=found.note, items=items)


class LinkAcceptanceIn(Wire):
    """Which proposal is accepted, and what is said otherwise than proposed."""

    key: str
    relation: Spelled[Relation] | None = None
    to_report_id: str | None = None
    rationale: str | None = None


class LinkRejectionIn(Wire):
    """Which proposal is rejected, and why."""

    key: str
    reason: str
