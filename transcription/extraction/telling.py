"""
What a web page says of itself: title, authors, date, publisher, language, its own address.

Each is taken from the first place of a fixed list that has it, and the place is named, so that a
person can judge: JSON-LD (schema.org) and Open Graph are what publishers write for others to
read, a heading is what readers saw. The date falls back on htmldate, without its search in the
text: a year in a footer is no date of publication. Nothing is made up: what is nowhere stays out.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from htmldate import find_date
from lxml import html

from transcription.extraction.value import MOST_AUTHORS, VALUE_CHARACTERS, Proposal

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?\Z")
_ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle BlogPosting Report AnalysisNewsArticle WebPage".split()
)
_MOST_JSON = 1 << 20
_MOST_DEPTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page tells; `None` and nothing for what it does not."""

    title: Proposal | None = None
    authors: tuple[Proposal, ...] = ()
    published: Proposal | None = None
    published_raw: Proposal | None = None
    publisher: Proposal | None = None
    language: Proposal | None = None
    url: Proposal | None = None


def of(tree: html.HtmlElement) -> Told:
    """Everything that the page of this tree tells of itself; the tree is left as it is."""
    stated = next(iter(_articles(tree)), {})
    published, raw = _published(tree, stated)
    return Told(
        title=_first(
            ("JSON-LD headline", _text(stated.get("headline"))),
            ("og:title", _meta(tree, "og:title")),
            ("the page's only heading", _only_heading(tree)),
            ("<title>", _text(tree.findtext(".//title"))),
        ),
        authors=_authors(tree, stated),
        published=published,
        published_raw=raw,
        publisher=_first(
            ("JSON-LD publisher", _name(stated.get("publisher"))),
            ("og:site_name", _meta(tree, "og:site_name")),
        ),
        language=_language(tree),
        url=_first(("rel=canonical", _canonical(tree)), ("og:url", _web(_meta(tree, "og:url")))),
    )


def _first(*places: tuple[str, str | None]) -> Proposal | None:
    return next((Proposal(value, origin) for origin, value in places if value), None)


def _text(value: object) -> str | None:
    """One line of reasonable length, or nothing."""
    if not isinstance(value, str):
        return None
    tidy = " ".join(value.split())
    return tidy if 0 < len(tidy) <= VALUE_CHARACTERS else None


def _meta(tree: html.HtmlElement, name: str) -> str | None:
    for element in tree.iter("meta"):
        given = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if given.strip().lower() == name:
            return _text(element.get("content"))
    return None


def _only_heading(tree: html.HtmlElement) -> str | None:
    found = [heading for heading in tree.iter("h1") if heading.text_content().strip()]
    return _text(found[0].text_content()) if len(found) == 1 else None


def _articles(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles among the page's JSON-LD; what is no JSON is passed over."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        content = script.text or ""
        if len(content) > _MOST_JSON:
            continue
        try:
            yield from _found(json.loads(content), _MOST_DEPTH)
        except (ValueError, RecursionError):
            continue


def _found(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _found(item, depth - 1)
    if isinstance(value, dict):
        kinds = value.get("@type")
        if _ARTICLES.intersection(kind for kind in _listed(kinds) if isinstance(kind, str)):
            yield value
        yield from _found(value.get("@graph"), depth - 1)


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _name(value: object) -> str | None:
    if isinstance(value, dict):
        return _text(value.get("name"))
    return _text(value)


def _authors(tree: html.HtmlElement, stated: dict[str, Any]) -> tuple[Proposal, ...]:
    named = [_name(one) for one in _listed(stated.get("author"))]
    origin = "JSON-LD author"
    if not any(named):
        named, origin = [_meta(tree, "author")], "meta author"
    if not any(named):
        named, origin = [_meta(tree, "article:author")], "article:author"
    unique = dict.fromkeys(name for name in named if name and not name.startswith("http"))
    return tuple(Proposal(name, origin) for name in unique)[:MOST_AUTHORS]


def _published(
    tree: html.HtmlElement, stated: dict[str, Any]
) -> tuple[Proposal | None, Proposal | None]:
    """The day, and the date as the page spells it."""
    raw = _first(
        ("JSON-LD datePublished", _text(stated.get("datePublished"))),
        ("article:published_time", _meta(tree, "article:published_time")),
        ("itemprop datePublished", _meta(tree, "datepublished")),
        ("the page's only <time>", _only_time(tree)),
    )
    day = _day(raw.value) if raw else None
    if raw and day:
        return Proposal(day, raw.origin), raw
    try:
        found = find_date(tree, extensive_search=False, original_date=True)
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError):
        found = None
    day = _day(found) if found else None
    return (Proposal(day, "htmldate, from the page's markup") if day else None), raw


def _only_time(tree: html.HtmlElement) -> str | None:
    found = {element.get("datetime") for element in tree.iter("time") if element.get("datetime")}
    return _text(found.pop()) if len(found) == 1 else None


def _day(text: str) -> str | None:
    found = _DAY.match(text)
    if not found:
        return None
    year, month, day = found.groups()
    if month is None:
        return str(year) if text == year else None
    if not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31):  # noqa: PLR2004 - a calendar
        return None
    return "-".join(part for part in (year, month, day) if part)


def _language(tree: html.HtmlElement) -> Proposal | None:
    root = tree.getroottree().getroot()
    for origin, value in (
        (
            "the page's lang",
            root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        ),
        ("og:locale", _meta(tree, "og:locale")),
    ):
        found = _LANGUAGE.match((value or "").strip())
        if found:
            return Proposal(found[1].lower(), origin)
    return None


def _canonical(tree: html.HtmlElement) -> str | None:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return _web(_text(element.get("href")))
    return None


def _web(address: str | None) -> str | None:
    return address if address and address.startswith(("http://", "https://")) else None
