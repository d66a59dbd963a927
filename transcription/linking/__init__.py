"""
Word links between a transcript and its translation, without weights of any model.

`link` lays a translation beside the transcript of the same speech (`stretches`), asks what
speaks for each pair of words (`scoring`: the `lexicon`, numbers, `names` by their sound,
`estimates` learned from other translations) and chooses links in any order of words
(`choosing`). Each link carries its score and its ground. A spoken word without a link was
left out by the translation as far as is known here, a translated word without one was put in.

It is a pure function of its arguments and the lexicon, under `VERSION`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from transcription.alignment import lexicon as rules
from transcription.alignment.speech import Speech, hear
from transcription.language import primary
from transcription.linking import lexicon
from transcription.linking.choosing import choose
from transcription.linking.denial import concord
from transcription.linking.estimates import Estimates, learn, stem
from transcription.linking.scoring import Ground, Tongues, candidates
from transcription.linking.stretches import Stretch, stretches
from transcription.text import Kind, Token
from transcription.transcript import Transcript

__all__ = ["VERSION", "Estimates", "Ground", "Link", "Linked", "learned", "link"]

VERSION = "1"
_SHARPEST_PAIR = 60
"""Longer stretches teach nothing about words: everything would go with everything."""


@dataclass(frozen=True, slots=True)
class Link:
    """A spoken word and a word of its translation, both by their token; score per mille."""

    source: int
    target: int
    score_permille: int
    ground: Ground


@dataclass(frozen=True)
class Linked:
    """A transcript and its translation, with every link between them."""

    source: Speech
    translation: Speech
    tongues: Tongues
    stretches: tuple[Stretch, ...]
    links: tuple[Link, ...]

    @cached_property
    def by_target(self) -> dict[int, list[Link]]:
        """The links of each linked token of the translation."""
        return _grouped(self.links, [link.target for link in self.links])

    @cached_property
    def by_source(self) -> dict[int, list[Link]]:
        """The links of each linked token of the transcript."""
        return _grouped(self.links, [link.source for link in self.links])

    @property
    def omitted(self) -> tuple[int, ...]:
        """Tokens of the transcript that nothing in the translation is linked to."""
        return tuple(at for at in range(len(self.source.tokens)) if at not in self.by_source)

    @property
    def added(self) -> tuple[int, ...]:
        """Tokens of the translation that no spoken word is linked to."""
        held = self.by_target
        return tuple(at for at in range(len(self.translation.tokens)) if at not in held)


def link(source: Transcript, translation: Transcript, learned: Estimates | None = None) -> Linked:
    """
    Link the words of a translation to the words of the transcript that it translates.

    `learned` is what other translations of the pair of languages teach (`learned`). A pair of
    languages without a lexicon is linked by numbers, names and what was learned. Raises
    `Unlinkable` where the two cannot be laid beside one another.
    """
    ours, theirs = hear(source), hear(translation)
    languages = primary(source.language), primary(translation.language)
    tongues = Tongues(*languages, lexicon.load(*languages), learned or Estimates())
    found = stretches(ours, theirs)
    links = [each for stretch in found for each in _links(ours, theirs, stretch, tongues)]
    return Linked(ours, theirs, tongues, found, tuple(links))


def learned(pairs: Sequence[tuple[Transcript, Transcript]]) -> Estimates:
    """
    What transcripts with their translations teach; all of one pair of languages.

    Raises `Unlinkable` for a pair that cannot be laid beside one another.
    """
    taught: list[tuple[list[str], list[str]]] = []
    for source, translation in pairs:
        ours, theirs = hear(source), hear(translation)
        one, other = primary(source.language), primary(translation.language)
        for stretch in stretches(ours, theirs):
            mine = [ours.tokens[at] for at in stretch.source]
            yours = [theirs.tokens[at] for at in stretch.translation]
            if max(len(mine), len(yours)) <= _SHARPEST_PAIR:
                taught.append((_stems(mine, one), _stems(yours, other)))
    return learn(taught)


def _links(ours: Speech, theirs: Speech, stretch: Stretch, tongues: Tongues) -> list[Link]:
    source = [ours.tokens[at] for at in stretch.source]
    target = [theirs.tokens[at] for at in stretch.translation]
    content = _content(source, tongues.source), _content(target, tongues.target)
    chosen = choose(candidates(source, target, tongues), len(source), len(target), content)
    chosen += concord(source, chosen, tongues.negators(of_source=True), tongues.source)
    return sorted(
        (
            Link(stretch.source[i], stretch.translation[j], each.score, each.ground)
            for each in chosen
            for i in each.source
            for j in each.target
        ),
        key=lambda each: (each.source, each.target),
    )


def _content(tokens: Sequence[Token], language: str) -> set[int]:
    """The words that carry something, as far as the rules of the language say."""
    words = {at for at, token in enumerate(tokens) if token.kind is Kind.WORD}
    return {at for at in words if not slight(tokens[at].key, language)}


def slight(key: str, language: str) -> bool:
    """Whether a word carries little by itself: an article, a filler, a particle, a common word."""
    if language not in rules.LANGUAGES:
        return False
    known = rules.load(language)
    return key in known.light | known.particles | known.common | known.negators


def _stems(tokens: Sequence[Token], language: str) -> list[str]:
    return [stem(token.key, language) for token in tokens if token.kind is Kind.WORD]


def _grouped(links: Sequence[Link], keys: Sequence[int]) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {}
    for key, each in zip(keys, links, strict=True):
        found.setdefault(key, []).append(each)
    return found
