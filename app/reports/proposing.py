"""
What links are proposed for one report: read, fitted to the case, and compared with what is recorded.

Everything here is computed from frozen texts and sealed rows, and nothing is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from sqlalchemy.orm import Session

from app.reports import attribution, lineage, queries
from app.reports.features import Features, features
from app.reports.fitting import Candidate, Fit, fits, is_before, told
from app.reports.lineage import Relation
from app.reports.models import Layer, LinkRejection, Report, ReportKind, ReportLink, Snapshot
from app.reports.overlap import Likeness, Overlap, overlap
from app.reports.service import Particulars
from app.reports.sources import Source, SourceKind, is_same_publisher, sources
from transcription.quotation.layout import paragraphs
from transcription.quotation.proposal import Stretch

METHOD = f"link-rules 1 ({attribution.METHOD} {attribution.VERSION})"
"""The rules that propose, as the custody entry of an accepted link names them."""
MOST_CHARACTERS = 60_000
"""The longest text that is read for its sources while somebody waits."""
MOST_COMPARED = 300
"""With how many other reports of the case, those frozen last, a text is compared."""

_LIKE = {
    Likeness.REPRINT: Relation.REPRINTS,
    Likeness.PARAPHRASE: Relation.PARAPHRASES,
    Likeness.TRANSLATION: Relation.TRANSLATES,
}
_COURT = ("indictment", "verdict", "judgment", "обвинительн", "приговор", "вирок", "обвинувальн")
_NATIONS = ("un ", "un’s", "un's", "united nations", "ohchr", "оон")


class State(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    LINKED = "linked"
    REJECTED = "rejected"
    EXPLAINED = "explained"
    """Both reports rest on one source already, which says why they are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """
    One link that could be made, and why.

    `to_report_id` is the report that is meant; where none that is registered fits, `stub` is what could be
    entered for it. `considered` are the reports of the same publisher, each with why it fits or does not.
    """

    key: str
    layer: Layer
    relation: Relation
    from_report_id: str
    to_report_id: str | None
    why: Mapping[str, str]
    stub: Particulars | None = None
    place: Stretch | None = None
    considered: tuple[Fit, ...] = ()
    common: Overlap | None = None
    state: State = State.OPEN
    link_id: str | None = None
    rejection: LinkRejection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """Everything that is proposed for one report; `note` says what was not looked at."""

    items: Sequence[Proposed]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What the case holds beside the report."""

    report: Report
    snapshot: Snapshot
    reports: Mapping[str, Report]
    texts: Mapping[str, Features]
    links: Sequence[ReportLink]

    @property
    def own(self) -> Features:
        """The features of the report itself."""
        return features(self.snapshot.text, self.report.language)


def proposed(session: Session, snapshot: Snapshot, *, as_of: int | None = None) -> Proposals:
    """The links that rules read in a snapshot, and what became of each."""
    case = _case(session, snapshot, as_of)
    note = ""
    claimed: list[Proposed] = []
    if len(snapshot.text) > MOST_CHARACTERS:
        note = (
            f"the text is longer than {MOST_CHARACTERS} characters and is not read for its sources"
        )
    else:
        publishers = tuple(sorted({r.publisher for r in case.reports.values() if r.publisher}))
        found = _sources(snapshot.text, case.report.language, publishers, case.report.publisher)
        claimed = [_claimed(case, source) for source in found]
    inferred = _inferred(case)
    if len(case.texts) >= MOST_COMPARED:
        more = f"compared with the {MOST_COMPARED} reports frozen last"
        note = f"{note}; {more}" if note else more
    rejected = {
        (row.proposal, row.to_report_id): row
        for row in queries.rejections_in(session, snapshot.case_id, as_of=as_of)
        if row.report_id == snapshot.report_id or row.proposal.startswith("overlap:")
    }
    items = [_with_rejection(each, rejected) for each in (*claimed, *inferred)]
    return Proposals(items=items, note=note)


def _case(session: Session, snapshot: Snapshot, as_of: int | None) -> _Case:
    case_id = snapshot.case_id
    reports = queries.reports_in(session, case_id, as_of=as_of)
    newest = queries.newest_snapshots_in(session, case_id, most=MOST_COMPARED, as_of=as_of)
    texts = {
        report_id: features(row.text, reports[report_id].language)
        for report_id, row in newest.items()
        if report_id != snapshot.report_id
    }
    return _Case(
        report=reports[snapshot.report_id],
        snapshot=snapshot,
        reports=reports,
        texts=texts,
        links=queries.links_in(session, case_id, as_of=as_of),
    )


@lru_cache(maxsize=32)
def _sources(
    text: str, language: str, publishers: tuple[str, ...], publisher: str | None
) -> tuple[Source, ...]:
    """What a text names as its sources; kept for a few texts, because a page is opened again."""
    read = attribution.read(text, language=language, publications=publishers)
    return tuple(sources(text, read, paragraphs=paragraphs(text), publisher=publisher))


def _claimed(case: _Case, source: Source) -> Proposed:
    """What a report says that it rests on, with the report that it means."""
    same = [report for report in case.reports.values() if _may_be(report, source, case.report)]
    judged = fits(
        case.own,
        [_candidate(case, report) for report in same],
        published=case.report.published_edtf,
    )
    meant = judged[0].report_id if judged and judged[0].fits else None
    named = f"“{source.place.of(case.snapshot.text)}”: {source.why}"
    why = {"relation": named, "target": _why_target(judged, meant)}
    linked = next(
        (
            link
            for link in case.links
            if _is_of(link, case.report.id, same) or _stands_at(link, case.snapshot, source.place)
        ),
        None,
    )
    return Proposed(
        key=source.key,
        layer=Layer.CLAIMED,
        relation=source.relation,
        from_report_id=case.report.id,
        to_report_id=linked.to_report_id if linked else meant,
        stub=None if meant or linked else _stub(source),
        place=source.place,
        why=why,
        considered=tuple(judged),
        state=State.LINKED if linked else State.OPEN,
        link_id=linked.id if linked else None,
    )


def _why_target(judged: Sequence[Fit], meant: str | None) -> str:
    if meant is not None:
        return judged[0].why
    if not judged:
        return "no report of this publisher is registered in the case"
    if len(judged) == 1:
        return "the one registered report of this publisher is not meant"
    return f"none of the {len(judged)} registered reports of this publisher is meant"


def _may_be(report: Report, source: Source, citing: Report) -> bool:
    """Whether a registered report is of the publisher, and the sort, that is named."""
    if report.id == citing.id:
        return False
    if source.kind is SourceKind.DOCUMENT:
        return report.title is not None and is_same_publisher(report.title, source.name)
    if report.publisher is None or not is_same_publisher(report.publisher, source.name):
        return False
    return (report.kind is ReportKind.SOCIAL_POST) == (source.kind is SourceKind.POST)


def _candidate(case: _Case, report: Report) -> Candidate:
    """What is known of a report that could be meant."""
    relying = [
        case.texts[link.from_report_id]
        for link in case.links
        if link.to_report_id == report.id and link.relation.rests_on
        if link.from_report_id in case.texts
    ]
    return Candidate(
        report_id=report.id,
        text=case.texts.get(report.id),
        published=report.published_edtf,
        relying=tuple(relying),
    )


def _is_of(link: ReportLink, report_id: str, same: Iterable[Report]) -> bool:
    """Whether a link leads from a report to one of these, and nobody only inferred it."""
    leads = link.from_report_id == report_id and link.layer is Layer.CLAIMED
    return leads and link.to_report_id in {report.id for report in same}


def _stands_at(link: ReportLink, snapshot: Snapshot, place: Stretch) -> bool:
    """Whether a link is recorded for these words already, whatever was made of them."""
    if link.snapshot_id != snapshot.id or link.start is None or link.end is None:
        return False
    return link.start < place.end and place.start < link.end


def _stub(source: Source) -> Particulars:
    """What can be entered of a report that is only cited."""
    if source.kind is SourceKind.DOCUMENT:
        name = source.name.casefold()
        kind = ReportKind.UN_REPORT if any(n in f"{name} " for n in _NATIONS) else ReportKind.NEWS
        kind = ReportKind.COURT_DOCUMENT if any(c in name for c in _COURT) else kind
        return Particulars(
            kind=kind, language="und", title=source.name, published_raw=source.dated
        )
    post = source.kind is SourceKind.POST
    return Particulars(
        kind=ReportKind.SOCIAL_POST if post else ReportKind.NEWS,
        language="und",
        publisher=source.name,
        published_raw=source.dated,
    )


def _inferred(case: _Case) -> list[Proposed]:
    """What a report has in common with others of its case beyond chance, the rarest first."""
    pairs = (len(case.texts) + 1) * len(case.texts) // 2
    traced = lineage.trace(case.reports, queries.edges(case.links))
    found = []
    for other_id, text in case.texts.items():
        common = overlap(case.own, text)
        if not common.is_expected_among(pairs):
            found.append(_alike(case, case.reports[other_id], common, traced))
    return sorted(found, key=lambda each: -(each.common.once_in if each.common else 0))


def _alike(case: _Case, other: Report, common: Overlap, traced: lineage.Lineage) -> Proposed:
    """Two texts that are alike: led from the later to the earlier, or, undated, neither way."""
    own = case.report
    earlier = is_before(own.published_edtf, other.published_edtf)
    source, target = (other, own) if earlier else (own, other)
    relation = Relation.SHARES_TEXT if earlier is None else _LIKE[common.likeness]
    direction = (
        "who has it from whom is not told by their dates; both may have it from a third"
        if earlier is None
        else "the later one may have it from the earlier; both may have it from a third"
    )
    ends = {own.id, other.id}
    linked = next((x for x in case.links if {x.from_report_id, x.to_report_id} == ends), None)
    together = bool(traced.roots_of[own.id] & traced.roots_of[other.id])
    return Proposed(
        key="overlap:" + ":".join(sorted(ends)),
        layer=Layer.INFERRED,
        relation=relation,
        from_report_id=source.id,
        to_report_id=target.id,
        why={"relation": told(common), "direction": direction},
        common=common,
        state=State.LINKED if linked else State.EXPLAINED if together else State.OPEN,
        link_id=linked.id if linked else None,
    )


def _with_rejection(
    each: Proposed, rejected: Mapping[tuple[str, str | None], LinkRejection]
) -> Proposed:
    row = rejected.get((each.key, each.to_report_id))
    if each.state is State.OPEN and row is not None:
        return replace(each, state=State.REJECTED, rejection=row)
    return each
