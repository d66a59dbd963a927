"""
What a comparison proposes about a quote, in one word and in sentences.

The machine proposes and a person decides. Only three verdicts speak for a quote, and only
when polarity, roles, numbers, names and the order of its words were compared and agree;
every other finding, and everything that could not be compared, speaks against calling it
supported. The gravest finding names the verdict; every finding is among the reasons.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from transcription.alignment import hearing, meaning, modality, omissions, polarity, roles
from transcription.alignment.comparison import Operation, OperationKind
from transcription.alignment.passage import MATCHES, Aspect, Outcome, Passage
from transcription.text import Kind


class Verdict(StrEnum):
    """How a quote stands to what was spoken."""

    VERBATIM = "verbatim"
    """The same words."""
    NORMALISED = "normalised"
    """The same but for fillers, the spelling of numbers, and what the quote itself marks."""
    VARIANT_WORDING = "variant_wording"
    """The same through listed synonyms, inflection, articles and particles only."""
    PARTIAL = "partial"
    """Only part of the quote was found together or heard surely, or in another order."""
    ADDS_CONTENT = "adds_content"
    """The quote has words that were not heard."""
    OMITS_CONTENT = "omits_content"
    """Words were heard that the quote leaves out, without a mark or under one that matters."""
    REVERSED = "reversed"
    """Polarity, roles or numbers differ."""
    CONTRADICTS = "contradicts"
    """Another name, tense or mood, or another of things that exclude one another."""
    NOT_FOUND = "not_found"
    """Nothing like it is in this transcript."""
    NOT_CHECKABLE_NO_AUDIO = "not_checkable_no_audio"
    """No recording is held; the library never answers this, the service does."""
    NOT_CHECKABLE_LANGUAGE = "not_checkable_language"
    """The languages differ, or the rules of this language cannot compare the meaning."""

    @property
    def supports(self) -> bool:
        """Whether this verdict speaks for the quote."""
        return self in {Verdict.VERBATIM, Verdict.NORMALISED, Verdict.VARIANT_WORDING}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one passage, why, and the outcome of each aspect of meaning."""

    verdict: Verdict
    reasons: tuple[str, ...]
    aspects: dict[str, Outcome]


_MARKED = {OperationKind.GAP, OperationKind.WILDCARD, OperationKind.UNHEARD}
_PARTIAL_WORDS = 3
_SHOWN = 12


def judge(passage: Passage) -> Judgement:
    """Propose a verdict for one passage."""
    aspects = {
        "polarity": polarity.polarity(passage),
        "roles": roles.roles(passage),
        "numbers": meaning.numbers(passage),
        "names": meaning.names(passage),
        "modality": modality.modality(passage),
        "order": roles.order(passage),
        "reservations": omissions.reservations(passage),
        "gaps": omissions.gaps(passage),
        "hearing": hearing.hearing(passage),
    }
    moved = roles.moved(passage)
    added, omitted = _differences(passage, moved)
    reasons = [reason for aspect in aspects.values() for reason in aspect.reasons]
    if added:
        reasons.append(f"in the quote, not heard: {_listed(o.quoted for o in added)}")
    if omitted:
        reasons.append(f"heard, not in the quote: {_listed(o.spoken for o in omitted)}")
    verdict = _verdict(passage, aspects, added, omitted)
    reasons += _wording(passage)
    return Judgement(
        verdict,
        tuple(dict.fromkeys(reasons)) or ("every word of the quote was heard, in this order",),
        {name: aspect.outcome for name, aspect in aspects.items()},
    )


def _verdict(
    passage: Passage, aspects: dict[str, Aspect], added: list[Operation], omitted: list[Operation]
) -> Verdict:
    """The gravest finding first."""
    differing = {n for n, aspect in aspects.items() if aspect.outcome is Outcome.DIFFERS}
    unsure = {n for n, aspect in aspects.items() if aspect.outcome is Outcome.NOT_COMPARED}
    grounds = (
        (differing & {"polarity", "roles", "numbers"}, Verdict.REVERSED),
        (differing & {"names", "modality"}, Verdict.CONTRADICTS),
        (_only_in_part(passage), Verdict.PARTIAL),
        (added, Verdict.ADDS_CONTENT),
        (omitted, Verdict.OMITS_CONTENT),
        ("hearing" in unsure, Verdict.PARTIAL),
        (unsure & {"polarity", "reservations", "gaps"}, Verdict.OMITS_CONTENT),
        (unsure & {"numbers", "names"}, Verdict.ADDS_CONTENT),
        ("order" in differing, Verdict.PARTIAL),
        (unsure & {"roles", "modality"}, Verdict.NOT_CHECKABLE_LANGUAGE),
        (_wording(passage), Verdict.VARIANT_WORDING),
        (not _letter_for_letter(passage), Verdict.NORMALISED),
    )
    return next((verdict for ground, verdict in grounds if ground), Verdict.VERBATIM)


def _differences(
    passage: Passage, moved: tuple[tuple[int, int], ...]
) -> tuple[list[Operation], list[Operation]]:
    """Words on one side only that a listener would miss, apart from those that only moved."""
    quoted = {pair[0] for pair in moved}
    spoken = {pair[1] for pair in moved}
    unsaid = {OperationKind.ADDED, OperationKind.SUBSTITUTED}
    unquoted = {OperationKind.OMITTED, OperationKind.SUBSTITUTED}
    slight = passage.lexicon.light | passage.lexicon.particles
    added = [
        o
        for o in passage.operations
        if o.kind in unsaid
        and o.quote_token not in quoted
        and (token := passage.quoted(o)) is not None
        and token.key not in slight
        and token.kind is not Kind.OPTIONAL
    ]
    omitted = [
        o
        for o in passage.operations
        if o.kind in unquoted
        and not spoken.intersection(o.spoken_tokens)
        and any(t.key not in slight and t.kind is not Kind.WILD for t in passage.spoken(o))
    ]
    return added, omitted


def _only_in_part(passage: Passage) -> bool:
    """Whether a run of several words at either end of the quote was not found here at all."""
    words = [
        o
        for o in passage.operations
        if (token := passage.quoted(o)) is not None and token.kind in {Kind.WORD, Kind.NUMBER}
    ]
    for run in (words, words[::-1]):
        missing = 0
        for operation in run:
            if operation.kind in MATCHES:
                break
            missing += 1
        if missing >= _PARTIAL_WORDS:
            return True
    return False


def _wording(passage: Passage) -> list[str]:
    """Sentences about wording that changes no content: listed variants, forms, small words."""
    reworded = [
        f"{o.quoted}” for “{o.spoken}" if o.quoted and o.spoken else o.quoted or o.spoken
        for o in passage.operations
        if o.kind in {OperationKind.VARIANT, OperationKind.INFLECTED}
    ]
    small = passage.lexicon.light | passage.lexicon.particles
    differing = [
        o.quoted or o.spoken
        for o in passage.operations
        if o.kind not in MATCHES | _MARKED
        and _keys(passage, o) <= small
        and not _keys(passage, o) <= passage.lexicon.fillers
    ]
    reasons = [f"worded differently: {_listed(reworded)}"] if reworded else []
    return [*reasons, f"small words differ: {_listed(differing)}"] if differing else reasons


def _keys(passage: Passage, operation: Operation) -> set[str]:
    token = passage.quoted(operation)
    return {t.key for t in passage.spoken(operation)} | ({token.key} if token else set())


def _letter_for_letter(passage: Passage) -> bool:
    return all(
        o.kind is OperationKind.SAME and (o.quoted or "").casefold() == (o.spoken or "").casefold()
        for o in passage.operations
    )


def _listed(words: Iterable[str | None]) -> str:
    """Quoted words in a row, shortened when there are many."""
    shown = [f"“{word}”" for word in words]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more
