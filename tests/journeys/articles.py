"""
Four published articles as an investigator registers them who holds none of the recordings.

The articles are read from `../shared/seeds`; here stand only what is known of each before it is
read, and the few words by which a passage is told to be of this recording and not of that.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

POPASNA, AZOVSTAL, CIVILIANS, GERMAN = "popasna", "azovstal", "civilians", "german"
ZAPORIZHZHIA = "zaporizhzhia"
SERIES = "Radio conversations, Zaporizhzhia"

RECORDINGS: dict[str, dict[str, Any]] = {
    POPASNA: {"title": "Order about prisoners, Popasna", "kind": "unspecified"},
    AZOVSTAL: {"title": "Ground unit commander on air strikes", "kind": "unspecified"},
    CIVILIANS: {"title": "Soldiers on civilians", "kind": "radio"},
    GERMAN: {"title": "Intercepted by German foreign intelligence", "kind": "radio"},
    ZAPORIZHZHIA: {
        "title": "Order about those who surrender, Zaporizhzhia",
        "kind": "radio",
        "series": SERIES,
    },
}


@dataclass(frozen=True)
class Article:
    """
    One article: where it lies, what is known of it, which recording it is about.

    `others` are passages about other recordings, by the words they hold; `cites` the words by
    which each recording is spoken of.
    """

    file: str
    about: str
    known: dict[str, Any]
    cites: dict[str, str]
    others: dict[str, str] = field(default_factory=dict)

    def text(self, shared: Path) -> str:
        """The article, character for character."""
        return (shared / "seeds" / self.file).read_bytes().decode()

    def recording(self, passage: str) -> str:
        """Which recording a passage is about."""
        return next((to for words, to in self.others.items() if words in passage), self.about)


POPASNA_2022 = Article(
    file="000_479877dfb85acd00.txt",
    about=POPASNA,
    known={"kind": "news", "language": "en", "publisher": "CNN"},
    cites={
        POPASNA: "alleged intercepted audio recording",
        AZOVSTAL: "intercept of a Russian ground unit commander",
        CIVILIANS: "purported intercepted radio traffic",
        GERMAN: "intercepted alleged radio communications",
    },
    others={"level everything": AZOVSTAL},
)
AGENCY = Article(
    file="001_7e1ce1f5118ff503.txt",
    about=ZAPORIZHZHIA,
    known={
        "kind": "news",
        "language": "en",
        "publisher": "UNN",
        "published_edtf": "2025-05",
    },
    cites={ZAPORIZHZHIA: "series of radio conversations"},
)
WEEKLY = Article(
    file="002_99a8dea882886bf2.txt",
    about=ZAPORIZHZHIA,
    known={"kind": "news", "language": "en", "published_edtf": "2025-05"},
    cites={ZAPORIZHZHIA: "Intercepted radio communications"},
)
DAILY = Article(
    file="003_06c6ae39197f474c.txt",
    about=ZAPORIZHZHIA,
    known={
        "kind": "news",
        "language": "en",
        "published_edtf": "2025-05-22",
        "published_raw": "the 21st (local time)",
    },
    cites={ZAPORIZHZHIA: "obtained radio communications"},
)
ARTICLES = (POPASNA_2022, AGENCY, WEEKLY, DAILY)
"""In the order in which they are registered."""

INCIDENTS = {
    POPASNA: "Order at Popasna",
    ZAPORIZHZHIA: "Killing of those who surrendered, Zaporizhzhia",
}
MATERIAL = {"kind": "video", "title": "Drone film of those who surrendered"}

PROSECUTORS = "Prosecutor General's Office of Ukraine"
BODIES = {
    PROSECUTORS: ("rosecutor general", "rosecutor General", "prosecution"),
    "Russia": ("Russia", "Moscow"),
    "Ministry of Foreign Affairs of Ukraine": ("Ministry of Foreign Affairs",),
    "United Nations": ("United Nations",),
}
"""Bodies by the words that mean them, whoever reads the articles says; anybody else is a person."""
NOBODY_NAMED = "Russia"
"""Of whom a deed is told that no sentence names: in these articles it is one side."""


def body(name: str) -> str | None:
    """The body that a name means, if it is none of a person."""
    return next((one for one, words in BODIES.items() if any(w in name for w in words)), None)
