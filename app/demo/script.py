"""
What the demo plays: two recordings, two reports, what people say, and what becomes of it.

Everything is invented and neutral (lorries, doctors, bridges), within the vocabulary that
the exercise model knows. One report quotes rightly and twice wrongly, once in the language
that was spoken and else in English; the other only repeats it, dates it a year earlier, and makes more
of what one expert said.
"""

from dataclasses import dataclass, field
from pathlib import Path

SUPPORTING = frozenset({"verbatim", "normalised", "variant_wording"})
AUDIO = Path(__file__).parent / "audio"


@dataclass(frozen=True, slots=True)
class Intake:
    """A recording to take into custody; `translated` where it is also to be had in English."""

    file: Path
    title: str
    language: str
    kind: str = "radio"
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """
    A quote in a report: the words as printed, of which recording, how often it is claimed.

    `supported` is what the demo expects of itself (`None`: nothing), `located` whether it
    must be found with a time range, `verdicts` which of them would do, where it matters.
    """

    exact: str
    recording: int
    language: str = "en"
    speaker: str | None = None
    claim: tuple[str, int, str] | None = None
    supported: bool | None = None
    located: bool = True
    verdicts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Published:
    """A report: its particulars, its text, what it quotes, which earlier report it repeats."""

    title: str
    publisher: str
    language: str
    published: str
    text: str
    quotes: tuple[Said, ...] = field(default=())
    repeats: int | None = None


RECORDINGS = (
    Intake(AUDIO / "exchange_ru.flac", "Depot traffic, evening (exercise)", "ru", translated=True),
    Intake(AUDIO / "exchange_en.flac", "River crossing, morning (exercise)", "en"),
)

FIRST = """Radio traffic sheds light on the depot exercise

The order was given on an open channel: «Приказ такой: командира оставить, остальных вывезти в тыл». It was heard twice. In English: “keep the commander, take the rest to the rear”, said twice. A first version of this report had it otherwise: “keep the rest, take the commander to the rear”.

The radio traffic from the depot was recorded last November in the Northern district.

On the second recording a controller says: “The order is: keep the commander, take the wounded to the hospital.” Later the same voice asks for lorries: “We need five trucks by the river.”

A forensic expert who analysed the recording said it did not appear to be faked. A spokesman for the exercise declined to comment.
"""

SECOND = """Commander to stay, wounded to be moved, paper reports

According to the Northern Gazette, a controller ordered on the radio to “keep the commander, take the wounded to the hospital.” The radio traffic from the depot was recorded in November 2024 in the Northern district.

Forensic experts say the recording and the footage appear to be authentic.
"""

REPORTS = (
    Published(
        title="Radio traffic sheds light on the depot exercise",
        publisher="Northern Gazette (invented)",
        language="en",
        published="2026-05-21",
        text=FIRST,
        quotes=(
            Said(
                "Приказ такой: командира оставить, остальных вывезти в тыл",
                recording=0,
                language="ru",
                supported=True,
                claim=("exactly", 2, "It was heard twice"),
            ),
            Said(
                "keep the commander, take the rest to the rear",
                recording=0,
                supported=True,
                claim=("exactly", 2, "said twice"),
            ),
            Said(
                "keep the rest, take the commander to the rear",
                recording=0,
                supported=False,
                verdicts=frozenset({"reversed", "contradicts"}),
            ),
            Said(
                "The order is: keep the commander, take the wounded to the hospital.",
                recording=1,
                supported=True,
                speaker="a controller",
            ),
            Said(
                "We need five trucks by the river.",
                recording=1,
                supported=False,
                speaker="the same voice",
            ),
        ),
    ),
    Published(
        title="Commander to stay, wounded to be moved, paper reports",
        publisher="Harbour Post (invented)",
        language="en",
        published="2026-05-22",
        text=SECOND,
        quotes=(
            Said(
                "keep the commander, take the wounded to the hospital.",
                recording=1,
                speaker="a controller",
            ),
        ),
    ),
)
READ = frozenset({"date", "place"})
"""Of what the rules read in the reports as claims, what is accepted: about the first recording."""
CONFLICT, DRIFT = "date", frozenset({"stronger", "plurality_changed", "scope_widened"})
"""What must come of it: the kind of conflict, and how the expert's words grew."""

# Words of people, invented like the rest; never of the machine.
ASSESSMENT: dict[str, str] = {
    "question": "continuity",
    "stance": "cannot_determine",
    "kind": "human_examination",
    "wording": "I hear no interruption, but a copy of a copy would sound the same.",
    "assessor_as_described": "a sound engineer (invented)",
    "method": "listening on headphones, twice",
    "limitations": "no spectrogram was looked at",
}

NOT_CONFIRMED: dict[str, str] = {
    "question": "claimed_source",
    "stance": "declined_to_assess",
    "kind": "publisher_statement",
    "wording": "The editors could not verify where the recording was made.",
    "assessor_as_described": "the editors of the first report",
    "binding": "description_only",
}

ENGINE = "whisper:exercise"


def of_one(quote: str, language: str) -> tuple[Published, ...]:
    """Two reports around one quote of one's own; the second merely repeats the first."""
    first = Published(
        title="A report that quotes the recording",
        publisher="First publisher",
        language=language,
        published="2026-01-01",
        text=f"It is reported that these words were said: “{quote}”\n",
        quotes=(Said(quote, recording=0, language=language),),
    )
    second = Published(
        title="A report that repeats the first",
        publisher="Second publisher",
        language=language,
        published="2026-01-02",
        text=f"According to the first publisher: “{quote}”\n",
        quotes=(Said(quote, recording=0, language=language),),
        repeats=0,
    )
    return first, second
