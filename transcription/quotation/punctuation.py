"""
Quotation marks as characters: which can open, which can close, and what is none of them.

What a character does follows from what stands beside it (Unicode Standard, 6.2, "Quotation
marks": the same character opens in one language and closes in another). An apostrophe between
letters, a measure in inches, a shortened word (`'90s`), a letter of Ukrainian typed as `об"єкт`
and a Hebrew abbreviation are no marks.
"""

import re
from dataclasses import dataclass

DOUBLE = '“”„‟«»"″＂「」『』‹›〝〞'
SINGLE = "‘’‚‛'"
CLOSED_BY = {
    "“": '”"″',
    "„": '“”‟"',
    "‟": "”",
    "«": "»",
    "»": "«»",
    "”": "”",
    '"': '"”″',
    "″": '″"',
    "＂": "＂",
    "「": "」",
    "『": "』",
    "‹": "›",
    "›": "‹",
    "〝": "〞",
    "``": "''",
    "''": "''",
    ",,": "''“”\"",
    "‘": "’'",
    "‚": "‘’",
    "‛": "’",
    "'": "'’",
}
"""By which marks one is closed; the first is the usual one."""

_MARK = re.compile(rf"``|''|,,|[{DOUBLE}{SINGLE}]")
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_OPENERS = frozenset("([{<“„«‹‘‚「『\"'—–-/|>…¿¡*_")
_CLOSERS = frozenset(")]}>.,;:!?…”»›’」』\"'—–-/|“*_،؛؟。、")
_STARTS = frozenset("[({“„«‹‘\"'…¿¡$€£#@—–-")


@dataclass(frozen=True, slots=True)
class QuotationMark:
    """A quotation mark in the text, and what it can do where it stands."""

    mark: str
    start: int
    opens: bool
    closes: bool
    between_letters: bool

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.mark)

    @property
    def single(self) -> bool:
        """Whether it is a single mark, which an apostrophe looks like."""
        return self.mark in SINGLE


def quotation_marks(text: str, start: int, end: int) -> list[QuotationMark]:
    """Every character between two places that could be a quotation mark, in order."""
    return [_sign(text, found) for found in _MARK.finditer(text, start, end)]


def _sign(text: str, found: re.Match[str]) -> QuotationMark:
    mark = found[0]
    left, right = _beside(text, found.start() - 1, -1), _beside(text, found.end(), 1)
    after_gap = not left or left.isspace() or left in _OPENERS
    before_gap = not right or right.isspace() or right in _CLOSERS
    starts = bool(right) and (right.isalnum() or right in _STARTS or not before_gap)
    between = left.isalnum() and right.isalnum()
    if mark == ",,":
        return QuotationMark(
            mark, found.start(), after_gap and starts, closes=False, between_letters=between
        )
    if mark in "«»" and (not right or right.isspace()) and (not left or left.isspace()):
        # French spacing: « text »
        return QuotationMark(mark, found.start(), mark == "«", mark == "»", between_letters=False)
    return QuotationMark(
        mark,
        found.start(),
        opens=after_gap and starts,
        closes=bool(left) and not left.isspace() and (before_gap or not after_gap),
        between_letters=between and not _is_measure(mark, left),
    )


def is_letter_of_a_word(text: str, sign: QuotationMark) -> bool:
    """Whether a straight double mark stands for an apostrophe (Ukrainian) or gershayim (Hebrew)."""
    if sign.mark not in '"″' or not sign.between_letters:
        return False
    left, right = text[sign.start - 1], text[sign.end]
    return right in "єїюяЄЇЮЯ" or ("\u0590" <= left <= "\u05ff" and "\u0590" <= right <= "\u05ff")


def is_measure(text: str, sign: QuotationMark) -> bool:
    """Whether it follows a digit as inches or seconds do: `5"`; one that opens nothing."""
    return sign.start > 0 and not sign.opens and _is_measure(sign.mark, text[sign.start - 1])


def _is_measure(mark: str, left: str) -> bool:
    return mark in "\"″'’" and left.isdigit()


def _beside(text: str, at: int, step: int) -> str:
    """The next visible character in a direction; empty at the edge of the text."""
    while 0 <= at < len(text) and text[at] in _INVISIBLE:
        at += step
    return text[at] if 0 <= at < len(text) else ""
