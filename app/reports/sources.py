"""
On which publications a report says that it rests, and in which words.

From its attributions (`attribution`): publications that say, or pass on, what it reports; documents that
it names; posts of which it quotes. What carries the report (it is named in its first paragraphs, for the
whole of a passage, or more than once) is cited; what is named once for a matter of its own is only
referred to. A report that names itself cites nobody.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from app.reports.attribution import Attribution, Form, Reading, Sayer, SayerKind
from app.reports.attribution.lexicon import LANGUAGES, load
from app.reports.features import name_key
from app.reports.lineage import Relation
from transcription.quotation.proposal import Stretch

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ARTICLE = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)
_MARKS = "«»“”„\"'.,"
_SOUNDING = 5
"""Fewest consonants by which names in two alphabets are told to be one."""
_LEAD = 3
"""How many paragraphs from the beginning carry a report."""
_OFTEN = 2
_LONGEST_DATE = 60


class SourceKind(StrEnum):
    """What sort of publication is cited."""

    PUBLICATION = "publication"
    DOCUMENT = "document"
    POST = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    One publication that a report names: how often, how it stands to it, and where it says so.

    `name` is as the report has it, without an article; `place` the words in which it is named first,
    `dated` the words that say when it published, if the sentence begins with them.
    """

    kind: SourceKind
    name: str
    relation: Relation
    place: Stretch
    words: Stretch
    times: int
    why: str
    dated: str | None = None

    @property
    def key(self) -> str:
        """By what the same source is known again, in this text and in others."""
        return f"{self.kind.value}:{publisher_key(self.name)}"


def publisher_key(name: str) -> str:
    """
    By what two spellings of a publisher's name are one: its letters, or the sounds of Cyrillic ones.

    Without an article, without what only says what it is (the newspaper, агентство), and without what
    stands in brackets beside it.
    """
    bare = " ".join(_BRACKETED.sub(" ", name).split()) or " ".join(name.split())
    words = [word.strip(_MARKS) for word in _ARTICLE.sub("", bare).casefold().split()]
    telling = [word for word in words if word not in _outlet_nouns()] or words
    letters = "".join(c for c in "".join(telling) if c.isalnum())
    return letters if letters.isascii() else name_key(letters) or letters


def is_same_publisher(one: str, other: str) -> bool:
    """Whether two names are of one publisher, also across alphabets where they are long enough."""
    if publisher_key(one) == publisher_key(other):
        return True
    sounds = {name_key(publisher_key(name)) for name in (one, other)}
    return len(sounds) == 1 and len(sounds.pop()) >= _SOUNDING


@cache
def _outlet_nouns() -> frozenset[str]:
    """What a publication may be called beside its name, in every language and case that is listed."""
    listed = (load(language).words("outlet_nouns", "anaphors") for language in LANGUAGES)
    return frozenset(word for names in listed for name in names for word in name.split())


def sources(
    text: str, read: Reading, *, paragraphs: Sequence[Stretch], publisher: str | None
) -> list[Source]:
    """The publications that a report names as its sources, in the order in which it names them."""
    found: dict[str, list[Source]] = {}
    for each in read.attributions:
        for sayer, kind in _published(each):
            source = _source(text, each, sayer, kind, paragraphs)
            if publisher is None or not is_same_publisher(source.name, publisher):
                found.setdefault(source.key, []).append(source)
    return [_together(group) for group in found.values()]


def _published(each: Attribution) -> Iterable[tuple[Sayer, SourceKind]]:
    """Whoever in an attribution publishes, and what."""
    for sayer in (*each.sayers, *each.via, *each.cited):
        if sayer.kind is SayerKind.PUBLICATION:
            yield sayer, SourceKind.PUBLICATION
        elif sayer.kind is SayerKind.DOCUMENT and sayer.place.end - sayer.place.start > _BARE:
            yield sayer, SourceKind.DOCUMENT
    if each.posted:
        for sayer in each.sayers:
            if sayer.kind in {SayerKind.ORGANISATION, SayerKind.PERSON, SayerKind.OFFICE}:
                yield sayer, SourceKind.POST


_BARE = 12
"""A document of fewer characters ("the report") is not named, only meant."""


def _source(
    text: str, each: Attribution, sayer: Sayer, kind: SourceKind, paragraphs: Sequence[Stretch]
) -> Source:
    written = sayer.written or sayer.place
    place = _stated(each, written)
    at = next((n for n, p in enumerate(paragraphs) if written.start < p.end), len(paragraphs))
    leads = at < _LEAD or each.points_back
    whole = "for the passage before" if each.points_back else "among its first paragraphs"
    why = f"named {whole}" if leads else "named once, for a matter of its own"
    relation = Relation.CITES if leads else Relation.REFERS_TO
    if kind is SourceKind.POST:
        relation, why = Relation.QUOTES, "what was posted is told in this report"
    return Source(
        kind=kind,
        name=_ARTICLE.sub("", " ".join(sayer.text.split())),
        relation=relation,
        place=place,
        words=each.place,
        times=1,
        why=why,
        dated=_dated(text, each, written),
    )


def _stated(each: Attribution, written: Stretch) -> Stretch:
    """The words in which a source is named: from it to its verb, within one sentence."""
    if not each.sentence.holds(written):
        return written
    start, end = min(written.start, each.cue.start), max(written.end, each.cue.end)
    return Stretch(start, end)


def _dated(text: str, each: Attribution, written: Stretch) -> str | None:
    """When it published, in the words that a sentence begins with: "On the 21st (local time)"."""
    if each.form not in {Form.VERB, Form.AGENT}:
        return None
    start = min([written.start, each.cue.start, *(s.place.start for s in each.sayers)])
    led = text[each.sentence.start : start].strip(" ,\u00a0")
    timed = re.search(r"\d|day\b|month|week|year|January|March|June|July|[А-Яа-яіїє]{3,}", led)
    return led if led and timed and len(led) <= _LONGEST_DATE and "\n" not in led else None


def _together(group: list[Source]) -> Source:
    """What several mentions of one source say together, told where it is named first as a source."""
    carrying = [each for each in group if each.relation is not Relation.REFERS_TO]
    first = (carrying or group)[0]
    times = len(group)
    dated = next((each.dated for each in group if each.dated), None)
    if first.relation is Relation.REFERS_TO and times >= _OFTEN:
        first = replace(first, relation=Relation.CITES, why="named more than once")
    return replace(first, times=times, dated=dated)
