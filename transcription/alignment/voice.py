"""
Who acts and who is acted on, as far as English says it by the passive: "was shot by".

A form of "be" with a past form of a verb of content after it makes a passive. Where only one
side has one, the same order of words means the opposite, and another order may mean the same.
"""

from transcription.alignment.passage import Passage
from transcription.text import Token

_REACH = 2


def voice(passage: Passage) -> str | None:
    """What differs in voice, in words; None where nothing does or the language has no such rule."""
    if passage.lexicon.language != "en":
        return None
    tokens = passage.speech.tokens
    before, after = len(passage.before()), len(passage.after())
    spoken = tokens[passage.place.first - before : passage.place.last + after]
    ours, theirs = _passive(passage, passage.search.quote), _passive(passage, spoken)
    if (ours is None) == (theirs is None):
        return None
    if ours:
        return f"the quote says in the passive (“{ours}”) what was heard in the active"
    return f"the quote says in the active what was heard in the passive (“{theirs}”)"


def _passive(passage: Passage, tokens: tuple[Token, ...]) -> str | None:
    """The first passive among these words."""
    for at, token in enumerate(tokens):
        if token.key not in passage.lexicon.auxiliaries:
            continue
        for verb in tokens[at + 1 : at + 1 + _REACH]:
            if "past" in passage.lexicon.verb(verb.key) and passage.is_content(verb):
                return f"{token.text} {verb.text}"
    return None
