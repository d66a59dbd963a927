"""
Whether it is an order, a wish, a question or a fact: what is done, must be, may be, was.

"They could hit the school" is not "they hit the school", "burn the houses" is not "burned the
houses", and "you killed them?" is not "you killed them". Three things are compared: words that
make a reservation (`cues` of the lexicon) where the two sides differ, the forms of verbs that
are otherwise the same (`lexicon.verbs`), and question marks, as far as a transcript has them.
"""

from transcription.alignment.comparison import Operation, OperationKind
from transcription.alignment.lexicon.verbs import Agreement, Classes, agreement
from transcription.alignment.omissions import reserving, with_it
from transcription.alignment.passage import Aspect, Passage, aspect
from transcription.text import Boundary

_ONE_SIDED = {OperationKind.ADDED, OperationKind.OMITTED, OperationKind.SUBSTITUTED}
_FORMS = {OperationKind.INFLECTED, OperationKind.VARIANT}
_NEAR = 4
_ASKS = "?\u061f"
_SENTENCE = 12
_ASKING = {"did", "do", "does", "am", "is", "are", "was", "were", "have", "has", "had"}
_DETERMINERS = {"the", "a", "an", "my", "your", "his", "her", "our", "their", "these", "those"}
_SUBJECTS = {"i", "you", "he", "she", "it", "we", "they", "who", "that"}


def modality(passage: Passage) -> Aspect:
    """Whether what is said is as much of a fact, an order or a question on both sides."""
    differs: list[str] = []
    unsure: list[str] = []
    met = False
    for at, operation in enumerate(passage.operations):
        ours, theirs = _cues(passage, at)
        met = met or bool(ours | theirs)
        if ours and theirs:
            differs.append(
                f"the quote has “{operation.quoted}” where “{operation.spoken}” was heard"
            )
        else:
            unsure += [
                f"“{operation.quoted}” is in the quote and was not heard: {with_it(kind)}"
                for kind in sorted(ours)
            ]
            unsure += [
                f"“{operation.spoken}” was heard and is not in the quote: {with_it(kind)}"
                for kind in sorted(theirs)
            ]
        if operation.kind in _FORMS and operation.quoted and operation.spoken:
            match form(passage, at):
                case Agreement.MOOD:
                    differs.append(
                        f"“{operation.quoted}” and “{operation.spoken}” are of another tense or mood"
                    )
                case Agreement.UNSURE:
                    unsure.append(
                        f"“{operation.quoted}” and “{operation.spoken}” may be of another tense "
                        "or mood"
                    )
                case Agreement.SAME | Agreement.DOER:
                    met = True
                case None:
                    pass
    unsure += _subject(passage)
    unsure += _questions(passage)
    return aspect(differs, unsure, met=met)


def form(passage: Passage, at: int) -> Agreement | None:
    """How the forms of a matched verb compare; None where neither side is a verb."""
    operation = passage.operations[at]
    quoted, spoken = passage.quoted(operation), passage.spoken(operation)
    if quoted is None or not spoken:
        return None
    lexicon = passage.lexicon
    if lexicon.voice_may_differ(quoted.key, spoken[0].key):
        return Agreement.UNSURE
    ours, theirs = _verb(passage, operation, 0), _verb(passage, operation, 1)
    variant = operation.kind is OperationKind.VARIANT
    action = _concept(passage, operation, 0) in lexicon.actions
    if (not ours and not theirs) or (lexicon.language == "en" and variant and not action):
        return None
    if variant and not (ours and theirs):
        ours, theirs = ours or _beside(passage, at, 0), theirs or _beside(passage, at, 1)
    found = agreement(ours, theirs)
    alike = found is Agreement.SAME and ours == theirs and "order" not in ours
    if operation.kind is OperationKind.INFLECTED and alike and lexicon.language != "en":
        return Agreement.UNSURE  # two spellings, one ending: the ending was read wrongly
    return found


def _verb(passage: Passage, operation: Operation, side: int) -> Classes:
    """The form of the word on one side; nothing for the second word of "gun down"."""
    tokens = (passage.quoted(operation),) if side == 0 else passage.spoken(operation)
    token, concept = tokens[0] if tokens else None, _concept(passage, operation, side)
    if token is None or passage.lexicon.concept(token.key) != concept:
        return frozenset()
    return passage.lexicon.verb(token.key)


def _beside(passage: Passage, at: int, side: int) -> Classes:
    """The form of the verb that a word of the same set goes with: "take … prisoner"."""
    here = passage.operations[at]
    concept = _concept(passage, here, side)
    for other in passage.operations[max(0, at - _NEAR) : at + _NEAR + 1]:
        token = passage.quoted(other) if side == 0 else (passage.spoken(other) or (None,))[0]
        if other is here or token is None or _concept(passage, other, side) != concept:
            continue
        if found := passage.lexicon.verb(token.key):
            return found
    return frozenset()


def _concept(passage: Passage, operation: Operation, side: int) -> str | None:
    """The set that a word is listed in, alone or together with its neighbour."""
    if side == 0:
        at = operation.quote_token
        return passage.search.quoted[at].concept if at is not None else None
    spoken = operation.spoken_tokens
    return passage.search.spoken[spoken.start].concept if spoken else None


def _cues(passage: Passage, at: int) -> tuple[set[str], set[str]]:
    """
    The kinds of reservations, in the quote and in the speech, that the other side lacks.

    One of two words is found at the first of them, where the second is on one side only as well.
    """
    here, *following = passage.operations[at : at + 2]
    if here.kind not in _ONE_SIDED or passage.far(here):
        return set(), set()
    steps = [here, *(other for other in following if other.kind in _ONE_SIDED)]
    quoted = tuple(token for o in steps if (token := passage.quoted(o)) is not None)
    spoken = tuple(token for o in steps for token in passage.spoken(o))
    ours, theirs = (
        {kind for _, kind, place in reserving(passage, tokens) if place == 0 and own}
        for tokens, own in ((quoted, here.quoted), (spoken, here.spoken))
    )
    return ours - theirs, theirs - ours


def _subject(passage: Passage) -> list[str]:
    """
    Whether a quote that reads like an English order was cut out behind a subject, or a statement
    out of a question.

    "Burn the houses" is an order, and "they burn the houses" a report in the same words.
    """
    lexicon, first = passage.lexicon, passage.search.quote[0]
    before = passage.before(2)[::-1]
    cut = passage.speech.tokens[passage.place.first].boundary is not Boundary.NONE
    if lexicon.language != "en" or not before or cut:  # cut: "The order is: keep …"
        return []
    near, further = before[0], before[1] if len(before) > 1 else None
    told = further is not None and (further.key in _SUBJECTS or passage.is_content(further))
    if near.key in _ASKING and not told:  # told: "the order is keep …"
        return [f"“{near.text}” was heard just before “{first.text}”: it may be a question"]
    acts = near.key in _SUBJECTS and passage.is_content(first)
    action = passage.search.quoted[0].concept in lexicon.actions and passage.is_content(near)
    named = action and further is not None and further.key in _DETERMINERS
    if lexicon.verb(first.key) == {"base"} and (acts or named):
        return [f"“{near.text}” was heard just before “{first.text}”: it may be no order"]
    return []


def _questions(passage: Passage) -> list[str]:
    """Whether only one side asks; punctuation is the transcriber's, so this is never certain."""
    asked = any(mark in passage.text for mark in _ASKS)
    speech, last = passage.speech, passage.place.last
    while last < min(len(speech.tokens), passage.place.last + _SENTENCE) and (
        speech.tokens[last].boundary is not Boundary.SENTENCE
    ):
        last += 1
    words = range(speech.first[passage.place.first], speech.last[last - 1] + 1)
    heard = any(
        mark in speech.words[at].text and not speech.words[at].text.startswith("[")
        for at in words
        for mark in _ASKS
    )
    if asked == heard:
        return []
    if asked:
        return ["the quote asks, and the transcript has no question mark there"]
    return ["the transcript has a question mark there, and the quote does not ask"]
