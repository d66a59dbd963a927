"""
Who is said to judge a recording, how many of them, and what they are said to have judged.

Read from one wording with the word lists of its language: "a forensic expert" is one expert, "experts and
intelligence officials" are several of two kinds, "the footage and transmissions" are sound and
pictures. What is not named is not guessed.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.assessments.lexicon import Lexicon
from app.reports import attribution
from app.reports.attribution import SayerKind


class Voice(StrEnum):
    """What sort of people judge."""

    EXPERT = "expert"
    OFFICIAL = "official"
    PRESS = "press"


class Thing(StrEnum):
    """What is judged."""

    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words for somebody or something: half-open offsets, and whether there are several."""

    start: int
    end: int
    words: str
    several: bool


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in a wording; `named` holds names, `referred` pronouns that stand for somebody."""

    kinds: dict[Voice, Mention]
    named: Mention | None
    referred: Mention | None

    @property
    def anybody(self) -> bool:
        """Whether the wording says, or points to, whose judgement it is."""
        return bool(self.kinds) or self.named is not None or self.referred is not None

    @property
    def words(self) -> str:
        """The words for those who judge."""
        told = [each.words for each in self.kinds.values()] or [
            each.words for each in (self.named, self.referred) if each
        ]
        return ", ".join(f"“{words}”" for words in told)


@lru_cache(maxsize=256)
def voices(text: str, lexicon: Lexicon) -> Voices:
    """Who judges, in a wording."""
    kinds: dict[Voice, Mention] = {}
    for kind in Voice:
        one = _first(text, lexicon, f"{kind}_one")
        many = _first(text, lexicon, f"{kind}_many")
        found = many if one is None or (many is not None and many.start <= one.start) else one
        if found is not None:
            kinds[kind] = found if many is not found else Mention(*_span(found), several=True)
    if len(kinds) > 1:
        kinds.pop(Voice.PRESS, None)  # who publishes, beside who judges
    return Voices(kinds, _sayer(text, lexicon, clear=True), _sayer(text, lexicon, clear=False))


@lru_cache(maxsize=256)
def things(text: str, lexicon: Lexicon) -> dict[Thing, str]:
    """What is judged, with the words for it; a longer entry of one list hides a shorter of another."""
    found: list[tuple[int, int, Thing]] = [
        (match.start(), match.end(), kind)
        for kind in Thing
        for match in lexicon.pattern(kind.value).finditer(text)
    ]
    taken: list[tuple[int, int]] = []
    kept: dict[Thing, str] = {}
    for start, end, kind in sorted(found, key=lambda each: (each[0] - each[1], each[0])):
        if any(start < other[1] and other[0] < end for other in taken):
            continue
        taken.append((start, end))
        kept.setdefault(kind, text[start:end])
    return {kind: kept[kind] for kind in Thing if kind in kept}


def portion(text: str, lexicon: Lexicon) -> str | None:
    """The words that say that only a part was judged."""
    return lexicon.mentions(text, "portion")


def _span(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.words


def _first(text: str, lexicon: Lexicon, name: str) -> Mention | None:
    for match in lexicon.pattern(name).finditer(text):
        return Mention(match.start(), match.end(), match[0], several=False)
    return None


def _sayer(text: str, lexicon: Lexicon, *, clear: bool) -> Mention | None:
    """Who is said to say any of it; `clear` asks for somebody, else for a pronoun of nobody."""
    for each in attribution.read(text, language=lexicon.language).attributions:
        for sayer in each.sayers:
            if (sayer.kind is not SayerKind.UNCLEAR) is clear:
                return Mention(sayer.place.start, sayer.place.end, sayer.text, several=False)
    return None
