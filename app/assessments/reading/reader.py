"""
Reading one text, sentence by sentence.

A sentence counts where it speaks of sound (or goes on about it with a pronoun) and something in it says how
the sound stands to what is claimed of it. Several answers in one sentence are several proposals:
"unable to authenticate the recording or confirm that it is related to the film" are two.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.assessments import lexicon as lexicons
from app.assessments import sentence as sentences
from app.assessments.lexicon import Lexicon
from app.assessments.models import Interest, Question, Stance, StatementKind
from app.assessments.predicates import Level, Predicate, clauses, predicates
from app.assessments.reading.assessors import Assessor, by_attribution, by_clause, is_party
from app.assessments.reading.proposal import Proposal, Reading
from app.assessments.reading.questions import questions, stance
from app.assessments.voices import Thing, things
from app.reports import attribution
from app.reports.attribution import Force
from transcription.language import UNDETERMINED, by_letters
from transcription.quotation.proposal import Stretch

METHOD = "assessment-reading"
VERSION = "1"
_EDGES = " \t\n\r\u00a0,;:.…—–-"
_CHECKED = {"verify", "unverified", "signs", "doubt", "exclude"}
"""What somebody does, who then stands as its subject: "the expert found no signs"."""
_BACK = 60
"""How many characters between a word of distance and the recording it keeps away."""


@lru_cache(maxsize=16)
def read(text: str, language: str, publications: Iterable[str] = ()) -> Reading:
    """
    What a text says people concluded about recordings.

    `language` is ISO 639-1; with `und` the letters decide. `publications` are names of
    publications, beside those that are known (a tuple, so that the reading can be kept).
    """
    spoken = by_letters(text) if language == UNDETERMINED else language
    lexicon = lexicons.load(spoken)
    if lexicon is None:
        return Reading(spoken, (), f"there are no rules for the language “{spoken}”")
    said = attribution.read(text, language=spoken, publications=publications)
    found: list[Proposal] = []
    reserved: set[Question] = set()
    before = ""
    for place in sentences.read(text, spoken):
        words = place.of(text)
        for each in (
            *_asserted(text, place, before, said, lexicon),
            *_denied(text, place, said, lexicon),
            *_at_a_distance(text, place, lexicon, reserved),
        ):
            if not any(_again(each, other) for other in found):
                found.append(each)
        before = words
    return Reading(spoken, tuple(sorted(found, key=lambda each: (each.start, each.end))))


def _asserted(
    text: str, place: Stretch, before: str, said: attribution.Reading, lexicon: Lexicon
) -> Iterator[Proposal]:
    words = place.of(text)
    heard = things(words, lexicon).get(Thing.AUDIO)
    if heard is None and not _goes_on(words, before, lexicon):
        return
    read_ = [_moved(each, place.start) for each in predicates(words, lexicon)]
    cut = [(place.start + a, place.start + b) for a, b in clauses(words, lexicon)]
    last: list[Assessor | None] = []
    for at, predicate in enumerate(read_):
        clause = next(c for c in cut if c[0] <= predicate.end - 1 < c[1])
        until = min([clause[1], *(e.start for e in read_[at + 1 :] if e.start >= predicate.end)])
        judges: list[Assessor | None] = []
        if predicate.kind in _CHECKED:
            judges += _checker(text, clause, predicate, lexicon)
        judges = judges or [*by_attribution(said, predicate.start, predicate.end, lexicon)]
        if not judges and at and _goes_with(text, read_[at - 1], predicate, clause, lexicon):
            judges = last
        last = judges
        end = _until(text, predicate.end, until, lexicon)
        for judge in judges or [None]:
            for question, why in questions(text, clause, predicate, until, lexicon):
                span = (predicate.start, end)
                yield _proposal(text, span, predicate, judge, (question, why), heard, lexicon)


def _checker(
    text: str, clause: tuple[int, int], predicate: Predicate, lexicon: Lexicon
) -> list[Assessor | None]:
    found = by_clause(text, clause, (predicate.start, predicate.end), lexicon)
    return [found] if found else []


def _goes_with(
    text: str, last: Predicate, predicate: Predicate, clause: tuple[int, int], lexicon: Lexicon
) -> bool:
    """Whether a predicate shares the subject of the one before: "unable to verify … or confirm"."""
    between = text[last.end : predicate.start]
    return last.start >= clause[0] and bool(lexicon.mentions(between, "carries", "joins"))


def _until(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where what belongs to a predicate ends, without an "or" that begins the next."""
    stripped = text[start:end].rstrip(_EDGES)
    joint = lexicon.matcher(r"\s@carries+joins@\Z").search(stripped)
    return start + len(stripped[: joint.start()] if joint else stripped)


def _proposal(
    text: str,
    span: tuple[int, int],
    predicate: Predicate,
    judge: Assessor | None,
    asked: tuple[Question, str],
    heard: str | None,
    lexicon: Lexicon,
) -> Proposal:
    question, why = asked
    start, end = min([span[0], *([judge.start] if judge else [])]), span[1]
    read_ = text[predicate.start : predicate.end]
    heard = things(text[start:end], lexicon).get(Thing.AUDIO, heard)
    return Proposal(
        start=start,
        end=end,
        exact=text[start:end],
        question=question,
        stance=stance(predicate),
        kind=judge.kind if judge else StatementKind.PUBLISHER_STATEMENT,
        level=predicate.level,
        assessor=judge.words if judge else None,
        interest=judge.interest if judge else Interest.UNKNOWN,
        material=heard,
        why={
            "question": why,
            "stance": f"“{read_}” {_MEANS[predicate.level]}",
            "assessor": f"“{judge.words}”" if judge else "nobody else is named: the report itself",
            "method": "not stated",
            "binding": f"“{heard}” and no digest" if heard else "nothing but a pronoun",
        },
    )


_MEANS = {
    Level.DENIED: "denies it flatly",
    Level.APPEARS_NOT: "speaks against it with a hedge",
    Level.DOUBTED: "raises a doubt",
    Level.NOT_ESTABLISHED: "leaves it open",
    Level.NOTHING_AGAINST: "found nothing against it",
    Level.AGREES: "says that it agrees with something",
    Level.APPEARS: "speaks for it with a hedge",
    Level.ASSERTED: "says it flatly",
}


def _denied(
    text: str, place: Stretch, said: attribution.Reading, lexicon: Lexicon
) -> Iterator[Proposal]:
    """A side that denies what the recordings are about, without a word on the recordings."""
    for each in said.attributions:
        if each.force is not Force.DENIED or not place.start <= each.cue.start < place.end:
            continue
        if predicates(each.place.of(text), lexicon):
            continue  # it denies something of a recording, which is read there
        for sayer in each.sayers:
            if not is_party(sayer.text, lexicon):
                continue
            start, end = min(sayer.place.start, each.cue.start), each.place.end
            yield Proposal(
                start=start,
                end=end,
                exact=text[start:end],
                question=Question.LINK_TO_EVENT,
                stance=Stance.WEIGHS_AGAINST,
                kind=StatementKind.PARTY_DENIAL,
                level=Level.DENIED,
                assessor=sayer.text,
                interest=Interest.PARTY,
                material=None,
                why={
                    "question": "what is denied is what the recordings are put beside",
                    "stance": f"“{each.cue.of(text)}”",
                    "assessor": f"“{sayer.text}”, a side of it",
                    "method": "not stated",
                    "binding": "no recording is named",
                },
            )


def _at_a_distance(
    text: str, place: Stretch, lexicon: Lexicon, reserved: set[Question]
) -> Iterator[Proposal]:
    """The first "purported" or "alleged" before a recording: the report does not vouch for it."""
    if Question.CLAIMED_SOURCE in reserved:
        return
    for match in lexicon.pattern("reserve").finditer(text, place.start, place.end):
        stretch = text[match.end() : min(match.end() + _BACK, place.end)]
        named = lexicon.pattern("audio").search(stretch)
        if named is None or any(mark in stretch[: named.start()] for mark in ",;:."):
            continue
        reserved.add(Question.CLAIMED_SOURCE)
        end = match.end() + named.end()
        yield Proposal(
            start=match.start(),
            end=end,
            exact=text[match.start() : end],
            question=Question.CLAIMED_SOURCE,
            stance=Stance.CANNOT_DETERMINE,
            kind=StatementKind.PUBLISHER_STATEMENT,
            level=Level.NOT_ESTABLISHED,
            assessor=None,
            interest=Interest.UNKNOWN,
            material=named[0],
            why={
                "question": f"“{match[0]}” keeps a distance to where it is said to come from",
                "stance": f"“{match[0]}” leaves it open",
                "assessor": "nobody else is named: the report itself",
                "method": "not stated",
                "binding": f"“{named[0]}” and no digest",
            },
        )
        return


def _goes_on(words: str, before: str, lexicon: Lexicon) -> bool:
    """Whether a sentence without a word for sound goes on about the one before."""
    return Thing.AUDIO in things(before, lexicon) and bool(lexicon.mentions(words, "pronouns"))


def _again(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals are one: "faked, edited or altered" answers its question once."""
    return (
        one.question is other.question
        and one.stance is other.stance
        and one.assessor == other.assessor
        and one.start < other.end
        and other.start < one.end
    )


def _moved(predicate: Predicate, by: int) -> Predicate:
    return Predicate(
        predicate.start + by,
        predicate.end + by,
        predicate.level,
        predicate.term,
        predicate.hedge,
        predicate.kind,
        predicate.declined,
    )
