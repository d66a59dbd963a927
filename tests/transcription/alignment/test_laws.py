"""
What must hold of every alignment, tried on sentences that nobody wrote down.

The traps are made, not chosen: a sentence is spoken, its quote is damaged in one way that
changes the meaning, in either direction, and the alignment must never support it.
"""

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.alignment import Alignment, OperationKind, Verdict, align
from transcription.errors import NothingToAlign, TextTooLong
from transcription.marks import MarkKind, spell
from transcription.transcript import Segment, Transcript, Word

VERBS = ["load", "open", "repair", "count", "paint", "wash", "send", "bring"]
THINGS = ["truck", "gate", "crane", "boxes", "wagon", "ladder", "barrels", "engine"]
PLACES = ["at the bridge", "by the river", "in the yard", "near the station"]
NUMBERS = ["two", "12", "forty", "105", "nine"]


@st.composite
def orders(draw: st.DrawFn) -> list[str]:
    """Two clauses about different things: verbs, numbers, things and a place."""
    first, second = draw(st.permutations(VERBS))[:2]
    one, other = draw(st.permutations(THINGS))[:2]
    number = draw(st.sampled_from(NUMBERS))
    place = draw(st.sampled_from(PLACES))
    return f"{first} the {one} {place} and {second} {number} {other} quickly".split()


def said(words: list[str], *, start_ms: int = 0) -> Transcript:
    timed = tuple(
        Word(w, start_ms + 300 * at, start_ms + 300 * at + 250) for at, w in enumerate(words)
    )
    return Transcript("en", (Segment(" ".join(words), words=timed),))


def compare(quoted: list[str], spoken: list[str]) -> Alignment:
    return align(" ".join(quoted), quote_language="en", transcript=said(spoken))


def both_ways(quoted: list[str], spoken: list[str]) -> list[Alignment]:
    return [compare(quoted, spoken), compare(spoken, quoted)]


@given(orders(), orders(), orders())
def test_an_exact_quote_is_always_found(
    before: list[str], it: list[str], after: list[str]
) -> None:
    alignment = compare(it, [*before, "over.", *it, "over.", *after])
    assert any(
        (o.first_word, o.last_word, o.verdict)
        == (len(before) + 1, len(before) + len(it), Verdict.VERBATIM)
        for o in alignment.occurrences
    )
    assert alignment.verdict is Verdict.VERBATIM


@given(orders(), st.integers(1, 10))
def test_every_repetition_is_counted_once(order: list[str], times: int) -> None:
    spoken = [*order, "over", "roger"] * times
    alignment = align(
        " ".join(order), quote_language="en", transcript=said(spoken), claimed_count=times
    )
    assert alignment.features["supporting_occurrences"] == times
    assert alignment.features["count_agrees"] is True
    ends = [(o.first_word, o.last_word) for o in alignment.occurrences]
    assert all(a[1] < b[0] for a, b in itertools.pairwise(ends))


@given(orders(), st.integers(0, 10_000_000))
def test_shifting_time_shifts_the_answer_and_nothing_else(order: list[str], by_ms: int) -> None:
    quote = " ".join(order[2:8])
    here = align(quote, quote_language="en", transcript=said(order)).occurrences
    there = align(quote, quote_language="en", transcript=said(order, start_ms=by_ms)).occurrences
    assert [(o.span_ms.start_ms + by_ms, o.span_ms.end_ms + by_ms) for o in here if o.span_ms] == [
        (o.span_ms.start_ms, o.span_ms.end_ms) for o in there if o.span_ms
    ]
    assert [replace(o, span_ms=None, operations=()) for o in here] == [
        replace(o, span_ms=None, operations=()) for o in there
    ]


@given(orders(), st.data(), st.sampled_from(["not", "never", "don't", "no", "without"]))
def test_trap_a_negation_on_one_side_never_supports(
    order: list[str], data: st.DataObject, negation: str
) -> None:
    at = data.draw(st.integers(0, len(order) - 1))
    for alignment in both_ways(order, [*order[:at], negation, *order[at:]]):
        assert not alignment.verdict.supports, alignment.reasons


@given(orders(), st.data())
def test_trap_two_words_of_content_exchanged_never_support(
    order: list[str], data: st.DataObject
) -> None:
    content = [at for at, word in enumerate(order) if word in VERBS + THINGS]
    one, other = data.draw(st.permutations(content))[:2]
    turned = list(order)
    turned[one], turned[other] = order[other], order[one]
    for alignment in both_ways(turned, order):
        assert not alignment.verdict.supports, alignment.reasons
        if {order[one], order[other]} <= set(VERBS) or {order[one], order[other]} <= set(THINGS):
            assert alignment.verdict in {Verdict.REVERSED, Verdict.NOT_FOUND}


@given(orders(), st.sampled_from(NUMBERS))
def test_trap_another_number_never_supports(order: list[str], number: str) -> None:
    changed = [number if word in NUMBERS else word for word in order]
    for alignment in both_ways(changed, order):
        if changed == order:
            assert alignment.verdict is Verdict.VERBATIM
        else:
            assert alignment.verdict is Verdict.REVERSED


@given(orders(), st.data())
def test_trap_another_word_of_content_never_supports(
    order: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from([i for i, w in enumerate(order) if w in VERBS + THINGS]))
    words = VERBS if order[at] in VERBS else THINGS
    word = data.draw(st.sampled_from([w for w in words if w not in order]))
    changed = [*order[:at], word, *order[at + 1 :]]
    for alignment in both_ways(changed, order):
        assert not alignment.verdict.supports, alignment.reasons


@given(orders(), st.data())
def test_trap_a_quote_cut_out_behind_a_negation_never_supports(
    order: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(order) - 3))
    spoken = [*order[:start], "do", "not", *order[start:]]
    alignment = compare(order[start:], spoken)
    assert alignment.verdict is Verdict.REVERSED


@given(orders(), st.data())
def test_trap_a_gap_that_hides_content_never_supports(
    order: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from([i for i, w in enumerate(order) if i and w in VERBS + THINGS]))
    alignment = compare([*order[:at], "…", *order[at + 1 :]], order)
    assert not alignment.verdict.supports, alignment.reasons


HIDING = [kind for kind in MarkKind if kind.hides_words]


@given(orders(), st.data(), st.sampled_from(HIDING), st.integers(1, 4))
def test_what_was_not_heard_neither_supports_nor_contradicts(
    order: list[str], data: st.DataObject, mark: MarkKind, length: int
) -> None:
    at = data.draw(st.integers(0, len(order) - length))
    spoken = [*order[:at], spell(mark, language="en"), *order[at + length :]]
    alignment = compare(order, spoken)
    assert alignment.verdict in {Verdict.PARTIAL, Verdict.NOT_FOUND}, alignment.reasons
    if alignment.best and any(o.kind is OperationKind.UNHEARD for o in alignment.best.operations):
        assert alignment.features["hearing"] == "not_compared"


@given(orders(), st.data(), st.sampled_from(HIDING))
def test_a_mark_that_a_quote_passes_over_never_supports(
    order: list[str], data: st.DataObject, mark: MarkKind
) -> None:
    at = data.draw(st.integers(0, len(order) - 1))
    alignment = compare(order, [*order[:at], spell(mark, language="en"), *order[at:]])
    assert not alignment.verdict.supports, alignment.reasons
    assert alignment.verdict not in {Verdict.REVERSED, Verdict.CONTRADICTS}


@given(orders(), st.data())
def test_a_word_heard_with_doubt_never_supports(order: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(order) - 1))
    doubted = spell(MarkKind.UNCERTAIN, language="en", words=order[at])
    alignment = compare(order, [*order[:at], doubted, *order[at + 1 :]])
    assert alignment.verdict is Verdict.PARTIAL, alignment.reasons


@given(orders(), st.data(), st.sampled_from([MarkKind.NOISE, MarkKind.PAUSE, MarkKind.VOICE]))
def test_a_sound_between_words_changes_nothing(
    order: list[str], data: st.DataObject, mark: MarkKind
) -> None:
    at = data.draw(st.integers(0, len(order)))
    alignment = compare(order, [*order[:at], spell(mark, language="en"), *order[at:]])
    assert alignment.verdict is Verdict.VERBATIM, alignment.reasons


@given(orders())
def test_what_supports_was_compared_in_every_aspect(order: list[str]) -> None:
    alignment = compare(order, order)
    for aspect in (
        "polarity",
        "roles",
        "numbers",
        "names",
        "order",
        "reservations",
        "gaps",
        "hearing",
    ):
        assert alignment.features[aspect] in {"agrees", "nothing_to_compare"}


@settings(max_examples=200)
@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(["en", "ru", "uk", "ko"]))
def test_any_text_gets_an_answer_or_a_named_refusal(quote: str, text: str, language: str) -> None:
    try:
        alignment = align(
            quote, quote_language=language, transcript=Transcript(language, (Segment(text),))
        )
    except NothingToAlign:
        return
    for occurrence in alignment.occurrences:
        assert 0 <= occurrence.score_permille <= 1000
        for o in occurrence.operations:
            assert o.quote_start is None or quote[o.quote_start : o.quote_end] == o.quoted


@given(st.text(alphabet="ab [](){}….-—\u200b\u202e", max_size=120))
def test_broken_marks_never_break_the_reading(quote: str) -> None:
    transcript = Transcript("en", (Segment(quote), Segment("a b ab")))
    try:
        align(quote, quote_language="en", transcript=transcript)
    except NothingToAlign:
        assert not any(c in "ab" for c in quote) or "[" in quote or "(" in quote


def test_a_quote_past_the_limit_is_refused_by_name() -> None:
    with pytest.raises(TextTooLong, match="quote is longer than 2000 words"):
        compare(["word"] * 2_001, ["word"])
    with pytest.raises(TextTooLong, match="40000 characters"):
        compare(["x" * 40_001], ["word"])


def test_the_longest_quote_is_still_aligned() -> None:
    spoken = [
        f"w{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}rd"
        for at in range(6_000)
    ]
    alignment = compare(spoken[1_000:3_000], spoken)
    assert (alignment.best and alignment.best.first_word) == 1_000
    assert alignment.verdict is Verdict.VERBATIM


def test_an_empty_quote_is_refused_before_the_language_is_looked_at() -> None:
    for language in ("en", "ru"):
        with pytest.raises(NothingToAlign):
            align("… [unintelligible] !", quote_language=language, transcript=said(["word"]))


def test_an_empty_transcript_holds_no_quote() -> None:
    alignment = align("load the truck", quote_language="en", transcript=Transcript("en", ()))
    assert alignment.verdict is Verdict.NOT_FOUND


def test_a_quote_in_another_language_is_not_compared_by_words() -> None:
    transcript = Transcript("ru", (Segment("загрузите машину"),))
    alignment = align("загрузите машину", quote_language="uk", transcript=transcript)
    assert alignment.verdict is Verdict.NOT_CHECKABLE_LANGUAGE
    assert not alignment.occurrences
    assert "uk" in alignment.reasons[0]


def test_an_unknown_language_is_not_assumed() -> None:
    transcript = Transcript("und", (Segment("load the truck"),))
    alignment = align("load the truck", quote_language="en", transcript=transcript)
    assert alignment.verdict is Verdict.NOT_CHECKABLE_LANGUAGE
    assert "not known" in alignment.reasons[0]


def test_a_language_tag_with_a_region_is_that_language() -> None:
    alignment = align("load it", quote_language="en-GB", transcript=said(["load", "it"]))
    assert alignment.verdict is Verdict.VERBATIM


def test_an_untimed_transcript_gives_words_without_times() -> None:
    transcript = Transcript("en", (Segment("please load the truck now"),))
    alignment = align("load the truck", quote_language="en", transcript=transcript)
    best = alignment.best
    assert best is not None
    assert (best.span_ms, best.first_word, best.last_word) == (None, 1, 3)
    assert alignment.features["times"] == "none"
    assert any("no times" in reason for reason in alignment.reasons)


def test_captions_give_the_times_of_their_segments(timed: Callable[..., Transcript]) -> None:
    transcript = Transcript(
        "en", (Segment("please load", 1_000, 2_000), Segment("the truck now", 2_000, 3_500))
    )
    alignment = align("load the truck", quote_language="en", transcript=transcript)
    best = alignment.best
    assert best is not None
    assert best.span_ms is not None
    assert (best.span_ms.start_ms, best.span_ms.end_ms) == (1_000, 3_500)
    assert alignment.features["times"] == "segment"


def test_a_count_that_does_not_agree_is_said_and_changes_no_verdict() -> None:
    spoken = ["load", "the", "truck", "over"] * 3
    alignment = align(
        "load the truck", quote_language="en", transcript=said(spoken), claimed_count=6
    )
    assert alignment.verdict is Verdict.VERBATIM
    assert alignment.features["count_agrees"] is False
    assert any("6 times; found 3 times" in reason for reason in alignment.reasons)


def test_only_three_verdicts_support() -> None:
    assert {v for v in Verdict if v.supports} == {
        Verdict.VERBATIM,
        Verdict.NORMALISED,
        Verdict.VARIANT_WORDING,
    }


def test_what_is_stored_holds_no_float() -> None:
    def leaves(value: object) -> list[object]:
        if isinstance(value, dict):
            return [leaf for item in value.values() for leaf in leaves(item)]
        if isinstance(value, list):
            return [leaf for item in value for leaf in leaves(item)]
        return [value]

    data = compare("load the truck".split(), "please load the truck".split()).as_data()
    assert {type(leaf) for leaf in leaves(data)} <= {int, str, bool, type(None)}


def test_a_quote_with_too_many_different_words_is_refused_with_what_would_fit() -> None:
    spoken = [f"w{''.join(chr(97 + int(c)) for c in str(at))}" for at in range(20_001)]
    with pytest.raises(TextTooLong, match="quote is longer than 1999 words"):
        compare(spoken[:2_000], spoken)
