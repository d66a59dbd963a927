"""When the incident, the recording or a report was, as the text dates it."""

from collections.abc import Iterable

from app.claims.predicates import Predicate
from app.claims.reading.page import HEARD, Page, Sentence, tidy
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.reading.tallies import is_statistic
from app.claims.temporal.finding import Mention
from transcription.quotation.proposal import Stretch

_BEFORE, _AFTER = 160, 40
_RELEASED = 24
"""How many characters behind words about a release its date may stand."""
_AT_BEGINNING = 8
"""How many characters of a sentence may stand before a date that begins it."""
_NEAR = 60
"""How many characters from a date a report or an outlet stands that it dates."""


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """The dates of a sentence that speaks of an event, a recording, or a report."""
    if is_statistic(page, sentence):
        return
    for mention in page.times(sentence):
        found = _dated(page, sentence, mention)
        if found is None:
            continue
        role, subject, why = found
        place = Stretch(mention.start, mention.end)
        yield Draft(
            place=place,
            predicate=Predicate.DATE,
            value=mention.value,
            role=role,
            subject=subject,
            modality=page.modality(place, adjectives=0),
            why=f"{why}; {mention.value.reason or ''}".rstrip("; "),
        )


def _dated(
    page: Page, sentence: Sentence, mention: Mention
) -> tuple[SubjectRole, str | None, str] | None:
    """What a date belongs to, and by which word."""
    start, end = mention.start - sentence.place.start, mention.end - sentence.place.start
    before = sentence.text[max(0, start - _BEFORE) : start]
    after = sentence.text[end : end + _AFTER]
    report = _report(page, after)
    if report is not None and start <= _AT_BEGINNING:
        return SubjectRole.REPORT, report, f"a date before “{report}”"
    if page.lexicon.matcher(r"(?<!\w)@release_verbs@(?:\s+\w+)?\s+\Z").search(before):
        return None
    if any(
        each.start() <= end and start <= each.end() + _RELEASED
        for each in page.wordings(sentence, "released")
    ):
        return None
    return _of_event(page, sentence, before, after)


def _of_event(
    page: Page, sentence: Sentence, before: str, after: str
) -> tuple[SubjectRole, str | None, str] | None:
    """What happened then: the event that a word right behind the date tells of, else the last one before."""
    spoken = page.lexicon.pattern("speech", "writing").search(before[-30:])
    heard = page.mentioned(sentence, *HEARD)
    events = [*page.lexicon.pattern("dated_incident").finditer(before)]
    event = page.lexicon.pattern("dated_incident").search(after) or next(iter(events[-1:]), None)
    if event is None:
        return _of_recording(page, before)
    if spoken is not None and event.start() < len(before) - _NEAR:
        return None
    if heard is None:
        return SubjectRole.INCIDENT, tidy(event[0]), f"dates “{event[0]}”"
    why = f"dates “{event[0]}”, of which “{heard[0]}” tells"
    return SubjectRole.RECORDING, tidy(heard[0]), why


def _of_recording(page: Page, before: str) -> tuple[SubjectRole, str | None, str] | None:
    """What was recorded or filmed then."""
    for role, name in (
        (SubjectRole.MATERIAL, "dated_material"),
        (SubjectRole.RECORDING, "dated_recording"),
    ):
        found = [*page.lexicon.pattern(name).finditer(before)]
        if found:
            return role, None, f"dates what was “{found[-1][0]}”"
    return None


def _report(page: Page, after: str) -> str | None:
    """The outlet or the document that is spoken of right behind a date."""
    found = page.lexicon.pattern("outlets", "documents").search(after)
    return tidy(found[0]) if found else None
