"""
What a person reads in the four articles and the rules do not: eight facts, each under a predicate, and
the way of the recordings before they were published.
"""

from dataclasses import dataclass
from typing import Any

from tests.journeys.articles import AGENCY, POPASNA_2022, Article

UNRESOLVED = {"basis": "unresolved"}
RUSSIA, PUTIN, HAIDAI = "Russia", "Vladimir Putin", "Serhii Haidai"


@dataclass(frozen=True)
class ByHand:
    """A passage, of what it claims what: `about` is an agent, a place or a recording by name."""

    article: Article
    words: str
    kind: str
    about: str
    predicate: str
    value: dict[str, Any]
    modality: str = "asserted"
    said_by: str | None = None


FACTS = (
    ByHand(
        POPASNA_2022,
        "around Azovstal",
        "recording",
        "azovstal",
        "place",
        {"name": "Azovstal", "within": ["Mariupol"]},
        said_by="a Russian ground unit commander",
    ),
    ByHand(
        POPASNA_2022,
        "bearing the brunt",
        "place",
        "Popasna",
        "situation",
        {"situation": "bears_brunt", "by": {"name": RUSSIA}},
    ),
    ByHand(
        POPASNA_2022,
        "On Thursday, in a meeting with his defense minister",
        "agent",
        PUTIN,
        "statement",
        {
            "stance": "directs",
            "occasion": "meeting",
            "to": {"name": "his defense minister", "identity": "described_only"},
            "when": {"raw": "Thursday", **UNRESOLVED},
        },
    ),
    ByHand(
        POPASNA_2022,
        "there is no need to storm the plant, but it should be surrounded",
        "agent",
        RUSSIA,
        "conduct",
        {
            "act": "orders",
            "deeds": [{"deed": "storm", "negated": True}, {"deed": "surround"}],
        },
        said_by=PUTIN,
    ),
    ByHand(
        POPASNA_2022,
        "Speaking from an undisclosed location to CNN on Wednesday",
        "agent",
        HAIDAI,
        "statement",
        {
            "stance": "describes",
            "occasion": "interview",
            "to": {"name": "CNN"},
            "when": {"raw": "Wednesday", **UNRESOLVED},
            "place": {"status": "undisclosed"},
        },
    ),
    ByHand(
        POPASNA_2022,
        "going to push ahead and going to destroy everything in its path",
        "agent",
        RUSSIA,
        "conduct",
        {
            "act": "plans",
            "deeds": [{"deed": "advance"}, {"deed": "destroy", "upon": "everything"}],
        },
        modality="believed",
        said_by=HAIDAI,
    ),
    ByHand(
        POPASNA_2022,
        "trying to evacuate everyone as much as possible",
        "agent",
        HAIDAI,
        "conduct",
        {"deeds": [{"deed": "evacuate", "upon": "civilians"}]},
        said_by=HAIDAI,
    ),
    ByHand(
        AGENCY,
        "A leading investigator for the United Nations",
        "agent",
        "A leading investigator for the United Nations",
        "role",
        {
            "kind": "investigator",
            "title": "leading investigator",
            "of": {"name": "United Nations"},
        },
    ),
)
HOPS = (
    (AGENCY, "zaporizhzhia", "intercepted", "Ukraine", "intercepted by Ukraine"),
    (
        AGENCY,
        "zaporizhzhia",
        "obtained",
        "CNN",
        "obtained by CNN from a Ukrainian intelligence official",
    ),
    (
        POPASNA_2022,
        "german",
        "intercepted",
        "Germany’s foreign intelligence service",
        "Germany’s foreign intelligence service has also intercepted",
    ),
)
"""Of which recording, what was done with it, by whom, in which words: claims of a report too."""
