"""
A machine's transcript made again: whether it came out the same, and what else was different.

Identical means that every word, time, per mille and flag is the same: the digests of both
contents agree. Where they do not, the words that differ are told, how far others moved, and
everything in which the two hearings themselves differ: versions, model, threads, processor.
Whether one of those is the reason is for people to judge.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.core.canonical import Json
from app.core.digest import Digest
from app.transcripts.queries import digest
from transcription.difference import Change, compare
from transcription.transcript import Transcript as Content

SHOWN_CHANGES = 500
"""More than this are counted and not told one by one."""
BESIDES = ("confidence", "flags", "reckoned", "timed", "untimed")
"""In what else words may differ that are written the same and stand in the same place."""
_TOLD_OTHERWISE = frozenset({"windows", "parent", "input.pcm_sha256"})
"""Windows and parent are taken over as recorded; the digest of the samples is told first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    What a replay shows; `samples_same` is about the decoding, `identical` about the words.

    `differences` is empty for an identical one, else {counts, words, most_moved_ms, regrouped,
    changes, untold}; `environment` lists {what, recorded, found}, `None` for not recorded.
    """

    identical: bool
    samples_same: bool
    pcm_sha256: str
    content_sha256: str
    differences: dict[str, Json]
    environment: list[Json]


class Told(Protocol):
    """What `sentences` reads: an outcome, or the row in which one is kept."""

    @property
    def identical(self) -> bool:
        """Whether the words came out the same."""

    @property
    def samples_same(self) -> bool:
        """Whether the samples did."""

    @property
    def pcm_sha256(self) -> str:
        """The samples decoded now."""

    @property
    def differences(self) -> dict[str, Any]:
        """See `Outcome`."""

    @property
    def environment(self) -> list[Any]:
        """See `Outcome`."""


def judged(
    recorded: Content, pins: Mapping[str, Any], found: Content, found_pins: Mapping[str, Any]
) -> Outcome:
    """Compare two hearings: the content on record and the new one, each with its derivation."""
    before, after = digest(recorded), digest(found)
    samples = Digest.parse(found_pins["input"]["pcm_sha256"])
    return Outcome(
        identical=before == after,
        samples_same=str(samples) == pins["input"]["pcm_sha256"],
        pcm_sha256=str(samples),
        content_sha256=str(after),
        differences={} if before == after else _differences(recorded, found),
        environment=_environment(pins, found_pins),
    )


def sentences(outcome: Told, *, recorded_pcm: str) -> list[str]:
    """The outcome for people, what is gravest first."""
    told = []
    if not outcome.samples_same:
        told.append(
            f"Decoding the original again gave other samples: {outcome.pcm_sha256}, where the "
            f"transcript's times refer to {recorded_pcm}."
        )
    told += ["Identical: every word, time and flag."] if outcome.identical else _told(outcome)
    if outcome.environment:
        told.append(f"Different in the environment: {'; '.join(_named(outcome))}.")
    else:
        told.append("The environment is the same as on record.")
    return told


def _told(outcome: Told) -> Iterator[str]:
    counts = outcome.differences["counts"]
    yield f"Different: {counts['words_changed']} words."
    if moved := counts["moved"]:
        yield f"Times moved: {moved} words, by at most {outcome.differences['most_moved_ms']} ms."
    others = [f"{name} of {counts[name]} words" for name in BESIDES if counts[name]]
    if others:
        yield f"Different besides: {', '.join(others)}."
    if outcome.differences["regrouped"]:
        yield "The words are grouped into segments differently, or segments timed differently."


def _named(outcome: Told) -> Iterator[str]:
    for item in outcome.environment:
        yield f"{item['what']} was {item['recorded']}, is {item['found']}"


def _differences(recorded: Content, found: Content) -> dict[str, Json]:
    difference = compare(recorded, found, moved_ms=0)
    shown: list[Json] = [_change(change) for change in difference.changes[:SHOWN_CHANGES]]
    counts: dict[str, Json] = {**difference.counts()}
    return {
        "counts": counts,
        "words": [*difference.words],
        "most_moved_ms": max((_moved(change) for change in difference.changes), default=0),
        "regrouped": difference.regrouped,
        "changes": shown,
        "untold": len(difference.changes) - len(shown),
    }


def _change(change: Change) -> Json:
    return {
        "kind": str(change.kind),
        "aspects": [str(aspect) for aspect in sorted(change.aspects)],
        "recorded": _word(change.before),
        "found": _word(change.after),
    }


def _word(word: Any) -> Json:  # a word of `transcription.difference`, or None
    if word is None:
        return None
    return {"text": word.text, "start_ms": word.start_ms, "end_ms": word.end_ms}


def _moved(change: Change) -> int:
    """How far apart the ends of a word lie that both hearings have."""
    before, after = change.before, change.after
    if before is None or after is None:
        return 0
    ends = ((before.start_ms, after.start_ms), (before.end_ms, after.end_ms))
    return max(
        (abs(one - other) for one, other in ends if one is not None and other is not None),
        default=0,
    )


def _environment(pins: Mapping[str, Any], found: Mapping[str, Any]) -> list[Json]:
    before, after = dict(_flat(pins)), dict(_flat(found))
    return [
        {"what": what, "recorded": before.get(what), "found": after.get(what)}
        for what in sorted(before.keys() | after.keys())
        if what not in _TOLD_OTHERWISE and before.get(what) != after.get(what)
    ]


def _flat(pins: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Json]]:
    for name, value in pins.items():
        if isinstance(value, dict) and f"{prefix}{name}" not in _TOLD_OTHERWISE:
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
