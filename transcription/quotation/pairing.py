"""
From quotation marks to quoted passages: which mark closes which, and what was left open.

Double marks are paired paragraph by paragraph on a stack, in one pass. A quote of several
paragraphs opens each of them with its mark and closes only the last (Chicago Manual of
Style 13.32; the same habit in Russian and Ukrainian); so a paragraph left open is continued where
the next one opens with the same mark, or where the next mark at all is the one that closes it. What is never
closed ends where the next quote of its kind opens, else with its paragraph, and says so.

Single marks come last, because an apostrophe looks like one: they are paired only within one
level of double marks, by the first closing mark that no possessive explains.
"""

from dataclasses import dataclass

from transcription.quotation.lexicon import Lexicon
from transcription.quotation.passage import DEEPEST, Passage, passage
from transcription.quotation.proposal import Stretch
from transcription.quotation.punctuation import (
    CLOSED_BY,
    QuotationMark,
    is_letter_of_a_word,
    is_measure,
    quotation_marks,
)

_LOOK_AHEAD = 5
_CONTINUED = "its marks open each of its paragraphs and close the last"
_SPANNING = "opened in one paragraph and closed in a later one"
_UNCLOSED = "its mark is never closed: it is taken to end with its paragraph"
_CUT = "its mark is never closed: it is taken to end where the next quote begins"
_MIXED = "closed by a mark of another kind"
_CLOSED = "between quotation marks"


@dataclass(slots=True)
class _Open:
    """A mark that waits for the one that closes it."""

    mark: QuotationMark
    cut: int | None = None
    """Where the next quote of its kind opens, should it never be closed."""
    carried: str = ""
    """By which habit it goes on from one paragraph to the next."""


def paired(text: str, paragraphs: list[Stretch], lexicon: Lexicon | None) -> list[Passage]:
    """The passages between quotation marks, in no particular order."""
    marks = [quotation_marks(text, each.start, each.end) for each in paragraphs]
    doubles = _Doubles(text, paragraphs, [[m for m in row if not m.single] for row in marks])
    found = doubles.found()
    levels = _levels(found, marks)
    for each, row in zip(paragraphs, marks, strict=True):
        singles = [m for m in row if m.single and not m.between_letters]
        found += _singles(text, each, singles, levels, lexicon)
    return found


class _Doubles:
    """One pass over the double marks of a text."""

    def __init__(
        self, text: str, paragraphs: list[Stretch], marks: list[list[QuotationMark]]
    ) -> None:
        self.text, self.paragraphs = text, paragraphs
        self.marks = [
            [m for m in row if not is_letter_of_a_word(text, m) and not is_measure(text, m)]
            if any(is_letter_of_a_word(text, m) or is_measure(text, m) for m in row)
            else row
            for row in marks
        ]
        self.stack: list[_Open] = []
        self.passages: list[Passage] = []

    def found(self) -> list[Passage]:
        """Pair them all."""
        for at in range(len(self.paragraphs)):
            carried = self.stack[0] if self.stack else None
            for number, mark in enumerate(self.marks[at]):
                again = carried is not None and mark.mark == carried.mark.mark
                if not number and again and self._opens_paragraph(at, mark):
                    continue  # the mark that a continued quote repeats
                self._take(mark)
            self._end_paragraph(at)
        return self.passages

    def _take(self, mark: QuotationMark) -> None:
        closing = self._closed_by(mark)
        if closing is None:
            if mark.opens or (mark.mark in "“„«" and not mark.closes):
                self._open(mark)
            return
        while len(self.stack) > closing + 1:
            self._give_up(self.stack.pop(), mark.start)
        opened = self.stack.pop()
        usual = CLOSED_BY[opened.mark.mark].startswith(mark.mark) or mark.mark in "“‟’"
        self._keep(
            opened, mark.start, mark.end, why=opened.carried or (_CLOSED if usual else _MIXED)
        )

    def _closed_by(self, mark: QuotationMark) -> int | None:
        """Which open mark this one closes, by its place on the stack; None for none."""
        if not self.stack or (mark.opens and not mark.closes):
            return None
        if mark.mark == "«" and self.stack[-1].mark.mark != "»":
            return None
        if not mark.closes and not mark.between_letters and mark.mark in '“„«"':
            return None
        for place in reversed(range(len(self.stack))):
            if mark.mark in CLOSED_BY[self.stack[place].mark.mark]:
                if mark.opens and mark.mark in '"″' and not mark.closes:
                    return None
                return place
        lonely = mark.closes and not mark.opens and mark.mark not in "„,,"
        return len(self.stack) - 1 if lonely else None

    def _open(self, mark: QuotationMark) -> None:
        for place, waiting in enumerate(self.stack):
            if waiting.mark.mark == mark.mark and waiting.cut is None:
                above = self.stack[place + 1].mark if place + 1 < len(self.stack) else mark
                waiting.cut = above.start
        self.stack.append(_Open(mark))
        if len(self.stack) > DEEPEST:
            self._give_up(self.stack.pop(0), mark.start)

    def _end_paragraph(self, at: int) -> None:
        end = self.paragraphs[at].end
        outermost = self.stack[0] if self.stack else None
        if outermost is not None and outermost.cut is None:
            outermost.carried = self._carried(at, outermost.mark) or ""
            if outermost.carried:
                while len(self.stack) > 1:
                    self._give_up(self.stack.pop(), end)
                return
        while self.stack:
            self._give_up(self.stack.pop(), end)

    def _carried(self, at: int, mark: QuotationMark) -> str | None:
        """By which habit an open quote goes on after this paragraph; None if it does not."""
        following = range(at + 1, min(at + 1 + _LOOK_AHEAD, len(self.marks)))
        for later in following:
            first = self.marks[later][0] if self.marks[later] else None
            if first is None:
                continue
            if later == at + 1 and first.mark == mark.mark and self._opens_paragraph(later, first):
                return _CONTINUED
            closes = first.closes and not first.opens and first.mark in CLOSED_BY[mark.mark]
            return (
                _SPANNING
                if (closes and first.mark != mark.mark) or (closes and mark.mark == '"')
                else None
            )
        return None

    def _opens_paragraph(self, at: int, mark: QuotationMark) -> bool:
        before = self.text[self.paragraphs[at].start : mark.start]
        return mark.opens and len(before) <= 4 and not any(c.isalnum() for c in before)  # noqa: PLR2004

    def _give_up(self, opened: _Open, end: int) -> None:
        """Keep what was never closed, up to where it can reach."""
        cut = opened.cut
        stop = end if cut is None else min(cut, end)
        self._keep(opened, stop, stop, why=_UNCLOSED if cut is None else _CUT, closed=False)

    def _keep(
        self, opened: _Open, inner: int, outer: int, *, why: str, closed: bool = True
    ) -> None:
        made = passage(
            self.text,
            Stretch(opened.mark.start, outer),
            Stretch(opened.mark.end, inner),
            why=why,
            closed=closed,
        )
        if made is not None:
            self.passages.append(made)


def _levels(found: list[Passage], marks: list[list[QuotationMark]]) -> dict[int, int]:
    """For each single mark, by its place: the start of the innermost double passage around it."""
    order = sorted(found, key=lambda p: (p.outer.start, -p.outer.end))
    around: list[Passage] = []
    levels: dict[int, int] = {}
    next_ = 0
    for mark in (m for row in marks for m in row if m.single):
        while next_ < len(order) and order[next_].outer.start < mark.start:
            around.append(order[next_])
            next_ += 1
        while around and around[-1].outer.end <= mark.start:
            around.pop()
        levels[mark.start] = around[-1].outer.start if around else -1
    return levels


def _singles(
    text: str,
    paragraph: Stretch,
    marks: list[QuotationMark],
    levels: dict[int, int],
    lexicon: Lexicon | None,
) -> list[Passage]:
    """The passages between single marks in one paragraph."""
    found: list[Passage] = []
    openers = [
        at
        for at, m in enumerate(marks)
        if m.opens and m.mark in CLOSED_BY and not _shortens(text, m, lexicon)
    ]
    free = paragraph.start
    for number, at in enumerate(openers):
        opened = marks[at]
        if opened.start < free:
            continue
        until = openers[number + 1] if number + 1 < len(openers) else len(marks)
        closing = _closer(text, opened, marks[at + 1 : until], levels)
        if closing is None:
            continue
        made = passage(
            text,
            Stretch(opened.start, closing.end),
            Stretch(opened.end, closing.start),
            why=_CLOSED,
        )
        if made is not None:
            found.append(made)
            free = closing.end
    return found


def _closer(
    text: str, opened: QuotationMark, later: list[QuotationMark], levels: dict[int, int]
) -> QuotationMark | None:
    """The mark that closes a single one: none that a plural possessive explains, if it can be."""
    possessive: QuotationMark | None = None
    for mark in later:
        if not mark.closes or mark.mark not in CLOSED_BY[opened.mark]:
            continue
        if levels[mark.start] != levels[opened.start]:
            continue
        before, after = text[mark.start - 1], text[mark.end : mark.end + 1]
        if before in "sS" and after.isspace():
            possessive = possessive or mark
            continue
        return mark
    return possessive


def _shortens(text: str, mark: QuotationMark, lexicon: Lexicon | None) -> bool:
    """Whether it stands for letters left out, as in `'90s` and `'em`."""
    if mark.mark == "‘" and mark.opens and text[mark.end : mark.end + 1].isupper():
        return False
    word = text[mark.end : mark.end + 12].split(" ", 1)[0].strip("’'.,;:!?…")
    digits = word[:2].isdigit() and word[2:] in {"", "s"}
    return digits or (lexicon is not None and lexicon.lists(word, "elisions"))
