"""
Sentence pairs linked by hand (`gold.txt`), and how links are counted against them.

A block is language, spoken sentence, its English translation, and the links: `a=b`, several
words joined by `+` all linked with one another, `#2` the second time that a word stands in its
sentence. Articles and auxiliaries that no word stands for are linked to nothing. Every second
pair is held out: neither lexicon nor rules were changed for it.
"""

from dataclasses import dataclass
from pathlib import Path

from transcription.linking import Linked, link
from transcription.text import Token
from transcription.transcript import Segment, Transcript

Pairs = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Sentence:
    """One pair and its links, by tokens."""

    language: str
    spoken: str
    translation: str
    links: str

    def linked(self) -> Linked:
        """What the machine makes of it."""
        return link(
            Transcript(self.language, (Segment(self.spoken),)),
            Transcript("en", (Segment(self.translation),)),
        )

    def gold(self, linked: Linked) -> Pairs:
        """The links drawn by hand; a word that is not in its sentence is an error of ours."""
        found = set()
        for written in self.links.split():
            one, other = written.split("=")
            found |= {
                (i, j)
                for i in _places(one, linked.source.tokens)
                for j in _places(other, linked.translation.tokens)
            }
        return frozenset(found)


@dataclass(frozen=True)
class Count:
    """Links that are right, links made, links drawn by hand."""

    right: int
    made: int
    drawn: int

    @property
    def figures(self) -> tuple[int, int, int]:
        """Precision, recall and F1, per mille."""
        return (
            1000 * self.right // self.made,
            1000 * self.right // self.drawn,
            2000 * self.right // (self.made + self.drawn),
        )


def sentences() -> list[Sentence]:
    """Every pair, in order."""
    text = Path(__file__).with_name("gold.txt").read_text(encoding="utf-8")
    return [Sentence(*block.split("\n")) for block in text.strip().split("\n\n")]


def count(among: list[Sentence]) -> Count:
    """Link every pair and count."""
    right = made = drawn = 0
    for sentence in among:
        linked = sentence.linked()
        links = {(each.source, each.target) for each in linked.links}
        gold = sentence.gold(linked)
        right, made, drawn = right + len(links & gold), made + len(links), drawn + len(gold)
    return Count(right, made, drawn)


def _places(written: str, tokens: tuple[Token, ...]) -> list[int]:
    """The tokens of one side of a link; a number said in several words is one token."""
    places: list[int] = []
    for part in written.split("+"):
        word, _, number = part.partition("#")
        held = [at for at, token in enumerate(tokens) if word in token.text.split()]
        if not held:
            raise ValueError(f"{word} is not in {[token.text for token in tokens]}")
        places.append(held[int(number or 1) - 1])
    return sorted(set(places))
