"""What is ordered, discussed, done or denied: deeds with those they are done to; who answers for it."""

import re
from collections.abc import Iterable, Iterator

from app.claims.deeds import Act, Deed, Direction, Extent, LegalCategory, Responsibility, Upon
from app.claims.facts import Answerable, Bearing, Conduct, Doing
from app.claims.predicates import Predicate
from app.claims.reading.justice import named
from app.claims.reading.lexicon import meanings
from app.claims.reading.page import FAR, Page, Sentence
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.terms import Modality
from app.reports.attribution.values import Force
from transcription.quotation.proposal import Stretch

_WINDOW = 150
"""How many characters after a word like "order" the deed that is ordered may end."""
_UPON = 60
_HEDGE = 24
_ATTRIBUTED = 110
_STOPS = re.compile(r"[;.!?…]\s|[—–]\s|\n")
_COLON = re.compile(r":\s")


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """What a sentence says of deeds."""
    yield from _contents(page, sentence)
    yield from _accusations(page, sentence)
    yield from _denials(page, sentence)
    yield from _extents(page, sentence)
    yield from _answerable(page, sentence)
    yield from _bearings(page, sentence)


def doings(page: Page, text: str) -> list[tuple[Doing, int, int]]:
    """The deeds that a stretch of words names, each with its object and where both stand."""
    deeds = sorted(
        (match.start(), -match.end(), deed)
        for deed, name in meanings(page.language, "deed", Deed)
        for match in page.lexicon.pattern(name).finditer(text)
    )
    kept: list[tuple[int, int, Deed]] = []
    for start, negative_end, deed in deeds:
        if not kept or start >= kept[-1][1]:
            kept.append((start, -negative_end, deed))
    found: list[tuple[Doing, int, int]] = []
    waiting: list[tuple[Upon, int, int]] = []
    for at, (start, end, deed) in enumerate(kept):
        before = kept[at - 1][1] if at else 0
        until = kept[at + 1][0] if at + 1 < len(kept) else len(text)
        passive = page.lexicon.matcher(r"(?<!\w)@passives@\s+\Z").search(
            text[max(0, start - 12) : start]
        )
        if passive or (
            deed is Deed.CAPTURE and page.lexicon.lists(text[start:end], "object_first")
        ):
            objects = _acted_upon(page, text, before, start)
        else:
            objects = waiting or _objects(page, text, end, min(until, end + _UPON))
            waiting = []
            if (
                not objects
                and at + 1 < len(kept)
                and _is_joined(page, text[end:until])
                and "," not in text[end:until]
            ):
                objects = _objects(page, text, kept[at + 1][1], len(text))[:1]
        following = kept[at + 1][:2] if at + 1 < len(kept) else None
        if _before_verb(page, text, objects, following):
            objects, waiting = objects[:-1], objects[-1:]
        if not objects:
            found.append((Doing(deed=deed), start, end))
        found += [
            (Doing(deed=deed, upon=upon), min(start, first), max(end, last))
            for upon, first, last in objects
        ]
    return found


def _acted_upon(page: Page, text: str, first: int, last: int) -> list[tuple[Upon, int, int]]:
    """Those before a passive verb; of "commanders among the soldiers", the commanders."""
    found = _objects(page, text, first, last)
    for at in range(1, len(found)):
        between = text[found[at - 1][2] : found[at][1]]
        if page.lexicon.pattern("partitives").search(between):
            return [found[at - 1]]
    return found[-1:]


def _objects(page: Page, text: str, first: int, last: int) -> list[tuple[Upon, int, int]]:
    """Those that something is done to, in order; the longer wording of two that overlap."""
    matches = sorted(
        (match.start(), -match.end(), upon)
        for upon, name in meanings(page.language, "upon", Upon)
        for match in page.lexicon.pattern(name).finditer(text, first, last)
    )
    kept: list[tuple[Upon, int, int]] = []
    for start, negative_end, upon in matches:
        joined = not kept or _is_joined(page, text[kept[-1][2] : start])
        if (not kept or start >= kept[-1][2]) and joined:
            kept.append((upon, start, -negative_end))
    return kept


def _before_verb(
    page: Page, text: str, objects: list[tuple[Upon, int, int]], following: tuple[int, int] | None
) -> bool:
    """Whether the last object of a deed belongs to the next: "взять командира, а остальных убить"."""
    if page.language == "en" or len(objects) < 2 or following is None:  # noqa: PLR2004 - one each
        return False
    begins, ends = following
    adjacent = not text[objects[-1][2] : begins].strip()
    return adjacent and not _objects(page, text, ends, min(len(text), ends + _UPON))


def _is_joined(page: Page, between: str) -> bool:
    """Whether two objects (or deeds) stand side by side: "women and men"."""
    words = between.replace(",", " ").split()
    return not words or page.lexicon.lists(" ".join(words), "object_joins")


def _contents(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Orders to do something, talk of it, plans for it: what a recording is said to hold."""
    claimed: list[tuple[int, int]] = []
    for act, name in meanings(page.language, "act", Act):
        for match in [*page.found(sentence, name), *page.wordings(sentence, name)]:
            rest = sentence.text[match.end() : match.end() + _WINDOW]
            stop = _STOPS.search(rest)
            window = rest[: stop.start()] if stop else rest
            colon = _COLON.search(window)
            if colon and (act is not Act.ORDERS or doings(page, window[: colon.start()])):
                window = window[: colon.start()]
            found = doings(page, window)
            if not found or any(doing.upon is None for doing, _, _ in found):
                found = [each for each in found if each[0].upon is not None]
            if not found:
                continue
            start, end = match.start(), match.end() + max(last for _, _, last in found)
            if any(start < until and begun < end for begun, until in claimed):
                continue
            claimed.append((start, end))
            unique = tuple(dict.fromkeys(doing for doing, _, _ in found))
            place = Stretch(sentence.place.start + start, sentence.place.start + end)
            yield Draft(
                place=place,
                modality=page.modality(place, adjectives=FAR),
                predicate=Predicate.CONTENT,
                value=Conduct(deeds=unique, act=act),
                role=SubjectRole.RECORDING,
                why=f"“{match[0]}” with a deed and those it is done to",
            )


def _accusations(page: Page, sentence: Sentence) -> Iterator[Draft]:
    for match in page.wordings(sentence, "accused"):
        found = doings(page, match["what"])
        if not found:
            continue
        yield Draft(
            place=sentence.at(match),
            predicate=Predicate.CONDUCT,
            value=Conduct(deeds=tuple(dict.fromkeys(doing for doing, _, _ in found))),
            role=SubjectRole.AGENT,
            subject=match["who"],
            modality=Modality.ALLEGED,
            why="an accusation, with the deeds that it names",
        )


def _denials(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """What somebody is said to deny."""
    for each in page.attributions.attributions:
        if each.force is not Force.DENIED or each.sentence.start != sentence.place.start:
            continue
        words = each.place.of(page.text)
        found = doings(page, words)
        if not found:
            continue
        head = words[: min(start for _, start, _ in found)].strip()
        yield Draft(
            place=each.place,
            predicate=Predicate.DENIAL,
            value=Conduct(
                deeds=tuple(dict.fromkeys(doing for doing, _, _ in found)),
                by=named(head) if head and len(head.split()) <= 4 else None,  # noqa: PLR2004 - a short name
            ),
            role=SubjectRole.AGENT,
            subject=each.sayers[0].text if each.sayers else None,
            modality=Modality.DENIED,
            why="what is said to be denied",
        )


def _extents(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """A pattern, a policy, a tendency: of the deeds of this sentence, else of the one before it."""
    for extent, name in meanings(page.language, "extent", Extent):
        for match in page.found(sentence, name):
            here = [doing for doing, _, _ in doings(page, sentence.text)]
            deeds = here or _before(page, sentence)
            if not deeds:
                continue
            place = sentence.at(match)
            yield Draft(
                place=place,
                predicate=Predicate.CONDUCT,
                value=Conduct(deeds=tuple(dict.fromkeys(deeds)), extent=extent),
                role=SubjectRole.AGENT,
                why=f"“{match[0]}”: more than one case"
                + ("" if here else "; of what the sentence before says"),
            )


def _before(page: Page, sentence: Sentence) -> list[Doing]:
    earlier = page.before(sentence)
    return [doing for doing, _, _ in doings(page, earlier.text)] if earlier else []


def _answerable(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Who above is said to have ordered or sanctioned it."""
    until = 0
    for match in page.wordings(sentence, "answerable"):
        of = match["of"]
        if page.lexicon.pattern("leaders").search(of) is None or match.start() < until:
            continue
        modes = [
            mode
            for mode, name in meanings(page.language, "mode", Responsibility)
            if page.lexicon.pattern(name).search(match["mode"])
        ]
        both = {Responsibility.ORDERS, Responsibility.CONSENT} <= set(modes)
        mode = Responsibility.ORDERS_OR_CONSENT if both else next(iter(modes), None)
        if mode is None:
            continue
        until = match.end()
        yield Draft(
            place=sentence.at(match),
            predicate=Predicate.RESPONSIBILITY,
            value=Answerable(mode=mode, of=named(re.split(r"\s+(?:both|and then)\s|,", of)[0])),
            role=SubjectRole.RECORDING,
            why=f"“{match['mode']}” of somebody above",
        )


def _bearings(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Which way recordings speak, in sentences that speak of them."""
    if not page.hears(sentence, "footage"):
        return
    until = 0
    for direction, name in meanings(page.language, "bearing", Direction):
        for match in page.found(sentence, name):
            if match.start() < until:
                continue
            rest = sentence.text[match.end() : match.end() + _WINDOW]
            found = doings(page, rest)
            category, named_end = _category(page, rest[:_HEDGE])
            deeds = tuple(dict.fromkeys(doing for doing, _, _ in found if doing.upon))
            if not deeds and category is None and direction is not Direction.CONSISTENT_WITH:
                continue
            until = match.end()
            act = page.lexicon.pattern("act_orders").search(rest)
            on = Conduct(deeds=deeds, act=Act.ORDERS if act else None) if deeds else None
            end = match.end() + (max(last for _, _, last in found) if deeds else named_end)
            place = Stretch(sentence.place.start + match.start(), sentence.place.start + end)
            yield Draft(
                place=place,
                modality=page.modality(place, adjectives=0),
                predicate=Predicate.BEARING,
                value=Bearing(
                    direction=direction, on=on, category=category if not deeds else None
                ),
                role=SubjectRole.RECORDING,
                why=f"“{match[0]}”: which way it speaks",
            )


def _category(page: Page, text: str) -> tuple[LegalCategory | None, int]:
    """What a stretch calls something in law, and where that ends."""
    for category, name in meanings(page.language, "legal", LegalCategory):
        match = page.lexicon.pattern(name).search(text)
        if match:
            return category, match.end()
    return None, 0
