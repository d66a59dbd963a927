"""
XML from strangers, parsed by the standard library's expat with everything refused that attacks it.

A document type is refused where it is declared, so there are no entities to expand and nothing
external to fetch; depth and number of elements are bounded; nothing is ever opened by name.
The libraries made for this purpose keep no line numbers, and refusals here name their line.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from transcription.errors import Malformed

MAX_DEPTH = 32
MAX_ELEMENTS = 2_000_000


@dataclass(slots=True)
class Element:
    """An element, its attributes, the text directly inside it, and the line it begins on."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def each(self, *path: str) -> Iterator["Element"]:
        """Every element that is reached by these tags, in order."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.tag == path[0]:
                yield from child.each(*path[1:])

    def required(self, name: str) -> str:
        """An attribute that must be there; `Malformed` names it and the line."""
        if name not in self.attributes:
            raise Malformed(f"{self.tag} has no {name}", line=self.line)
        return self.attributes[name]


def parsed(content: str) -> Element:
    """Parse a document that is text already; `Malformed` with its line for anything else."""
    builder = _Builder()
    try:
        builder.parser.Parse(content, True)  # noqa: FBT003 - the end of the document
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        raise Malformed(f"not XML: {said}", line=max(error.lineno, 1)) from error
    except UnicodeEncodeError as error:
        line = content.count("\n", 0, error.start) + 1
        raise Malformed("not XML: half a character", line=line) from error
    return builder.root()


class _Builder:
    """Turns what expat reports into elements."""

    def __init__(self) -> None:
        parser: Any = expat.ParserCreate()  # expat's own types are looser than these
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._refused
        parser.EntityDeclHandler = self._refused
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self.parser = parser
        self._open: list[Element] = [Element("", {}, 1)]
        self._texts: list[list[str]] = [[]]
        self._count = 0

    def root(self) -> Element:
        """The one element of a document that was parsed to its end."""
        return self._open[0].children[0]

    def _refused(self, *_declaration: object) -> None:
        raise Malformed("it declares a document type, which no transcript needs", line=self._line)

    @property
    def _line(self) -> int:
        return int(self.parser.CurrentLineNumber)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise Malformed("more or deeper elements than a transcript has", line=self._line)
        element = Element(tag, attributes, self._line)
        self._open[-1].children.append(element)
        self._open.append(element)
        self._texts.append([])

    def _end(self, _tag: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())

    def _text(self, text: str) -> None:
        self._texts[-1].append(text)
