"""
How notions of time are put together: the rules, as regular expressions over their letters.

`_POINTS` name one time; `_FRAMES` put words around a time (or two) that is read in its turn: since
it, from one to another, about it, the night of it. A rule is matched against the whole of what
it is given, so that nothing is left over in silence. A new rule is one line here and one function.
"""

import re
from dataclasses import replace

from app.claims.temporal import deixis, hours, named, wholes
from app.claims.temporal.groups import Found, Rule, token
from app.claims.temporal.lexicon import Words
from app.claims.temporal.periods import (
    Context,
    Looking,
    NeedsPublication,
    Period,
    Reading,
    explicit,
    spelled,
)
from app.claims.temporal.stretches import approximately, between, one_sided, since_start, zoned
from app.claims.temporal.tokens import Token
from app.claims.terms import TimeBasis

_YR = "(?:(?P<Y>Y)(?P<YU>U)?|(?P<L>L)(?P<LU>U)|(?P<J>J))"
_MONTH = f"(?P<M>M)(?:,?l?{_YR})?"
_POINTS: tuple[tuple[str, Rule], ...] = (
    ("(?P<I>I)", named.numeric),
    (f"(?:(?P<W>W),?l?\\(?)?(?P<d>[dDO])l?{_MONTH}\\)?", named.date_of_month),
    (f"(?P<d>[dDO])l?{_MONTH},?\\(?l?(?P<W>W)\\)?", named.date_of_month),
    (f"(?P<M>[MS])(?:,?l?{_YR})?", named.month_or_season),
    (f"{_YR},?l?(?P<M>[MS])", named.month_or_season),
    ("l?(?P<L>L)(?P<M>[MS])", named.deictic_month),
    ("(?P<M>S)l?(?P<Q>Q)U?", named.winter_pair),
    (_YR, named.whole_year),
    (f"(?P<n>[dDOc])(?P<qU>U)(?:l?{_YR})?", wholes.of_ordinal),
    (f"(?P<n>[dDO])Hl?(?:(?P<M>M)(?:,?l?{_YR})?)", wholes.half),
    (f"(?P<n>[dDO])Hl?{_YR}", wholes.half),
    (f"(?P<O>O)(?P<n>[ND])(?P<U>U)l?{_YR}", wholes.first_months),
    ("(?P<K>K)(?P<KU>U)?(?:l?(?:(?P<L>L)|(?P<c>[cdDO]))(?P<cU>U))?", wholes.decade),
    ("(?P<R>R)", deixis.day_relative),
    ("(?P<W>W)", deixis.weekday),
    ("(?P<L>L)(?P<W>W)", deixis.deictic_weekday),
    ("(?P<W>W)l?(?P<L>L)(?P<LU>U)", deixis.weekday_of_week),
    ("(?P<L>L)(?P<LU>U)l?(?P<W>W)", deixis.weekday_of_week),
    ("(?P<L>L)(?P<U>U)", deixis.deictic_unit),
    ("(?P<n>[ND])?(?P<U>U)G", deixis.ago),
    ("[pL](?P<n>[ND])(?P<U>U)", deixis.past),
    ("p(?P<U>U)", deixis.past),
    ("(?P<d>d)", deixis.day_number),
    ("(?P<d>[dDO])x", deixis.day_number),
    ("(?P<d>[dO])x?l?(?P<L>L)(?P<LU>U)", deixis.day_number),
    ("(?P<d>D)xl?(?P<L>L)(?P<LU>U)", deixis.day_number),
    ("(?P<L>L)(?P<P>P)", hours.deictic_part),
    ("y", hours.last_night),
    ("i", hours.tonight),
    ("f,?l?(?:(?P<Y>Y)U?|(?P<L>L)(?P<LU>U)|(?P<J>J))", deixis.so_far),
    ("(?:(?P<Y>Y)U?|(?P<L>L)(?P<LU>U)|(?P<J>J)),?f", deixis.so_far),
)
_MONTH_FIRST = f"(?:(?P<W>W),?l?\\(?)?(?P<M>M)l?(?P<d>[dDO])(?:,?l?{_YR})?\\)?"
_COMPILED = [(re.compile(source), rule) for source, rule in _POINTS]
_ENGLISH = (re.compile(_MONTH_FIRST), named.date_of_month)

_DAYS_THEN_MONTH = re.compile(
    f"[sF]?l?(?P<one>[dDO])x?l?[-tua]l?(?P<two>[dDO])l?(?P<rest>{_MONTH})"
)
_MONTH_THEN_DAYS = re.compile(
    f"[sF]?l?(?P<M>M)(?P<one>[dDO])-(?P<two>[dDO])(?P<rest>(?:,?l?{_YR})?)"
)
_FRAMES = {
    name: re.compile(source)
    for name, source in {
        "between": "[sF]l?(?P<x>[^tua-].*?)l?[tua-]l?(?P<y>.+)",
        "since_start": "sl?(?P<E>E)l?(?P<x>[^-].*)",
        "since": "sl?(?P<x>.+)",
        "as_of": "ol?(?P<x>.+)",
        "until": "ul?(?P<x>.+)",
        "before": "Bl?(?P<x>.+)",
        "after": "Al?(?P<x>.+)",
        "dashed": "(?P<x>[^-]+)[-t]l?(?P<y>.+)",
        "about": "ql?(?P<x>.+)",
        "third": "(?P<E>E)[l-]?(?P<x>.+)",
        "event": "(?:El?)?(?P<V>V)(?:,?l?(?P<x>.+))?",
        "night_to": "nl?(?P<x>.+)",
        "part_first": "(?P<P>P)l?(?P<x>.+)",
        "part_last": "(?P<x>.+?),?l?(?P<P>P)",
        "clock_first": "(?:q)?(?:C|[DN]k)Z?,?l?(?P<x>.+)",
        "clock_last": "(?P<x>.+?),?l?(?:C|[DN]k)",
        "zone": "(?P<x>.+?),?l?\\(?(?P<Z>Z)\\)?",
    }.items()
}


class Grammar:
    """Reads rows of tokens of one language."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._points = [*_COMPILED, _ENGLISH] if words.language == "en" else _COMPILED

    def read(self, row: list[Token], context: Context) -> Reading | None:
        """
        What a row of tokens says, if a rule reads the whole of it.

        Raises `NeedsPublication` and `NoSuchDate` for a row that has the shape of a time.
        """
        codes = "".join(token.code for token in row)
        needs: NeedsPublication | None = None
        for attempt in (self._point, self._days_of_month, self._framed):
            try:
                found = attempt(row, codes, context)
            except NeedsPublication as error:
                needs = needs or error
                continue
            if found is not None:
                return found
        if needs is not None:
            raise needs
        return None

    def _point(self, row: list[Token], codes: str, context: Context) -> Reading | None:
        for pattern, rule in self._points:
            match = pattern.fullmatch(codes)
            if match is None:
                continue
            read = rule(_named(match, row), context)
            if read is not None:
                return read
        return None

    def _days_of_month(self, row: list[Token], codes: str, context: Context) -> Reading | None:
        """As in "5-10 May 2024", "May 5-10", "с 5 по 10 мая": two days that share a month."""
        for pattern in (_DAYS_THEN_MONTH, _MONTH_THEN_DAYS):
            match = pattern.fullmatch(codes)
            if match is None or (
                "W" not in codes and pattern is _MONTH_THEN_DAYS and self.words.language != "en"
            ):
                continue
            groups = _named(match, row)
            one, two = groups.pop("one"), groups.pop("two")
            last = named.date_of_month({**groups, "d": two}, context)
            if last is None:
                return None
            inner = context.counted_from(last.first, Looking.BACK)
            first = named.date_of_month({**groups, "d": one}, context if "Y" in codes else inner)
            return between(first, last) if first else None
        return None

    def _framed(self, row: list[Token], codes: str, context: Context) -> Reading | None:
        needs: NeedsPublication | None = None
        for name, pattern in _FRAMES.items():
            match = pattern.fullmatch(codes)
            if match is None:
                continue
            try:
                found = self._frame(name, match, row, context)
            except NeedsPublication as error:
                needs = needs or error
                continue
            if found is not None:
                return found
        if needs is not None:
            raise needs
        return None

    def _frame(
        self, name: str, match: re.Match[str], row: list[Token], context: Context
    ) -> Reading | None:
        found = _named(match, row)
        if name in {"between", "dashed"}:
            return self._range(row[slice(*match.span("x"))], row[slice(*match.span("y"))], context)
        if name == "event":
            return self._event(match, row, context)
        inner = row[slice(*match.span("x"))]
        if name in {"since_start", "third"}:
            stretch, whole = str(token(found, "E").value), self._or_unit(inner, context)
            if whole is None:
                return None
            third = name == "third"
            return wholes.part_of(whole, stretch) if third else since_start(whole, stretch)
        read = self.read(inner, context)
        return _framed(name, read, found, context) if read else None

    def _or_unit(self, row: list[Token], context: Context) -> Reading | None:
        """A time, or a bare unit for the current one: "the end of the year"."""
        if len(row) == 1 and row[0].code == "U":
            this = Token("L", 0, row[0].start, row[0].start)
            unit: Found = {"L": this, "U": row[0], "LU": row[0]}
            if row[0].value == "year":
                return named.whole_year(unit, context)
            return deixis.deictic_unit(unit, context)
        return self.read(row, context)

    def _range(self, left: list[Token], right: list[Token], context: Context) -> Reading | None:
        """Two ends; the one that lacks its year has it from the other."""
        first = self._if_explicit(left, context)
        if first is not None and first.basis is TimeBasis.EXPLICIT:
            ahead = context.counted_from(first.first, Looking.AHEAD)
            if not _lacks_year(right):
                last = self.read(right, context)
                return between(first, last) if last else None
            last = self.read(right, ahead)
            return (
                between(first, replace(last, basis=first.basis, why=first.why)) if last else None
            )
        last = self.read(right, context)
        if last is None:
            return None
        if not _lacks_year(left):
            first = self.read(left, context)
            return between(first, last) if first else None
        first = self.read(left, context.counted_from(last.first, Looking.BACK))
        return between(replace(first, basis=last.basis, why=last.why), last) if first else None

    def _if_explicit(self, row: list[Token], context: Context) -> Reading | None:
        try:
            return self.read(row, replace(context, published=None))
        except NeedsPublication:
            return None

    def _event(self, match: re.Match[str], row: list[Token], context: Context) -> Reading | None:
        """A known event: the date that the words give it, else the one that is on record."""
        event = row[match.start("V")]
        if match["x"] is not None:
            return self.read(row[slice(*match.span("x"))], context)
        period: Period = spelled(str(event.value))
        why = "the words name an event, whose date they do not give; it is from the word list"
        return replace(explicit(period, why), basis=TimeBasis.INFERRED)


def _framed(name: str, read: Reading, found: Found, context: Context) -> Reading | None:
    """What a frame makes of the time within it."""
    if name in {"since", "until", "before", "after"}:
        return one_sided(read, name)
    if name in {"part_first", "part_last"}:
        return hours.night_of(read, str(token(found, "P").value), context)
    if name in {"clock_first", "clock_last"}:
        return replace(read, why=f"{read.why}; the hour stays in the words")
    if name == "zone":
        return zoned(read, str(token(found, "Z").value))
    plain = {"about": approximately, "night_to": hours.night_to}.get(name)
    return plain(read) if plain else read


def _named(match: re.Match[str], row: list[Token]) -> Found:
    return {
        name: None if match.start(name) < 0 or not match[name] else row[match.start(name)]
        for name in match.re.groupindex
        if name not in {"x", "y", "rest"}
    }


def _lacks_year(row: list[Token]) -> bool:
    """Whether it is a bare month, season or day that a year must come to from elsewhere."""
    return {token.code for token in row} <= set("MSdDOWl,")
