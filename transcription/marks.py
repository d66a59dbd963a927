"""
Marks: what a transcriber writes where no word can or may stand, from a closed list.

A mark is written in brackets among the words of a transcript (`[unintelligible]`, `[нрзб]`)
and stays exactly as it was written: nothing about a stored transcript changes, and what a mark
*is* follows from its spelling here. The list is short on purpose. It holds the gaps that the
guides of oral history, court reporting and conversation analysis (Jefferson, CHAT, GAT 2)
agree on, and the one that radio adds, a lost signal. Words in brackets that are not on the
list are words.

Three sorts matter to whoever compares a quote with a transcript. Some marks stand for words
that were spoken (`hides_words`): nothing can be said about those, neither for nor against.
Some tell of sounds that are no words. And `[truck?]` holds a word that was heard with doubt.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """What a mark says; `definition` tells a transcriber when to use it."""

    UNINTELLIGIBLE = "unintelligible"
    INAUDIBLE = "inaudible"
    CROSSTALK = "crosstalk"
    EXPLETIVE = "expletive"
    REDACTED = "redacted"
    DROPOUT = "dropout"
    OTHER_LANGUAGE = "other_language"
    NOISE = "noise"
    PAUSE = "pause"
    VOICE = "voice"
    UNCERTAIN = "uncertain"

    @property
    def definition(self) -> str:
        """When to use it, in a sentence."""
        return _DEFINITIONS[self]

    @property
    def hides_words(self) -> bool:
        """Whether words were spoken, or may have been, that the transcript does not give."""
        return self.reach > 0

    @property
    def reach(self) -> int:
        """How many words it may stand for when a quote is compared; 0 if for none."""
        if self in _NO_WORDS:
            return 0
        return _EXPLETIVE_REACH if self is MarkKind.EXPLETIVE else _REACH


_REACH = 8
_EXPLETIVE_REACH = 3
_NO_WORDS = {MarkKind.NOISE, MarkKind.PAUSE, MarkKind.VOICE, MarkKind.UNCERTAIN}

_DEFINITIONS = {
    MarkKind.UNINTELLIGIBLE: "Speech is heard and cannot be understood.",
    MarkKind.INAUDIBLE: "Somebody speaks, too faint or too covered to be heard.",
    MarkKind.CROSSTALK: "Several voices speak at once and cannot be told apart.",
    MarkKind.EXPLETIVE: "Swearing was understood and is not written out.",
    MarkKind.REDACTED: "Words were understood and are withheld.",
    MarkKind.DROPOUT: "The signal is lost; words may be missing.",
    MarkKind.OTHER_LANGUAGE: "Speech in another language, not written out.",
    MarkKind.NOISE: "A sound that is not a voice.",
    MarkKind.PAUSE: "Nobody speaks.",
    MarkKind.VOICE: "A voice without words: laughter, a cough, a cry.",
    MarkKind.UNCERTAIN: "The words in the brackets were heard with doubt.",
}

# The first spelling of each language is the one that is written; all are read.
_SPELLINGS: dict[MarkKind, dict[str, tuple[str, ...]]] = {
    MarkKind.UNINTELLIGIBLE: {
        "en": ("unintelligible", "indiscernible", "indistinct", "garble", "garbled", "xxx"),
        "ru": ("неразборчиво", "нрзб", "неразб", "неразборчивая речь"),
        "uk": ("нерозбірливо", "нерозб", "нерозбірливе мовлення"),
    },
    MarkKind.INAUDIBLE: {
        "en": ("inaudible",),
        "ru": ("не слышно", "неслышно"),
        "uk": ("не чути", "нечутно", "не чутно"),
    },
    MarkKind.CROSSTALK: {
        "en": ("crosstalk", "cross talk", "cross-talk", "overlap", "overlapping speech"),
        "ru": ("говорят одновременно", "наложение речи", "наложение голосов"),
        "uk": ("говорять одночасно", "накладання мовлення", "накладання голосів"),
    },
    MarkKind.EXPLETIVE: {
        "en": (
            "expletive", "expletives", "expletive deleted", "profanity", "obscenity", "swearing",
            "bleep",
        ),
        "ru": ("нецензурно", "нецензурная брань", "нецензурная лексика", "мат", "брань"),
        "uk": ("нецензурна лексика", "лайка", "нецензурна лайка"),
    },
    MarkKind.REDACTED: {
        "en": ("redacted", "withheld", "name redacted", "name withheld"),
        "ru": ("изъято", "скрыто", "имя скрыто"),
        "uk": ("вилучено", "приховано", "ім'я приховано"),
    },
    MarkKind.DROPOUT: {
        "en": ("dropout", "signal lost", "signal loss", "transmission lost"),
        "ru": ("обрыв связи", "сигнал потерян", "потеря сигнала"),
        "uk": ("обрив зв'язку", "сигнал втрачено", "втрата сигналу"),
    },
    MarkKind.OTHER_LANGUAGE: {
        "en": ("other language", "another language", "foreign language", "foreign"),
        "ru": ("на другом языке", "другой язык"),
        "uk": ("іншою мовою", "інша мова"),
    },
    MarkKind.NOISE: {
        "en": ("noise", "static", "interference", "music", "beep", "tone", "click", "squelch"),
        "ru": ("шум", "помехи", "треск", "музыка", "щелчок"),
        "uk": ("шум", "завади", "перешкоди", "тріск", "музика", "клацання"),
    },
    MarkKind.PAUSE: {
        "en": ("pause", "long pause", "silence"),
        "ru": ("пауза", "тишина", "молчание"),
        "uk": ("пауза", "тиша", "мовчання"),
    },
    MarkKind.VOICE: {
        "en": ("laughter", "laughs", "cough", "coughs", "sigh", "sighs", "cry", "shout"),
        "ru": ("смех", "смеется", "кашель", "вздох", "крик", "плач"),
        "uk": ("сміх", "сміється", "кашель", "зітхання", "крик", "плач"),
    },
}  # fmt: skip
_READ = {
    spelling: kind
    for kind, languages in _SPELLINGS.items()
    for spellings in languages.values()
    for spelling in spellings
}
_BRACKET = re.compile(r"\[[^\[\]]{1,200}\]|\([^()]{1,200}\)")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`´", "'"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it stands in a text: `text == source[start:end]`, brackets included."""

    kind: MarkKind
    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words heard with doubt; empty for every other mark."""
        return _doubted(self.text) if self.kind is MarkKind.UNCERTAIN else ""


def kind_of(bracket: str) -> MarkKind | None:
    """
    What a bracketed text says, in square or round brackets; None if it is no mark.

    Case, inner spaces and a full stop do not matter (`[Неразб.]`). A question mark at either
    end makes what stands inside uncertain; `[?]` says that nothing was understood, while `(?)`
    is a writer's aside and no mark.
    """
    if not _BRACKET.fullmatch(bracket):
        return None
    inside = " ".join(bracket[1:-1].casefold().translate(_APOSTROPHES).split())
    known = _READ.get(inside.strip(" .?!*").replace("ё", "е"))
    if known is not None:
        return known
    if "?" not in {inside[:1], inside[-1:]}:
        return None
    if any(c.isalnum() for c in inside):
        return MarkKind.UNCERTAIN
    return MarkKind.UNINTELLIGIBLE if bracket.startswith("[") else None


def marks(text: str) -> tuple[Mark, ...]:
    """Every mark of a text, in order."""
    return tuple(
        Mark(kind, found[0], found.start(), found.end())
        for found in _BRACKET.finditer(text)
        if (kind := kind_of(found[0])) is not None
    )


def spell(kind: MarkKind, *, language: str, words: str = "") -> str:
    """
    Write a mark in square brackets, in the language if it is listed, else in English.

    `words` are those heard with doubt; `ValueError` unless they are given for `UNCERTAIN`,
    and only for it.
    """
    if (kind is MarkKind.UNCERTAIN) != bool(words.strip()):
        raise ValueError("an uncertain mark holds the words that were heard with doubt")
    if kind is MarkKind.UNCERTAIN:
        return f"[{' '.join(words.split())}?]"
    spellings = _SPELLINGS[kind]
    return f"[{spellings.get(language, spellings['en'])[0]}]"


def _doubted(bracket: str) -> str:
    return bracket[1:-1].strip().strip("?").strip()
