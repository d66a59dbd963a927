"""
A translated quote in three layers: the words spoken, our translation, the published wording.

The quote is found in the translation by the aligner (`transcription.alignment`), and from there the
links lead to the words that were spoken. Those are what is cued and played: the times of a
translation are its translator's, and a machine's times of translated words mean little. Every
operation carries the spoken words behind it; every place carries its three rows of
words and the lines between them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from transcription.alignment import Alignment, Occurrence, Operation, OperationKind, align
from transcription.alignment import lexicon as rules
from transcription.alignment.speech import Speech
from transcription.language import primary
from transcription.linking import VERSION, Estimates, Link, Linked, link
from transcription.linking.behind import Spoken
from transcription.linking.scoring import slight
from transcription.span import Span, spanning
from transcription.text import tokens
from transcription.transcript import Transcript

TRANSLATION_CHOICE = "translation_choice"
"""The kind of an operation where both wordings are listed for the word that was spoken."""


@dataclass(frozen=True, slots=True)
class Layered:
    """What was found for a quote in a translation, and the words that were spoken behind it."""

    alignment: Alignment
    spoken: Spoken
    learned_from: int
    """How many stretches of other translations taught something."""

    def as_data(self) -> dict[str, Any]:
        """As `Alignment.as_data`, with times of the spoken words, and three layers at each place."""
        data = self.alignment.as_data()
        places = [self._place(each) for each in self.alignment.occurrences]
        features = {
            **data["features"],
            "links": sum(len(place["layers"]["links"]) for place in places),
            "links_version": VERSION,
            "links_lexicon": self.spoken.linked.tongues.dictionary is not None,
            "links_learned_from": self.learned_from,
        }
        if places:
            features["times"] = _times(places)
        return {**data, "features": features, "occurrences": places}

    def _place(self, occurrence: Occurrence) -> dict[str, Any]:
        linked = self.spoken.linked
        operations = occurrence.operations
        sources = sorted({*self.spoken.sources(operations), *self.spoken.denials(operations)})
        span, cued_by = self._cue(occurrence, sources)
        here = [at for each in operations for at in each.spoken_tokens]
        among = linked.among(min(here), max(here)) if here else []
        held = _words(linked.translation, [each.target for each in among])
        weak = _weak(linked.translation, here, linked.tongues.target)
        return {
            **occurrence.as_data(),
            "start_ms": span.start_ms if span else None,
            "end_ms": span.end_ms if span else None,
            "cued_by": cued_by,
            "operations": [self._operation(each) for each in self._chosen(occurrence)],
            "layers": {
                "source": _row(linked, sources),
                "translation": [
                    {
                        "word": at,
                        "text": linked.translation.words[at].text,
                        "linked": at in held,
                        "slight": at in weak,
                    }
                    for at in range(occurrence.first_word, occurrence.last_word + 1)
                ],
                "links": _links(linked, among),
            },
        }

    def _chosen(self, occurrence: Occurrence) -> list[tuple[Operation, str]]:
        """Each operation with its kind, choices of translation named as such."""
        choices = {c.quoted for c in self.spoken.choices(occurrence.operations)}
        return [
            (each, TRANSLATION_CHOICE)
            if each.kind is OperationKind.VARIANT and each.quote_token in choices
            else (each, each.kind.value)
            for each in occurrence.operations
        ]

    def _operation(self, each: tuple[Operation, str]) -> dict[str, Any]:
        operation, kind = each
        links = [
            link for at in operation.spoken_tokens for link in self.spoken.linked.of_target(at)
        ]
        source = self.spoken.linked.source
        tokens_behind = sorted({link.source for link in links})
        words = sorted(_words(source, tokens_behind))
        span = _span(source, words)
        behind = (
            {
                "text": " ".join(source.tokens[at].text for at in tokens_behind),
                "words": words,
                "start_ms": span.start_ms if span else None,
                "end_ms": span.end_ms if span else None,
                "score_permille": min(link.score_permille for link in links),
                "grounds": sorted({link.ground.value for link in links}),
            }
            if links
            else None
        )
        return {**operation.as_data(), "kind": kind, "source": behind}

    def _cue(self, occurrence: Occurrence, sources: Sequence[int]) -> tuple[Span | None, str]:
        """When it was spoken, and what says so: linked words, else the stretch, else the translation."""
        source = self.spoken.linked.source
        if sources:
            span = _span(source, sorted(_words(source, sources)))
            span = span or source.segment_span(sources[0], sources[-1])
            if span:
                return span, "linked_words"
        held = {at for each in occurrence.operations for at in each.spoken_tokens}
        for stretch in self.spoken.linked.stretches:
            if stretch.source and not held.isdisjoint(stretch.translation):
                first, last = stretch.source.start, stretch.source.stop - 1
                span = source.span(first, last) or source.segment_span(first, last)
                if span:
                    return span, "stretch"
        return occurrence.span_ms, "translation"


def layered(
    quote: str,
    *,
    quote_language: str,
    source: Transcript,
    translation: Transcript,
    learned: Estimates | None = None,
    claimed_count: int | None = None,
) -> Layered:
    """
    Find a quote in a translation of a transcript, and the words that were spoken behind it.

    Raises as `alignment.align` and `linking.link` do.
    """
    language = primary(quote_language)
    linked = link(source, translation, learned)
    spoken = Spoken(linked, tokens(quote, language=language, quoted=True), language)
    found = align(
        quote,
        quote_language=quote_language,
        transcript=translation,
        claimed_count=claimed_count,
        behind=spoken,
    )
    return Layered(found, spoken, learned.stretches if learned else 0)


def _row(linked: Linked, sources: Sequence[int]) -> list[dict[str, Any]]:
    """The spoken words from the first to the last that is linked, and which have no link."""
    if not sources:
        return []
    source = linked.source
    inside = range(sources[0], sources[-1] + 1)
    held = _words(source, [at for at in inside if linked.of_source(at)])
    reach = range(source.first[sources[0]], source.last[sources[-1]] + 1)
    weak = _weak(source, inside, linked.tongues.source)
    return [
        {
            "word": at,
            "text": source.words[at].text,
            "start_ms": source.words[at].start_ms,
            "end_ms": source.words[at].end_ms,
            "linked": at in held,
            "slight": at in weak,
        }
        for at in reach
    ]


def _links(linked: Linked, among: Sequence[Link]) -> list[dict[str, Any]]:
    """Links by word, of which a number may have several to a token."""
    ours, theirs = linked.source, linked.translation
    return [
        {
            "source": i,
            "translation": j,
            "score_permille": each.score_permille,
            "ground": each.ground.value,
        }
        for each in among
        for i in range(ours.first[each.source], ours.last[each.source] + 1)
        for j in range(theirs.first[each.target], theirs.last[each.target] + 1)
    ]


def _weak(speech: Speech, at: Iterable[int], language: str) -> set[int]:
    """Words that a translation may well do without, or put in: no negation is one."""
    known = rules.load(language).negators if language in rules.LANGUAGES else frozenset[str]()
    return {
        speech.first[token]
        for token in at
        if slight(key := speech.tokens[token].key, language) and key not in known
    }


def _words(speech: Speech, at: Iterable[int]) -> set[int]:
    """The words that some tokens come from."""
    return {word for token in at for word in range(speech.first[token], speech.last[token] + 1)}


def _span(speech: Speech, words: Sequence[int]) -> Span | None:
    """From the first to the last of some words as they were spoken; `None` without times."""
    starts = [speech.words[at].start_ms for at in words]
    ends = [speech.words[at].end_ms for at in words]
    known = [at for at in starts if at is not None], [at for at in ends if at is not None]
    if len(known[0]) < len(words) or len(known[1]) < len(words) or not words:
        return None
    return spanning(min(known[0]), max(known[1]))


def _times(places: Sequence[dict[str, Any]]) -> str:
    """As `features.times` of an alignment, of the spoken words."""
    if any(place["start_ms"] is None for place in places):
        return "none"
    timed = all(
        word["start_ms"] is not None for place in places for word in place["layers"]["source"]
    )
    linked = all(place["cued_by"] == "linked_words" for place in places)
    return "word" if timed and linked else "segment"
