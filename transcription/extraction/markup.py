"""
The text of a web page: trafilatura finds the part that somebody wrote and leaves out the rest.

Nothing of a page is run. What only a browser runs or shows by itself (scripts, styles, frames, hidden
templates) is cut away before anything is read and counted. Where trafilatura finds
nothing, all visible text of the page is given and said to be that.
"""

from collections import Counter
from importlib.metadata import version
from typing import Any

import trafilatura
from lxml import etree, html

from transcription.extraction import telling
from transcription.extraction.encoding import kept, turning
from transcription.extraction.value import (
    MOST_CHARACTERS,
    Kind,
    Reading,
    Refusal,
    Refused,
    Remark,
    RemarkKind,
)

_NEVER_TEXT = (
    "script style noscript template iframe frame object embed applet svg canvas math audio video"
).split()
_BLOCKS = frozenset(
    "p div br li tr h1 h2 h3 h4 h5 h6 article section blockquote pre table ul ol dd dt".split()
)
_VERSION = version("trafilatura")
PARAMETERS: dict[str, str | int | bool] = {
    "include_comments": False,
    "include_tables": True,
    "deduplicate": False,
    "output_format": "txt",
}


def read(text: str, remarks: list[Remark]) -> Reading:
    """The text of a page given as characters, and what it says of itself."""
    clean, unkept = kept(text)
    tree, is_cut_short = _tree(clean)
    told = telling.of(tree)
    cut = _cut(tree)
    visible = _visible(tree)
    found = _written(tree)
    if found is None:
        found = visible
        why = (
            "no part of the page stands out as what somebody wrote: all its visible text is given"
        )
        remarks = [*remarks, Remark(RemarkKind.WHOLE_PAGE, 1, why)]
    if not found.strip():
        raise Refused(Refusal.BROKEN if is_cut_short else Refusal.NO_TEXT)
    if len(found) > MOST_CHARACTERS:
        raise Refused(Refusal.TOO_MUCH_TEXT)
    if is_cut_short:
        why = (
            "the page nests deeper, or has longer parts, than is read: what lies beyond is missing"
        )
        remarks = [*remarks, Remark(RemarkKind.CUT_SHORT, 1, why)]
    repeats = _repeats(visible, found)
    if repeats:
        why = "lines that the page shows again are given once"
        remarks = [*remarks, Remark(RemarkKind.REPEATS, repeats, why)]
    if cut:
        why = "scripts, styles, frames and the like, which are no text"
        remarks = [*remarks, Remark(RemarkKind.LEFT_OUT, cut, why)]
    return Reading(
        kind=Kind.HTML,
        text=found,
        tool="trafilatura",
        version=_VERSION,
        parameters=PARAMETERS,
        title=told.title,
        authors=told.authors,
        published=told.published,
        published_raw=told.published_raw,
        publisher=told.publisher,
        language=told.language,
        url=told.url,
        remarks=(*remarks, *unkept, *turning(clean, found)),
    )


def _tree(text: str) -> tuple[html.HtmlElement, bool]:
    """The page as a tree, and whether a part of it lies beyond what the parser goes to."""
    # As bytes, for a page may name an encoding that its characters no longer have.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused(Refusal.NO_TEXT) from None
    if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
        raise MemoryError  # else a tree cut short would pass for the page
    return tree, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _cut(tree: html.HtmlElement) -> int:
    """Take out what is never text, in place; how many elements went."""
    gone = list(tree.iter(*_NEVER_TEXT))
    for element in gone:
        if element.getparent() is not None:
            element.drop_tree()
    return len(gone)


def _written(tree: html.HtmlElement) -> str | None:
    try:
        # Any, because the settings are told to people as they are given to the library.
        settings: dict[str, Any] = dict(PARAMETERS)
        found = trafilatura.extract(tree, **settings)
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError):
        return None
    return str(found) if found else None


def _repeats(visible: str, found: str) -> int:
    """How many lines of the text the page shows more often than the text has them."""
    given, shown = Counter(found.splitlines()), Counter(visible.splitlines())
    return sum(max(0, shown[line] - times) for line, times in given.items() if " " in line)


def _visible(tree: html.HtmlElement) -> str:
    """All text, a line for each block; walked without recursion, for a page may nest as it likes."""
    lines: list[str] = []
    words: list[str] = []

    def end() -> None:
        line = " ".join("".join(words).split())
        if line:
            lines.append(line)
        words.clear()

    body = tree.find("body")
    for event, element in etree.iterwalk(tree if body is None else body, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _BLOCKS:
            end()
        part = element.text if event == "start" else element.tail
        if part:
            words.append(part)
    end()
    return "\n".join(lines)
