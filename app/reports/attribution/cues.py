"""
What in a sentence tells that somebody says something: verbs, "according to", "reported by", nouns.

A form that is as often a noun or an adjective ("reports", "the alleged order") counts as a verb only
where somebody who can speak stands right before it. A cue knows its force and nothing else: who and
what is read by `phrases` and `wording`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.reports.attribution.adverbials import past_adverbs
from app.reports.attribution.phrases import Phrases
from app.reports.attribution.values import Force, Form
from transcription.quotation.beings import Being, tokens
from transcription.quotation.layout import MASK
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch

FORCES = tuple(f"force_{force.value}" for force in Force)
_IMPERSONAL = tuple(f"impersonal_{force.value}" for force in Force)
_SPEAKING = {
    Being.PARTICIPANT,
    Being.NAMED,
    Being.OFFICIAL,
    Being.ORGANISATION,
    Being.OUTLET,
    Being.DOCUMENT,
    Being.PRONOUN,
}
_COMPLEMENT = re.compile(r"\s*(?:,\s*)?(?:that\b|что\b|що\b|[:“\"«„\ue000])")
_DATED_CLAUSE = re.compile(r"\s+(?:on \w+ |\w+day |\w+ )?that\b")
_OF = re.compile(r"\s+of\s")
_NEAR = 60
"""How many characters before a form may hold whoever says it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One word or phrase that attributes."""

    place: Stretch
    form: Form
    force: Force
    participle: bool = False
    """Whether it only goes on from the verb before it: "adding that"."""
    spoken: bool = False
    """Whether somebody who can speak stands right before it."""
    citing: bool = False
    """Whether it names on whose word somebody else says it: "citing officials"."""
    quoting: Stretch | None = None
    """The verb of whoever quotes: of "cited him as saying" the "cited", and this is "as saying"."""

    @property
    def begins(self) -> int:
        """Where its first word begins."""
        return self.quoting.start if self.quoting else self.place.start


def cues(phrases: Phrases, sentence: Stretch) -> list[Cue]:
    """The cues of one sentence, in order; none lies within another."""
    frame, lexicon = phrases.frame, phrases.lexicon
    found: list[Cue] = []
    for cue in (
        *_impersonal(frame, sentence, lexicon),
        *_quoted_as_saying(frame, sentence, lexicon),
        *_naming(frame, sentence, lexicon),
        *(Cue(n, Form.NOUN, Force.REPORTED) for n in _report_nouns(frame, sentence, lexicon)),
        *_verbs(phrases, sentence),
    ):
        apart = (each.place.end <= cue.begins or cue.place.end <= each.begins for each in found)
        if all(apart):
            found.append(cue)
    return sorted(found, key=lambda cue: cue.place.start)


def _impersonal(frame: str, sentence: Stretch, lexicon: Lexicon) -> Iterator[Cue]:
    for match in lexicon.pattern(*_IMPERSONAL).finditer(frame, sentence.start, sentence.end):
        force = _force(lexicon, match[0], "impersonal")
        yield Cue(Stretch(*match.span()), Form.IMPERSONAL, force)


def _naming(frame: str, sentence: Stretch, lexicon: Lexicon) -> Iterator[Cue]:
    """Phrases after which a sayer is named."""
    for match in lexicon.pattern("citings").finditer(frame, sentence.start, sentence.end):
        yield Cue(Stretch(*match.span()), Form.SOURCE, Force.REPORTED, citing=True)
    for match in lexicon.pattern("agents").finditer(frame, sentence.start, sentence.end):
        yield Cue(Stretch(*match.span()), Form.AGENT, _first_force(lexicon, match[0]))
    for match in lexicon.pattern("sources").finditer(frame, sentence.start, sentence.end):
        yield Cue(Stretch(*match.span()), Form.SOURCE, Force.SAID)


def _verbs(phrases: Phrases, sentence: Stretch) -> Iterator[Cue]:
    frame, lexicon = phrases.frame, phrases.lexicon
    for match in lexicon.pattern(*FORCES).finditer(frame, sentence.start, sentence.end):
        verb = Stretch(*match.span())
        if _is_verb(phrases, sentence, verb):
            participle = lexicon.lists(match[0], "participles")
            joined = frame[max(0, verb.start - 2) : verb.start].rstrip().endswith(",")
            spoken = participle and not joined and _after_speaker(phrases, verb)
            force = _force(lexicon, match[0], "force")
            yield Cue(verb, Form.VERB, force, participle=participle, spoken=spoken)


def _quoted_as_saying(frame: str, sentence: Stretch, lexicon: Lexicon) -> Iterator[Cue]:
    """Each "cited officials as saying"."""
    since = sentence.start
    for saying in lexicon.pattern("as_saying").finditer(frame, sentence.start, sentence.end):
        before = list(lexicon.pattern("quoting").finditer(frame, since, saying.start()))
        if before and frame[before[-1].end() : saying.start()].strip():
            quoting = Stretch(*before[-1].span())
            yield Cue(Stretch(*saying.span()), Form.VERB, Force.SAID, quoting=quoting)
            since = saying.end()


def _force(lexicon: Lexicon, words: str, prefix: str) -> Force:
    return next(force for force in Force if lexicon.lists(words, f"{prefix}_{force.value}"))


def _first_force(lexicon: Lexicon, words: str) -> Force:
    """The force of the first word of a phrase that is a verb; `REPORTED` where none is listed."""
    verb = lexicon.mentions(words, *FORCES)
    return _force(lexicon, verb, "force") if verb else Force.REPORTED


def _report_nouns(frame: str, sentence: Stretch, lexicon: Lexicon) -> list[Stretch]:
    """Nouns for what somebody says, with their clause: "CNN's report that", "claims by X that"."""
    found = []
    for match in lexicon.pattern("report_nouns").finditer(frame, sentence.start, sentence.end):
        before = frame[max(sentence.start, match.start() - 3) : match.start()]
        rest = frame[match.end() : min(sentence.end, match.end() + 120)]
        owned = re.search(r"['’]s?\s\Z", before) and re.match(r"\s+that\b", rest)
        by = lexicon.matcher(r"\s+@by@\s+(?:(?![.,;:]).){1,80}?\sthat(?!\w)").match(rest)
        if owned or by:
            found.append(Stretch(*match.span()))
    return found


def _is_verb(phrases: Phrases, sentence: Stretch, verb: Stretch) -> bool:
    """Whether a form that could be a verb of saying is one here."""
    frame, lexicon = phrases.frame, phrases.lexicon
    rest = frame[verb.end : min(verb.end + 80, sentence.end)]
    complement = _COMPLEMENT.match(rest) is not None
    before = frame[max(sentence.start, verb.start - 40) : verb.start].rstrip()
    if lexicon.lists(before.split()[-1] if before else "", "negations"):
        return False
    if lexicon.language == "en":
        return _is_english_verb(phrases, verb, before, rest, complement=complement)
    closes = before.endswith((",", "—", "–", "»", "”", '"'))
    return not lexicon.lists(verb.of(frame), "nounlike") or complement or closes


def _is_english_verb(
    phrases: Phrases, verb: Stretch, before: str, rest: str, *, complement: bool
) -> bool:
    """The same for English, where most forms are nouns, participles or infinitives as well."""
    lexicon, words = phrases.lexicon, verb.of(phrases.frame)
    last = before.rsplit(maxsplit=1)[-1].casefold() if before else ""
    infinitive = last == "to" and " to say" not in words
    if infinitive or (last in lexicon.words("passives") and not words.endswith("ing")):
        return False
    if lexicon.lists(words, "participles"):
        joined = before.endswith((",", "and", ";"))
        return complement or joined or _after_speaker(phrases, verb)
    needs_clause = lexicon.lists(words, "clausal") and not complement and MASK not in before
    if needs_clause and not _DATED_CLAUSE.match(rest):
        return False
    if not lexicon.lists(words, "nounlike"):
        return True
    said = complement and before[-1:].isalnum() and not lexicon.lists(last, "determiners", "stops")
    quoted = before.endswith((MASK, '"', "”", "“", "’", ","))
    return not _OF.match(rest) and (said or quoted or _after_speaker(phrases, verb))


def _after_speaker(phrases: Phrases, verb: Stretch) -> bool:
    """Whether somebody who can speak stands right before a form, or what describes them."""
    frame, lexicon = phrases.frame, phrases.lexicon
    start = max(0, verb.start - _NEAR)
    words = tokens(frame, start, past_adverbs(frame, start, verb.start, lexicon), lexicon)
    if not words:
        return False
    last = words[-1]
    possessive = last.text.casefold().endswith(("'s", "’s"))
    if lexicon.lists(last.text, "demonyms", "determiners", "joins", "by") or possessive:
        return False
    if last.named or last.being in _SPEAKING:
        return True
    between = next(
        (words[n + 1 :] for n in reversed(range(len(words))) if words[n].being in _SPEAKING), []
    )
    return any(lexicon.lists(word.text, "postmodifiers", "relatives", "joins") for word in between)
