"""
Which words of a sentence a cue attributes.

With a clause or a quote after it, what follows; closing a sentence after a comma, what stands
before; between commas, both. Words end where the sentence turns to what somebody else says.
"""

import re

from app.reports.attribution.adverbials import past_adverbs
from app.reports.attribution.cues import Cue
from app.reports.attribution.phrases import Phrases
from app.reports.attribution.values import Form
from transcription.quotation.layout import trimmed
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch

_TRIM = " \t\u00a0,;:—–-"
_LEAD = r"(?:\s*,?\s*(?:@leading+time_words+citings@)(?!\w)[^.;:!?“\"«\ue000]{0,90}?)??[\s,]*"
"""What may stand between a verb and what it announces: when, where, on whose word."""
_TOLD = r"(?:\s[^.,;:!?“\"«\ue000]{1,60}?)??" + _LEAD
_CLOSED = re.compile(r"\s*(?:[.!?…]+[\"'”’»)]*\s*\Z|\Z)")
_COMMA = re.compile(r"[,!?…\ue000”\"»—–]\s*[\"'”’»]*\s*[—–-]?\s*\Z")
_QUOTED = re.compile(r"[\"“«„]\ue000+,[\"”»“]")
_SHORT = 16
"""Most words between a verb and the clause that it announces."""


def worded(
    phrases: Phrases, sentence: Stretch, zone: Stretch, cue: Cue, limit: int
) -> tuple[Stretch, ...]:
    """
    The words that a cue attributes; none where it attributes nothing.

    `zone` is the cue with its sayer, `limit` where the next cue that goes on for itself begins.
    """
    frame, form = phrases.frame, cue.form
    start = _clause_start(frame, sentence, zone, phrases.lexicon)
    rest = frame[zone.end : limit]
    manner = phrases.lexicon.matcher(r"\s+(?:@adverbs@|\w+ly)(?=\s)").match(rest)
    after = (zone.end + manner.end() if manner else zone.end, limit)
    named = form in {Form.SOURCE, Form.AGENT}
    told = phrases.lexicon.lists(cue.place.of(frame), "told")
    announced = None if named else _announced(rest, phrases.lexicon, told=told)
    if announced is not None:
        quote = _QUOTED.match(frame, zone.end + announced, limit)
        return _kept(frame, (zone.end + announced, quote.end() if quote else limit))
    if form is Form.IMPERSONAL:
        said = phrases.lexicon.lists(cue.place.of(frame).split()[-1], "that")
        return _kept(frame, after) if said else _kept(frame, (start, zone.start), after)
    if (cue.participle and not cue.spoken) or phrases.only_leads(start, zone.start):
        return _kept(frame, after)
    if not (named or _closes(frame[start : zone.start], rest)):
        return _kept(frame, after)
    goes_on = rest.lstrip().startswith((",", "—", "–")) and not _CLOSED.match(rest.lstrip(" ,"))
    if phrases.lexicon.matcher(r"\s*,\s*@relatives@(?!\w)").match(rest):
        goes_on = False
    end = zone.start if form is not Form.AGENT else _before_passive(phrases, start, zone.start)
    return _kept(frame, (start, end), after if goes_on else (0, 0))


def _before_passive(phrases: Phrases, start: int, end: int) -> int:
    """Where what "was first" reported ends."""
    end = past_adverbs(phrases.frame, start, end, phrases.lexicon)
    passive = phrases.lexicon.matcher(r"\s@passives@\s*\Z").search(phrases.frame[start:end])
    return start + passive.start() if passive else end


def _closes(head: str, rest: str) -> bool:
    """Whether a verb closes the words before it: after a comma or a quote, with little to come."""
    if _COMMA.search(head) is None:
        return False
    return bool(_CLOSED.match(rest) or rest.lstrip()[:1] in {",", "."}) or not _says_more(rest)


def _announced(rest: str, lexicon: Lexicon, *, told: bool) -> int | None:
    """Where the clause or quote that a verb announces begins, counted from its end."""
    lead = _TOLD if told else _LEAD
    clause = lexicon.matcher(rf"{lead}(?<!\w)(?P<that>@that@)(?!\w)").match(rest)
    if clause is not None and len(rest[: clause.end()].split()) <= _SHORT:
        return clause.end()
    quote = lexicon.matcher(rf"{lead}[:,]?\s*(?=[\"“«„\ue000])").match(rest)
    if quote is not None and len(rest[: quote.end()].split()) <= _SHORT:
        return quote.end()
    colon = re.match(r"[^.;:!?\ue000]{0,80}:\s*", rest)
    return colon.end() if colon else None


def _clause_start(frame: str, sentence: Stretch, zone: Stretch, lexicon: Lexicon) -> int:
    """Where a clause begins whose words could stand before the cue."""
    start = sentence.start
    for opening in lexicon.data["clause_starts"]:
        at = frame.rfind(opening, start, zone.start)
        if at >= 0 and opening.startswith((";", ", but", ", а ", ", але ", ", но ")):
            start = max(start, at + len(opening))
    return start


def _says_more(rest: str) -> bool:
    """Whether more than a time or place follows a closing verb."""
    return len(rest.split()) > 2 * _SHORT


def _kept(frame: str, *places: tuple[int, int]) -> tuple[Stretch, ...]:
    """The stretches that hold words, without the punctuation and spaces at their ends."""
    found = []
    for start, end in places:
        kept = trimmed(frame, start, end) if start < end else None
        while kept is not None and frame[kept.start] in _TRIM:
            kept = trimmed(frame, kept.start + 1, kept.end)
        while kept is not None and frame[kept.end - 1] in _TRIM + ".":
            kept = trimmed(frame, kept.start, kept.end - 1)
        if kept is not None and any(c.isalnum() or c == "\ue000" for c in kept.of(frame)):
            found.append(kept)
    return tuple(found)
