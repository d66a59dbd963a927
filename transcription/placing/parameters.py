"""Every number that bears on where a word is placed; whole, since they are kept with the result."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """
    The settings of the method, with the values that were measured to be best.

    Changing one changes results: `METHOD` in `placing` then needs another version.
    """

    voices: tuple[str, ...] = ("", "+f2", "+m3", "+f4", "+m1")
    words_per_minute: int = 165
    acoustic_permille: int = 300
    pace_permille: int = 800
    pause_cost: int = 2
    skip_cost: int = 60
    spread_permille: int = 300
    rounds: int = 3
    prior_frames: int = 10
    prior_spread_frames: int = 20
    floor_db: int = -30
    least_support_permille: int = 980

    def as_data(self) -> dict[str, str | int | bool]:
        """The settings as plain values."""
        return {**asdict(self), "voices": " ".join(f"default{name}" for name in self.voices)}
