"""
Finding the thresholds of acoustic support for the exercise model, on speech that it never met.

One word of a phrase at a time is exchanged, added or left out. From each wrong wording the right one is an
alternative that should win; from the right one every wrong one is an alternative that should lose. A
bound is the lowest, in tenths of a nat, by which at most one in a hundred is judged wrongly.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from transcription.engines import load
from transcription.support import forcing
from transcription.support.alternatives import Change
from transcription.support.calibration import VERSION, Bounds, Calibration
from transcription.support.evidence import ahead, between
from transcription.support.scoring import Listener, Score, Scorer
from transcription.support.views import views
from transcription.support.wording import spliced, words
from transcription.training.radio import ROUGH_DB
from transcription.training.swaps import Part, Swapped, swapped

SEED = 2026
STEP = 100
LEAST_AGAINST = 1000
"""An alternative must be a whole nat ahead, however well it went here."""
LEAST_GAINED = 1000
WRONG_SHARE = 0.01
PASSING_SHARE = 0.02
"""So many of the wrong words may pass for what the engine would have said itself."""


class Lead(NamedTuple):
    """Of one wording over another, one number for each view (`Weighed`)."""

    ahead: tuple[int, ...]
    between: tuple[int, ...]
    gained: tuple[int, ...]


Leads = list[Lead]


@dataclass(slots=True)
class Measured:
    """
    Leads of quotes over alternatives: of right quotes over wrong alternatives, and of wrong quotes over
    right ones.

    `behind` are, of words that were said and of words that were not, how far their unlikeliest token
    lies behind what the engine would have said, in the worst view.
    """

    right: dict[Change, Leads] = field(default_factory=lambda: {one: [] for one in Change})
    wrong: dict[Change, Leads] = field(default_factory=lambda: {one: [] for one in Change})
    behind_said: list[int] = field(default_factory=list)
    behind_unsaid: list[int] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)


def calibrate(checkpoint: str, path: Path, *, phrases: int) -> Calibration:
    """Find the thresholds of a model and write them as the only ones in the file `path`."""
    engine = forcing(load(checkpoint))
    found = measured(engine, swapped(SEED, phrases, Part.CALIBRATION))
    assert engine.model_digest is not None
    made = Calibration(
        model=engine.model_digest,
        version=VERSION,
        changes={change: bounds(found, change) for change in Change},
        behind=_behind(found.behind_unsaid),
        gained=LEAST_GAINED,
        made_on={
            "speech": "espeak-ng, phrases and voices that the model was not trained on",
            "voices": " ".join(Part.CALIBRATION.voices),
            "phrases": dict(sorted(found.languages.items())),
            "seed": SEED,
            "speech_above_noise_db": [round(edge) for edge in ROUGH_DB],
            "auc_permille": {change.value: separation(found, change) for change in Change},
            "auc_permille_by_the_audio_alone": {
                change.value: separation(found, change, by="gained") for change in Change
            },
        },
    )
    path.write_text(json.dumps([made.as_data()], indent=1, ensure_ascii=False) + "\n")
    return made


def measured(engine: Listener, phrases: Iterable[Swapped]) -> Measured:
    """Score every phrase and its wrong wordings in three views."""
    found = Measured()
    for one in phrases:
        found.languages[one.language] += 1
        truth = words(one.truth)
        wordings = [words(text) for _, text in (one.exchanged, one.added, one.lacking)]
        deleted = [spliced(truth, at, at + 1, "") for at in range(len(truth))]
        scorer = Scorer(engine, one.samples, language=one.language)
        in_views = [
            scorer.scores(view, [truth, *wordings, *deleted])
            for view in views(
                one.span,
                one.context,
                length_ms=len(one.samples) * 1000 // 16_000,
                longest_ms=engine.window_ms,
            )
        ]
        said, exchanged, added, lacking, *lesser = zip(*in_views, strict=True)
        found.right[Change.EXCHANGE].append(_lead(said, exchanged))
        found.right[Change.INSERTION].append(_lead(said, added))
        found.right[Change.DELETION] += [_lead(said, one) for one in lesser]
        found.wrong[Change.EXCHANGE].append(_lead(exchanged, said))
        found.wrong[Change.DELETION].append(_lead(added, said))
        found.wrong[Change.INSERTION].append(_lead(lacking, said))
        found.behind_said += [_worst(said, at) for at in range(len(truth))]
        found.behind_unsaid.append(_worst(exchanged, one.exchanged[0]))
        found.behind_unsaid.append(_worst(added, one.added[0]))
    return found


def separation(
    found: Measured, change: Change, by: Literal["between", "gained"] = "between"
) -> int:
    """
    How well right quotes are told from wrong ones where the other wording is at hand.

    The area under the receiver's curve, per mille: how often the middle lead of a right quote is larger
    than that of a wrong one. By `gained` nothing of what the words suggest by themselves has a part in
    it, which matters here: in eleven sentence patterns a word too many or too few is unlikely unheard.
    """
    right, wrong = (
        [sorted(getattr(lead, by))[len(lead.ahead) // 2] for lead in leads[change]]
        for leads in (found.right, found.wrong)
    )
    return auc(right, wrong)


def auc(higher: Sequence[int], lower: Sequence[int]) -> int:
    """How often, per mille, one of `higher` is larger than one of `lower`; ties count half."""
    one, other = np.array(higher)[:, None], np.array(lower)[None]
    return round(1000 * float(np.mean((one > other) + 0.5 * (one == other))))


def bounds(found: Measured, change: Change) -> Bounds:
    """The bounds of one kind of alternative, in whole steps."""
    lost = [-max(lead.ahead) for lead in found.right[change]]
    won = [min(lead.between) for lead in found.wrong[change]]
    return Bounds(against=_lowest(lost, least=LEAST_AGAINST), over=_lowest(won, least=STEP))


def _lowest(reached: Sequence[int], *, least: int) -> int:
    """The lowest bound in whole steps that at most `WRONG_SHARE` reach."""
    bound = least
    while sum(value >= bound for value in reached) > WRONG_SHARE * len(reached):
        bound += STEP
    return bound


def _behind(unsaid: Sequence[int]) -> int:
    """The highest bound in whole steps, up to a nat, under which at most `PASSING_SHARE` stay."""
    bound = LEAST_AGAINST
    while bound and sum(value <= bound for value in unsaid) > PASSING_SHARE * len(unsaid):
        bound -= STEP
    return bound


def _lead(one: Sequence[Score], other: Sequence[Score]) -> Lead:
    pairs = list(zip(one, other, strict=True))
    gained = [a.gained - b.gained for a, b in pairs]
    heard = [a.heard - b.heard for a, b in pairs]
    return Lead(ahead(gained, heard), between(gained, heard), tuple(gained))


def _worst(in_views: Sequence[Score], at: int) -> int:
    return max(score.behind(at) for score in in_views)
