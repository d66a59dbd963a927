"""
The quotes that rules read in a frozen text, and how a person makes quotes of them.

Proposals are computed and stored nowhere: the text is frozen and the rules are pinned, so that
asking again gives the same. What is kept is what somebody accepts, with what they changed, through the
one verb that registers a quote. A proposal is marked as registered where a quote of the
same snapshot stands at its place, or nearly: whoever leaves out a full stop means the same words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.errors import Conflict, Invalid
from app.quotes import queries, service
from app.quotes.models import Quote
from app.quotes.wording import OccurrenceClaim, Target, TargetKind
from app.reports import queries as reports
from app.reports.anchor import Passage
from app.reports.models import Snapshot
from transcription import quotation
from transcription.quotation.proposal import Proposal, QuoteForm
from transcription.quotation.proposal import Target as ProposedTarget

METHOD = f"{quotation.METHOD} {quotation.VERSION}"
"""The rules that propose, as the custody entry of an accepted quote names them."""

MOST_CHARACTERS = 300_000
"""The longest text that is read while somebody waits: a book, and a second or two of work."""
_ALIKE_PER_CENT = 80
"""How much two passages must have in common to be the same quote, of what they cover together."""


class AlreadyRegistered(Conflict):
    """A quote stands where the proposal does."""

    slug: ClassVar[str] = "quote-already-registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal, and the quote that was registered in its place; `None` where none is yet."""

    proposal: Proposal
    quote: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """Everything that was read in one snapshot; `note` says what was not."""

    language: str
    note: str
    items: Sequence[Proposed]

    @property
    def open(self) -> Sequence[Proposed]:
        """Those that nobody has made a quote of."""
        return [item for item in self.items if item.quote is None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a person says otherwise than the proposal; `None` leaves it as proposed."""

    passage: Passage | None = None
    language: str | None = None
    form: QuoteForm | None = None
    target: Target | None = None
    speaker: str | None = None
    """The speaker as described; empty for none."""
    claim: OccurrenceClaim | None = None
    without_claim: bool = False


def proposals(session: Session, snapshot: Snapshot, *, as_of: int | None = None) -> Proposals:
    """What the rules read in a snapshot, and which of it is registered."""
    read = _read(snapshot.text, reports.get(session, snapshot.report_id).language)
    registered = _registered(
        snapshot.text,
        read.proposals,
        queries.in_snapshot(session, snapshot.id, as_of=as_of),
    )
    return Proposals(
        language=read.language,
        note=read.note,
        items=[
            Proposed(proposal=proposal, quote=quote)
            for proposal, quote in zip(read.proposals, registered, strict=True)
        ],
    )


def accept(
    session: Session, *, actor: Actor, snapshot: Snapshot, start: int, end: int, changes: Changes
) -> Quote:
    """
    Register the quote that is proposed at a place, as it is or as somebody changes it.

    A target that needs an identifier (a recording, another report) must be named, and so must one
    that the rules could not decide. Raises `Invalid` naming the field, `AlreadyRegistered`,
    and as `service.quote` does.
    """
    read = proposals(session, snapshot)
    at = next(
        (
            n
            for n, i in enumerate(read.items)
            if (i.proposal.start, i.proposal.end) == (start, end)
        ),
        None,
    )
    if at is None:
        raise Invalid("nothing is proposed at this place of the text", field="start")
    item = read.items[at]
    if item.quote is not None:
        raise AlreadyRegistered("this quote is registered already", quote_id=item.quote.id)
    proposal = item.proposal
    answered = None if proposal.reply_to is None else read.items[proposal.reply_to].quote
    speaker = " ".join(proposal.speaker.text.split()) if proposal.speaker else None
    if changes.speaker is not None:
        speaker = changes.speaker.strip() or None
    return service.quote(
        session,
        actor=actor,
        snapshot=snapshot,
        passage=changes.passage or Passage(exact=proposal.exact, start=proposal.start),
        language=changes.language or proposal.language,
        form=changes.form or proposal.form,
        target=changes.target or _target(proposal),
        speaker_as_described=speaker,
        in_reply_to=answered.id if answered else None,
        occurrence_claim=_claim(proposal, changes),
        proposed_by=METHOD,
    )


def _target(proposal: Proposal) -> Target:
    """The proposed target, where it is whole without an identifier."""
    match proposal.target:
        case ProposedTarget.STATEMENT:
            return Target(kind=TargetKind.STATEMENT)
        case ProposedTarget.MATERIAL:
            return Target(kind=TargetKind.MATERIAL)
        case ProposedTarget.RECORDING | ProposedTarget.REPORT:
            raise Invalid(f"name the {proposal.target.value} that it quotes", field="target")
        case ProposedTarget.TERM | ProposedTarget.UNDETERMINED:
            raise Invalid("say what it quotes: the rules propose nothing", field="target")


def _claim(proposal: Proposal, changes: Changes) -> OccurrenceClaim | None:
    if changes.without_claim or changes.claim is not None:
        return changes.claim
    claim = proposal.claim
    return OccurrenceClaim(op=claim.op, count=claim.count, raw=claim.raw) if claim else None


@lru_cache(maxsize=16)
def _read(text: str, language: str) -> quotation.Reading:
    """What the rules read; kept for a few texts, because a page is opened again and again."""
    if len(text) > MOST_CHARACTERS:
        note = (
            f"the text is longer than {MOST_CHARACTERS} characters and is not read here; "
            "`earwitness quotes` reads it from a file"
        )
        return quotation.Reading(language, (), note)
    return quotation.propose(text, language=language)


def _registered(
    text: str, read: Sequence[Proposal], quotes: Sequence[Quote]
) -> list[Quote | None]:
    """For each proposal the quote in its place: the very words first, then nearly the same."""
    cores = {_core(text, quote.start, quote.end): quote for quote in quotes}
    places = [_core(text, each.start, each.end) for each in read]
    found = [cores.get(place) for place in places]
    taken = {quote.id for quote in found if quote is not None}
    for number, place in enumerate(places):
        if found[number] is None:
            near = (q for core, q in cores.items() if q.id not in taken and _alike(core, place))
            found[number] = next(near, None)
    return found


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """A passage without punctuation and white space at its ends."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _alike(one: tuple[int, int], other: tuple[int, int]) -> bool:
    common = min(one[1], other[1]) - max(one[0], other[0])
    together = max(one[1], other[1]) - min(one[0], other[0])
    return 100 * common >= _ALIKE_PER_CENT * together > 0
