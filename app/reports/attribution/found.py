"""What is found of one cue in its sentence, before the text around it is asked."""

from dataclasses import dataclass

from app.reports.attribution.cues import Cue
from app.reports.attribution.values import Sayer, SayerKind
from transcription.quotation.proposal import Stretch

_PUBLISHED = {SayerKind.PUBLICATION, SayerKind.DOCUMENT}


@dataclass(frozen=True, slots=True)
class Found:
    """One cue with its sayers, the stretch that both take up, and the words that they attribute."""

    cue: Cue
    sayers: tuple[Sayer, ...]
    zone: Stretch
    words: tuple[Stretch, ...] = ()
    cited: tuple[Sayer, ...] = ()
    via: tuple[Sayer, ...] = ()
    through: tuple[Sayer, ...] = ()
    """Who quotes them: of "the paper cited officials as saying" the paper."""

    @property
    def published(self) -> bool:
        """Whether all who say it publish."""
        return bool(self.sayers) and all(sayer.kind in _PUBLISHED for sayer in self.sayers)
