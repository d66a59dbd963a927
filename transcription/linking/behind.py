"""
What the spoken words behind a translation say to a comparison that was made with it.

Two things, and neither makes a machine's word more than a proposal. Where quote and translation
have different words for one spoken word, and the lexicon lists both as translations of it, the
difference is a choice of translation. And where a negation was spoken that no negation of the
quote is linked to, or the quote denies what nobody denied, the comparison cannot speak
for the quote, however well its words agree with the translator's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from transcription.alignment import Judgement, Operation, OperationKind, Outcome, Verdict
from transcription.alignment import lexicon as rules
from transcription.linking import Ground, Linked
from transcription.span import timecode
from transcription.text import Boundary, Token

ASPECT = "spoken_polarity"
_MATCHES = {OperationKind.SAME, OperationKind.INFLECTED, OperationKind.VARIANT}
_DIFFERENT = {OperationKind.SUBSTITUTED, OperationKind.ADDED, OperationKind.OMITTED}
_NEAR = 2
"""How far behind a word of the quote a spoken negation may stand and still be about it."""
_REACH = 3
"""How far before it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A word of the quote and one of the translation that both render one spoken word."""

    quoted: int
    translated: int
    source: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words behind a translation, ready to be asked (`alignment.Behind`)."""

    linked: Linked
    quote: tuple[Token, ...]
    language: str
    """Of the quote."""

    def reread(self, operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
        """The operations, those that are a choice of translation made variants."""
        chosen = self.choices(operations)
        quoted = {choice.quoted for choice in chosen}
        translated = {choice.translated for choice in chosen}
        return tuple(
            replace(operation, kind=OperationKind.VARIANT)
            if operation.kind in _DIFFERENT
            and (operation.quote_token is None or operation.quote_token in quoted)
            and translated.issuperset(operation.spoken_tokens)
            else operation
            for operation in operations
        )

    def choices(self, operations: tuple[Operation, ...]) -> list[Choice]:
        """Words beside one another that differ and render one spoken word, as the lexicon lists."""
        return [
            choice
            for operation in operations
            if operation.kind in {OperationKind.SUBSTITUTED, OperationKind.VARIANT}
            and operation.quote_token is not None
            for at in operation.spoken_tokens
            if (choice := self._choice(operation.quote_token, at))
        ]

    def weigh(self, operations: tuple[Operation, ...], judged: Judgement) -> Judgement:
        """The judgement, never more favourable: with choices named and lost negations weighed."""
        said = [self._named(choice) for choice in self.choices(operations)]
        lost, added = list(self._lost(operations)), list(self._added(operations))
        verdict = judged.verdict
        if verdict.supports and lost:
            verdict = Verdict.OMITS_CONTENT
        elif verdict.supports and added:
            verdict = Verdict.ADDS_CONTENT
        agreed = judged.verdict in {Verdict.VERBATIM, Verdict.NORMALISED}
        told = () if agreed and (lost or added) else judged.reasons
        reasons = (*lost, *added, *told, *said)
        aspects = {**judged.aspects, ASPECT: self._polarity(operations, unlinked=lost + added)}
        return Judgement(verdict, tuple(dict.fromkeys(reasons)), aspects)

    def sources(self, operations: tuple[Operation, ...]) -> list[int]:
        """The spoken tokens that the translated words of these operations are linked to, in order."""
        return sorted(
            {
                link.source
                for operation in operations
                for at in operation.spoken_tokens
                for link in self.linked.of_target(at)
            }
        )

    def _choice(self, quoted: int, translated: int) -> Choice | None:
        dictionary = self.linked.tongues.dictionary
        if dictionary is None:
            return None
        ours = dictionary.target.of(self.quote[quoted].key)
        theirs = dictionary.target.of(self.linked.translation.tokens[translated].key)
        for link in self.linked.of_target(translated):
            listed = dictionary.source.of(self.linked.source.tokens[link.source].key)
            listed -= dictionary.grammar
            if listed & ours and listed & theirs and not ours == theirs == frozenset():
                return Choice(quoted, translated, link.source)
        return None

    def _named(self, choice: Choice) -> str:
        quoted = self.quote[choice.quoted].text
        translated = self.linked.translation.tokens[choice.translated].text
        spoken = self.linked.source.tokens[choice.source].text
        return (
            f"“{quoted}” for “{translated}”: a choice of translation, for both are listed for "
            f"“{spoken}”, which was spoken"
        )

    def _lost(self, operations: tuple[Operation, ...]) -> Iterator[str]:
        """A sentence for each negation that was spoken here and that the quote has no negation for."""
        heard = self._denied(operations)
        for at in self.denials(operations):
            if not any(link.target in heard for link in self.linked.of_source(at)):
                yield (
                    f"“{self.linked.source.tokens[at].text}” was spoken{self._when(at)}, and no "
                    "negation of the quote is linked to it"
                )

    def _added(self, operations: tuple[Operation, ...]) -> Iterator[str]:
        """A sentence for each negation of the quote that no spoken negation is linked to."""
        negators = self.linked.tongues.negators(of_source=True)
        if not negators:
            return
        for at, quoted in self._denied(operations).items():
            links = self.linked.of_target(at)
            if not any(self.linked.source.tokens[link.source].key in negators for link in links):
                yield f"“{quoted}” is in the quote, and no spoken negation is linked to it"

    def _denied(self, operations: tuple[Operation, ...]) -> dict[int, str]:
        """The translated tokens that are matched with a negation of the quote, and its text."""
        known = self.language in rules.LANGUAGES
        negators = rules.load(self.language).negators if known else frozenset[str]()
        return {
            at: self.quote[operation.quote_token].text
            for operation in operations
            if operation.kind in _MATCHES
            and operation.quote_token is not None
            and self.quote[operation.quote_token].key in negators
            for at in operation.spoken_tokens
        }

    def denials(self, operations: tuple[Operation, ...]) -> list[int]:
        """The spoken negations that are about the words that this place renders, in order."""
        negators = self.linked.tongues.negators(of_source=True)
        held = {at for operation in operations for at in operation.spoken_tokens}
        firm = {
            link.source
            for at in held
            for link in self.linked.of_target(at)
            if link.ground is not Ground.POSITION
        }
        if not firm:
            return []
        tokens = self.linked.source.tokens
        around = range(max(0, min(firm) - _NEAR), min(len(tokens), max(firm) + _NEAR + 1))
        return [
            at for at in around if tokens[at].key in negators and self._is_about(at, firm, held)
        ]

    def _is_about(self, at: int, firm: set[int], held: set[int]) -> bool:
        """
        Whether a negation bears on one of these words.

        It does before one of them in its clause, wherever it is rendered itself. Elsewhere it
        does among them or beside them, unless other words of the translation render it.
        """
        if any(near in firm for near in self._clause(at, step=1, reach=_REACH)):
            return True
        links = self.linked.of_source(at)
        if links and held.isdisjoint(link.target for link in links):
            return False
        if min(firm) <= at <= max(firm):
            return True
        return any(near in firm for near in self._clause(at, step=-1, reach=_NEAR))

    def _clause(self, at: int, *, step: int, reach: int) -> Iterator[int]:
        """The words that follow or precede one, up to punctuation."""
        tokens = self.linked.source.tokens
        for _ in range(reach):
            later = at + 1 if step > 0 else at
            if not 0 <= at + step < len(tokens) or tokens[later].boundary is not Boundary.NONE:
                return
            at += step
            yield at

    def _polarity(self, operations: tuple[Operation, ...], *, unlinked: list[str]) -> Outcome:
        if not self.linked.tongues.negators(of_source=True):
            return Outcome.NOT_COMPARED
        if unlinked:
            return Outcome.DIFFERS
        met = self._denied(operations) or self.denials(operations)
        return Outcome.AGREES if met else Outcome.NOTHING_TO_COMPARE

    def _when(self, at: int) -> str:
        span = self.linked.source.span(at, at)
        return f" at {timecode(span.start_ms)}" if span else ""
