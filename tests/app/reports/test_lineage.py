"""Who repeats whom: many reports, few sources."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.lineage import Relation, Told, independent, trace

names = st.sampled_from("abcdefgh")
graphs = st.lists(st.tuples(names, names), max_size=24)


def reach(start: str, edges: Iterable[tuple[str, str]]) -> set[str]:
    """Everything that can be followed to from `start`, itself included; the slow way."""
    edges = list(edges)
    found = {start}
    while more := {b for a, b in edges if a in found} - found:
        found |= more
    return found


@given(st.lists(names, min_size=1, max_size=8), graphs)
def test_a_root_is_where_following_the_links_ends(
    asked: list[str], edges: list[tuple[str, str]]
) -> None:
    traced = trace(asked, edges)

    expected = set()
    for report in asked:
        for node in reach(report, edges):
            around = reach(node, edges)
            if all(node in reach(other, edges) for other in around):
                expected.add(tuple(sorted(around)))
    assert set(traced.roots) == expected


@given(graphs)
def test_there_is_always_a_root_and_no_two_share_a_report(edges: list[tuple[str, str]]) -> None:
    roots = trace("abcdefgh", edges).roots

    members = [report for root in roots for report in root]
    assert roots
    assert len(members) == len(set(members))


@given(graphs, st.randoms(use_true_random=False))
def test_the_order_in_which_links_were_recorded_changes_nothing(
    edges: list[tuple[str, str]], random: object
) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert trace("abcdefgh", edges).roots == trace("abcdefgh", shuffled).roots


@given(graphs, names, names)
def test_another_link_never_makes_more_independent_sources_of_the_same_reports(
    edges: list[tuple[str, str]], source: str, target: str
) -> None:
    before = trace("abcdefgh", edges).roots

    assert len(trace("abcdefgh", [*edges, (source, target)]).roots) <= len(before)


def test_a_report_that_rests_on_nothing_is_its_own_root() -> None:
    assert trace(["a"], []).roots == (("a",),)


def test_three_that_repeat_one_are_one_source_and_a_fourth_stands_apart() -> None:
    edges = [("unn", "cnn"), ("post", "cnn"), ("chosun", "cnn")]

    assert trace(["unn", "post", "chosun"], edges).roots == (("cnn",),)
    assert trace(["unn", "post", "chosun", "older"], edges).roots == (("cnn",), ("older",))


def test_a_diamond_has_one_root() -> None:
    edges = [("d", "b"), ("d", "c"), ("b", "a"), ("c", "a")]

    assert trace(["d"], edges).roots == (("a",),)


def test_a_report_on_two_sources_has_two_roots() -> None:
    traced = trace(["c"], [("c", "a"), ("c", "b")])

    assert traced.roots == (("a",), ("b",))
    assert traced.roots_of["c"] == {("a",), ("b",)}


def test_a_circle_that_leads_nowhere_is_one_root() -> None:
    assert trace(["x"], [("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")]).roots == (
        ("a", "b", "c"),
    )


def test_a_circle_with_a_way_out_is_none() -> None:
    assert trace(["a"], [("a", "b"), ("b", "a"), ("b", "c")]).roots == (("c",),)


def test_a_report_that_cites_itself_is_still_a_root() -> None:
    assert trace(["a"], [("a", "a")]).roots == (("a",),)


def test_a_chain_of_ten_thousand_reprints_is_followed_to_its_end() -> None:
    chain = [(str(n), str(n + 1)) for n in range(10_000)]

    assert trace(["0"], chain).roots == (("10000",),)


@pytest.mark.parametrize("relation", list(Relation))
def test_only_what_responds_follows_up_or_names_in_passing_has_knowledge_of_its_own(
    relation: Relation,
) -> None:
    independent = {Relation.RESPONDS_TO, Relation.FOLLOWS_UP, Relation.REFERS_TO}

    assert relation.rests_on == (relation not in independent)


class TestStatements:
    """What several reports tell of one thing, and how many sources that are."""

    def test_told_by_reports_with_one_root_are_one_source(self) -> None:
        told = [Told(report="a"), Told(report="b")]

        (source,) = independent(told, [("a", "c"), ("b", "c")])

        assert (source.told, source.roots) == ((0, 1), (("c",),))

    def test_told_by_one_person_to_two_houses_are_one_source(self) -> None:
        told = [Told(report="a", sayers=("spokesman",)), Told(report="b", sayers=("spokesman",))]

        (source,) = independent(told, [])

        assert source.roots == (("a",), ("b",))
        assert source.sayers == ("spokesman",)

    def test_that_came_through_another_report_are_its_and_not_those_of_who_repeats_it(
        self,
    ) -> None:
        told = [Told(report="a", via=("c",)), Told(report="d")]

        sources = independent(told, [("a", "c"), ("a", "d")])

        assert [source.roots for source in sources] == [(("c",),), (("d",),)]

    def test_of_nobody_and_no_report_in_common_are_as_many_sources(self) -> None:
        assert len(independent([Told(report=name) for name in "abc"], [])) == 3

    @given(st.lists(st.tuples(names, names), max_size=8), graphs)
    def test_there_are_never_more_sources_than_statements_or_than_roots(
        self, said: list[tuple[str, str]], edges: list[tuple[str, str]]
    ) -> None:
        told = [Told(report=report, sayers=(sayer,)) for report, sayer in said]

        sources = independent(told, edges)

        assert sorted(at for source in sources for at in source.told) == list(range(len(told)))
        assert len(sources) <= len(trace([each.report for each in told], edges).roots)
