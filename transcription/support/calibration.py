"""
How far a model's numbers can be followed: thresholds, and the speech on which they were found.

A threshold belongs to one model, known by its digest, and to one version of this method. For any other there is
none, and nothing is then called supported or contradicted. `transcription.training.calibration`
writes the file.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from transcription.support.alternatives import Change

METHOD = "acoustic-support"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    By how many millinats one must be ahead of the other in every view.

    The alternative of the quote, to win `against` it (`Weighed.ahead`); the quote of the alternative, to win
    `over` it (`Weighed.between`).
    """

    against: int
    over: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """
    Thresholds of one model.

    `changes` are the bounds for each kind of alternative. A supported word's own tokens may lie at most
    `behind` what the engine would rather have said, and the audio must add at least `gained` to it or
    to it against an alternative.
    `made_on` says on what all this was found, and how well it told right from wrong there.
    """

    model: str
    version: str
    changes: dict[Change, Bounds]
    behind: int
    gained: int
    made_on: dict[str, Any]

    def as_data(self) -> dict[str, Any]:
        """As it lies in the file."""
        return {
            "model": self.model,
            "version": self.version,
            "changes": {change.value: asdict(b) for change, b in self.changes.items()},
            "behind": self.behind,
            "gained": self.gained,
            "made_on": self.made_on,
        }


def of_data(data: dict[str, Any]) -> Calibration:
    """The value that `as_data` gave."""
    changes = {Change(name): Bounds(**bounds) for name, bounds in data["changes"].items()}
    return Calibration(**{**data, "changes": changes})


@cache
def _kept() -> tuple[Calibration, ...]:
    source = resources.files(__package__).joinpath("calibration.json")
    return tuple(of_data(one) for one in json.loads(source.read_text(encoding="utf-8")))


def calibration(model_digest: str | None) -> Calibration | None:
    """The calibration of a model for this version of the method; `None`: nobody made one."""
    return next(
        (one for one in _kept() if one.model == model_digest and one.version == VERSION), None
    )


def calibrated_on(model_digest: str | None) -> dict[str, Any] | None:
    """On what a model's thresholds were found, and with which result; `None`: not calibrated."""
    found = calibration(model_digest)
    return found.as_data() if found else None
