"""
Names and words at a distance, told from speech: «Вагнер», the “Storm unit”, his “victory”.

A few words in marks within the reporter's sentence are speech only where somebody is said to
speak them. After "so-called", as a name with its capital, or with nobody speaking, they are
none; where they could be either, that is what is proposed.
"""

import re

from transcription.quotation.attribution import How
from transcription.quotation.proposal import Target, Way
from transcription.quotation.sayings import Manner
from transcription.quotation.setting import Decision, Setting

_SHORT = 4
_SHORT_NAME = 6
_SENTENCE = re.compile(r"[.!?…:;][\"'”’»“)]*\s|[!?]")
_WORD = re.compile(r"[^\W_](?:[\w'’ʼ-]*\w)?")
_VERBS = ("speech", "writing", "command", "reply", "question", "naming", "utterances", "relatives")


def term(setting: Setting) -> Decision | None:
    """What tells a name or a distance, if the passage may be one; None for plain speech."""
    passage = setting.passage
    exact = passage.place.of(setting.text)
    words = _WORD.findall(exact)
    if passage.way is not Way.MARKS or not passage.closed or len(words) > _SHORT_NAME:
        return None
    ahead = setting.ahead.rstrip("\"'“”„«»‘’ \t\u00a0")[-40:]
    if _SENTENCE.search(exact) or not words:
        return None
    return _announced(setting, ahead) or _embedded(setting, ahead, words)


def _announced(setting: Setting, ahead: str) -> Decision | None:
    cue = setting.lexicon.matcher(r"(?<!\w)@names_cues@\Z").search(ahead)
    return Decision(Target.TERM, f"a name or a term, after “{cue[0]}”") if cue else None


def _embedded(setting: Setting, ahead: str, words: list[str]) -> Decision | None:
    """Words that the reporter's sentence runs into without a comma or a colon."""
    lexicon, how = setting.lexicon, setting.attribution.how
    if not ahead or not ahead[-1].isalnum():
        return None
    before = _WORD.findall(ahead)[-1]
    limit = _SHORT if lexicon.language == "en" else _SHORT_NAME
    capital = words[0][0].isupper() and how is not How.AFTER and len(words) <= limit
    if capital and not lexicon.lists(before, *_VERBS):
        why = f"begins with a capital in the middle of a sentence, after “{before}”: a name"
        return Decision(Target.TERM, why)
    if len(words) > _SHORT:
        return None
    if how in {How.NOWHERE, How.AROUND}:
        return _unspoken(setting, words)
    return _of_the_speaker(setting) or _distanced(setting, before, words)


def _of_the_speaker(setting: Setting) -> Decision | None:
    """«…», заявил глава «Севера»: the words stand within what describes the speaker."""
    saying = setting.attribution.saying
    if saying is None or not saying.follows or saying.subject is None:
        return None
    if not 0 <= setting.passage.outer.start - saying.subject.place.end <= 1:
        return None
    return Decision(Target.TERM, "part of how the report describes who speaks")


def _distanced(setting: Setting, before: str, words: list[str]) -> Decision | None:
    saying = setting.attribution.saying
    named = saying is not None and saying.manner is Manner.NAMING
    if named or len(words) >= _SHORT or not setting.lexicon.lists(before, "determiners"):
        return None
    why = f"after “{before}” it may be the speaker's word or the reporter's distance from it"
    return Decision(Target.UNDETERMINED, why)


def _unspoken(setting: Setting, words: list[str]) -> Decision:
    heard = setting.recording_here
    if heard and len(words) > 1 and setting.passage.inside is None:
        why = (
            f"part of the reporter's own sentence about “{heard}”: heard there, or the reporter's"
        )
        return Decision(Target.UNDETERMINED, why)
    why = "part of the reporter's own sentence, and nobody is said to speak it"
    return Decision(Target.TERM, why)
