"""
What sort of sayer a phrase describes: a publication, a body, an office, a person, somebody.

The word that tells stands last in English ("ministry spokesman") and first in Russian and
Ukrainian (представитель министерства), before "of" and "for". Names of nobody listed are told by
their last word (… Times, … Institute), by being all capitals, or are taken for a person's.
"""

import re
from collections.abc import Sequence

from app.reports.attribution.values import SayerKind
from transcription.quotation.beings import Being, Token
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch

_ACRONYM = re.compile(r"[A-ZА-ЯІЇЄҐ]{2,8}\Z")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_MOST_DESCRIBING = 6
_KINDS = {
    Being.OUTLET: SayerKind.PUBLICATION,
    Being.DOCUMENT: SayerKind.DOCUMENT,
    Being.ORGANISATION: SayerKind.ORGANISATION,
    Being.PARTICIPANT: SayerKind.PARTICIPANT,
}
TELLING = frozenset({Being.OFFICIAL, *_KINDS})
"""The beings that can say something."""
_SILENT = {Being.RECORDING, Being.FOOTAGE}


class Kinds:
    """Tells kinds in one frame."""

    def __init__(self, frame: str, lexicon: Lexicon) -> None:
        self.frame, self.lexicon = frame, lexicon

    def kind(self, words: Sequence[Token]) -> SayerKind | None:
        """The kind of a phrase; None for what says nothing (a video, a number)."""
        head = self.head(words)
        if self._is_titled(head) and (ending := self._by_ending(head)):
            return ending
        telling = [n for n in range(len(head)) if self._tells(head, n)]
        if not telling:
            return self._of_names(head)
        at = telling[0 if self.lexicon.verb_first else -1]
        being = head[at].being
        if being in _SILENT or self._is_silent(head) or being is None:
            return None
        if being is Being.PRONOUN:
            return SayerKind.UNCLEAR if len(head) == 1 else SayerKind.DESCRIBED
        if being in {Being.OFFICIAL, Being.PARTICIPANT}:
            named = any(self._names(word) for word in head[telling[-1] + 1 :])
            return SayerKind.PERSON if named else self._unnamed(head, being)
        return _KINDS.get(being)

    def name(self, words: Sequence[Token]) -> Stretch:
        """The name at the end of a person's phrase, without the office before it."""
        head = self.head(words)
        first = len(head) - 1
        while first and head[first - 1].named and head[first - 1].being is None:
            first -= 1
        while first < len(head) - 1 and (
            not self._names(head[first]) or _POSSESSIVE.search(head[first].text)
        ):
            first += 1
        return Stretch(head[first].start, head[-1].end)

    def head(self, words: Sequence[Token]) -> list[Token]:
        """The words of a phrase before "of", "for", "at": what it is about, not whose it is."""
        counted = len(words) > 2 and self.lexicon.lists(words[1].text, "one_of")  # noqa: PLR2004
        if counted and self.lexicon.lists(
            words[0].text, "numbers", "determiners", "pronouns_other"
        ):
            return self.head(words[2:])
        at = next(
            (n for n in range(1, len(words)) if self.lexicon.lists(words[n].text, "joins", "by")),
            len(words),
        )
        return list(words[:at])

    def _of_names(self, head: Sequence[Token]) -> SayerKind | None:
        """The kind of a phrase without a word that any list explains."""
        if self._is_silent(head):
            return None
        if self.lexicon.lists(_POSSESSIVE.sub("", " ".join(w.text for w in head)), "states"):
            return SayerKind.ORGANISATION
        names = [word for word in head if word.named]
        if names:
            return self._of_name(head) if names[-1] is head[-1] else self._by_ending(head)
        determined = self.lexicon.lists(head[0].text, "determiners", "demonyms")
        short = 1 < len(head) <= _MOST_DESCRIBING
        return SayerKind.DESCRIBED if determined and short else None

    def _of_name(self, head: Sequence[Token]) -> SayerKind:
        """The kind of whoever has a name that nothing explains."""
        if ending := self._by_ending(head):
            return ending
        if len(head) == 1 and self._begins_plural(head[0]):
            return SayerKind.DESCRIBED
        alone = len(head) == 1 and _ACRONYM.match(head[0].text) is not None
        return SayerKind.ORGANISATION if alone else SayerKind.PERSON

    def _by_ending(self, head: Sequence[Token]) -> SayerKind | None:
        """What the last word of a longer name tells: … Times, … Institute."""
        if len(head) > 1 and self.lexicon.lists(head[-1].text, "outlet_endings"):
            return SayerKind.PUBLICATION
        if len(head) > 1 and self.lexicon.lists(head[-1].text, "body_endings"):
            return SayerKind.ORGANISATION
        return None

    def _is_titled(self, head: Sequence[Token]) -> bool:
        """Whether the last two words have a capital: the Nordlys Post is no post."""
        return len(head) > 1 and all(word.text[0].isupper() for word in head[-2:])

    def _unnamed(self, head: Sequence[Token], being: Being) -> SayerKind:
        """Whether somebody without a name holds one office, is one of many, or a voice."""
        if being is Being.PARTICIPANT:
            body = any(word.being is Being.ORGANISATION for word in head)
            return SayerKind.DESCRIBED if body else SayerKind.PARTICIPANT
        start, end = head[0].start, head[-1].end
        office = self.lexicon.pattern("offices").search(self.frame, start, end)
        return SayerKind.OFFICE if office else SayerKind.DESCRIBED

    def _is_silent(self, head: Sequence[Token]) -> bool:
        return any(self.lexicon.lists(word.text, "unspeaking") for word in head)

    def _tells(self, head: Sequence[Token], at: int) -> bool:
        """Whether a word tells what somebody is; of "the commander's widow" the first does not."""
        owner = at + 1 < len(head) and _POSSESSIVE.search(head[at].text) is not None
        return head[at].being is not None and not owner

    def _names(self, word: Token) -> bool:
        return word.named and not self.lexicon.lists(word.text, "states")

    def _begins_plural(self, word: Token) -> bool:
        """Whether a capital may only be that of a sentence: "Residents said"."""
        before = self.frame[max(0, word.start - 2) : word.start].strip(" \"“«'‘")
        plural = self.lexicon.language == "en" and word.text.endswith("s")
        return plural and not word.text.isupper() and before in {"", ".", "\n", "!", "?"}
