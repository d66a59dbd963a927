"""How quotes look on the wire that rules propose, and how one of them is accepted."""

from app.api.anchors import AnchorOut, PassageIn
from app.api.quoted import ClaimIn, ClaimOut, TargetIn
from app.api.wire import Spelled, Wire
from app.quotes.proposals import Changes, Proposals, Proposed
from app.reports.anchor import anchor_at
from app.reports.models import Snapshot
from transcription import quotation
from transcription.quotation.proposal import Proposal, QuoteForm, SignKind, Target, Way


class ProposedSpeakerOut(Wire):
    """Who is said to speak, at its place in the text; by a pronoun it was concluded."""

    text: str
    start: int
    end: int
    by_pronoun: bool


class ProposedSignOut(Wire):
    """A sign in the quote, at its place in the text, and how it is read when compared."""

    kind: SignKind
    stands_for: str
    start: int
    end: int


class ProposalOut(Wire):
    """
    A quote that rules propose; `quote_id` names the one registered in its place.

    `reply_to` and `inside` are places in the list. `why` holds a sentence for each decision.
    """

    anchor: AnchorOut
    language: str
    form: QuoteForm
    way: Way
    closed: bool
    target: Target
    speaker: ProposedSpeakerOut | None
    reply_to: int | None
    inside: int | None
    occurrence_claim: ClaimOut | None
    signs: list[ProposedSignOut]
    why: dict[str, str]
    quote_id: str | None

    @classmethod
    def of(cls, item: Proposed, snapshot: Snapshot) -> "ProposalOut":
        """Shape a proposal."""
        proposal = item.proposal
        claim = proposal.claim
        return cls(
            anchor=AnchorOut.of(
                snapshot.id, anchor_at(snapshot.text, proposal.start, proposal.end)
            ),
            language=proposal.language,
            form=proposal.form,
            way=proposal.way,
            closed=proposal.closed,
            target=proposal.target,
            speaker=_speaker(proposal),
            reply_to=proposal.reply_to,
            inside=proposal.inside,
            occurrence_claim=(
                ClaimOut(op=claim.op, count=claim.count, raw=claim.raw) if claim else None
            ),
            signs=[
                ProposedSignOut(
                    kind=sign.kind,
                    stands_for=sign.kind.stands_for,
                    start=sign.start,
                    end=sign.end,
                )
                for sign in proposal.signs
            ],
            why=proposal.why,
            quote_id=item.quote.id if item.quote else None,
        )


class ProposalListing(Wire):
    """What rules read in one snapshot, in the order of its text; `note` says what they did not."""

    method: str
    version: str
    language: str
    note: str
    items: list[ProposalOut]

    @classmethod
    def of(cls, read: Proposals, snapshot: Snapshot) -> "ProposalListing":
        """Shape a reading."""
        return cls(
            method=quotation.METHOD,
            version=quotation.VERSION,
            language=read.language,
            note=read.note,
            items=[ProposalOut.of(item, snapshot) for item in read.items],
        )


class AcceptanceIn(Wire):
    """
    Which proposal is accepted, by its place, and what is said otherwise than proposed.

    What is left out stays as proposed; a null speaker or claim is none. A recording or report must be
    named, because the rules know of neither.
    """

    start: int
    end: int
    passage: PassageIn | None = None
    language: str | None = None
    form: Spelled[QuoteForm] | None = None
    target: TargetIn | None = None
    speaker_as_described: str | None = None
    occurrence_claim: ClaimIn | None = None

    def changes(self) -> Changes:
        """The value that the feature understands."""
        given = self.model_fields_set
        claim = self.occurrence_claim
        speaker = self.speaker_as_described
        return Changes(
            passage=self.passage.passage() if self.passage else None,
            language=self.language,
            form=self.form,
            target=self.target.target() if self.target else None,
            speaker=(speaker or "") if "speaker_as_described" in given else None,
            claim=claim.claim() if claim else None,
            without_claim="occurrence_claim" in given and claim is None,
        )


def _speaker(proposal: Proposal) -> ProposedSpeakerOut | None:
    speaker = proposal.speaker
    if speaker is None:
        return None
    return ProposedSpeakerOut(
        text=speaker.text,
        start=speaker.place.start,
        end=speaker.place.end,
        by_pronoun=speaker.pronoun is not None,
    )
