"""
Invented reports in `golden.txt`, each with every quote that is read from it.

A case is a name, the language and the text (`¶` begins a paragraph), and a line for each
proposal: the words, form, target, speaker, and what else is told of it.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from transcription.quotation import Proposal, Way, propose


@dataclass(frozen=True)
class Case:
    name: str
    language: str
    text: str
    expected: list[str]


def cases() -> list[Case]:
    found = []
    content = Path(__file__).with_name("golden.txt").read_text(encoding="utf-8")
    for block in content.strip().split("\n\n"):
        name, given, *expected = block.split("\n")
        language, text = given.split(" | ", 1)
        found.append(
            Case(
                name.removeprefix("# "),
                language,
                text.replace("¶", "\n"),
                [line.removeprefix("= ") for line in expected],
            )
        )
    return found


def told(proposal: Proposal, text: str, language: str) -> str:
    """A proposal as a line of the file."""
    parts = [
        proposal.exact.replace("\n", "¶"),
        proposal.form.value,
        proposal.target.value,
        proposal.speaker.text if proposal.speaker else "-",
    ]
    if proposal.way is not Way.MARKS:
        parts.append(proposal.way.value)
    if not proposal.closed:
        parts.append("unclosed")
    if proposal.inside is not None:
        parts.append(f"inside {proposal.inside}")
    if proposal.reply_to is not None:
        parts.append(f"answers {proposal.reply_to}")
    if proposal.claim:
        parts.append(f"{proposal.claim.op.value} {proposal.claim.count}: {proposal.claim.raw}")
    if proposal.language != language:
        parts.append(proposal.language)
    parts += [f"{sign.kind.value}: {text[sign.start : sign.end]}" for sign in proposal.signs]
    return " | ".join(parts)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_report_is_read_as_drawn(case: Case) -> None:
    read = propose(case.text, language=case.language)

    assert [told(each, case.text, case.language) for each in read.proposals] == case.expected


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_decision_is_explained_in_a_sentence(case: Case) -> None:
    for each in propose(case.text, language=case.language).proposals:
        assert each.why["passage"]
        assert each.why["target"]
        assert bool(each.speaker) <= bool(each.why.get("speaker"))
        assert (each.reply_to is not None) == ("reply_to" in each.why)
        assert (each.claim is not None) <= ("occurrence_claim" in each.why)


def test_a_number_that_is_not_exact_is_told_and_not_counted() -> None:
    text = "In the intercept a commander says “close the bridge” about six times."
    (read,) = propose(text, language="en").proposals

    assert read.claim is None
    assert "about six times" in read.why["occurrence_claim"]


def test_each_kind_of_sign_says_what_it_stands_for() -> None:
    text = "The mayor said: “[T]he … [expletive] [inaudible] bridge [of stone] is closed.”"
    (read,) = propose(text, language="en").proposals

    assert [(text[s.start : s.end], s.kind.stands_for) for s in read.signs] == [
        ("[T]", "letter"),
        ("…", "gap"),
        ("[expletive]", "wildcard"),
        ("[inaudible]", "wildcard"),
        ("[of stone]", "optional"),
    ]


def test_a_language_without_rules_is_said_to_have_none() -> None:
    read = propose("Der Minister sagte: „Die Brücke ist zu.“", language="de")

    assert "'de'" in read.note
    assert [each.target.value for each in read.proposals] == ["undetermined"]
