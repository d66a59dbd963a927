"""
Noun phrases that name a sayer: where they end, what they describe, and who stands in them.

No grammar is parsed. A phrase before a verb is the clause between the last boundary and the verb,
without its leading adverbial ("On Thursday, in a meeting,"); one after a phrase ("according to") runs
to the next word that no name goes on with. The core ends where a relative clause or a participle
begins ("officials | interviewed by the publication"): what follows describes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.reports.attribution.adverbials import leading, past_adverbs
from app.reports.attribution.kinds import TELLING, Kinds
from app.reports.attribution.values import Sayer, SayerKind
from transcription.quotation.beings import Being, Token, tokens
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch

_LONGEST = 24
"""Most words of a core; a longer one was read wrongly."""
_LONGEST_NAME = 4
_LONGEST_APPOSITION = 10
_BREAK = re.compile(r"[,;:()—–\ue000]|\s-\s|[.!?…]+(?=\s|\Z)|[\"“”«»„]")
_CUT = re.compile(r"[,;:—\ue000]|(?<=\s)[–-](?=\s)")
_PARENTHESIS = re.compile(r"\([^()\n]{0,80}\)")


class Phrases:
    """Reads sayers in one frame (the text with quoted words masked)."""

    def __init__(self, frame: str, lexicon: Lexicon) -> None:
        # What stands in brackets belongs to the name before it: the Security Service (SBU).
        self.frame = _PARENTHESIS.sub(lambda found: " " * len(found[0]), frame)
        self.lexicon = lexicon
        self.kinds = Kinds(self.frame, lexicon)

    def before(self, start: int, verb: int) -> list[Sayer]:
        """The sayers in the clause that a verb ends; none where the clause gives none."""
        end = past_adverbs(self.frame, start, verb, self.lexicon)
        segments = [s for s in self._segments(start, end) if s.of(self.frame).strip(" ,—–-\u00a0")]
        if not segments:
            return []
        closed = self.frame[start:end].rstrip()[-1:] in {",", "—", "–"}
        if not closed:
            return self._in_segment(segments, len(segments) - 1)
        for at, segment in enumerate(segments):
            if self._leads(segment):
                continue
            found = self.within(segment.start, segment.end)
            if found:
                return self._with_apposition(found, segments[at + 1 :])
        return []

    def is_described(self, start: int, verb: int) -> bool:
        """Whether a relative clause or a participle ends right before a verb: who says it is before."""
        segments = [s for s in self._segments(start, verb) if s.of(self.frame).strip()]
        words = self._tokens(segments[-1].start, segments[-1].end) if len(segments) > 1 else []
        endings = tuple(self.lexicon.data["describing_endings"])
        return bool(words) and (self._describes(words, 0) or words[0].text.endswith(endings))

    def described_after(self, end: int, limit: int) -> int | None:
        """Where what describes a name goes on to after its comma: "X, who examined them,"."""
        comma = re.compile(r"\s*,").match(self.frame, end, limit)
        if comma is None:
            return None
        stop = _BREAK.search(self.frame, comma.end(), limit)
        words = self._tokens(comma.end(), stop.start() if stop else limit)
        if not words or stop is None:
            return None
        endings = tuple(self.lexicon.data["describing_endings"])
        clause = self.lexicon.lists(words[0].text, "that")
        told = (not clause and self._describes(words, 0)) or words[0].text.endswith(endings)
        beside = (
            len(words) <= _LONGEST_APPOSITION
            and self.lexicon.lists(words[0].text, "determiners", "offices", "officials")
            and any(word.being in {Being.OFFICIAL, Being.PARTICIPANT} for word in words[:4])
            and stop[0] in ",."
        )
        return stop.start() if told or beside else None

    def after(
        self, start: int, end: int, *, verb_first: bool = False, anybody: bool = False
    ) -> list[Sayer]:
        """
        The sayers named right after a cue, up to where their names end.

        With `anybody` a few words that no list explains are somebody who is described.
        """
        stop = _BREAK.search(self.frame, start, end)
        limit = stop.start() if stop else end
        words = self._tokens(start, limit)
        taken: list[Token] = []
        for at, word in enumerate(words):
            if not taken and verb_first and self.lexicon.lists(word.text, "in_body"):
                continue
            if self._ends(words, at, taken):
                break
            taken.append(word)
        while taken and self.lexicon.lists(
            taken[-1].text, "stops", "adverbs", "time_words", "joins", "conjunctions"
        ):
            taken.pop()
        counted = any(w.text.islower() and self.lexicon.lists(w.text, "times") for w in taken)
        if not taken or counted or len(taken) > _LONGEST:
            return []
        place = Stretch(taken[0].start, taken[-1].end)
        found = self._shared(taken, place)
        if not found and anybody and len(taken) <= _LONGEST_NAME:
            return [Sayer(place.of(self.frame), place, SayerKind.DESCRIBED)]
        return found

    def within(self, start: int, end: int) -> list[Sayer]:
        """The sayers of a stretch that is one phrase."""
        words = self._tokens(start, end)
        words = words[leading(words, self.lexicon) :]
        if len(words) > 1 and self.lexicon.lists(words[0].text, "in_body"):
            words = words[1:]
        cut = next((n for n in range(1, len(words)) if self._describes(words, n)), len(words))
        core = words[:cut]
        while core and self.lexicon.lists(core[-1].text, "adverbs", "time_words", "leading"):
            core.pop()
        if core and core[-1].being is Being.PRONOUN and self.lexicon.verb_first:
            core = core[-1:]
        if not core or len(core) > _LONGEST:
            return []
        described = Stretch(words[cut].start, words[-1].end) if cut < len(words) else None
        return self._shared(core, Stretch(core[0].start, core[-1].end), described)

    def owner(self, start: int, end: int) -> list[Sayer]:
        """Whose something is: the last phrase before its possessive."""
        words = self._tokens(start, end)
        first = len(words)
        while first and not self.lexicon.lists(words[first - 1].text, "stops", "that"):
            first -= 1
        return self.within(words[first].start, end) if first < len(words) else []

    def only_leads(self, start: int, end: int) -> bool:
        """Whether a stretch says nothing but when and where: what leads to a subject."""
        segments = self._segments(start, end)
        return all(self._leads(s) for s in segments if self._tokens(s.start, s.end)) and (
            "\ue000" not in self.frame[start:end]
        )

    def opening(self, sentence: Stretch) -> list[Sayer]:
        """The body that a sentence begins with, where its first clause is about one."""
        stop = _BREAK.search(self.frame, sentence.start, sentence.end)
        found = self.after(sentence.start, stop.start() if stop else sentence.end)
        bodies = (SayerKind.ORGANISATION, SayerKind.OFFICE)
        return [sayer for sayer in found if sayer.kind in bodies]

    def _in_segment(self, segments: Sequence[Stretch], at: int) -> list[Sayer]:
        """The sayers of the segment that a verb ends, whose relative clause may have its own."""
        segment = segments[at]
        words = self._tokens(segment.start, segment.end)
        relative = next(
            (n for n in reversed(range(len(words))) if self._is_relative(words, n)), None
        )
        if relative is not None:
            rest = words[relative + 1 :]
            if rest and self._begins_phrase(rest[0]):
                return self.within(rest[0].start, segment.end)
            if not rest:
                words = words[:relative]
                if not words and at:
                    words = self._tokens(segments[at - 1].start, segments[at - 1].end)
                return self.owner(words[0].start, words[-1].end) if words else []
            if relative == 0:
                for earlier in segments[:at]:
                    if not self._leads(earlier) and (
                        found := self.within(earlier.start, earlier.end)
                    ):
                        return self._with_apposition(found, segments[at : at + 1])
                return []
        return self.within(segment.start, segment.end)

    def _segments(self, start: int, end: int) -> list[Stretch]:
        """What commas and dashes cut a clause into."""
        cuts = [m.span() for m in _CUT.finditer(self.frame, start, end)]
        edges = [start, *(edge for cut in cuts for edge in cut), end]
        return [Stretch(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]

    def _leads(self, segment: Stretch) -> bool:
        """Whether a segment is an adverbial that only leads to the subject."""
        words = self._tokens(segment.start, segment.end)
        return bool(words) and (
            leading(words, self.lexicon) == len(words)
            or self.lexicon.lists(words[0].text, "leading")
        )

    def _with_apposition(self, found: list[Sayer], rest: Sequence[Stretch]) -> list[Sayer]:
        """The last sayer with what stands between commas after it as its description."""
        last = found[-1]
        if rest and last.description is None:
            words = self._tokens(rest[0].start, rest[-1].end)
            told = Stretch(words[0].start, words[-1].end) if words else None
            if told and len(words) <= _LONGEST_NAME and all(w.named for w in words):
                whole = Stretch(last.place.start, told.end)
                return [*found[:-1], replace(last, place=whole, kind=SayerKind.PERSON, name=told)]
            if told:
                found[-1] = replace(last, description=told)
        return found

    def _shared(
        self, words: list[Token], place: Stretch, described: Stretch | None = None
    ) -> list[Sayer]:
        """One sayer, or several joined by "and"."""
        for at in reversed(range(1, len(words) - 1)):
            if not self.lexicon.lists(words[at].text, "and"):
                continue
            left, right = words[:at], words[at + 1 :]
            if not self._is_sayer(right):
                continue
            first = self._shared(left, Stretch(left[0].start, left[-1].end))
            if first:
                last = Stretch(right[0].start, right[-1].end)
                return [*first, *self._shared(right, last, described)]
        kind = self.kinds.kind(words)
        if kind is None:
            return []
        name = self.kinds.name(words) if kind is SayerKind.PERSON else None
        return [Sayer(place.of(self.frame), place, kind, name=name, description=described)]

    def _is_sayer(self, words: list[Token]) -> bool:
        """Whether words after "and" are a sayer of their own and not more of the same name."""
        beings = {word.being for word in self.kinds.head(words)}
        if beings & TELLING:
            return True
        named = [word for word in words if word.named]
        return len(named) > 1 and len(named) == len(words)

    def _ends(self, words: Sequence[Token], at: int, taken: Sequence[Token]) -> bool:
        """Whether a name that began does not go on with this word."""
        word = words[at]
        if taken and self.lexicon.lists(word.text, "and"):
            rest = words[at + 1 :]
            until = next(
                (n for n, w in enumerate(rest) if self.lexicon.lists(w.text, "stops")), len(rest)
            )
            return not self._is_sayer(list(rest[:until]))
        if taken and self.lexicon.lists(word.text, "joins", "by"):
            if taken[-1].being is Being.OUTLET:
                return True
            following = words[at + 1] if at + 1 < len(words) else None
            timed = following is not None and self.lexicon.lists(following.text, "time_words")
            return following is None or timed or following.text[:1].isdigit()
        if taken and (self._describes(words, at) or word.being is Being.PRONOUN):
            return True
        if taken and self.lexicon.lists(word.text, "determiners"):
            return not self.lexicon.lists(taken[-1].text, "joins", "by", "and", "determiners")
        return self.lexicon.lists(word.text, "stops", "that", "citings") or (
            bool(taken) and self.lexicon.lists(word.text, "adverbs", "time_words")
        )

    def _describes(self, words: Sequence[Token], at: int) -> bool:
        """Whether what only describes begins here: a relative clause, a participle."""
        word = words[at]
        if self._is_relative(words, at) or self.lexicon.lists(word.text, "postmodifiers"):
            return True
        if word.named or word.being is not None or not word.text.endswith("ed"):
            return False
        following = words[at + 1] if at + 1 < len(words) else None
        return following is not None and following.text in {"by", "with", "to", "from", "in", "at"}

    def _is_relative(self, words: Sequence[Token], at: int) -> bool:
        return self.lexicon.lists(words[at].text, "relatives")

    def _begins_phrase(self, word: Token) -> bool:
        """Whether a word can begin the subject of a relative clause: "which officials say"."""
        return (
            word.named
            or word.being is not None
            or self.lexicon.lists(word.text, "determiners", "demonyms")
        )

    def _tokens(self, start: int, end: int) -> list[Token]:
        return tokens(self.frame, start, end, self.lexicon)
