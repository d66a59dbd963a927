"""
A text read for its attributions: nesting, pronouns and what "this" stands for.

Everything here is bounded: a sentence is read by itself, and a pronoun looks two paragraphs back, so
that the time taken grows with the length of the text and not faster.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.reports.attribution.found import Found
from app.reports.attribution.people import People
from app.reports.attribution.phrases import Phrases
from app.reports.attribution.sentence import read
from app.reports.attribution.values import Attribution, Force, Form, Sayer, SayerKind
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch
from transcription.quotation.sentences import sentences

_PUBLISHED = {SayerKind.PUBLICATION, SayerKind.DOCUMENT}


class Reader:
    """Reads one text, paragraph by paragraph."""

    def __init__(
        self, text: str, frame: str, paragraphs: Sequence[Stretch], lexicon: Lexicon
    ) -> None:
        self.text, self.paragraphs, self.lexicon = text, paragraphs, lexicon
        self.phrases = Phrases(frame, lexicon)
        self.people = People(text, paragraphs, lexicon)

    def read(self) -> list[Attribution]:
        """Every attribution, in the order of the text."""
        found: list[Attribution] = []
        last: Stretch | None = None
        for number, paragraph in enumerate(self.paragraphs):
            frame = self.phrases.frame
            placed = sentences(frame, paragraph.start, paragraph.end, self.lexicon)
            for at, sentence in enumerate(placed):
                before = self._before(number, placed[:at])
                found += self._sentence(sentence, number, before, last, len(found))
                last = sentence
        return found

    def _sentence(
        self,
        sentence: Stretch,
        paragraph: int,
        before: Stretch | None,
        last: Stretch | None,
        first: int,
    ) -> list[Attribution]:
        made: list[Attribution] = []
        for each in read(self.phrases, sentence):
            sayers, cited, via = (
                self._resolved(group, paragraph, last)
                for group in (each.sayers, each.cited, each.via)
            )
            if each.cited and each.published:
                sayers, via, cited = cited, (*via, *sayers), ()
            words, back = self._words(each, sentence, before)
            if not words:
                continue
            for sayer in sayers:
                self.people.meet(sayer)
            posted = self.lexicon.lists(each.cue.place.of(self.text), "posts")
            made.append(
                Attribution(
                    words=tuple(_whole(self.text, place) for place in words),
                    sayers=sayers,
                    via=_once(via, sayers),
                    cited=cited,
                    force=each.cue.force,
                    form=each.cue.form,
                    cue=each.cue.place,
                    sentence=sentence,
                    points_back=back,
                    posted=posted,
                )
            )
        self._remember(sentence)
        return _nested(made, first)

    def _words(
        self, each: Found, sentence: Stretch, before: Stretch | None
    ) -> tuple[tuple[Stretch, ...], bool]:
        """The words of one saying: its own, or an earlier sentence that "this" stands for."""
        head = self.phrases.frame[sentence.start : each.zone.start]
        bare = [
            w
            for w in head.split()
            if not self.lexicon.lists(w, "passives", "auxiliaries", "adverbs")
        ]
        if self.lexicon.lists(" ".join(bare).strip(" ,"), "back") and (
            each.cue.form is Form.AGENT or not self._goes_on(each)
        ):
            first = len(head) - len(head.lstrip())
            this = Stretch(sentence.start + first, sentence.start + len(head.rstrip()))
            return (before or this,), True
        return each.words, False

    def _goes_on(self, each: Found) -> bool:
        return any(words.start >= each.zone.end for words in each.words)

    def _before(self, paragraph: int, earlier: Sequence[Stretch]) -> Stretch | None:
        """The sentences of this paragraph up to here, else the paragraph before."""
        if earlier:
            return Stretch(earlier[0].start, earlier[-1].end)
        return self.paragraphs[paragraph - 1] if paragraph else None

    def _resolved(
        self, sayers: Sequence[Sayer], paragraph: int, last: Stretch | None
    ) -> tuple[Sayer, ...]:
        places = [_whole(self.text, sayer.place) for sayer in sayers]
        real = [
            replace(sayer, place=place, text=place.of(self.text))
            for sayer, place in zip(sayers, places, strict=True)
        ]
        return tuple(self.people.resolved(sayer, paragraph, last) for sayer in real)

    def _remember(self, sentence: Stretch) -> None:
        """The body that a sentence began with: "it" may mean it in the next."""
        for sayer in self.phrases.opening(sentence):
            self.people.meet(replace(sayer, text=sayer.place.of(self.text)))


def _whole(text: str, place: Stretch) -> Stretch:
    """A stretch with the mark that closes a name begun within it: загін «Шторм»."""
    words = place.of(text)
    for opened, closed in (("«", "»"), ("“", "”"), ("„", "“")):
        if words.count(opened) > words.count(closed) and text.startswith(closed, place.end):
            return Stretch(place.start, place.end + 1)
    return place


def _once(via: Sequence[Sayer], sayers: Sequence[Sayer]) -> tuple[Sayer, ...]:
    """Channels without those that say it themselves, each text once."""
    said = {sayer.text.casefold() for sayer in sayers}
    found: dict[str, Sayer] = {}
    for each in via:
        if each.text.casefold() not in said:
            found.setdefault(each.text.casefold(), each)
    return tuple(found.values())


def _nested(made: Sequence[Attribution], first: int) -> list[Attribution]:
    """Each with the one whose words hold it; what a publication is said to report came through it."""
    found: list[Attribution] = []
    for at, each in enumerate(made):
        holding = [
            n
            for n, other in enumerate(made)
            if n != at
            and not other.points_back
            and other.covers(each.cue.start, each.cue.end)
            and not each.covers(other.cue.start, other.cue.end)
        ]
        if not holding:
            found.append(each)
            continue
        closest = min(holding, key=lambda n: made[n].place.end - made[n].place.start)
        outer = [
            made[n]
            for n in sorted(holding, key=lambda n: -made[n].place.end + made[n].place.start)
        ]
        through = [
            sayer
            for other in outer
            for sayer in (*other.via, *(other.sayers if _passes_on(other) else ()))
        ]
        via = _once([*through, *each.via], each.sayers)
        found.append(replace(each, via=via, inside=first + closest))
    return found


def _passes_on(outer: Attribution) -> bool:
    """Whether those who say the outer words only report what others say."""
    published = all(sayer.kind in _PUBLISHED for sayer in outer.sayers)
    return published or (outer.force is Force.REPORTED and outer.form is Form.AGENT)
