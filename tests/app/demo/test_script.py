"""What the demonstration expects of itself holds where every word of it was heard right."""

import json

import pytest

from app.demo import script
from transcription.alignment import align
from transcription.transcript import Segment, Transcript

SAID = [
    (said, script.RECORDINGS[said.recording].file.name)
    for report in script.REPORTS
    for said in report.quotes
]
TRUTH = json.loads((script.AUDIO / "truth.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("said", "name"), SAID, ids=lambda given: getattr(given, "exact", ""))
def test_each_quote_is_found_to_be_what_the_story_tells(said: script.Said, name: str) -> None:
    spoken = TRUTH[name]
    key = "text" if said.language == spoken["language"] else "english"
    lines = tuple(Segment(one[key], one["start_ms"], one["end_ms"]) for one in spoken["lines"])

    found = align(
        said.exact,
        quote_language=said.language,
        transcript=Transcript(said.language, lines),
        claimed_count=said.claim[1] if said.claim else None,
    )

    assert said.supported is None or found.verdict.supports == said.supported, found.reasons
    assert not said.verdicts or found.verdict.value in said.verdicts
    assert found.features.get("count_agrees", True)
