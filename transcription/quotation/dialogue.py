"""
Dialogue that is set out line by line, without quotation marks.

Two habits: a line that begins with a dash, as Russian and Ukrainian print speech; and a line that
begins with who speaks and a colon, as exchanges are printed everywhere. Both look like
lists. So a run of dashed lines is speech only where an author's words stand between dashes (`— Да,
— сказал он.`), where one of them asks, or where the line before announces something said; and
a speaker's name counts only beside another such line.
"""

import re
from collections.abc import Callable, Iterator

from transcription.quotation.layout import trimmed
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.passage import Passage, passage
from transcription.quotation.proposal import Stretch, Way

_DASHED = re.compile(r"[—–―]\s*(?=[\w“«\"„…¿¡\[])|-\s+(?=[\w“«\"„…\[])")
_NAMED = re.compile(
    r"(?P<who>[^\W\d_][\w.№#'’-]*(?: [\w.№#'’-]+){0,3})\s*(?:\([^()]{0,40}\))?:\s+(?=[\w\[…])"
)
_VERBS = ("speech", "command", "reply", "question", "writing")
_SPEAKERS = ("participants", "voices", "officials", "pronouns_other")
_ANNOUNCING = (*_VERBS, "utterances", "recordings", "exchanges")
_BETWEEN_DASHES = re.compile(r"[,.!?…]\s*[—–-]\s+")
_BACK_TO_SPEECH = re.compile(r"[.,]\s*[—–-]\s+")
_DASH_WHY = "a line of dialogue, begun with a dash"
_EXCHANGE_WHY = "a line of a printed exchange, with the speaker before a colon"
_NEAR = 60
"""How many characters of an author's words must hold the verb."""


def dialogue(text: str, paragraphs: list[Stretch], lexicon: Lexicon) -> list[Passage]:
    """The speech of every line that is one."""
    found: list[Passage] = []
    for run, start in _runs(text, paragraphs, _DASHED.match):
        if _is_speech(text, paragraphs, run, start, lexicon):
            for line in run:
                opening = _DASHED.match(text, line.start, line.end)
                if opening:
                    found += _parts(text, Stretch(opening.end(), line.end), lexicon)
    for run, _ in _runs(text, paragraphs, _NAMED.match):
        named = [_NAMED.match(text, line.start, line.end) for line in run]
        who = [match["who"] for match in named if match]
        if len(run) < 2 or not all(_is_speaker(name, lexicon) for name in who):  # noqa: PLR2004
            continue
        for line, match in zip(run, named, strict=True):
            if match:
                found += _made(text, [Stretch(match.end(), line.end)], _EXCHANGE_WHY)
    return found


def _runs(
    text: str,
    paragraphs: list[Stretch],
    opening: Callable[[str, int, int], re.Match[str] | None],
) -> Iterator[tuple[list[Stretch], int]]:
    """Paragraphs in a row that open alike, with the number of the first."""
    run: list[Stretch] = []
    for number, place in enumerate(paragraphs):
        if opening(text, place.start, place.end):
            run.append(place)
        elif run:
            yield run, number - len(run)
            run = []
    if run:
        yield run, len(paragraphs) - len(run)


def _is_speech(
    text: str, paragraphs: list[Stretch], run: list[Stretch], start: int, lexicon: Lexicon
) -> bool:
    """Whether lines that begin with a dash are no list."""
    before = paragraphs[start - 1].of(text)[-200:] if start else ""
    if before.endswith(":") and lexicon.mentions(before, *_ANNOUNCING):
        return True
    asks = len(run) > 1 and any(text[line.end - 1] == "?" for line in run)
    return asks or any(_author(text, line.start, line.end, lexicon) for line in run)


def _is_speaker(name: str, lexicon: Lexicon) -> bool:
    return bool(lexicon.mentions(name, *_SPEAKERS)) and not lexicon.mentions(name, *_VERBS)


def _parts(text: str, line: Stretch, lexicon: Lexicon) -> list[Passage]:
    """A line of dialogue without what the author puts between its dashes."""
    author = _author(text, line.start, line.end, lexicon)
    if author is None:
        return _made(text, [line], _DASH_WHY)
    parts = [Stretch(line.start, author.start), Stretch(author.end, line.end)]
    return _made(text, [part for part in parts if part.start < part.end], _DASH_WHY)


def _author(text: str, start: int, end: int, lexicon: Lexicon) -> Stretch | None:
    """`, — сказал он. —`: the author's words within a line of dialogue."""
    for found in _BETWEEN_DASHES.finditer(text, start, end):
        at = found.end()
        back = _BACK_TO_SPEECH.search(text, at, end)
        until = back.start() if back else end
        if lexicon.mentions(text[at : min(until, at + _NEAR)], *_VERBS):
            return Stretch(found.start() + 1, back.end() if back else end)
    return None


def _made(text: str, parts: list[Stretch], why: str) -> list[Passage]:
    tidy = [trimmed(text, part.start, part.end) for part in parts]
    made = [passage(text, part, part, why=why, way=Way.DIALOGUE) for part in tidy if part]
    return [each for each in made if each is not None]
