"""What other translations teach."""

from hypothesis import given
from hypothesis import strategies as st

from transcription.linking import Ground, learned, link
from transcription.linking.estimates import learn
from transcription.transcript import Segment, Transcript

# Words that no lexicon lists; each line lasts a second of its own.
TAUGHT = [
    ("кракозябра летит", "grumblefish flies"),
    ("кракозябра поёт", "grumblefish sings"),
    ("шурум летит", "widget flies"),
    ("шурум поёт", "widget sings"),
]


def pair(lines: list[tuple[str, str]]) -> tuple[Transcript, Transcript]:
    sides = [
        tuple(Segment(line[side], 1000 * at, 1000 * at + 900) for at, line in enumerate(lines))
        for side in (0, 1)
    ]
    return Transcript("ru", sides[0]), Transcript("en", sides[1])


def test_words_that_keep_going_together_are_linked_where_the_lexicon_is_silent() -> None:
    source, translation = pair([("кракозябра пришла, шурум", "the widget came, grumblefish")])

    found = link(source, translation, learned([pair(TAUGHT)]))

    pairs = {
        (found.source.tokens[each.source].text, found.translation.tokens[each.target].text)
        for each in found.links
        if each.ground is Ground.LEARNED
    }
    assert pairs == {("кракозябра", "grumblefish"), ("шурум", "widget")}


def test_one_translation_teaches_nothing() -> None:
    assert not learned([pair(TAUGHT[:1])]).table
    assert not learned([]).table


WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=5)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6))
def test_estimates_are_whole_shares_and_the_same_again(
    stretches: list[tuple[list[str], list[str]]],
) -> None:
    found = learn(stretches)

    assert found == learn(stretches)
    assert all(0 < permille <= 1000 for permille in found.table.values())
    for source in {pair[0] for pair in found.table}:
        assert sum(p for pair, p in found.table.items() if pair[0] == source) <= 1003  # rounding
