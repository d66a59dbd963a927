"""
One sentence read for who says what: sayers for its cues, and the stretch that each cue takes up.

Found here are the direct facts; nesting, pronouns and what "this" stands for need the text around and
come after (`reading`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.reports.attribution.cues import Cue, cues
from app.reports.attribution.found import Found
from app.reports.attribution.phrases import Phrases
from app.reports.attribution.values import Force, Form, Sayer, SayerKind
from app.reports.attribution.verbs import of_verb, trimmed
from app.reports.attribution.wording import worded
from transcription.quotation.proposal import Stretch

_PUBLISHED = {SayerKind.PUBLICATION, SayerKind.DOCUMENT}
_CLOSING = re.compile(r"[,;:)—]|\s–\s|[.!?…]+(?=\s|\Z)|\ue000|[\"“”«»]")
_CHANNEL = r"(?<!\w)(?:@channels@(?!\w)|@channel_verbs@(?:\s\w+){1,6}?\s@channel_joins@(?=\s+@outlets@(?!\w)))"
_FAR = 160
"""How far, in characters, a channel ("in an interview with CNN") may stand from its verb."""


def read(phrases: Phrases, sentence: Stretch) -> list[Found]:
    """What one sentence attributes, in order."""
    listed = cues(phrases, sentence)
    found = _with_sayers(phrases, sentence, listed)
    found = _with_citings(phrases.frame, found)
    placed = []
    for at, each in enumerate(found):
        limit = _limit(phrases, sentence, found, at)
        words = worded(phrases, sentence, each.zone, each.cue, limit)
        via = _channels(phrases, each, words, sentence)
        kept = _past_listener(phrases, words, via)
        placed.append(replace(each, words=kept, via=(*each.through, *via)))
    return placed


def _past_listener(
    phrases: Phrases, words: Sequence[Stretch], via: Sequence[Sayer]
) -> tuple[Stretch, ...]:
    """The words without the publication that they were told: "told AFP they had heard shots"."""
    for sayer in via:
        if words and sayer.place.start == words[0].start and sayer.place.end < words[0].end:
            rest = trimmed(phrases.frame, Stretch(sayer.place.end, words[0].end))
            return (rest, *words[1:])
    return tuple(words)


def _with_sayers(phrases: Phrases, sentence: Stretch, listed: Sequence[Cue]) -> list[Found]:
    found: list[Found] = []
    for at, cue in enumerate(listed):
        earlier = found[-1] if found else None
        since = earlier.zone.end if earlier else sentence.start
        until = listed[at + 1].place.start if at + 1 < len(listed) else sentence.end
        match cue.form:
            case Form.IMPERSONAL:
                found.append(Found(cue, (), cue.place))
            case Form.SOURCE | Form.AGENT:
                each = _after(phrases, cue, sentence, until)
                if each is not None:
                    found.append(each)
            case Form.NOUN:
                each = _of_noun(phrases, cue, since, until)
                if each is not None:
                    found.append(each)
            case Form.VERB:
                each = of_verb(phrases, cue, since, sentence, earlier)
                if each is not None:
                    found.append(each)
    return found


def _after(phrases: Phrases, cue: Cue, sentence: Stretch, until: int) -> Found | None:
    """Whoever is named after "according to", "citing", "reported by"."""
    sayers = phrases.after(cue.place.end, until)
    if not sayers:
        return None
    last = sayers[-1].place.end
    closing = _CLOSING.search(phrases.frame, last, until)
    end = closing.start() if closing else min(until, sentence.end)
    if cue.citing or phrases.frame[last:end].strip() == "":
        end = last if cue.citing else end
    start = cue.place.start
    led = phrases.lexicon.matcher(r"(?<!\w)@as@\s+\Z").search(
        phrases.frame, max(sentence.start, start - 8), start
    )
    more = None if cue.citing else phrases.described_after(end, sentence.end)
    more = more if more is not None and (more <= until or until <= end) else None
    end = more or end
    described = Stretch(last, end) if phrases.frame[last:end].strip() else None
    if described is not None and sayers[-1].description is None:
        sayers[-1] = replace(sayers[-1], description=trimmed(phrases.frame, described))
    force = cue.force
    if cue.form is Form.SOURCE and all(s.kind in _PUBLISHED for s in sayers):
        force = Force.REPORTED
    return Found(
        replace(cue, force=force), tuple(sayers), Stretch(led.start() if led else start, end)
    )


def _of_noun(phrases: Phrases, cue: Cue, since: int, until: int) -> Found | None:
    """Whose report it is: "CNN's report that", "claims by officials that"."""
    owned = re.search(r"['’]s?\s*\Z", phrases.frame[since : cue.place.start])
    if owned is not None:
        segment = phrases.frame.rfind(",", since, cue.place.start) + 1
        sayers = phrases.owner(max(since, segment), since + owned.start())
        return Found(cue, tuple(sayers), cue.place) if sayers else None
    by = phrases.lexicon.matcher(r"\s+@by@\s").match(phrases.frame, cue.place.end)
    sayers = phrases.after(by.end(), until) if by else []
    if not sayers:
        return None
    return Found(cue, tuple(sayers), Stretch(cue.place.start, sayers[-1].place.end))


def _with_citings(frame: str, found: Sequence[Found]) -> list[Found]:
    """Each "citing" given to the saying that it belongs to; one that belongs to none stays."""
    kept: list[Found] = []
    waiting: Found | None = None
    for each in found:
        if each.cue.citing:
            if kept and kept[-1].cue.form in {Form.VERB, Form.AGENT}:
                last = kept[-1]
                near = not frame[last.zone.end : each.zone.start].strip(" ,\u00a0")
                zone = Stretch(last.zone.start, each.zone.end) if near else last.zone
                kept[-1] = replace(last, cited=each.sayers, zone=zone)
                continue
            waiting = each
            continue
        if waiting is not None and each.cue.form is Form.VERB:
            each = replace(each, cited=waiting.sayers)  # noqa: PLW2901
            waiting = None
        elif waiting is not None:
            kept.append(waiting)
            waiting = None
        kept.append(each)
    return [*kept, waiting] if waiting is not None else kept


def _limit(phrases: Phrases, sentence: Stretch, found: Sequence[Found], at: int) -> int:
    """Where the words of one cue end at the latest: where the sentence turns to another."""
    frame, since = phrases.frame, found[at].zone.end
    turns = phrases.lexicon.data["turns"]
    for later in found[at + 1 :]:
        until = later.zone.start
        between = frame[since:until].rstrip()
        closing = not frame[later.zone.end : sentence.end].strip(' .\u00a0"”»')
        named = later.cue.form in {Form.SOURCE, Form.AGENT} and not later.cue.citing
        verb = later.cue.form is Form.VERB
        if closing and (named or (verb and between.endswith(","))):
            return until
        if later.cue.participle and between.endswith(","):
            return until
        if verb and between.endswith(tuple(turn.rstrip() for turn in turns)):
            turn = max(frame.rfind(each, since, until) for each in turns)
            return turn if turn >= 0 else until
    return sentence.end


def _channels(
    phrases: Phrases, each: Found, words: Sequence[Stretch], sentence: Stretch
) -> tuple[Sayer, ...]:
    """The publications through which the words came: told CNN, interviewed by the publication."""
    lexicon, frame = phrases.lexicon, phrases.frame
    told = [each.zone]
    if words and words[0].start >= each.zone.end:
        told.append(Stretch(each.zone.end, words[0].start))
    elif words:
        told.append(Stretch(each.zone.end, min(sentence.end, each.zone.end + _FAR)))
        if len(words) > 1:
            told[-1] = Stretch(each.zone.end, words[1].start)
    told += [s.description for s in each.sayers if s.description is not None]
    told.append(Stretch(sentence.start, min(each.zone.start, sentence.start + _FAR)))
    if words and words[0].start < each.zone.start:
        told.pop()
    found: dict[int, Sayer] = {}
    for stretch in told:
        for match in lexicon.matcher(_CHANNEL).finditer(frame, stretch.start, stretch.end):
            until = min(sentence.end, match.end() + _FAR)
            for at in (stretch.end, each.cue.place.start):
                until = min(until, at) if match.end() < at else until
            for sayer in phrases.after(match.end(), until):
                if sayer.kind is SayerKind.PUBLICATION:
                    found.setdefault(sayer.place.start, sayer)
                break
    own = {sayer.place for sayer in each.sayers}
    return tuple(sayer for sayer in found.values() if sayer.place not in own)
