"""
Annotation tiers, the part that Praat and ELAN share: which tier is what, and a transcript of them.

A tier is a row of labels along time. Names say what it holds: `words`, `Anna - words` (as the
Montreal Forced Aligner writes) and `words@Anna` (as ELAN's users do) are words, `phones` are left out,
and so is what is no speech in the language spoken (translations, glosses, comments). A tier whose
name says nothing is a speaker's utterances, unless its labels are another tier's text in pieces
(then they are its words) or fine pieces of no text (then they are sounds).

Words lie in the utterance of their speaker that contains them. Where a file has words and no
utterances, one goes from pause to pause (`PAUSE_MS` without a word).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from transcription.errors import Malformed
from transcription.formats import origin
from transcription.formats.draft import Draft, Found, Repair, drafted
from transcription.formats.settling import SLACK_MS
from transcription.formats.wording import fitted, heard, places
from transcription.transcript import Segment, Word

MAX_TIERS = 400
PAUSE_MS = 500
INTERPOLATED, POINTS = ", interpolated", ", points"


class Role(StrEnum):
    """What the labels of a tier are."""

    SEGMENTS = "segments"
    WORDS = "words"
    OTHER = "other"


_NAMES = {
    Role.SEGMENTS: """
        segment segments utterance utterances utt sentence sentences phrase phrases transcription
        transcript transcripts text orthography ortho orthographic speech reference default tx
        txt turns turn реплики текст репліки
    """,
    Role.WORDS: "word words wd wds w token tokens wrd слова слово",
    Role.OTHER: """
        phone phones phoneme phonemes phn segmentation syllable syllables translation translations
        gloss glosses ft ge gl mb pos note notes comment comments gesture gestures event events ref
        noise noises pitch tone tones ipa перевод переклад
    """,
}
_Item = TypeVar("_Item")
ROLES = {name: role for role, names in _NAMES.items() for name in names.split()}
_LANE = re.compile(r" \(\d{1,4}\)\Z")
SILENT = frozenset({"sil", "sp", "<eps>", "<sil>", "<p>", "<p:>"})
"""What aligners write on a tier of words where nobody speaks."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label on a tier; `within` names the labels of other tiers it is a part of, nearest first."""

    text: str
    start_ms: int | None
    end_ms: int | None
    line: int
    id: str | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """A row of labels; `role`, `speaker` and `parent` where the file says more than a name does."""

    name: str
    line: int
    labels: tuple[Label, ...]
    role: Role | None = None
    speaker: str | None = None
    interpolated: bool = False
    parent: str | None = None


_Said = tuple[Label, bool]
"""A word, and whether its times were interpolated."""


def draft(tiers: Sequence[Tier], language: str, *, machine: str | None = None) -> Draft:
    """One transcript of all tiers that hold speech; what is left out is named."""
    if len(tiers) > MAX_TIERS:
        raise Malformed(f"more than {MAX_TIERS} tiers", line=tiers[MAX_TIERS].line)
    spoken: list[Tier] = []
    for tier in tiers:
        if tier.name == origin.TIER:
            said = (origin.machine(label.text) for label in tier.labels)
            machine = machine or next((name for name in said if name), None)
            continue
        named = _named(tier)
        silent = SILENT if named.role is Role.WORDS else frozenset[str]()
        kept = tuple(
            replace(one, text=heard(one.text, language=language))
            for one in tier.labels
            if one.text and one.text.casefold() not in silent
        )
        spoken.append(replace(named, labels=kept))
    known = _recognised([tier for tier in spoken if tier.labels])
    left_out = tuple(
        Repair(tier.line, f"tier {tier.name[:60]!r}", "left out: it holds no words or utterances")
        for tier in known
        if tier.role is Role.OTHER
    )
    found = [one for voice in _voices(known) for one in _in_time(voice, _began)]
    return drafted(_in_time(found, _began), language, machine=machine, left_out=left_out)


def _named(tier: Tier) -> Tier:
    """What the tier's name says of it, where nothing else has."""
    name = _LANE.sub("", tier.name)
    name, interpolated = _without(name.removesuffix(POINTS), INTERPOLATED)
    for parts in (name.rsplit(" - ", 1), name.rsplit("@", 1)[::-1], ["", name]):
        speaker, what = parts if len(parts) == 2 else ("", "")  # noqa: PLR2004 - a name in two
        role = tier.role or ROLES.get(what.strip().casefold())
        if role and what.strip().casefold() in ROLES:
            given = tier.speaker or speaker.strip() or None
            return replace(tier, role=role, speaker=given, interpolated=interpolated)
    return tier


def _without(name: str, ending: str) -> tuple[str, bool]:
    return name.removesuffix(ending), name.endswith(ending)


def _recognised(tiers: list[Tier]) -> list[Tier]:
    """Give every tier a role: by what it holds, where its name said nothing."""
    known: list[Tier] = []
    utterances = [tier for tier in tiers if tier.role in {Role.SEGMENTS, None}]
    words = [tier for tier in tiers if tier.role is Role.WORDS]
    for tier in tiers:
        if tier.role is not None:
            known.append(tier)
            continue
        near = [one for one in utterances if one is not tier]
        if tier.parent is not None:
            near = [one for one in near if one.name == tier.parent]
        whole = next((one for one in near if _spells(one, tier)), None)
        if whole is not None:
            speaker = tier.speaker or whole.speaker or (whole.name if not whole.role else None)
            known.append(replace(tier, role=Role.WORDS, speaker=speaker))
        elif tier.parent is not None or _pieces(tier, [*near, *words]):
            known.append(replace(tier, role=Role.OTHER))
        else:
            name = tier.speaker or tier.name.strip() or None
            known.append(replace(tier, role=Role.SEGMENTS, speaker=name))
    return known


def _spells(whole: Tier, parts: Tier) -> bool:
    """Whether one tier's labels are the texts of the other, word by word."""
    if len(parts.labels) <= len(whole.labels):
        return False
    said = " ".join(label.text for label in whole.labels)
    return places(said, [label.text for label in parts.labels]) is not None


def _pieces(tier: Tier, wholes: list[Tier]) -> bool:
    """Whether a tier holds moments, or short pieces of what another holds: sounds, or signs."""
    if all(label.start_ms == label.end_ms for label in tier.labels):
        return True
    short = all(" " not in label.text and len(label.text) <= 4 for label in tier.labels)  # noqa: PLR2004
    return short and any(len(tier.labels) >= 2 * len(whole.labels) for whole in wholes)


def _voices(tiers: list[Tier]) -> Iterable[list[Found]]:
    """Every speaker's utterances with their words."""
    segments: dict[str | None, list[Label]] = {}
    words: dict[str | None, list[_Said]] = {}
    for tier in tiers:
        if tier.role is Role.SEGMENTS:
            segments.setdefault(tier.speaker, []).extend(tier.labels)
    for tier in tiers:
        if tier.role is Role.WORDS:
            nameless = tier.speaker is None and None not in segments and len(segments) == 1
            speaker = next(iter(segments)) if nameless else tier.speaker
            said = ((label, tier.interpolated) for label in tier.labels)
            words.setdefault(speaker, []).extend(said)
    for speaker in dict.fromkeys([*segments, *words]):
        yield _voice(speaker, segments.get(speaker, []), words.get(speaker, []))


def _voice(speaker: str | None, segments: list[Label], words: list[_Said]) -> list[Found]:
    ids = {label.id for label in segments if label.id}
    parts: dict[str, list[_Said]] = {}
    loose: list[_Said] = []
    for word in words:
        whole = next((id_ for id_ in word[0].within if id_ in ids), None)
        (loose if whole is None else parts.setdefault(whole, [])).append(word)
    loose = _in_time(loose, lambda word: word[0])
    found: list[Found] = []
    orphans: list[_Said] = []
    at = 0
    for label in _in_time(segments, lambda label: label):
        inside = parts.get(label.id or "", [])
        if not inside and label.start_ms is not None and label.end_ms is not None:
            while at < len(loose) and _lies_before(loose[at][0], label.start_ms):
                orphans.append(loose[at])
                at += 1
            end = at
            while end < len(loose) and not _lies_past(loose[end][0], label.end_ms):
                end += 1
            inside = _belonging(label, loose[at:end])
            at += len(inside)
        found.append(_found(label, speaker, inside))
    return found + _utterances(speaker, orphans + loose[at:])


def _belonging(label: Label, inside: list[_Said]) -> list[_Said]:
    """Words by their times, less those on its end that its text does not hold (the next one's)."""
    for left in range(len(inside), max(0, len(inside) - 4) - 1, -1):
        if places(label.text, [word.text for word, _ in inside[:left]]) is not None:
            return inside[:left]
        if left and _lies_before(inside[left - 1][0], label.end_ms or 0):
            break
    return inside


def _lies_before(word: Label, moment: int) -> bool:
    return word.start_ms is not None and word.start_ms < moment - SLACK_MS


def _lies_past(word: Label, moment: int) -> bool:
    return word.end_ms is not None and word.end_ms > moment + SLACK_MS


def _found(label: Label, speaker: str | None, words: list[_Said]) -> Found:
    said = [
        Word(word.text, word.start_ms, word.end_ms, interpolated=interpolated)
        for word, interpolated in words
    ]
    kept = fitted(label.text, said)
    known = {id(word): part.line for word, (part, _) in zip(said, words, strict=True)}
    segment = Segment(label.text, label.start_ms, label.end_ms, kept, speaker)
    return Found(segment, label.line, tuple(known.get(id(word), label.line) for word in kept))


def _utterances(speaker: str | None, words: list[_Said]) -> list[Found]:
    """Words that no utterance contains, from pause to pause."""
    groups: list[list[_Said]] = []
    for word in words:
        before = groups[-1][-1][0].end_ms if groups else None
        start = word[0].start_ms
        if before is None or start is None or start - before >= PAUSE_MS:
            groups.append([])
        groups[-1].append(word)
    found: list[Found] = []
    for group in groups:
        first, last = group[0][0], group[-1][0]
        text = " ".join(word.text for word, _ in group)
        whole = Label(text, first.start_ms, last.end_ms, first.line)
        found.append(_found(whole, speaker, group))
    return found


def _began(found: Found) -> Segment:
    return found.segment


def _in_time(items: Sequence[_Item], of: Callable[[_Item], Label | Segment]) -> list[_Item]:
    """Things by their beginning; one without times stays behind the one it follows."""
    keyed: list[tuple[tuple[int, int], _Item]] = []
    behind = (-1, -1)
    for item in items:
        start, end = of(item).start_ms, of(item).end_ms
        behind = behind if start is None or end is None else (start, end)
        keyed.append((behind, item))
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0])]
