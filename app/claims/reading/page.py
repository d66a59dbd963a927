"""A text as the rules see it: its sentences, who says what, the times it names, how firmly it speaks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.claims.reading.lexicon import load, meanings
from app.claims.reading.proposal import Draft, Proposal
from app.claims.temporal.finding import Mention, mentions
from app.claims.temporal.resolver import Published
from app.claims.terms import Modality
from app.reports import attribution
from app.reports.attribution.values import Attribution, Force
from transcription.quotation.layout import paragraphs
from transcription.quotation.proposal import Stretch
from transcription.quotation.sentences import sentences

_REACH = 80
"""How many characters before a passage may hold the word that weakens it."""
_ADJECTIVE = 24
FAR = 80
"""How far before what a recording holds, or where something happened, that may be called alleged."""
_CAPITAL = "(?-i:[A-ZА-ЯЁІЇЄҐ])"
"""What `[A-Z]` in a template stands for: a capital of either alphabet, in text that is matched in any case."""
_BOUNDARY = re.compile(r"[;:]\s|[.!?…]\s|\n")
HEARD = ("recordings", "exchanges", "nature_radio_traffic", "nature_communications")
"""Lists of words for what was recorded."""
_MARKS = '“"«„'
_BY_FORCE = {Force.BELIEVED: Modality.BELIEVED, Force.ALLEGED: Modality.ALLEGED}
_PUBLISHERS = (attribution.SayerKind.PUBLICATION, attribution.SayerKind.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it stands, its words, and the number of its paragraph."""

    place: Stretch
    text: str
    paragraph: int

    def at(self, match: re.Match[str], group: str | int = 0) -> Stretch:
        """Where a match within the sentence (or a group of it) stands in the whole text."""
        start, end = match.span(group)
        return Stretch(self.place.start + start, self.place.start + end)


class Page:
    """One text in one language, published on a day if that is known."""

    def __init__(
        self, text: str, *, language: str, published: Published, publications: Sequence[str] = ()
    ) -> None:
        self.text, self.language, self.published = text, language, published
        self.lexicon = load(language)
        self._said_before: set[object] = set()
        self._starts = [paragraph.start for paragraph in paragraphs(text)]
        self.attributions = attribution.read(text, language=language, publications=publications)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence, quoted words included, in order."""
        return [
            Sentence(place, place.of(self.text), number)
            for number, paragraph in enumerate(paragraphs(self.text))
            for place in sentences(self.text, paragraph.start, paragraph.end, self.lexicon)
        ]

    @cached_property
    def _by_paragraph(self) -> dict[int, list[Sentence]]:
        found: dict[int, list[Sentence]] = {}
        for each in self.sentences:
            found.setdefault(each.paragraph, []).append(each)
        return found

    @cached_property
    def _attributed(self) -> dict[int, list[Attribution]]:
        """The attributions whose words reach into each paragraph."""
        found: dict[int, list[Attribution]] = {}
        for each in self.attributions.attributions:
            first, last = (
                bisect_right(self._starts, at) - 1 for at in (each.place.start, each.place.end)
            )
            for number in range(first, last + 1):
                found.setdefault(number, []).append(each)
        return found

    def around(self, place: Stretch) -> list[Attribution]:
        """The attributions whose words hold a passage, the closest first."""
        near = self._attributed.get(bisect_right(self._starts, place.start) - 1, ())
        holding = [each for each in near if each.covers(place.start, place.end)]
        return sorted(holding, key=lambda each: each.place.end - each.place.start)

    def beside(self, sentence: Sentence) -> list[Sentence]:
        """The sentences of a sentence's paragraph, itself among them."""
        return self._by_paragraph[sentence.paragraph]

    def first(self, key: object) -> bool:
        """Whether this is asked for the first time: what a text keeps saying is proposed once."""
        new = key not in self._said_before
        self._said_before.add(key)
        return new

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every wording for a time."""
        return mentions(self.text, language=self.language, published=self.published)

    def times(self, sentence: Sentence) -> list[Mention]:
        """The wordings for times in a sentence."""
        first, last = (
            bisect_left(self.mentions, at, key=lambda each: each.start)
            for at in (sentence.place.start, sentence.place.end)
        )
        return [each for each in self.mentions[first:last] if each.end <= sentence.place.end]

    def wordings(self, sentence: Sentence, name: str) -> Iterator[re.Match[str]]:
        """Where the templates of a list match in a sentence."""
        for template in self.lexicon.data.get(f"wording_{name}", ()):
            exact = template.replace("[A-Z]", _CAPITAL)
            yield from self.lexicon.matcher(exact).finditer(sentence.text)

    def mentioned(self, sentence: Sentence, *lists: str) -> re.Match[str] | None:
        """The first word of these lists in a sentence."""
        known = [name for name in lists if self.lexicon.data.get(name)]
        return self.lexicon.pattern(*known).search(sentence.text) if known else None

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before one, in the same paragraph."""
        earlier = [
            each for each in self.beside(sentence) if each.place.end <= sentence.place.start
        ]
        return earlier[-1] if earlier else None

    def hears(self, sentence: Sentence, *lists: str) -> bool:
        """Whether a sentence, or one before it in its paragraph, speaks of a recording."""
        return any(
            each.place.start <= sentence.place.start
            and self.mentioned(each, *HEARD, *lists) is not None
            for each in self.beside(sentence)
        )

    def found(self, sentence: Sentence, name: str) -> Iterator[re.Match[str]]:
        """Every word of a list in a sentence."""
        if self.lexicon.data.get(name):
            yield from self.lexicon.pattern(name).finditer(sentence.text)

    def modality(self, place: Stretch, *, adjectives: int = _ADJECTIVE) -> Modality:
        """
        How firmly a passage is said: by the hedge nearest before its end, else by who says it.

        `adjectives` is how many characters before the passage a word like "alleged" may stand, which
        weakens a thing and not a sentence; 0 for none.
        """
        around = self.around(place)
        said = _BY_FORCE.get(around[0].force) if around else None
        first = max(0, place.start - _REACH)
        cuts = [m.end() for m in _BOUNDARY.finditer(self.text, first, place.start)]
        first = max([first, *cuts])
        window = self.text[first : place.end]
        best: tuple[int, Modality] | None = None
        for modality, name in meanings(self.language, "hedge", Modality):
            near = place.start - adjectives if modality is Modality.ALLEGED else first
            if modality is Modality.ALLEGED and not adjectives:
                continue
            for hedge in self.lexicon.pattern(name).finditer(window):
                is_month = hedge[0] == "May"
                if (
                    not is_month
                    and first + hedge.start() >= near
                    and (best is None or hedge.start() > best[0])
                ):
                    best = hedge.start(), modality
        if best is None or (best[1] is Modality.HYPOTHESIS and said is Modality.BELIEVED):
            return said or Modality.ASSERTED
        return best[1]

    def quoted(self, place: Stretch) -> bool:
        """Whether a passage lies within somebody's own words in quotation marks."""
        around = self.around(place)
        return any(self.text[each.place.start] in _MARKS for each in around)

    def proposal(self, draft: Draft) -> Proposal:
        """A draft with who says it, how firmly, and through whom."""
        place = draft.place
        said = self._said(place)
        modality = draft.modality or self.modality(place)
        return Proposal(
            start=place.start,
            end=place.end,
            exact=place.of(self.text),
            predicate=draft.predicate,
            value=draft.value,
            modality=modality,
            role=draft.role,
            subject=tidy(draft.subject) if draft.subject else None,
            said_by="; ".join(tidy(each.text) for each in said.sayers) or None if said else None,
            force=said.force if said and said.sayers else None,
            via=tuple(dict.fromkeys(tidy(each.text) for each in said.via)) if said else (),
            why=draft.why,
        )

    def _said(self, place: Stretch) -> Attribution | None:
        """The closest attribution whose words hold a passage."""
        around = self.around(place)
        named = [each for each in around if each.sayers]
        return named[0] if named else None


def sayer_of(page: Page, place: Stretch) -> str | None:
    """Who is said to say a passage, where it is no publication that only passes it on."""
    for each in page.around(place):
        own = [sayer for sayer in each.sayers if sayer.kind not in _PUBLISHERS]
        if own:
            return tidy(own[0].text)
    return None


def tidy(words: str) -> str:
    """Words on one line."""
    return " ".join(words.split())
