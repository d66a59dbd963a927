"""
The three layers of a translated quote, drawn: spoken words, our translation, published words.

A drawing is computed here and is nothing but boxes and lines, so that the page needs no script.
It exists in two shapes: in rows, as people read, and in columns, for a phone and for quotes
that no row holds. Widths are those of a typewriter's letters, which the page forces on its
font, so that every line ends where its word stands. What is drawn is also said in a table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LETTER, LINE = 8, 24
_GAP, _ROW, _MARGIN, _HEAD = 2 * LETTER, 72, 6, 22
_COLUMN_GAP = 34
_WIDEST_ROW = 450
NAMES = ("spoken", "translated", "published")
_GUTTER = LETTER * (max(len(name) for name in NAMES) + 1)


@dataclass(frozen=True, slots=True)
class Box:
    """A word: the middle of its baseline's left end, its width, how it looks and what it is."""

    text: str
    x: int
    y: int
    width: int
    look: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """A link, from the edge of one word to the edge of another."""

    x1: int
    y1: int
    x2: int
    y2: int
    look: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and lines, and the size of the sheet; `heads` name the layers."""

    width: int
    height: int
    heads: tuple[Box, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    @property
    def looks(self) -> frozenset[str]:
        """Every look there is, for the legend."""
        return frozenset(box.look for box in self.boxes) | {line.look for line in self.lines}


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    look: str
    said: str

    @property
    def width(self) -> int:
        return LETTER * max(1, len(self.text))


_Links = list[tuple[int, int, str]]


def in_rows(place: Mapping[str, Any]) -> Drawing | None:
    """The layers below one another; `None` where a row would be wider than a page's half."""
    layers = _layers(place)
    widths = [sum(w.width + _GAP for w in layer) - _GAP if layer else 0 for layer in layers]
    widest = max(widths)
    if widest > _WIDEST_ROW:
        return None
    boxes: list[list[Box]] = []
    for number, (layer, width) in enumerate(zip(layers, widths, strict=True)):
        x = _MARGIN + _GUTTER + (widest - width) // 2
        y = LINE + number * _ROW
        row = []
        for word in layer:
            row.append(Box(word.text, x, y, word.width, word.look, word.said))
            x += word.width + _GAP
        boxes.append(row)
    heads = tuple(
        Box(name, _MARGIN, LINE + number * _ROW, LETTER * len(name), "head", "")
        for number, name in enumerate(NAMES)
    )
    lines = [
        Line(
            upper.x + upper.width // 2,
            upper.y + 6,
            lower.x + lower.width // 2,
            lower.y - 15,
            look,
        )
        for upper, lower, look in _pairs(boxes, _links(place))
    ]
    height = LINE + 2 * _ROW + LINE // 2
    return Drawing(widest + _GUTTER + 2 * _MARGIN, height, heads, _flat(boxes), tuple(lines))


def in_columns(place: Mapping[str, Any]) -> Drawing:
    """The layers beside one another, a word to a line."""
    layers = _layers(place)
    most = max(len(layer) for layer in layers)
    height = _HEAD + LINE * most + LINE // 2
    boxes: list[list[Box]] = []
    heads: list[Box] = []
    x = _MARGIN
    for name, layer in zip(NAMES, layers, strict=True):
        width = max([LETTER * len(name), *(word.width for word in layer)])
        step = LINE * most // max(1, len(layer))
        column = [
            Box(word.text, x, _HEAD + LINE + number * step, word.width, word.look, word.said)
            for number, word in enumerate(layer)
        ]
        heads.append(Box(name, x, _HEAD - 6, LETTER * len(name), "head", ""))
        boxes.append(column)
        x += width + _COLUMN_GAP
    lines = [
        Line(left.x + left.width + 3, left.y - 5, right.x - 3, right.y - 5, look)
        for left, right, look in _pairs(boxes, _links(place))
    ]
    width = x - _COLUMN_GAP + _MARGIN
    return Drawing(width, height, tuple(heads), _flat(boxes), tuple(lines))


def _layers(place: Mapping[str, Any]) -> tuple[list[_Word], list[_Word], list[_Word]]:
    layers = place["layers"]
    here = {link["source"] for link in layers["links"]}
    spoken = [
        _word(word, "omitted", "no word of the translation is linked to it")
        if word["word"] in here or not word["linked"]
        else _Word(word["text"], "elsewhere", "linked to a word outside this place")
        for word in layers["source"]
    ]
    translated = [
        _word(word, "added", "no spoken word is linked to it") for word in layers["translation"]
    ]
    published = [
        _Word(each["quoted"], each["kind"] if each["kind"] != "same" else "", "")
        for each in _quoted(place)
    ]
    return spoken, translated, published


def _word(word: Mapping[str, Any], look: str, said: str) -> _Word:
    if word["linked"]:
        return _Word(word["text"], "", "")
    return _Word(word["text"], "" if word["slight"] else look, said)


def _quoted(place: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in place["operations"] if each["quoted"] is not None]


def _links(place: Mapping[str, Any]) -> tuple[_Links, _Links]:
    """Links between the first two layers and between the last two, by places in each layer."""
    layers = place["layers"]
    spoken = {word["word"]: at for at, word in enumerate(layers["source"])}
    translated = {word["word"]: at for at, word in enumerate(layers["translation"])}
    upper = [
        (spoken[link["source"]], translated[link["translation"]], link["ground"])
        for link in layers["links"]
        if link["source"] in spoken and link["translation"] in translated
    ]
    lower = [
        (translated[word], at, each["kind"])
        for at, each in enumerate(_quoted(place))
        if each["first_word"] is not None
        for word in range(each["first_word"], each["last_word"] + 1)
        if word in translated
    ]
    return upper, lower


def _pairs(
    boxes: Sequence[Sequence[Box]], links: tuple[_Links, _Links]
) -> list[tuple[Box, Box, str]]:
    upper, lower = links
    return [(boxes[0][i], boxes[1][j], look) for i, j, look in upper] + [
        (boxes[1][i], boxes[2][j], look) for i, j, look in lower
    ]


def _flat(boxes: Sequence[Sequence[Box]]) -> tuple[Box, ...]:
    return tuple(box for row in boxes for box in row)
