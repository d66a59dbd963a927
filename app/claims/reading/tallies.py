"""
What an authority counts: totals and their parts, per year, as of a day; and which way the count goes.

A sentence of parts is read as a row of periods, cases and victims: whichever comes first, the period
or the numbers, does so throughout. Numbers without a noun count what the total counted that they add up to.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.claims.facts import Statistic, Trend
from app.claims.predicates import Predicate
from app.claims.reading.counted import counted_deed, counting
from app.claims.reading.lexicon import meanings
from app.claims.reading.numbers import Number, numbers
from app.claims.reading.page import Page, Sentence, sayer_of
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.temporal.finding import Mention
from app.claims.terms import Course, Metric, Modality, TimePrecision
from app.claims.values import TemporalValue
from transcription.quotation.proposal import Stretch

_NOUN = 48
"""How many characters after a number the noun that it counts may begin."""
_AHEAD_OF_VERB = 90
_FEWEST = 2
_CUT = re.compile(r"[;:]\s+")


@dataclass(frozen=True, slots=True)
class _Item:
    """A number of a sentence and what it counts; None where no noun follows it."""

    number: Number
    metric: Metric | None
    end: int


def is_statistic(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence tells of an authority's count: cases, or numbers for years."""
    items = _items(page, sentence)
    if not items:
        return False
    if any(item.metric is Metric.CASES for item in items):
        return True
    return len(items) >= _FEWEST and len(_periods(page, sentence)) >= _FEWEST


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """The numbers and the trend of a sentence about a count."""
    authority = _authority(page, sentence)
    yield from _trends(page, sentence, authority)
    for clause in _clauses(sentence):
        yield from _numbers(page, clause, authority)


def _clauses(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence in pieces between semicolons and colons: a total, then its parts."""
    start = 0
    for cut in [*_CUT.finditer(sentence.text), None]:
        end = cut.start() if cut else len(sentence.text)
        if sentence.text[start:end].strip():
            first = sentence.place.start
            place = Stretch(first + start, first + end)
            yield Sentence(place, sentence.text[start:end], sentence.paragraph)
        start = cut.end() if cut else end


def _numbers(page: Page, sentence: Sentence, authority: str | None) -> Iterator[Draft]:
    if not is_statistic(page, sentence):
        return
    items, periods = _items(page, sentence), _periods(page, sentence)
    of = counted_deed(page, sentence)
    if len(periods) >= _FEWEST:
        pairs = _parts(page, sentence, items, periods)
    else:
        pairs = [(item, periods[0] if periods else None) for item in items]
    total = not periods or (len(periods) == 1 and _is_since(periods[0]))
    as_of = _as_of(page, sentence) if total else None
    for item, period in pairs:
        if item.metric is None:
            continue
        value = Statistic(
            metric=item.metric,
            of=of,
            count=item.number.count,
            total=total and (period is None or _is_since(period)),
            period=period.value if period else None,
            as_of=as_of,
            counting=counting(page, sentence, item.end, total=total),
        )
        start = sentence.place.start
        yield Draft(
            place=Stretch(start + item.number.start, start + item.end),
            predicate=Predicate.STATISTIC,
            value=value,
            role=SubjectRole.AGENT,
            subject=authority,
            modality=_modality(page, sentence),
            why="a total that an authority states"
            if value.total
            else "a part of a count, by its period",
        )


def _modality(page: Page, sentence: Sentence) -> Modality:
    """A number is as firm as who tells it: what it counts may be alleged, the count is not."""
    return page.modality(Stretch(sentence.place.start, sentence.place.start + 1), adjectives=0)


def _trends(page: Page, sentence: Sentence, authority: str | None) -> Iterator[Draft]:
    for course, name in ((Course.RISES, "trend_rises"), (Course.FALLS, "trend_falls")):
        for match in page.wordings(sentence, name):
            what = match["what"]
            cases = page.lexicon.pattern("metric_cases").search(what)
            yield Draft(
                place=sentence.at(match),
                predicate=Predicate.TREND,
                value=Trend(
                    metric=Metric.CASES if cases else Metric.VICTIMS,
                    of=counted_deed(page, sentence),
                    course=course,
                ),
                role=SubjectRole.AGENT,
                subject=authority,
                why="says which way a count goes",
            )


def _items(page: Page, sentence: Sentence) -> list[_Item]:
    """The numbers of a sentence that count cases or people, or nothing that is named."""
    found = []
    times = [(m.start, m.end) for m in page.times(sentence)]
    for number in numbers(page, sentence):
        at = sentence.place.start + number.bare
        if any(start <= at < end for start, end in times):
            continue
        noun = _noun(page, sentence.text[number.end : number.end + _NOUN])
        if noun is None:
            found.append(_Item(number, None, number.end))
        else:
            found.append(_Item(number, noun[0], number.end + noun[1]))
    return found if any(item.metric for item in found) or _is_row(page, sentence, found) else []


def _is_row(page: Page, sentence: Sentence, items: list[_Item]) -> bool:
    return len(items) >= _FEWEST and len(_periods(page, sentence)) >= _FEWEST


def _noun(page: Page, text: str) -> tuple[Metric, int] | None:
    """What a number counts: the first noun of a metric right behind it."""
    clause = re.split(r"[,;:.!?()]", text)[0]
    best: tuple[int, int, Metric] | None = None
    for metric, name in meanings(page.language, "metric", Metric):
        match = page.lexicon.pattern(name).search(clause)
        if match and (best is None or match.start() < best[0]):
            best = match.start(), match.end(), metric
    if best is None or len(clause[: best[0]].split()) > 3:  # noqa: PLR2004 - adjectives
        return None
    return best[2], best[1]


def _periods(page: Page, sentence: Sentence) -> list[Mention]:
    """The years (or years so far) that numbers of a sentence are for."""
    return [
        each
        for each in page.times(sentence)
        if each.value.precision in {TimePrecision.YEAR, TimePrecision.INTERVAL}
        or _is_year_so_far(page, each)
    ]


def _is_year_so_far(page: Page, mention: Mention) -> bool:
    """Whether it counts a year from a publication that is not known."""
    return (
        mention.value.edtf is None
        and page.lexicon.mentions(mention.value.raw, "this_year") is not None
    )


def _is_since(mention: Mention) -> bool:
    return (mention.value.edtf or "").endswith("/..")


def _as_of(page: Page, sentence: Sentence) -> TemporalValue | None:
    for each in page.times(sentence):
        if page.lexicon.mentions(each.value.raw, "as_of_cues"):
            return each.value
    return None


def _parts(
    page: Page, sentence: Sentence, items: list[_Item], periods: list[Mention]
) -> list[tuple[_Item, Mention | None]]:
    """Each number with its period."""
    first = sentence.place.start
    row: list[_Item | Mention] = sorted(
        [*items, *periods],
        key=lambda each: each.start - first if isinstance(each, Mention) else each.number.start,
    )
    ahead = isinstance(row[0], Mention)
    pairs: list[tuple[_Item, Mention | None]] = []
    waiting: list[_Item] = []
    current: Mention | None = None
    for each in row:
        if isinstance(each, _Item):
            if ahead or (current is not None and _completes(each, pairs, current, waiting)):
                pairs.append((each, current))
            else:
                waiting.append(each)
        else:
            current = each
            pairs += [(item, each) for item in waiting]
            waiting = []
    pairs += [(item, current) for item in waiting]
    return _named(page, sentence, pairs)


def _completes(
    item: _Item,
    pairs: list[tuple[_Item, Mention | None]],
    period: Mention,
    waiting: list[_Item],
) -> bool:
    """Whether a number behind its period goes with the one before it: "20 cases so far, 51 soldiers"."""
    own = [each.metric for each, of in pairs if of is period]
    return not waiting and own == [Metric.CASES] and item.metric is Metric.VICTIMS


def _named(
    page: Page, sentence: Sentence, pairs: list[tuple[_Item, Mention | None]]
) -> list[tuple[_Item, Mention | None]]:
    """Numbers without a noun count what the total before them counted that they add up to."""
    nameless = [item for item, _ in pairs if item.metric is None]
    if not nameless:
        return pairs
    if len(nameless) < len(pairs):
        return _carried(pairs)
    together = sum(item.number.count.number or 0 for item in nameless)
    totals = {
        item.number.count.number: item.metric
        for earlier in page.beside(sentence)
        if earlier.place.end <= sentence.place.start
        for item in _items(page, earlier)
        if item.metric is not None
    }
    metric = totals.get(together)
    return [(replace(item, metric=metric), period) for item, period in pairs]


def _carried(
    pairs: list[tuple[_Item, Mention | None]],
) -> list[tuple[_Item, Mention | None]]:
    """A number without a noun counts what the one before it did: "17 soldiers in 2024 and six now"."""
    metric: Metric | None = None
    carried = []
    for item, period in pairs:
        metric = item.metric or metric
        if metric is not None:
            carried.append((replace(item, metric=metric), period))
    return carried


def _authority(page: Page, sentence: Sentence) -> str | None:
    """Who keeps the count: who says it, else who the sentence begins with."""
    words = next((each for each in numbers(page, sentence)), None)
    at = sentence.place.start + (words.start if words else 0)
    said = sayer_of(page, Stretch(at, at + 1))
    if said:
        return said
    verb = page.lexicon.pattern("counting_opened", "counting_investigating").search(sentence.text)
    if verb and 0 < verb.start() < _AHEAD_OF_VERB:
        head = re.sub(
            r"\s+(?:has|have|had|is|are)\s*\Z", "", sentence.text[: verb.start()].strip()
        )
        return head or None
    earlier = page.before(sentence)
    return _authority(page, earlier) if earlier and is_statistic(page, earlier) else None
