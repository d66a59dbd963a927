"""
Where a published quote was spoken, what it changes, and what that proposes.

`align` is the one door. It splits quote and transcript into comparable tokens, finds every
place by words (`locate`, `path`, `likeness`), lists the operations per word (`comparison`),
says how surely each is one (`confidence`) and whether the quote was put together from several
(`stitching`), compares meaning aspect by aspect (`meaning`, `roles`, `omissions`, `hearing`, with
the word lists of `lexicon`) and proposes a verdict with its reasons (`verdict`). It is a pure function of its arguments and
of the lexicons: the same texts give the same answer on every machine, under `VERSION`.
"""

from dataclasses import dataclass, replace
from typing import Any, Protocol

from transcription.alignment import locate, stitching
from transcription.alignment.comparison import Operation, OperationKind, operations
from transcription.alignment.confidence import Confidence, confidence_in
from transcription.alignment.passage import Outcome, lay_out
from transcription.alignment.speech import Speech, hear
from transcription.alignment.verdict import Judgement, Verdict, judge
from transcription.errors import TextTooLong
from transcription.language import UNDETERMINED, primary
from transcription.span import Span
from transcription.text import tokens
from transcription.transcript import Transcript

__all__ = [
    "Alignment",
    "Behind",
    "Judgement",
    "Occurrence",
    "Operation",
    "OperationKind",
    "Outcome",
    "Verdict",
    "align",
    "hear",
]

METHOD = "earwitness-words"
VERSION = "3"
MAX_QUOTE_CHARACTERS = 40_000
_FOR_ONE_PART = {Verdict.ADDS_CONTENT, Verdict.OMITS_CONTENT}


class Behind(Protocol):
    """What is known of the words behind a transcript that is a translation (`linking`)."""

    def reread(self, operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
        """The operations, where words that differ render the same spoken word as variants."""

    def weigh(self, operations: tuple[Operation, ...], judged: Judgement) -> Judgement:
        """The judgement with what the spoken words say against it; never more favourable."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """
    One place where the quote, or something close to it, was spoken.

    Words are counted through `Transcript.words()`, both ends inclusive. `span_ms` is None
    where the transcript has no times. `score_permille` says how much of the best possible
    word score was reached: it ranks places, and is no probability. `confidence` is one: that
    this is a place where the quote was spoken, whatever the verdict on how it was.
    """

    span_ms: Span | None
    first_word: int
    last_word: int
    score_permille: int
    confidence: Confidence
    verdict: Verdict
    reasons: tuple[str, ...]
    operations: tuple[Operation, ...]

    def as_data(self) -> dict[str, Any]:
        """The occurrence as it is stored and shown."""
        return {
            "start_ms": self.span_ms.start_ms if self.span_ms else None,
            "end_ms": self.span_ms.end_ms if self.span_ms else None,
            "first_word": self.first_word,
            "last_word": self.last_word,
            "score_permille": self.score_permille,
            "confidence_permille": self.confidence.permille,
            "confidence_basis": self.confidence.basis,
            "verdict": self.verdict.value,
            "reasons": list(self.reasons),
            "operations": [operation.as_data() for operation in self.operations],
        }


@dataclass(frozen=True, slots=True)
class Alignment:
    """What was found for one quote in one transcript; `occurrences` in spoken order."""

    verdict: Verdict
    reasons: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]
    features: dict[str, int | str | bool]
    method: str = METHOD
    version: str = VERSION

    @property
    def best(self) -> Occurrence | None:
        """The occurrence that the verdict is about: a supporting one before others, then score."""
        return max(self.occurrences, key=_standing, default=None)

    def as_data(self) -> dict[str, Any]:
        """The alignment as it is stored and shown: integers, strings, booleans and None."""
        return {
            "verdict": self.verdict.value,
            "reasons": list(self.reasons),
            "occurrences": [occurrence.as_data() for occurrence in self.occurrences],
            "features": dict(self.features),
            "method": self.method,
            "version": self.version,
        }


def align(
    quote: str,
    *,
    quote_language: str,
    transcript: Transcript | Speech,
    claimed_count: int | None = None,
    behind: Behind | None = None,
) -> Alignment:
    """
    Find a quote in a transcript and propose a verdict.

    `behind` is asked about every place where the transcript is a translation of known words.
    A transcript that many quotes are looked for in may be given as `hear` splits it.

    `claimed_count` is how often the report says it was spoken; it is counted against the
    occurrences that support the quote and never changes the verdict. Raises `NothingToAlign`
    for a quote without a word, `TextTooLong` past the limits of `locate` and `speech`, and
    `UnsupportedLanguage` for a language that is no tag.
    """
    if len(quote) > MAX_QUOTE_CHARACTERS:
        raise TextTooLong("quote", unit="characters", allowed=MAX_QUOTE_CHARACTERS)
    speech = hear(transcript) if isinstance(transcript, Transcript) else transcript
    language, spoken = primary(quote_language), speech.language
    if language != spoken or language == UNDETERMINED:
        locate.require_words(tokens(quote, language=language, quoted=True))
        return _other_language(language, spoken)
    known = speech.vocabulary.lexicon
    search = locate.prepare(tokens(quote, language=language, quoted=True), speech)
    found = []
    places = locate.places(search)
    for place in places:
        if known is None:
            steps, judged = operations(search, speech, place), _no_rules(language)
        else:
            passage = lay_out(search, speech, place, known, text=quote)
            if behind:
                passage = replace(passage, operations=behind.reread(passage.operations))
            steps, judged = passage.operations, judge(passage)
            judged = behind.weigh(steps, judged) if behind else judged
        found.append((_occurrence(search, speech, place, steps, judged), judged))
    alignment = _alignment(found, speech, language=language, claimed_count=claimed_count)
    stitch = stitching.stitched(search, places)
    return _with_stitch(alignment, stitch, search, speech) if stitch else alignment


def _alignment(
    found: list[tuple[Occurrence, Judgement]],
    speech: Speech,
    *,
    language: str,
    claimed_count: int | None,
) -> Alignment:
    occurrences = tuple(occurrence for occurrence, _ in found)
    supporting = sum(o.verdict.supports for o in occurrences)
    features: dict[str, int | str | bool] = {
        "language": language,
        "transcript_words": len(speech.words),
        "occurrences": len(occurrences),
        "supporting_occurrences": supporting,
        "times": _times(occurrences, speech),
    }
    reasons: list[str] = []
    if claimed_count is not None:
        features["claimed_count"] = claimed_count
        features["count_agrees"] = claimed_count == supporting
        reasons.append(f"said to be spoken {claimed_count} times; found {supporting} times")
    if not occurrences:
        nothing = "nothing close to these words was found in this transcript"
        return Alignment(Verdict.NOT_FOUND, (nothing, *reasons), (), features)
    best, judged = max(found, key=lambda pair: _standing(pair[0]))
    features["score_permille"] = best.score_permille
    features |= {name: outcome.value for name, outcome in judged.aspects.items()}
    if features["times"] == "segment":
        reasons.append("the transcript times whole segments, so the place is only that exact")
    elif features["times"] == "none":
        reasons.append("the transcript carries no times, so the place in the audio is unknown")
    against = sum(o.verdict in {Verdict.REVERSED, Verdict.CONTRADICTS} for o in occurrences)
    if best.verdict.supports and against:
        reasons.append(
            f"{against} other place(s) in this transcript come close and differ in meaning"
        )
    return Alignment(best.verdict, (*best.reasons, *reasons), occurrences, features)


def _standing(occurrence: Occurrence) -> tuple[bool, int, int]:
    return occurrence.verdict.supports, occurrence.score_permille, -occurrence.first_word


def _with_stitch(
    alignment: Alignment, stitch: stitching.Stitch, search: locate.Search, speech: Speech
) -> Alignment:
    """An alignment that says of what the quote is put together; one that is supported needs none."""
    if alignment.verdict.supports:
        return alignment
    return replace(
        alignment,
        verdict=Verdict.PARTIAL if alignment.verdict in _FOR_ONE_PART else alignment.verdict,
        reasons=(stitch.reason(search, speech), *alignment.reasons),
        features={**alignment.features, **stitch.features(speech)},
    )


def _occurrence(
    search: locate.Search,
    speech: Speech,
    place: locate.Place,
    steps: tuple[Operation, ...],
    judged: Judgement,
) -> Occurrence:
    first, last = place.first, place.last - 1
    return Occurrence(
        span_ms=speech.span(first, last) or speech.segment_span(first, last),
        first_word=speech.first[first],
        last_word=speech.last[last],
        score_permille=place.permille,
        confidence=confidence_in(
            place.score,
            place.permille,
            language=speech.language,
            quote=len(search.quote),
            speech=len(speech.tokens),
        ),
        verdict=judged.verdict,
        reasons=judged.reasons,
        operations=steps,
    )


def _times(occurrences: tuple[Occurrence, ...], speech: Speech) -> str:
    """How finely the occurrences are timed: by `word`, by `segment`, or not at all (`none`)."""
    if any(o.span_ms is None for o in occurrences):
        return "none"
    by_word = all(
        speech.words[o.first_word].start_ms is not None
        and speech.words[o.last_word].end_ms is not None
        for o in occurrences
    )
    return "word" if by_word else "segment"


def _other_language(quoted: str, spoken: str) -> Alignment:
    if UNDETERMINED in {quoted, spoken}:
        reason = "the language of the quote or of the transcript is not known"
    else:
        reason = (
            f"the quote is in {quoted} and the transcript in {spoken}: words cannot be compared "
            "across languages, only with a translation of the transcript"
        )
    return Alignment(Verdict.NOT_CHECKABLE_LANGUAGE, (reason,), (), {"language": quoted})


def _no_rules(language: str) -> Judgement:
    reason = f"there are no rules for comparing meaning in {language}: only words were compared"
    return Judgement(Verdict.NOT_CHECKABLE_LANGUAGE, (reason,), {})
