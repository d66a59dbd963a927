"""
Invented reports that the rules were not written with, and what a person reads in them.

The figures are those of the first reading, before anything was changed for these texts; they may get
better and not worse. `facts` are what is there; `modality` counts the facts read with the right firmness.
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from app.claims import reading, telling
from app.claims.reading.proposal import Proposal

TEXTS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("unseen.json").read_text(encoding="utf-8")
)


def _meets(proposal: Proposal, fact: dict[str, str], text: str) -> bool:
    start = text.index(fact["words"])
    overlaps = proposal.start < start + len(fact["words"]) and start < proposal.end
    return (
        overlaps
        and proposal.predicate == fact["predicate"]
        and fact["value"] in telling.of(proposal.value)
    )


def _score() -> Counter[tuple[str, str]]:
    score: Counter[tuple[str, str]] = Counter()
    for each in TEXTS:
        text, language = each["text"], each["language"]
        published = date.fromisoformat(each["published"])
        read = reading.propose(text, language=language, published=published).proposals
        score[language, "proposals"] += len(read)
        for fact in each["facts"]:
            found = next((p for p in read if _meets(p, fact, text)), None)
            score[language, "facts"] += 1
            score[language, "read"] += found is not None
            score[language, "modality"] += found is not None and found.modality == fact["modality"]
    return score


def test_most_facts_of_texts_never_seen_are_read_and_little_else() -> None:
    score = _score()

    least = {"en": (28, 50), "ru": (24, 28), "uk": (24, 27)}
    for language, (read, facts) in least.items():
        assert score[language, "facts"] == facts
        assert score[language, "read"] >= read
        assert score[language, "modality"] >= read
        assert score[language, "proposals"] <= 1.3 * facts
