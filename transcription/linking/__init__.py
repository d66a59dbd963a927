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
from dataclasses import dataclass, field
from functools import cached_property

from transcription.alignment.speech import Speech, hear
from transcription.errors import Unlinkable
from transcription.language import primary
from transcription.linking import lexicon
from transcription.linking.choosing import choose
from transcription.linking.denial import concord
from transcription.linking.estimates import Estimates, learn, stem
from transcription.linking.scoring import Ground, Tongues, candidates, slight
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
    """
    A transcript and its translation, with the links between them.

    A stretch is linked when somebody asks about a word of it, and once.
    """

    source: Speech
    translation: Speech
    tongues: Tongues
    stretches: tuple[Stretch, ...]
    _known: dict[int, tuple[Link, ...]] = field(default_factory=dict, repr=False)

    def of_source(self, at: int) -> list[Link]:
        """The links of a token of the transcript; none where the translation left it out."""
        return [link for link in self._of(self._by_source[at]) if link.source == at]

    def of_target(self, at: int) -> list[Link]:
        """The links of a token of the translation; none where it was put in."""
        return [link for link in self._of(self._by_target[at]) if link.target == at]

    def among(self, first: int, last: int) -> list[Link]:
        """The links of the tokens of the translation from `first` to `last`."""
        touched = dict.fromkeys(self._by_target[first : last + 1])
        found = [link for stretch in touched for link in self._of(stretch)]
        return [link for link in found if first <= link.target <= last]

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link, in order."""
        return tuple(link for number in range(len(self.stretches)) for link in self._of(number))

    @property
    def omitted(self) -> tuple[int, ...]:
        """Tokens of the transcript that nothing in the translation is linked to."""
        held = {link.source for link in self.links}
        return tuple(at for at in range(len(self.source.tokens)) if at not in held)

    @property
    def added(self) -> tuple[int, ...]:
        """Tokens of the translation that no spoken word is linked to."""
        held = {link.target for link in self.links}
        return tuple(at for at in range(len(self.translation.tokens)) if at not in held)

    @cached_property
    def _by_source(self) -> list[int]:
        return [n for n, stretch in enumerate(self.stretches) for _ in stretch.source]

    @cached_property
    def _by_target(self) -> list[int]:
        return [n for n, stretch in enumerate(self.stretches) for _ in stretch.translation]

    def _of(self, number: int) -> tuple[Link, ...]:
        if number not in self._known:
            made = _links(self.source, self.translation, self.stretches[number], self.tongues)
            self._known[number] = made
        return self._known[number]


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
    return Linked(ours, theirs, tongues, stretches(ours, theirs))


def learned(pairs: Sequence[tuple[Transcript, Transcript]]) -> Estimates:
    """
    What transcripts with their translations teach; all of one pair of languages.

    A pair that cannot be laid beside one another teaches nothing.
    """
    taught: list[tuple[list[str], list[str]]] = []
    for source, translation in pairs:
        ours, theirs = hear(source), hear(translation)
        one, other = primary(source.language), primary(translation.language)
        try:
            beside = stretches(ours, theirs)
        except Unlinkable:
            continue
        for stretch in beside:
            mine = [ours.tokens[at] for at in stretch.source]
            yours = [theirs.tokens[at] for at in stretch.translation]
            if max(len(mine), len(yours)) <= _SHARPEST_PAIR:
                taught.append((_stems(mine, one), _stems(yours, other)))
    return learn(taught)


def _links(ours: Speech, theirs: Speech, stretch: Stretch, tongues: Tongues) -> tuple[Link, ...]:
    source = [ours.tokens[at] for at in stretch.source]
    target = [theirs.tokens[at] for at in stretch.translation]
    content = _content(source, tongues.source), _content(target, tongues.target)
    chosen = choose(candidates(source, target, tongues), len(source), len(target), content)
    chosen += concord(source, chosen, tongues.negators(of_source=True), tongues.source)
    found = [
        Link(stretch.source[i], stretch.translation[j], each.score, each.ground)
        for each in chosen
        for i in each.source
        for j in each.target
    ]
    return tuple(sorted(found, key=lambda each: (each.source, each.target)))


def _content(tokens: Sequence[Token], language: str) -> set[int]:
    """The words that carry something, as far as the rules of the language say."""
    words = {at for at, token in enumerate(tokens) if token.kind is Kind.WORD}
    return {at for at in words if not slight(tokens[at].key, language)}


def _stems(tokens: Sequence[Token], language: str) -> list[str]:
    return [stem(token.key, language) for token in tokens if token.kind is Kind.WORD]
