"""Findings as proposals: form, language, claims and signs added, each decision with its why."""

import re
from collections.abc import Sequence
from dataclasses import replace

from transcription.language import by_letters
from transcription.quotation.counting import Count, counts, takes_up
from transcription.quotation.finding import Finding
from transcription.quotation.passage import Passage
from transcription.quotation.proposal import Proposal, QuoteForm, Target, Way
from transcription.quotation.replies import replies
from transcription.quotation.typed import typed
from transcription.text import fold

_OUTRIGHT = re.compile(r"[:,—–-][\s\"'“”„«»‘’]*\Z")
_FULL_STOP = re.compile(r"[.!?…:;,][\"'”’»«“‘)\]\u200b]*\Z")
_RUSSIAN_ONLY = frozenset("ыэъё")
_UKRAINIAN_ONLY = frozenset("іїєґ")
_FEWEST_WORDS = 3
"""The shortest wording by which two places are told to quote the same words."""


def assembled(text: str, findings: Sequence[Finding], language: str) -> tuple[Proposal, ...]:
    """The proposals, in the order of the findings."""
    claims = _claims(findings)
    answers = replies(findings)
    made = []
    for number, finding in enumerate(findings):
        form, why_form = _form(text, finding)
        why = {
            "passage": finding.passage.why,
            "form": why_form,
            "target": finding.decision.why,
        }
        if finding.speaker_why:
            why["speaker"] = finding.speaker_why
        reply_to, why_reply = answers[number]
        if why_reply:
            why["reply_to"] = why_reply
        count = claims.get(number)
        if count is not None:
            said = count.place.of(finding.scope.frame)
            why["occurrence_claim"] = (
                f"the report says “{said}”"
                if count.claim
                else f"“{said}” is not exact enough to be counted"
            )
        made.append(
            replace(
                _plain(text, finding.passage, language, form, why),
                target=finding.decision.target,
                speaker=finding.speaker,
                reply_to=reply_to,
                claim=count.claim if count else None,
            )
        )
    return _settled(made)


def unread(
    text: str, passages: Sequence[Passage], language: str, note: str
) -> tuple[Proposal, ...]:
    """The passages of a text in a language without rules."""
    return tuple(
        _plain(
            text,
            each,
            language,
            each.form or QuoteForm.DIRECT,
            {"passage": each.why, "target": note},
        )
        for each in passages
    )


def _plain(
    text: str, passage: Passage, language: str, form: QuoteForm, why: dict[str, str]
) -> Proposal:
    """What the passage alone tells."""
    place = passage.place
    exact = place.of(text)
    spoken = _language(exact, language)
    return Proposal(
        start=place.start,
        end=place.end,
        exact=exact,
        language=spoken,
        form=form,
        way=passage.way,
        target=Target.UNDETERMINED,
        closed=passage.closed,
        inside=passage.inside,
        signs=typed(text, place, language=spoken),
        why=why,
    )


def _language(exact: str, language: str) -> str:
    """The language of the report, unless the letters of the quote are of another."""
    letters = by_letters(exact)
    cyrillic, known = {"ru", "uk"}, language in {"ru", "uk", "en"}
    if not known or letters in {language, "und"}:
        return language
    if language in cyrillic and letters in cyrillic:
        own, other = _RUSSIAN_ONLY, _UKRAINIAN_ONLY
        if language == "uk":
            own, other = other, own
        lower = exact.casefold()
        foreign = sum(c in other for c in lower)
        return letters if foreign > sum(c in own for c in lower) and letters else language
    return letters


def _form(text: str, finding: Finding) -> tuple[QuoteForm, str]:
    passage = finding.passage
    if passage.form is QuoteForm.PARAPHRASE:
        return passage.form, "without quotation marks the words may be the reporter's"
    if passage.form is not None or passage.way is not Way.MARKS:
        return passage.form or QuoteForm.DIRECT, passage.why
    first = finding.scope.place
    ended = _FULL_STOP.search(text[max(first.start, first.end - 8) : first.end])
    if finding.paragraph == 0 and not passage.depth and not ended:
        return QuoteForm.HEADLINE, "in a first line that ends without a full stop"
    return _in_sentence(text, finding)


def _in_sentence(text: str, finding: Finding) -> tuple[QuoteForm, str]:
    passage, scope = finding.passage, finding.scope
    ahead = scope.frame[max(scope.place.start, passage.outer.start - 40) : passage.outer.start]
    letter = next((c for c in passage.place.of(text) if c.isalpha()), "")
    if letter.islower() and ahead.strip() and not _OUTRIGHT.search(ahead):
        return QuoteForm.PARTIAL, "begins in lower case: the reporter's sentence runs into it"
    if finding.decision.target is Target.TERM:
        return QuoteForm.PARTIAL, "a few words within the reporter's sentence"
    return QuoteForm.DIRECT, "stands as words of its own"


def _claims(findings: Sequence[Finding]) -> dict[int, Count]:
    """Which finding each stated number of times belongs to."""
    found: dict[int, Count] = {}
    for number, finding in enumerate(findings):
        if (
            finding.decision.target in {Target.TERM, Target.MATERIAL}
            or not finding.scope.sentences
        ):
            continue
        scope = finding.scope
        at = scope.at(finding.passage.outer.start)
        following = findings[number + 1] if number + 1 < len(findings) else None
        for count in counts(scope.frame, scope.sentences[at], scope.lexicon):
            if _belongs(count, finding, findings, number):
                found.setdefault(number, count)
        last = (
            following is None
            or following.scope is not scope
            or (scope.at(following.passage.outer.start) > at + 1)
        )
        if number not in found and last and at + 1 < len(scope.sentences):
            sentence = scope.sentences[at + 1]
            if takes_up(scope.frame, sentence, scope.lexicon):
                for count in counts(scope.frame, sentence, scope.lexicon)[:1]:
                    found[number] = count
    return found


def _belongs(count: Count, finding: Finding, findings: Sequence[Finding], number: int) -> bool:
    """Whether a number in the sentence of several quotes is about this one."""
    scope = finding.scope
    at = scope.at(finding.passage.outer.start)
    mates = [
        other
        for other in findings[max(0, number - 6) : number + 7]
        if other.scope is scope
        and other.passage.depth == finding.passage.depth
        and other.decision.target is not Target.TERM
        and scope.at(other.passage.outer.start) == at
    ]
    before = [other for other in mates if other.passage.outer.end <= count.place.start]
    owner = before[-1] if before else mates[0]
    return owner is finding


def _settled(proposals: list[Proposal]) -> tuple[Proposal, ...]:
    """
    Words that are told to be from something at one place are from it at the other places too.

    A headline may give a part of them.
    """
    keys = [" ".join(filter(None, map(fold, each.exact.split()))) for each in proposals]
    known: dict[str, int] = {}
    for number, (key, each) in enumerate(zip(keys, proposals, strict=True)):
        if each.target not in {Target.UNDETERMINED, Target.TERM}:
            known.setdefault(key, number)
    result = []
    for key, each in zip(keys, proposals, strict=True):
        same: int | None = None
        if each.target is Target.UNDETERMINED and key.count(" ") + 1 >= _FEWEST_WORDS:
            same = known.get(key)
            if same is None and each.form is QuoteForm.HEADLINE:
                same = next((n for whole, n in known.items() if f" {key} " in f" {whole} "), None)
        if same is None:
            result.append(each)
            continue
        other = proposals[same]
        said = f"the same words are quoted at {other.start}: {other.why['target']}"
        result.append(replace(each, target=other.target, why=each.why | {"target": said}))
    return tuple(result)
