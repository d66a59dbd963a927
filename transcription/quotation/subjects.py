"""
Whom a verb of saying belongs to, in the report's own words.

No grammar is parsed. A subject is looked for where the language puts it: in the clause before
the verb (past adverbs and auxiliaries, past an apposition between commas), or right after the
verb where it follows a quote, as Russian and Ukrainian also do before one. What is found is
grown to the words that belong to it (`a` `frontline` `soldier`) and sorted by what the lists know
of it (`beings`).
"""

import re
from dataclasses import dataclass

from transcription.quotation.beings import Being, Token, being_of, tokens
from transcription.quotation.layout import trimmed
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch

_PEOPLE = {Being.PARTICIPANT, Being.OFFICIAL, Being.ORGANISATION}
_LONGEST = 14
"""Most words of a wording for a speaker; a longer one was read wrongly."""
_LONGEST_NAME = 6
_DATIVE = ("ам", "ям", "ому", "ему", "ові", "еві")
_PARENTHESIS = re.compile(r"\([^()]{0,80}\)")


@dataclass(frozen=True, slots=True)
class Subject:
    """Where a speaker is described, and as what."""

    place: Stretch
    being: Being


class Subjects:
    """Finds subjects in one frame (the text with quoted words masked)."""

    def __init__(self, frame: str, lexicon: Lexicon) -> None:
        self.frame, self.lexicon = frame, lexicon
        self._trailing = lexicon.matcher(r"(?<!\w)@adverbs+auxiliaries+conjunctions@\s*\Z")
        self._relative = lexicon.matcher(r"(?:\A|[\s,(])@relatives@\s*\Z")

    def before(self, start: int, verb: int, *, whole: bool = False) -> Subject | None:
        """
        The subject in the clause that a verb ends; None where the clause gives none.

        With `whole` the clause begins right after a quote and is the subject, if it is short.
        """
        end = self._past_adverbs(start, verb)
        if whole:
            tokens = self._tokens(start, end)
            plain = not re.search(r"[,;:.!?—–\ue000]", self.frame[start:end].strip(" ,—–-\u00a0"))
            if tokens and plain and len(tokens) <= _LONGEST:
                place = Stretch(tokens[0].start, tokens[-1].end)
                return Subject(place, being_of(tokens))
        clause = self.frame[start:end]
        relative = self._relative.search(clause)
        if relative:
            return self._antecedent(start, start + relative.start())
        segments = self._segments(start, end)
        last = segments[-1]
        if trimmed(self.frame, last.start, last.end) is not None:
            return self._last_in(last, whole=True)
        for segment in reversed(segments[:-1]):
            if self._is_name(segment):
                return self._last_in(segment)
        for segment in segments[:-1]:
            found = self._last_in(segment)
            if found is not None:
                return found
        return None

    def after(self, verb: int, end: int, *, directly: bool = False) -> Subject | None:
        """
        The subject right after a verb, up to where its words end.

        With `directly` the verb follows a quote, and whatever stands there is the subject.
        """
        stretch = self.frame[verb:end]
        stop = re.search(r"[.,;:!?()\ue000\"“”«»„—–]", stretch)
        tokens = self._tokens(verb, verb + stop.start() if stop else end)
        taken: list[Token] = []
        for token in tokens:
            office = taken and taken[-1].being in {Being.OFFICIAL, Being.ORGANISATION}
            joined = office and self.lexicon.lists(token.text, "joins")
            led = not taken and self.lexicon.verb_first and token.text in {"в", "у", "во"}
            if led:
                continue
            if self.lexicon.lists(token.text, "stops") and not joined:
                break
            taken.append(token)
        while taken and self.lexicon.lists(taken[-1].text, "stops", "adverbs"):
            taken.pop()
        while taken and self.lexicon.lists(taken[0].text, "adverbs"):
            taken.pop(0)
        if self.lexicon.verb_first:
            taken = _without_listeners(taken)
        counted = taken and self.lexicon.lists(taken[0].text, "numbers", "times", "counted")
        if not taken or counted or len(taken) > _LONGEST:
            return None
        place = Stretch(taken[0].start, taken[-1].end)
        being = being_of(taken)
        if being is Being.OTHER and (
            len(taken) > _LONGEST_NAME or (self.lexicon.verb_first and not directly)
        ):
            return None
        return Subject(place, being)

    def stands_before(self, start: int, verb: int) -> bool:
        """Whether somebody who can speak stands right before a form that may be a noun."""
        tokens = self._tokens(start, self._past_adverbs(start, verb))
        last = tokens[-1] if tokens else None
        if last is None or last.text.casefold().endswith(("'s", "’s")):
            return False
        return last.named or last.being in {*_PEOPLE, Being.PRONOUN, Being.OUTLET, Being.DOCUMENT}

    def first_participant(self, start: int, end: int) -> Subject | None:
        """The first who is described as voices in recordings are."""
        for segment in self._segments(start, end):
            tokens = self._tokens(segment.start, segment.end)
            for at, token in enumerate(tokens):
                if token.being is Being.PARTICIPANT:
                    return self._grown(tokens, at)
        return None

    def _antecedent(self, start: int, end: int) -> Subject | None:
        """Whom "who" stands for: the last speaker before it."""
        for segment in reversed(self._segments(start, end)):
            if trimmed(self.frame, segment.start, segment.end) is not None:
                return self._last_in(segment)
        return None

    def _past_adverbs(self, start: int, end: int) -> int:
        """Where a clause ends without what may stand between subject and verb."""
        for _ in range(6):
            tail = max(start, end - 40)
            found = self._trailing.search(self.frame[tail:end])
            if found is None:
                break
            end = tail + found.start()
        return end

    def _segments(self, start: int, end: int) -> list[Stretch]:
        """What commas and dashes cut a clause into; the last one reaches to `end`."""
        plain = _PARENTHESIS.sub(lambda m: " " * len(m[0]), self.frame[start:end])
        cuts = [m.span() for m in re.finditer(r"[,;:]|(?<=\s)[—–-](?=\s)|[—\ue000]", plain)]
        edges = [0, *(edge for cut in cuts for edge in cut), end - start]
        return [
            Stretch(start + edges[at], start + edges[at + 1]) for at in range(0, len(edges), 2)
        ]

    def _last_in(self, segment: Stretch, *, whole: bool = False) -> Subject | None:
        """The described speaker nearest the end; else, with `whole`, a short clause as it is."""
        tokens = self._tokens(segment.start, segment.end)
        for at in reversed(range(len(tokens))):
            token = tokens[at]
            if token.being is not None or token.named:
                return self._grown(tokens, at)
        if not whole:
            return None
        first = next(
            (n for n, t in enumerate(tokens) if self.lexicon.lists(t.text, "determiners")), None
        )
        if first is None or not 2 <= len(tokens) - first <= _LONGEST_NAME:  # noqa: PLR2004
            return None
        return Subject(Stretch(tokens[first].start, tokens[-1].end), Being.OTHER)

    def _grown(self, tokens: list[Token], at: int) -> Subject:
        """A head with the words that belong to it."""
        first = at
        while first > 0 and at - first < _LONGEST:
            before = tokens[first - 1]
            apart = self.frame[before.end : tokens[first].start]
            if apart.strip("\u00a0 \t'’"):
                break
            if self.lexicon.lists(before.text, "joins") and self._holds_office(tokens, first - 1):
                first -= 2
                continue
            if self.lexicon.lists(before.text, "stops") or before.being is Being.PRONOUN:
                break
            if self.lexicon.verb_first and not self._belongs(tokens, first - 1, at):
                break
            first -= 1
            if self.lexicon.lists(before.text, "determiners"):
                break
        last = at
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].named
            and not self.frame[tokens[last].end : tokens[last + 1].start].strip()
        ):
            last += 1
        if self._is_one_of(tokens, at):
            last = len(tokens) - 1
        kept = tokens[first : last + 1]
        return Subject(Stretch(kept[0].start, kept[-1].end), being_of(kept))

    def _is_one_of(self, tokens: list[Token], at: int) -> bool:
        """Whether a pronoun goes on: "one of the drivers"."""
        rest = tokens[at + 1 :]
        return (
            tokens[at].being is Being.PRONOUN
            and 2 <= len(rest) <= _LONGEST_NAME  # noqa: PLR2004
            and self.lexicon.lists(rest[0].text, "one_of")
            and not any(self.lexicon.lists(token.text, "stops") for token in rest[1:])
        )

    def _holds_office(self, tokens: list[Token], joint: int) -> bool:
        """Whether "of" follows an office: "the head of the administration"."""
        return joint > 0 and tokens[joint - 1].being in {Being.OFFICIAL, Being.ORGANISATION}

    def _belongs(self, tokens: list[Token], at: int, head: int) -> bool:
        """Without articles: adjectives, names and what stands after an office belong to a head."""
        token = tokens[at]
        if token.being is not None and token.being not in _PEOPLE:
            return False
        if token.named or token.being in _PEOPLE or self.lexicon.lists(token.text, "determiners"):
            return True
        if token.text.endswith(tuple(self.lexicon.data["adjective_endings"])) and at == head - 1:
            return True
        return any(
            earlier.being in {Being.OFFICIAL, Being.ORGANISATION}
            for earlier in tokens[max(0, at - 4) : at]
        )

    def _is_name(self, segment: Stretch) -> bool:
        tokens = self._tokens(segment.start, segment.end)
        return (
            0 < len(tokens) <= _LONGEST_NAME
            and all(t.named for t in tokens[-2:])
            and sum(t.named for t in tokens) * 2 >= len(tokens)
        )

    def _tokens(self, start: int, end: int) -> list[Token]:
        return tokens(self.frame, start, end, self.lexicon)


def _without_listeners(words: list[Token]) -> list[Token]:
    """The words after a verb without those who are told, by their dative, if a speaker follows."""
    first = 0
    while first + 1 < len(words) and words[first].text.endswith(_DATIVE):
        first += 1
    return words[first:]
