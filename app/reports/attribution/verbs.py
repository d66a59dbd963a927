"""Whose a verb of saying is: a subject before it, after it, or that of the verb it is joined to."""

from dataclasses import replace

from app.reports.attribution.cues import Cue
from app.reports.attribution.found import Found
from app.reports.attribution.phrases import Phrases
from app.reports.attribution.values import Form
from transcription.quotation.layout import MASK
from transcription.quotation.proposal import Stretch

_AFTER_QUOTE = " \t\u00a0,—–-\"”'’»"


def of_verb(
    phrases: Phrases, cue: Cue, since: int, sentence: Stretch, earlier: Found | None
) -> Found | None:
    """The subject of a verb: before it, after it, or that of the verb it is joined to."""
    if cue.quoting is not None:
        return _quoted(phrases, cue, cue.quoting, since)
    until = cue.place.start
    citing = earlier is not None and earlier.cue.citing
    if citing and earlier and not phrases.frame[earlier.zone.end : until].strip(" ,\u00a0"):
        since, until = sentence.start, earlier.zone.start  # CNN, citing officials, said
    if not cue.participle or cue.spoken:
        own = _own(phrases, cue, Stretch(since, until), sentence, earlier)
        if own is not None:
            return own
    joined = cue.participle or _is_joined(phrases, since, cue.place.start)
    if joined and earlier is not None and earlier.sayers and earlier.cue.form is Form.VERB:
        return Found(cue, earlier.sayers, cue.place)
    return None


def _own(
    phrases: Phrases, cue: Cue, ahead: Stretch, sentence: Stretch, earlier: Found | None
) -> Found | None:
    """A verb with a subject of its own; `ahead` is the sentence from the cue before it."""
    told = ahead.of(phrases.frame)
    start = _region(phrases, ahead.start, ahead.end)
    quoted = told.rstrip(_AFTER_QUOTE).endswith((MASK, "!", "?", "…"))
    if _follows(phrases, cue, Stretch(start, ahead.end), quoted=quoted):
        found = _inverted(phrases, cue, sentence, quoted=quoted)
        if found is not None:
            return found
    sayers = phrases.before(start, ahead.end)
    if sayers:
        return Found(cue, tuple(sayers), Stretch(sayers[0].place.start, cue.place.end))
    if _is_relative(phrases, ahead.start, ahead.end) and earlier is not None and earlier.sayers:
        return Found(cue, earlier.sayers, cue.place)
    if phrases.lexicon.verb_first or told.rstrip().endswith(","):
        return _inverted(phrases, cue, sentence, quoted=False)
    return None


def _inverted(phrases: Phrases, cue: Cue, sentence: Stretch, *, quoted: bool) -> Found | None:
    """A verb whose subject stands after it, with what describes that: said X, a nurse."""
    anybody = quoted and phrases.lexicon.verb_first
    sayers = phrases.after(cue.place.end, sentence.end, verb_first=True, anybody=anybody)
    if not sayers:
        return None
    last = sayers[-1].place.end
    end = phrases.described_after(last, sentence.end) or last
    if end > last:
        told = trimmed(phrases.frame, Stretch(last, end))
        sayers[-1] = replace(sayers[-1], description=told)
    return Found(cue, tuple(sayers), Stretch(cue.place.start, end))


def _is_relative(phrases: Phrases, since: int, until: int) -> bool:
    """Whether nothing but "who" stands before a verb: whoever was named last says this too."""
    return phrases.lexicon.lists(phrases.frame[since:until].strip(" ,\u00a0"), "relatives")


def _quoted(phrases: Phrases, cue: Cue, quoting: Stretch, since: int) -> Found | None:
    """Officials say it, and the paper that "cited officials as saying" passes it on."""
    sayers = phrases.within(quoting.end, cue.place.start)
    through = phrases.before(_region(phrases, since, quoting.start), quoting.start)
    if not sayers:
        return None
    start = through[0].place.start if through else quoting.start
    return Found(cue, tuple(sayers), Stretch(start, cue.place.end), through=tuple(through))


def _follows(phrases: Phrases, cue: Cue, clause: Stretch, *, quoted: bool) -> bool:
    """Whether the subject is to be looked for after its verb first."""
    told = clause.of(phrases.frame)
    if not phrases.lexicon.verb_first:
        return quoted and not told.strip(_AFTER_QUOTE)
    closed = not told.strip(" \t\u00a0") or told.rstrip()[-1:] in ',—–-"”»('
    described = phrases.is_described(clause.start, cue.place.start)
    return quoted or (closed and not described)


def _region(phrases: Phrases, since: int, verb: int) -> int:
    """Where the clause of a verb begins: past an earlier quote, "that", or a turn of the sentence."""
    frame, start = phrases.frame, since
    quoted = frame.rfind(MASK, start, verb)
    if quoted >= 0:
        start = quoted + 1
        while start < verb and not (frame[start].isalnum() or frame[start].isspace()):
            start += 1
    that = phrases.lexicon.matcher(r"\s*,?\s*@that@(?!\w)").match(frame, start, verb)
    if that:
        start = that.end()
    for opening in phrases.lexicon.data["clause_starts"]:
        at = frame.rfind(opening, start, verb)
        if at >= 0 and opening != ", and ":
            start = at + len(opening)
    return start


def _is_joined(phrases: Phrases, since: int, verb: int) -> bool:
    between = phrases.frame[since:verb].strip(' ,\u00a0"”»')
    last = between.split()[-1] if between.split() else ""
    return phrases.lexicon.lists(last, "conjunctions", "and") or not between


def trimmed(frame: str, place: Stretch) -> Stretch:
    """A stretch without the spaces and commas at its ends."""
    words = place.of(frame)
    kept = words.strip(" ,\u00a0")
    start = place.start + words.index(kept)
    return Stretch(start, start + len(kept))
