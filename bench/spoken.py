"""
What is said in the corpus of quotes: where its words come from, and how they are invented.

Real speech is used where there is some: a folder of transcripts as plain text that is named, or
the few in `../shared/audio`. What is missing is invented. An invented language has what makes
places hard to tell apart: few words said very often and many seldom (Zipf), words that like to
follow one another, and formulas that are said again and again. Its small words and its endings
are those of the lexicon, its other words are made of syllables and mean nothing.
"""

import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from transcription.alignment import lexicon

SHARED = Path(__file__).resolve().parents[2] / "shared" / "audio"
WORDS = 60_000
"""So many words are invented where nothing real is at hand."""

_STEMS, _FOLLOWERS, _FORMULAS = 4_000, 3, 40
_LIKES_TO_FOLLOW, _SMALL, _FORMULAIC, _ENDING = 0.3, 0.45, 0.15, 0.5
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SYLLABLES = {
    "en": ("b br c cl d dr f g h l m n p pr r s st t tr v w", "a e i o u ai ea oo", "n r l t s d"),
    "ru": ("б в г д ж з к кр л м н п пр р с ст т х ч", "а е и о у я", "н р л т с к"),
    "uk": ("б в г д ж з к кр л м н п пр р с ст т х ч", "а е и і о у", "н р л т с к"),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words in lower case as they were said one after the other, and where they come from."""

    language: str
    words: tuple[str, ...]
    source: str
    vocabulary: tuple[str, ...]
    """Its different words, in a fixed order."""


def spoken(
    language: str, *, folder: Path | None = None, real: bool = True, words: int = WORDS
) -> Spoken:
    """Real words if there are any and they are wanted, and as many invented ones as are wanting."""
    return _spoken(language, _real(language, folder) if real else [], folder, words)


def _real(language: str, folder: Path | None) -> list[str]:
    if folder:
        return _words(_read(folder))
    return _words(_shared()) if language == "en" else []


def _spoken(language: str, real: list[str], folder: Path | None, words: int) -> Spoken:
    invented = _invented(language, max(0, words - len(real)))
    parts = []
    if real:
        parts.append(f"{len(real)} words of {folder.name if folder else '../shared/audio'}")
    if invented:
        parts.append(f"{len(invented)} invented words")
    said = tuple(real + invented)
    return Spoken(language, said, ", ".join(parts), tuple(sorted(set(said))))


def _words(texts: Iterator[str]) -> list[str]:
    return [word.lower() for text in texts for word in _WORD.findall(text)]


def _read(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def _shared() -> Iterator[str]:
    """What is said in English in the recordings at hand, and what engines heard there."""
    if not SHARED.is_dir():
        return
    official = json.loads((SHARED / "en_apollo11_official_transcript.json").read_text("utf-8"))
    yield from (segment["text"] for segment in official["segments"])
    for path in sorted((SHARED / "whisper_outputs").glob("*large*.json")):
        yield json.loads(path.read_text("utf-8"))["text"]
    for entry in json.loads((SHARED / "index.json").read_text("utf-8")):
        if entry["language"] == "en":
            yield entry.get("text") or ""


def _invented(language: str, count: int) -> list[str]:
    chance = random.Random(f"spoken {language}")
    said = _sentences(language, chance)
    return list(itertools.islice(itertools.chain.from_iterable(said), count))


def _sentences(language: str, chance: random.Random) -> Iterator[list[str]]:
    known = lexicon.load(language)
    small = sorted(known.common | known.light - known.fillers)
    chance.shuffle(small)
    stems = list(dict.fromkeys(_stem(language, chance) for _ in range(_STEMS)))
    endings = sorted(known.endings) or ["s", "ed", "ing"]
    often = list(itertools.accumulate(1 / rank for rank in range(1, len(stems) + 1)))
    often_small = list(itertools.accumulate(1 / (rank + 3) for rank in range(1, len(small) + 1)))
    followers = {stem: chance.choices(stems, cum_weights=often, k=_FOLLOWERS) for stem in stems}

    def sentence() -> list[str]:
        words: list[str] = []
        last = None
        for _ in range(chance.randint(3, 14)):
            if chance.random() < _SMALL:
                words += chance.choices(small, cum_weights=often_small)
                continue
            if last is not None and chance.random() < _LIKES_TO_FOLLOW:
                last = chance.choice(followers[last])
            else:
                (last,) = chance.choices(stems, cum_weights=often)
            words.append(last + (chance.choice(endings) if chance.random() < _ENDING else ""))
        return words

    formulas = [sentence() for _ in range(_FORMULAS)]
    while True:
        yield chance.choice(formulas) if chance.random() < _FORMULAIC else sentence()


def _stem(language: str, chance: random.Random) -> str:
    onsets, vowels, codas = (part.split() for part in _SYLLABLES[language])
    syllables = chance.choice((1, 2, 2, 3))
    return "".join(chance.choice(onsets) + chance.choice(vowels) for _ in range(syllables)) + (
        chance.choice(codas)
    )
