"""Investigations, charges, what it is called in law, and motives that somebody supposes."""

import re
from collections.abc import Iterable, Iterator

from app.agents.models import IdentityStatus
from app.claims.deeds import ChargeMode, LegalCategory, MotiveKind, Norm, Progress
from app.claims.facts import Characterisation, Charge, Investigation, Motive
from app.claims.predicates import Predicate
from app.claims.reading.lexicon import meanings
from app.claims.reading.page import Page, Sentence, sayer_of, tidy
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.terms import Modality
from app.claims.values import Named
from transcription.quotation.proposal import Stretch

_NORM_WITHIN = 60
"""How many characters after a category the law may be named that it is measured by."""


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """What a sentence says of the answer of the law."""
    yield from _investigations(page, sentence)
    yield from _charges(page, sentence)
    yield from _characterisations(page, sentence)
    yield from _motives(page, sentence)


def _investigations(page: Page, sentence: Sentence) -> Iterator[Draft]:
    used = [*page.wordings(sentence, "used_in_investigation")]
    for match in used:
        into = _category(page, match[0])
        yield Draft(
            place=sentence.at(match),
            predicate=Predicate.USED_IN_INVESTIGATION,
            value=Investigation(into=into, progress=Progress.UNDER_WAY),
            role=SubjectRole.RECORDING,
            modality=page.modality(sentence.at(match), adjectives=0),
            why="said to be part of an investigation",
        )
    for match in page.wordings(sentence, "investigated"):
        if any(match.start() < each.end() and each.start() < match.end() for each in used):
            continue
        by = match["by"]
        opened = "opened" in match.re.groupindex and match["opened"]
        yield Draft(
            place=sentence.at(match),
            predicate=Predicate.INVESTIGATION,
            value=Investigation(
                by=named(by) if by else None,
                progress=Progress.OPENED if opened else Progress.UNDER_WAY,
            ),
            role=SubjectRole.INCIDENT,
            why="said to be investigated",
        )


def _charges(page: Page, sentence: Sentence) -> Iterator[Draft]:
    until = 0
    for match in sorted(page.wordings(sentence, "charge"), key=lambda each: each.start()):
        if match.start() < until:
            continue
        until = match.end()
        groups = match.groupdict()
        against = named(groups["against"])
        place = sentence.at(match)
        said = sayer_of(page, place)
        yield Draft(
            place=place,
            predicate=Predicate.CHARGE,
            value=Charge(
                by=Named(name=said) if said else None,
                against=against,
                mode=ChargeMode.IN_ABSENTIA if groups.get("absent") else ChargeMode.UNSTATED,
                of=_category(page, groups.get("of") or ""),
            ),
            role=SubjectRole.INCIDENT,
            why="says that somebody was charged",
        )


def _characterisations(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Words of law that the text calls something by, not those in the name of an office or a case."""
    office = [m.span() for m in page.found(sentence, "legal_investigative")]
    categories = meanings(page.language, "legal", LegalCategory)
    for category, name in categories:
        for match in page.found(sentence, name):
            if any(start <= match.start() <= end + 24 for start, end in office):
                continue
            near = sentence.text[match.start() : match.end() + _NORM_WITHIN]
            others = page.lexicon.pattern(*(each for _, each in categories))
            another = others.search(near, match.end() - match.start())
            near = near[: another.start()] if another else near
            norm = _norm(page, near)
            end = match.end()
            if norm is not None:
                end = max(end, match.start() + norm[1])
            before = sentence.text[max(0, match.start() - _NORM_WITHIN) : match.start()]
            if page.lexicon.pattern("legal_said").search(before + match[0]) is None:
                continue
            place = Stretch(sentence.place.start + match.start(), sentence.place.start + end)
            if not page.first(("legal", category, place.start)):
                continue
            yield Draft(
                place=place,
                predicate=Predicate.LEGAL_CHARACTERISATION,
                value=Characterisation(category=category, norm=norm[0] if norm else Norm.UNSTATED),
                role=SubjectRole.INCIDENT,
                why=f"called “{match[0]}”"
                + (", measured by the law that is named" if norm else ""),
            )


def _motives(page: Page, sentence: Sentence) -> Iterator[Draft]:
    for motive, name in meanings(page.language, "motive", MotiveKind):
        for match in page.found(sentence, name):
            head = sentence.text[: match.start()]
            supposed = page.lexicon.pattern("hedge_hypothesis").search(head)
            place = sentence.at(match)
            yield Draft(
                place=place,
                predicate=Predicate.MOTIVE,
                value=Motive(kind=motive),
                role=SubjectRole.AGENT,
                subject=_subject(sentence, supposed) if supposed else None,
                modality=Modality.HYPOTHESIS if supposed else None,
                why="a motive" + (f", supposed: “{supposed[0]}”" if supposed else ""),
            )


def _subject(sentence: Sentence, hedge: re.Match[str]) -> str | None:
    """Who may be doing it: the name right before the hedge."""
    found = re.search(
        r"([^\W\d_a-zа-яёіїєґ][\w'’]+(?:\s+[\w'’]+){0,2})\s+\Z", sentence.text[: hedge.start()]
    )
    return found[1].split()[-1] if found else None


def _category(page: Page, text: str) -> LegalCategory | None:
    murder = page.lexicon.data.get("investigated_murder", ["murder"])
    if any(word in text.casefold() for word in murder):
        return LegalCategory.MURDER
    legal = meanings(page.language, "legal", LegalCategory)
    return next((word for word, name in legal if page.lexicon.mentions(text, name)), None)


def _norm(page: Page, text: str) -> tuple[Norm, int] | None:
    """The most particular law that is named, and where its name ends."""
    for norm, name in meanings(page.language, "norm", Norm):
        if norm is Norm.INTERNATIONAL_LAW:
            continue
        match = page.lexicon.pattern(name).search(text)
        if match:
            return norm, match.end()
    general = page.lexicon.data.get("norm_international_law")
    match = page.lexicon.pattern("norm_international_law").search(text) if general else None
    return (Norm.INTERNATIONAL_LAW, match.end()) if match else None


def named(words: str) -> Named:
    """Somebody in the words of a report: named where a capital within says so, else described."""
    plain = re.sub(r"^(?:the|a|an)\s+", "", tidy(words).strip(" ,"), flags=re.IGNORECASE)
    capital = any(part[0].isupper() for part in plain.split())
    identity = IdentityStatus.NAMED if capital else IdentityStatus.DESCRIBED_ONLY
    return Named(name=plain, identity=identity)
