"""Which question a predicate answers, by the words around it."""

from app.assessments.lexicon import Lexicon
from app.assessments.models import Question, Stance
from app.assessments.predicates import Level, Predicate

# The first list that has a word beside the predicate decides; the order is from narrow to wide.
_BESIDE = (
    (Question.SPEAKER, "speaker"),
    (Question.TIME_PLACE, "timeplace"),
    (Question.TRANSCRIPT_ACCURACY, "transcript"),
    (Question.CLAIMED_SOURCE, "source"),
)


def questions(
    text: str, clause: tuple[int, int], predicate: Predicate, until: int, lexicon: Lexicon
) -> list[tuple[Question, str]]:
    """
    The questions that a predicate answers, each with the words that decide it.

    What stands after the predicate, up to `until`, says what was checked or agrees with something;
    for a passive it stands before, in the clause.
    """
    own = text[predicate.start : predicate.end]
    after = text[predicate.end : until]
    near = f"{text[clause[0] : predicate.start]} {after}"
    found = _of_link(predicate, own, after, lexicon) or _of_making(predicate, own, lexicon)
    if found is not None:
        return [found]
    for question, name in _BESIDE:
        if beside := lexicon.mentions(near, name):
            return [(question, f"beside “{beside}”")]
    named = lexicon.mentions(f"{own} {near}", "authenticity")
    if predicate.declined and named:
        # Who does not vouch for what somebody else handed out leaves both open.
        why = f"“{named}” of what somebody else gave out"
        return [(Question.INTEGRITY, why), (Question.CLAIMED_SOURCE, why)]
    return [(Question.INTEGRITY, f"for “{named or own}”")]


def _of_link(
    predicate: Predicate, own: str, after: str, lexicon: Lexicon
) -> tuple[Question, str] | None:
    """What agrees with, or is checked for belonging to, something else than the recording."""
    if predicate.kind not in {"consistent", "verify"}:
        return None
    if linked := lexicon.mentions(after, "links"):
        return Question.LINK_TO_EVENT, f"beside “{linked}”"
    if predicate.kind == "consistent" and (linked := lexicon.mentions(own, "links")):
        return Question.LINK_TO_EVENT, f"for “{linked}”"
    return None


def _of_making(predicate: Predicate, own: str, lexicon: Lexicon) -> tuple[Question, str] | None:
    """How it is said to be made, or not: cut together, made by a machine, changed."""
    if continuous := lexicon.mentions(own, "continuity"):
        return Question.CONTINUITY, f"for “{continuous}”"
    if predicate.kind not in {"fake", "signs", "exclude"}:
        return None
    if made := lexicon.mentions(own, "origin"):
        return Question.SYNTHETIC_ORIGIN, f"for “{made}”"
    return Question.INTEGRITY, f"for “{own}”"


def stance(predicate: Predicate) -> Stance:
    """What is answered, as the level of the words has it."""
    if predicate.level is Level.NOT_ESTABLISHED:
        return Stance.DECLINED_TO_ASSESS if predicate.declined else Stance.CANNOT_DETERMINE
    return Stance.SUPPORTS if predicate.level > 0 else Stance.WEIGHS_AGAINST
