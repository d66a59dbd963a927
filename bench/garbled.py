"""
The corpus that the figures about quotes are told of: what was said, misheard, and misquoted.

A case is a transcript of about an hour and one quote that was spoken in it ten times. Each time
the passage stands among other speech, and all of it is misheard anew: of a hundred words five are
lost, three have another before them, eight are garbled in a letter and four are another word
altogether, which comes to a word error rate of 20 %. Quotes are of four kinds; all but
the plain ones have lost 8 % of their words and had 10 % exchanged for others.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.spoken import Spoken

KINDS = ("plain", "edited", "ellipsis", "unintelligible")
LENGTHS = (8, 12, 20, 30, 40)
TIMES = 10
HOUR = 8_000
"""Words in an hour of lively talk."""

_MIXED_LENGTHS = (5, 6, 8, 12, 20, 30, 40)
_MIXED_WORDS = (120, 500, 2_000, 8_000)
_MIXED_TIMES = (0, 1, 4)

WRONG = 0.2
_LOST, _ADDED, _GARBLED = 0.25, 0.4, 0.8  # of the wrong ones, one after the other
_LEFT_OUT, _EXCHANGED = 0.08, 0.18
_AROUND = 12
_GAP = (5, 29)
_SHORTEST_GARBLED = 3
_LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}

Place = tuple[int, int]
"""First and last word of a place in a transcript, both inclusive."""


@dataclass(frozen=True, slots=True)
class Case:
    """One quote, one transcript, and where in it the quote was spoken."""

    kind: str
    length: int
    quote: str
    transcript: tuple[str, ...]
    places: tuple[Place, ...]


def cases(
    base: Spoken,
    *,
    seed: int,
    count: int,
    times: int = TIMES,
    words: int = HOUR,
    lengths: Sequence[int] = LENGTHS,
) -> Iterator[Case]:
    """So many cases, the kinds taking turns; `times` 0 makes quotes that were not spoken."""
    chance = random.Random(f"cases {seed}")
    for number in range(count):
        kind, length = KINDS[number % len(KINDS)], chance.choice(lengths)
        yield _case(base, chance, kind, length, times=times, words=words)


def mixed(base: Spoken, *, seed: int, each: int) -> Iterator[Case]:
    """Quotes of many lengths in transcripts of many, spoken never, once and four times."""
    for number, (words, times) in enumerate((w, t) for w in _MIXED_WORDS for t in _MIXED_TIMES):
        yield from cases(
            base, seed=seed + number, count=each, times=times, words=words, lengths=_MIXED_LENGTHS
        )


def _case(
    base: Spoken, chance: random.Random, kind: str, length: int, *, times: int, words: int
) -> Case:
    gap = chance.randint(*_GAP)
    tail = max(4, length // 2)
    whole = length + gap + tail if kind == "ellipsis" else length
    start = chance.randrange(_AROUND, len(base.words) - whole - _AROUND)
    quote = misquoted(base, chance, kind, start=start, length=length, tail=(length + gap, tail))
    passage = range(start - _AROUND, start + whole + _AROUND)
    between = max(0, words - times * len(passage)) // max(1, times)
    transcript: list[str] = []
    places: list[Place] = []
    for _ in range(max(1, times)):
        hear(base, chance, _elsewhere(base, chance, between, passage), transcript)
        if times:
            heard = hear(base, chance, passage, transcript)
            inside = [at for at, source in heard if start <= source < start + whole]
            if inside:
                places.append((inside[0], inside[-1]))
    return Case(kind, length, quote, tuple(transcript), tuple(places))


def misquoted(
    base: Spoken, chance: random.Random, kind: str, *, start: int, length: int, tail: Place
) -> str:
    """`length` words from `start` as they are published; of an ellipsis also `tail`: where, how many."""
    words = list(base.words[start : start + length])
    if kind != "plain":
        words = _edited(base, chance, words)
    if kind == "ellipsis":
        words += ["…", *base.words[start + tail[0] : start + tail[0] + tail[1]]]
    if kind == "unintelligible":
        half = len(words) // 2
        words[half : half + 2] = ["[unintelligible]"]
    return " ".join(words)


def _edited(base: Spoken, chance: random.Random, words: Sequence[str]) -> list[str]:
    kept = []
    for word in words:
        drawn = chance.random()
        if drawn >= _LEFT_OUT:
            kept.append(chance.choice(base.vocabulary) if drawn < _EXCHANGED else word)
    return kept


def _elsewhere(base: Spoken, chance: random.Random, count: int, passage: range) -> range:
    """Other words of the base that hold nothing of the passage."""
    count = min(count, max(passage.start, len(base.words) - passage.stop) - 1)
    while True:
        start = chance.randrange(len(base.words) - count)
        if start + count <= passage.start or start >= passage.stop:
            return range(start, start + count)


def hear(
    base: Spoken, chance: random.Random, said: range, transcript: list[str]
) -> list[tuple[int, int]]:
    """Mishear some words at the end of a transcript; which of its words stand for which said."""
    heard: list[tuple[int, int]] = []
    for source in said:
        word, drawn = base.words[source], chance.random() / WRONG
        if drawn < _LOST:
            continue
        if drawn < _ADDED:
            transcript.append(chance.choice(base.vocabulary))
        elif drawn < _GARBLED:
            word = _garbled(base, chance, word)
        elif drawn < 1:
            word = chance.choice(base.vocabulary)
        heard.append((len(transcript), source))
        transcript.append(word)
    return heard


def _garbled(base: Spoken, chance: random.Random, word: str) -> str:
    if len(word) < _SHORTEST_GARBLED:
        return chance.choice(base.vocabulary)
    at, letter, drawn = (
        chance.randrange(len(word)),
        chance.choice(_LETTERS[base.language]),
        chance.random(),
    )
    if drawn < 0.5:
        return word[:at] + letter + word[at + 1 :]
    return word[:at] + word[at + 1 :] if drawn < 0.75 else word[:at] + letter + word[at:]
