"""What an authority counts cases of, and what it did with them: opened, investigates, confirmed."""

import re

from app.claims.deeds import Deed, Upon
from app.claims.facts import Doing
from app.claims.reading.lexicon import meanings
from app.claims.reading.page import Page, Sentence
from app.claims.terms import Counting

_VERB = 24
"""How many characters after a number the verb of a part may begin."""


def counted_deed(page: Page, sentence: Sentence) -> Doing:
    """What the counted cases are of; killing of prisoners where the text only says "executions"."""
    upon = page.mentioned(sentence, "upon_prisoners_of_war")
    civilians = page.mentioned(sentence, "upon_civilians")
    for deed in (Deed.KILL, Deed.TORTURE, Deed.RAPE, Deed.DEPORT):
        if page.mentioned(sentence, f"deed_{deed.value}"):
            break
    else:
        deed = Deed.KILL
    whom = Upon.CIVILIANS if civilians and not upon else Upon.PRISONERS_OF_WAR
    return Doing(deed=deed, upon=whom)


def counting(page: Page, sentence: Sentence, end: int, *, total: bool) -> Counting:
    """
    What was done with what is counted by the words that end there: the verb before a total, or
    right behind a part.
    """
    text = sentence.text[:end] if total else sentence.text[end : end + _VERB]
    text = text if total else re.split(r"[,;]|\d", text)[0]
    best: tuple[int, Counting] | None = None
    for done, name in meanings(page.language, "counting", Counting):
        match = page.lexicon.pattern(name).search(text)
        if match and (best is None or match.start() < best[0]):
            best = match.start(), done
    return best[1] if best else Counting.UNSTATED
