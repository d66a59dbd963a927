"""Four published articles: who says what in them, through whom (they lie in `../shared/seeds`)."""

from pathlib import Path

import pytest

from app.reports.attribution import Attribution, Force, SayerKind, read

SEEDS = Path(__file__).parents[5] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="no ../shared/seeds beside the project")

Told = tuple[str, str, list[str], list[str], Force]
TOLD: list[Told] = [
    ("000", "This is a blatant", ["Ukrainian military intelligence"], [], Force.SAID),
    ("000", "Block off this", ["Russian President Vladimir Putin"], [], Force.SAID),
    ("000", "80% of his", ["Serhii Haidai"], ["CNN"], Force.SAID),
    ("001", "this chilling exchange", ["CNN"], [], Force.NOTED),
    ("001", "is further evidence", ["Ukrainian officials"], ["CNN"], Force.SAID),
    ("001", "they did not appear to be faked", ["a forensic expert"], [], Force.SAID),
    (
        "001",
        "are consistent with other",
        ["A leading investigator for the United Nations", "a Western intelligence official"],
        ["CNN"],
        Force.SAID,
    ),
    ("001", "indicated the killing", ["Morris Tidball-Binz"], ["the UN"], Force.SAID),
    ("001", "can only be sanctioned", ["Tidball-Binz"], [], Force.BELIEVED),
    ("002", "receiving direct orders", ["Ukrainian intelligence"], ["CNN"], Force.SAID),
    (
        "002",
        "appear to be authentic",
        ["Forensic experts", "intelligence officials"],
        ["CNN"],
        Force.SAID,
    ),
    ("002", "of the 394th", ["The Security Service of Ukraine"], ["CNN"], Force.SAID),
    ("002", "charged Russian commanders", ["The SBU"], [], Force.SAID),
    ("002", "was steadily increasing", ["Ukraine’s prosecutor general"], [], Force.SAID),
    ("002", "its forces commit", ["Moscow"], [], Force.DENIED),
    (
        "003",
        "issued radio communications",
        ["Ukrainian intelligence authorities"],
        ["CNN"],
        Force.REPORTED,
    ),
    ("003", "in November 2023", [], [], Force.BELIEVED),
    ("003", "is under investigation by", ["CNN"], [], Force.REPORTED),
    (
        "003",
        "might be an organized policy",
        ["Ukrainian authorities", "international experts"],
        ["CNN"],
        Force.BELIEVED,
    ),
]


def text_of(seed: str) -> str:
    """A seed article by the beginning of its name."""
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("seed", "words", "sayers", "via", "force"), TOLD)
def test_words_are_attributed_as_the_article_attributes_them(
    seed: str, words: str, sayers: list[str], via: list[str], force: Force
) -> None:
    text = text_of(seed)
    at = text.index(words)

    closest: Attribution = read(text, language="en").around(at, at + len(words))[0]

    told = closest.force
    assert [sayer.text for sayer in closest.sayers] == sayers
    assert [sayer.text for sayer in closest.via] == via
    assert told is force


def test_a_passage_that_names_its_sources_at_the_end_is_theirs() -> None:
    text = text_of("001")
    back = [each for each in read(text, language="en").attributions if each.points_back]

    (found,) = back
    assert found.place.of(text).startswith("Intercepted radio communications")
    assert [sayer.kind for sayer in found.sayers] == [SayerKind.PUBLICATION, SayerKind.PERSON]
    assert [sayer.text for sayer in found.via] == ["UNN"]
