"""What holds of links whatever the texts are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.linking import Ground, Linked, link
from transcription.text import Kind
from transcription.transcript import Segment, Transcript

SPOKEN = st.lists(
    st.sampled_from(
        "командира оставить не никого пять 7 мост у в Харьков машину, [нрзб] кто-то 🎧 да".split()
    ),
    max_size=14,
)
TRANSLATED = st.lists(
    st.sampled_from(
        "the commander keep not five 8 bridge at Kharkiv, truck no one [a] don't".split()
    ),
    max_size=14,
)


def linked(spoken: str, translation: str, *, language: str = "ru") -> Linked:
    return link(
        Transcript(language, (Segment(spoken),)), Transcript("en", (Segment(translation),))
    )


def shown(found: Linked) -> set[tuple[str, str]]:
    return {
        (found.source.tokens[each.source].text, found.translation.tokens[each.target].text)
        for each in found.links
    }


@given(SPOKEN, TRANSLATED)
def test_every_word_is_linked_or_said_to_be_left_over_and_twice_the_same(
    spoken: list[str], translated: list[str]
) -> None:
    found = linked(" ".join(spoken), " ".join(translated))

    assert found.links == linked(" ".join(spoken), " ".join(translated)).links
    assert {each.source for each in found.links}.isdisjoint(found.omitted)
    assert {each.target for each in found.links}.isdisjoint(found.added)
    for at in range(len(found.source.tokens)):
        assert bool(found.of_source(at)) != (at in found.omitted)
    for at in range(len(found.translation.tokens)):
        assert bool(found.of_target(at)) != (at in found.added)
    for each in found.links:
        assert 0 < each.score_permille <= 1000


@given(SPOKEN, TRANSLATED)
def test_no_number_is_ever_linked_to_another_number(
    spoken: list[str], translated: list[str]
) -> None:
    found = linked(" ".join(spoken), " ".join(translated))

    for each in found.links:
        one, other = found.source.tokens[each.source], found.translation.tokens[each.target]
        if one.kind is other.kind is Kind.NUMBER:
            assert one.key == other.key


@given(
    st.text(max_size=200), st.text(max_size=200), st.sampled_from(["ru", "uk", "en", "de", "und"])
)
def test_no_text_breaks_it(spoken: str, translated: str, language: str) -> None:
    linked(spoken, translated, language=language)


def test_order_is_free() -> None:
    found = linked(
        "к реке машину отправь, командира оставь",
        "keep the commander, send the truck to the river",
    )

    assert {("машину", "truck"), ("реке", "river"), ("командира", "commander")} <= shown(found)


def test_a_word_said_twice_is_linked_to_the_one_beside_its_neighbours() -> None:
    found = linked(
        "две машины у моста, три машины у школы",
        "three trucks at the school, two trucks at the bridge",
    )

    trucks = [(each.source, each.target) for each in found.links if each.source in {1, 5}]
    assert trucks == [(1, 6), (5, 1)]


def test_the_one_word_left_over_on_each_side_is_linked_by_its_place_and_says_so() -> None:
    found = linked("командира кракозябра у моста", "the commander grumblefish at the bridge")

    (each,) = [link for link in found.links if link.ground is Ground.POSITION]
    assert found.source.tokens[each.source].text == "кракозябра"
    assert each.score_permille < 500


@pytest.mark.parametrize("language", ["de", "und"])
def test_a_pair_without_a_lexicon_is_linked_by_what_needs_none(language: str) -> None:
    found = linked("fünf Wagen in Kiel, 14 Uhr", "in Kiel 14 at five trucks", language=language)

    assert {("14", "14"), ("Kiel", "Kiel")} <= shown(found)
