"""
Quoted passages that no quotation mark shows: block quotes, dialogue, captions, words after a colon.

* Lines that begin with `>`, as mail and Markdown quote.
* Lines of dialogue and of printed exchanges (`dialogue`).
* A paragraph set apart: among paragraphs that end with a full stop it alone does not, and it is
  too long for a heading. Sites that drop the frame of a pulled quote leave this behind.
* The caption that a text begins with.
* What an order or message is said to be, after a colon.
"""

import re

from transcription.quotation.dialogue import dialogue
from transcription.quotation.layout import trimmed
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.passage import Passage, passage
from transcription.quotation.proposal import QuoteForm, Stretch, Way

_LINE = re.compile(r"[^\n\r]+")
_MARKED_LINE = re.compile(r"[ \t]{0,3}>+[ \t]?(?P<words>.*\S)")
_FULL_STOP = re.compile(r"[.!?…:;,][\"'”’»“)\]]*\Z|[\"”»]\Z")
_BULLET = re.compile(r"[-–—•*·●▪]\s|\(?\d{1,3}[.)]\s")
_LABEL = 60
"""How many characters of a caption say that it is one."""
_LONG_HEADING = 12
_LONGEST_ORDER = 240
_BLOCK = "set apart as a block, line by line"
_APART = "a paragraph set apart: it ends without a full stop, among paragraphs that end with one"
_CAPTION = "the caption of a picture, at the beginning of the text"
_PICTURED = "a line that ends without a full stop and speaks of a picture at its beginning"
_COLON = "follows a colon that announces an order or a message; the words bear no marks"


def unmarked(
    text: str, paragraphs: list[Stretch], marked: list[Passage], lexicon: Lexicon | None
) -> list[Passage]:
    """The passages that stand without quotation marks, given those that have them."""
    covered = _Covered(marked)
    found = _blocks(text)
    if lexicon is None:
        return [each for each in found if covered.is_free(each.place)]
    captions = _captions(text, paragraphs, lexicon)
    found += captions
    found += dialogue(text, paragraphs, lexicon)
    apart = _apart(text, paragraphs, {each.place.start for each in captions}, lexicon)
    found += [each for each in apart if not covered.begins(each.place)]
    found += _orders(text, paragraphs, covered, lexicon)
    return [each for each in found if not covered.fills(each.place)]


class _Covered:
    """Where passages with marks stand."""

    def __init__(self, marked: list[Passage]) -> None:
        self.places = sorted((each.outer.start, each.outer.end) for each in marked)
        self.starts = {start for start, _ in self.places}
        self.filled = set(self.places)

    def is_free(self, place: Stretch) -> bool:
        """Whether no passage is exactly this."""
        return not self.fills(place)

    def begins(self, place: Stretch) -> bool:
        """Whether a passage with marks begins where this does."""
        return place.start in self.starts

    def fills(self, place: Stretch) -> bool:
        """Whether a passage with marks is the whole of it."""
        return (place.start, place.end) in self.filled


def _blocks(text: str) -> list[Passage]:
    """Runs of lines that begin with `>`."""
    runs: list[list[Stretch]] = []
    last = -2
    for number, line in enumerate(_LINE.finditer(text)):
        quoted = _MARKED_LINE.fullmatch(text, line.start(), line.end())
        if quoted is None:
            continue
        words = Stretch(*quoted.span("words"))
        if number == last + 1:
            runs[-1].append(words)
        else:
            runs.append([words])
        last = number
    made = (_made(text, Stretch(run[0].start, run[-1].end), _BLOCK, Way.BLOCK) for run in runs)
    return [each for each in made if each is not None]


def _apart(
    text: str, paragraphs: list[Stretch], captions: set[int], lexicon: Lexicon
) -> list[Passage]:
    """Paragraphs that alone end without a full stop."""
    body = paragraphs[1:]
    ended = [bool(_FULL_STOP.search(text, max(p.start, p.end - 8), p.end)) for p in body]
    if 2 * sum(ended) <= len(body):
        return []
    found = []
    for number, (place, full) in enumerate(zip(body, ended, strict=True)):
        words = place.of(text)
        if full or place.start in captions or _BULLET.match(words) or not words[-1].isalnum():
            continue
        if lexicon.mentions(words[:_LABEL], "captions"):
            found.append(_made(text, place, _PICTURED, Way.UNMARKED, QuoteForm.CAPTION))
            continue
        if number == 0 or "://" in words:
            continue
        several = re.search(r"[.!?…]\s+\w", words) is not None
        if several or len(words.split()) >= _LONG_HEADING:
            found.append(_made(text, place, _APART, Way.BLOCK))
    return [each for each in found if each is not None]


def _captions(text: str, paragraphs: list[Stretch], lexicon: Lexicon) -> list[Passage]:
    """The first paragraph, if it says that it stands under a picture."""
    if len(paragraphs) < 2:  # noqa: PLR2004
        return []
    first = paragraphs[0]
    opening = lexicon.pattern("captions").match(text, first.start)
    if opening is None or first.end - first.start > _LONGEST_ORDER:
        return []
    made = _made(text, first, _CAPTION, Way.UNMARKED, QuoteForm.CAPTION)
    return [made] if made else []


def _orders(
    text: str, paragraphs: list[Stretch], covered: _Covered, lexicon: Lexicon
) -> list[Passage]:
    """Words after a colon that an order or a message is said to be, in paragraphs without marks."""
    found = []
    starts = sorted(covered.starts)
    for place in paragraphs:
        if _is_heading(text, place) or any(
            place.start <= start < place.end for start in _within(starts, place)
        ):
            continue
        for colon in re.finditer(r":\s+(?=[^\W\d_])", place.of(text)):
            at = place.start + colon.end()
            first = max(place.start, at - _LONGEST_ORDER)
            until = place.start + colon.start()
            clause = re.split(r"[.!?…\n]", text[first:until])[-1]
            if not lexicon.mentions(clause, "utterances"):
                continue
            rest = text[at : min(place.end, at + _LONGEST_ORDER + 1)]
            stop = re.search(r"[.!?…](?=\s|\Z)", rest)
            end = at + (stop.start() if stop else len(rest))
            if end - at > _LONGEST_ORDER or ";" in rest[: end - at]:
                continue
            found.append(_made(text, Stretch(at, end), _COLON, Way.UNMARKED, QuoteForm.PARAPHRASE))
            break
    return [each for each in found if each is not None]


def _is_heading(text: str, place: Stretch) -> bool:
    """Whether a paragraph is short and ends without a full stop."""
    ended = _FULL_STOP.search(text, max(place.start, place.end - 8), place.end)
    return not ended and len(place.of(text).split()) < _LONG_HEADING


def _within(starts: list[int], place: Stretch) -> list[int]:
    from bisect import bisect_left

    return starts[bisect_left(starts, place.start) : bisect_left(starts, place.end)]


def _made(
    text: str, place: Stretch, why: str, way: Way, form: QuoteForm | None = None
) -> Passage | None:
    tidy = trimmed(text, place.start, place.end)
    if tidy is None:
        return None
    return passage(text, tidy, tidy, why=why, way=way, form=form)
