"""The quotes that rules propose for a report's text, on its page, and accepting one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core.errors import Invalid
from app.quotes import proposals, queries
from app.quotes.proposals import Changes
from app.quotes.wording import Target, TargetKind
from app.reports import queries as report_queries
from app.reports.anchor import Passage
from app.reports.models import Snapshot
from app.web.fields import lines, one_of
from transcription.quotation.proposal import Proposal, QuoteForm
from transcription.quotation.proposal import Target as ProposedTarget

MOST = 200
"""How many proposals one page shows; the API gives all."""

_ORDER = ("target", "speaker", "reply_to", "occurrence_claim", "form", "passage")
_DECISIONS = {
    "target": "From",
    "speaker": "Speaker",
    "reply_to": "Answer",
    "occurrence_claim": "How often",
    "form": "Form",
    "passage": "Words",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as the page shows it; `name` is its place on the page."""

    name: str
    start: int
    end: int
    proposal: Proposal
    answers: str | None
    """The words that it answers, where it answers any."""
    target: str
    """What its form has chosen already; empty where a person must choose."""

    @property
    def speaker(self) -> str:
        """Who speaks, in one line."""
        speaker = self.proposal.speaker
        return " ".join(speaker.text.split()) if speaker else ""

    @property
    def why(self) -> list[tuple[str, str]]:
        """Each decision with its sentence, the weightiest first."""
        told = self.proposal.why
        return [(_DECISIONS[name], told[name]) for name in _ORDER if name in told]

    @property
    def is_speech(self) -> bool:
        """Whether somebody may have said it; names and terms are shown apart."""
        return self.proposal.target is not ProposedTarget.TERM


@dataclass(frozen=True, slots=True)
class Shown:
    """The proposals that nobody has accepted yet."""

    rows: Sequence[Row] = field(default_factory=tuple)
    left_out: int = 0
    note: str = ""

    @property
    def names(self) -> set[str]:
        """What they are called on the page."""
        return {row.name for row in self.rows}

    @property
    def speech(self) -> list[Row]:
        """Those that somebody may have said."""
        return [row for row in self.rows if row.is_speech]

    @property
    def terms(self) -> list[Row]:
        """Names and words at a distance."""
        return [row for row in self.rows if not row.is_speech]


def shown(session: Session, caller: Caller, snapshot: Snapshot) -> Shown | None:
    """What is proposed for a text; `None` for who may not read quotes."""
    if not caller.may(Permission.QUOTE_READ, snapshot.case_id):
        return None
    read = proposals.proposals(session, snapshot)
    cited = {row.recording_id for row in report_queries.citations_in(session, snapshot.report_id)}
    cited |= {
        row.recording_id
        for row in queries.of_report(session, snapshot.report_id)
        if row.recording_id
    }
    rows = [
        Row(
            name=name_of(item.proposal.start, item.proposal.end),
            start=item.proposal.start,
            end=item.proposal.end,
            proposal=item.proposal,
            answers=(
                None
                if item.proposal.reply_to is None
                else read.items[item.proposal.reply_to].proposal.exact
            ),
            target=_chosen(item.proposal, cited),
        )
        for item in read.open[:MOST]
    ]
    return Shown(rows, len(read.open) - len(rows), read.note)


def name_of(start: int, end: int) -> str:
    """What a proposal is called on its page."""
    return f"p-{start}-{end}"


def changed(
    snapshot: Snapshot,
    *,
    start: int,
    exact: str,
    language: str,
    form: str,
    target: str,
    speaker: str,
    with_claim: bool,
) -> Changes:
    """What a form says: everything in it, whether or not it was changed."""
    words = lines(exact)
    return Changes(
        passage=Passage(exact=words, start=_nearest(snapshot.text, words, start)),
        language=language,
        form=one_of(QuoteForm, form, field="form"),
        target=_target(target),
        speaker=speaker,
        without_claim=not with_claim,
    )


def _chosen(proposal: Proposal, cited: set[str]) -> str:
    """The one choice that the proposal leaves, as the form spells it; empty for several."""
    match proposal.target:
        case ProposedTarget.STATEMENT | ProposedTarget.MATERIAL:
            return proposal.target.value
        case ProposedTarget.RECORDING:
            return f"recording:{next(iter(cited))}" if len(cited) == 1 else ""
        case ProposedTarget.REPORT | ProposedTarget.TERM | ProposedTarget.UNDETERMINED:
            return ""


def _target(choice: str) -> Target:
    """`statement`, `material`, `recording:…` or `report:…` as the feature understands it."""
    if not choice:
        raise Invalid("choose what it quotes", field="target")
    kind, _, identifier = choice.partition(":")
    target = one_of(TargetKind, kind, field="target")
    return Target(
        kind=target,
        recording_id=identifier or None if target is TargetKind.RECORDING else None,
        report_id=identifier or None if target is TargetKind.REPORT else None,
    )


def _nearest(text: str, words: str, start: int) -> int | None:
    """Where the words stand nearest to a place; `None` where they stand nowhere."""
    if not words:
        return None
    places = (text.rfind(words, 0, start + len(words)), text.find(words, start))
    return min((at for at in places if at >= 0), key=lambda at: abs(at - start), default=None)
