"""
What quoted words are from: a recording, a statement, another report, or nobody's speech.

The rules ask who is said to speak and on what occasion, never what the words are: a sentence
that would fit a recording is not for that taken from one. Somebody with a name or an office makes
statements, unless the report says that they are heard in a recording. Somebody without a
name ("a soldier") is heard in a recording where the report speaks of one right there. Where
neither is plain the target stays undetermined. The first rule that decides is the one that counts.
"""

import re
from collections.abc import Callable

from transcription.quotation.attribution import How
from transcription.quotation.beings import Being
from transcription.quotation.proposal import QuoteForm, Target, Way
from transcription.quotation.sayings import Manner
from transcription.quotation.setting import Decision, Setting
from transcription.quotation.terms import term

_SAID_AT_ONCE = re.compile(r"[:,][\s\"'“”„«»‘’—–-]*\Z")
_ANNOUNCED = 60
"""How many characters after a colon are looked at."""
_NAMED = {Being.OFFICIAL, Being.ORGANISATION, Being.PERSON}

_Rule = Callable[[Setting], Decision | None]


def decided(setting: Setting) -> Decision:
    """What the passage is from."""
    if setting.attribution.saying is None:
        rules = _UNATTRIBUTED
    elif setting.subject is None:
        rules = _UNNAMED
    else:
        rules = _SPOKEN
    for rule in (_caption, term, *rules):
        decision = rule(setting)
        if decision is not None:
            return decision
    return Decision(Target.UNDETERMINED, _undecided(setting))


def _undecided(setting: Setting) -> str:
    if setting.attribution.saying is None:
        return "the text does not say who speaks"
    if setting.subject is None:
        return f"“{setting.verb}” introduces it, and nobody is named before it"
    recording = setting.recording_here or setting.near or setting.far
    return f"“{setting.speaker}” may be heard in what the report calls “{recording}”, or not"


def _caption(setting: Setting) -> Decision | None:
    if setting.passage.form is not QuoteForm.CAPTION:
        return None
    return Decision(Target.MATERIAL, "a caption says what a picture shows")


def _pictured(setting: Setting) -> Decision | None:
    """Footage that shows "six soldiers lying": somebody's description of it is quoted."""
    ahead = setting.ahead
    pictures = setting.lexicon.mentions(ahead, "footage")
    if not pictures or not setting.lexicon.mentions(ahead[ahead.rfind(pictures) :], "shows"):
        return None
    why = f"“{pictures}” shows it: the words are those of a report that describes the picture"
    return Decision(Target.REPORT, why)


def _inside(setting: Setting) -> Decision | None:
    if setting.inherited is None:
        return None
    return Decision(setting.inherited, "stands inside a quote of that, or goes on with it")


def _words_of_a_recording(setting: Setting) -> Decision | None:
    frame, end = setting.scope.frame, setting.passage.outer.end
    heard = setting.lexicon.mentions(setting.sentence, "recordings")
    if heard and frame[end : end + 1] == ":":
        # “…”: intercepted radio reveals. A name right after the colon is whoever says it.
        said = frame[end + 1 : end + _ANNOUNCED].lstrip()
        found = setting.lexicon.pattern("recordings").match(said)
        heard = found[0] if found else None
    elif not _SAID_AT_ONCE.search(setting.ahead):
        heard = None
    if not heard:
        return None
    return Decision(Target.RECORDING, f"given as the words of “{heard}”")


def _printed_exchange(setting: Setting) -> Decision | None:
    if setting.passage.way is not Way.DIALOGUE or not setting.near or setting.occasion:
        return None
    if setting.subject is not None and setting.subject.being in _NAMED:
        return None
    why = f"an exchange printed where the report speaks of “{setting.near}”"
    return Decision(Target.RECORDING, why)


def _introduced_by_a_recording(setting: Setting) -> Decision | None:
    heard = setting.recording_here
    if not heard or not setting.attribution.direct or setting.occasion:
        return None
    return Decision(Target.RECORDING, f"introduced as words of “{heard}”")


def _noun_near_a_recording(setting: Setting) -> Decision | None:
    saying = setting.attribution.saying
    if saying is None or saying.manner is not Manner.NOUN or not setting.near:
        return None
    why = f"introduced as “{setting.verb}”, where the report speaks of “{setting.near}”"
    return Decision(Target.RECORDING, why)


def _continued(setting: Setting) -> Decision | None:
    if setting.attribution.how is not How.CONTINUED or setting.inherited is None:
        return None
    return Decision(setting.inherited, "goes on with the quote before it")


def _published(setting: Setting) -> Decision | None:
    who, being = setting.speaker, _being(setting)
    if being is Being.FOOTAGE:
        return Decision(Target.REPORT, f"“{who}” has no words but those that describe it")
    if being in {Being.OUTLET, Being.DOCUMENT}:
        return Decision(Target.REPORT, f"“{who}” is a publication")
    saying = setting.attribution.saying
    if being in _NAMED and saying is not None and saying.manner is Manner.WRITING:
        return Decision(Target.REPORT, f"“{who}” published it: “{setting.verb}”")
    return None


def _recording_speaks(setting: Setting) -> Decision | None:
    if _being(setting) is not Being.RECORDING:
        return None
    return Decision(Target.RECORDING, f"“{setting.speaker}” is said to say it")


def _said_to_be_heard(setting: Setting) -> Decision | None:
    heard = setting.heard
    if not heard or (_being(setting) in _NAMED and setting.occasion):
        return None
    return Decision(Target.RECORDING, f"“{setting.speaker}” is said to be heard: “{heard}”")


def _on_an_occasion(setting: Setting) -> Decision | None:
    if not setting.occasion:
        return None
    why = f"“{setting.speaker}” said it on an occasion: “{setting.occasion}”"
    return Decision(Target.STATEMENT, why)


def _quoted_before(setting: Setting) -> Decision | None:
    if setting.inherited is None:
        return None
    return Decision(
        setting.inherited, f"“{setting.speaker}” is quoted from that before or around it"
    )


def _named_as_heard(setting: Setting) -> Decision | None:
    if not setting.heard_elsewhere or _being(setting) not in {*_NAMED, Being.NAMED}:
        return None
    why = f"“{setting.speaker}” was quoted from a recording before; here nothing says from what"
    return Decision(Target.UNDETERMINED, why)


def _holds_a_name(setting: Setting) -> Decision | None:
    if _being(setting) not in _NAMED:
        return None
    why = f"“{setting.speaker}” has a name or an office: “{setting.verb}”"
    return Decision(Target.STATEMENT, why)


def _spoken_of_before(setting: Setting) -> Decision | None:
    if not setting.linked:
        return None
    why = f"“{setting.speaker}” was spoken of before as heard in “{setting.linked}”"
    return Decision(Target.RECORDING, why)


def _nameless_near_a_recording(setting: Setting) -> Decision | None:
    being, recording = _being(setting), setting.recording_here or setting.near
    one_of = being is Being.PRONOUN and setting.lexicon.lists(
        setting.speaker.split()[0], "pronouns_other"
    )
    if not recording or not (being is Being.PARTICIPANT or one_of):
        return None
    why = f"“{setting.speaker}” has no name, and the report speaks of “{recording}” right there"
    return Decision(Target.RECORDING, why)


def _no_recording_anywhere(setting: Setting) -> Decision | None:
    if setting.recording_here or setting.near or setting.far:
        return None
    why = f"“{setting.speaker}” said it, and no recording is spoken of before"
    return Decision(Target.STATEMENT, why)


def _being(setting: Setting) -> Being | None:
    return setting.subject.being if setting.subject is not None else None


_UNATTRIBUTED: tuple[_Rule, ...] = (
    _pictured,
    _inside,
    _words_of_a_recording,
    _printed_exchange,
)
_UNNAMED: tuple[_Rule, ...] = (
    _continued,
    _introduced_by_a_recording,
    _noun_near_a_recording,
    _inside,
)
_SPOKEN: tuple[_Rule, ...] = (
    _continued,
    _published,
    _recording_speaks,
    _said_to_be_heard,
    _on_an_occasion,
    _quoted_before,
    _named_as_heard,
    _holds_a_name,
    _spoken_of_before,
    _nameless_near_a_recording,
    _no_recording_anywhere,
)
