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
from transcription.quotation import lexicon as reporting


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
    return Voices(kinds, _named(text, lexicon), _referred(text, lexicon))


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


def _named(text: str, lexicon: Lexicon) -> Mention | None:
    """A name right before or after a verb of saying: "Robert Maher said"."""
    name = r"[^\W\d_a-zа-яёіїєґ][\w'’ʼ.-]*"
    names = rf"(?P<names>(?-i:{name}(?:\s+{name}){{0,3}}))"
    saying = reporting.load(lexicon.language)
    for template in (rf"(?<!\w){names}\s+@speech@(?!\w)", rf"(?<!\w)@speech@\s+{names}"):
        for match in saying.matcher(template).finditer(text):
            words = match["names"]
            if not _is_plain(words, lexicon):
                return Mention(match.start("names"), match.end("names"), words, several=False)
    return None


def _is_plain(words: str, lexicon: Lexicon) -> bool:
    """Whether a capital stands only at the beginning of a sentence: "Experts", "They"."""
    listed = ("pronouns", *(f"{kind}_{number}" for kind in Voice for number in ("one", "many")))
    return " " not in words and (lexicon.lists(words, *listed) or words.casefold() == "the")


def _referred(text: str, lexicon: Lexicon) -> Mention | None:
    saying = reporting.load(lexicon.language)
    pronouns = "|".join(sorted(lexicon.words("pronouns"), key=len, reverse=True))
    for match in saying.matcher(rf"(?<!\w)(?P<who>{pronouns})\s+@speech@(?!\w)").finditer(text):
        return Mention(match.start("who"), match.end("who"), match["who"], several=False)
    return None
