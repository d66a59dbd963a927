"""What says when, where and how, and so is no part of a sayer: before it, and before its verb."""

import re
from collections.abc import Sequence

from transcription.quotation.beings import Token
from transcription.quotation.lexicon import Lexicon

_ASIDE = r"(?<!\w)@adverbs+auxiliaries+conjunctions+time_words@\s*\Z"
_DATED = re.compile(r"(?:\A|\s)(?:on|in|on the|в|во|у)\s*\Z")
_MOST = 8
_NEAR = 40


def past_adverbs(frame: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where a clause ends without what may stand between subject and verb: "on Wednesday also"."""
    aside = lexicon.matcher(_ASIDE)
    for _ in range(_MOST):
        tail = max(start, end - _NEAR)
        found = aside.search(frame[tail:end])
        if found is None:
            break
        end = tail + found.start()
        dated = _DATED.search(frame[tail:end])
        if dated:
            end = tail + dated.start()
    return end


def leading(words: Sequence[Token], lexicon: Lexicon) -> int:
    """How many words at the beginning only say when: "On Wednesday", "In March this year"."""
    at = 0
    while at < len(words):
        led = lexicon.lists(words[at].text, "leading", "conjunctions")
        ahead = _past_time(words, at + led, lexicon)
        bare = led and ahead == at + 1
        joined = lexicon.lists(words[at].text, "conjunctions", "clause_words")
        if ahead == at or (bare and ahead < len(words) and not joined):
            break
        at = ahead
    return at


def _past_time(words: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    """Where the words for a time that begin at a place end."""
    while at < len(words) and (_is_time(words[at], lexicon) or _led_time(words, at, lexicon)):
        at += 1
    return at


def _is_time(word: Token, lexicon: Lexicon) -> bool:
    return word.text[:1].isdigit() or lexicon.lists(word.text, "time_words", "adverbs")


def _led_time(words: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a determiner leads to a time: "the 21st", "this year"."""
    if at + 1 >= len(words) or not lexicon.lists(words[at].text, "determiners"):
        return False
    following = words[at + 1]
    return following.text[:1].isdigit() or lexicon.lists(following.text, "time_words")
