"""The reports around a report, in the order in which they are drawn."""

from hypothesis import given
from hypothesis import strategies as st

from app.reports.graph import MOST, Edge, graph

names = st.sampled_from("abcdefgh")


def edge(source: str, target: str, *, carries: bool = True, mutual: bool = False) -> Edge:
    return Edge(
        id=f"{source}{target}", source=source, target=target, carries=carries, mutual=mutual
    )


edges = st.lists(
    st.builds(edge, names, names, carries=st.booleans()).filter(lambda e: e.source != e.target),
    max_size=16,
)


def test_a_report_stands_below_what_it_rests_on_and_roots_come_first() -> None:
    links = [edge("c", "b"), edge("b", "a"), edge("c", "a")]

    found = graph({"c"}, links, order="abc", both_ways=False)

    assert [(node.id, node.depth, node.is_root) for node in found.nodes] == [
        ("a", 0, True),
        ("b", 1, False),
        ("c", 2, False),
    ]


def test_what_rests_on_a_report_is_drawn_only_where_it_is_asked_for() -> None:
    links = [edge("b", "a"), edge("c", "b")]

    down = graph({"b"}, links, order="abc", both_ways=False)
    both = graph({"b"}, links, order="abc", both_ways=True)

    assert [node.id for node in down.nodes] == ["a", "b"]
    assert [node.id for node in both.nodes] == ["a", "b", "c"]


def test_what_is_only_named_is_drawn_and_is_no_root() -> None:
    found = graph({"b"}, [edge("b", "a", carries=False)], order="ab", both_ways=False)

    assert {node.id for node in found.nodes} == {"a", "b"}
    assert found.lineage.roots_of["b"] == {("b",)}


def test_a_circle_is_drawn_as_claimed_and_is_one_root() -> None:
    found = graph({"a"}, [edge("a", "b"), edge("b", "a")], order="ab", both_ways=False)

    assert [(node.depth, node.is_root) for node in found.nodes] == [(0, True), (0, True)]
    assert len(found.edges) == 2


def test_more_than_can_be_drawn_is_counted() -> None:
    links = [edge(f"r{number}", "a") for number in range(MOST + 9)]

    found = graph({"a"}, links, order=["a"], both_ways=True)

    assert (len(found.nodes), found.left_out) == (MOST, 10)


@given(st.sets(names, min_size=1), edges, st.booleans())
def test_whatever_is_asked_is_drawn_below_what_it_rests_on(
    asked: set[str], links: list[Edge], both_ways: bool
) -> None:
    found = graph(asked, links, order="abcdefgh", both_ways=both_ways)

    depths = {node.id: node.depth for node in found.nodes}
    assert asked <= set(depths)
    assert {node.id for node in found.nodes if node.is_asked} == asked
    for each in found.edges:
        if each.carries and not found.lineage.roots_of[each.source] & {(each.source,)}:
            assert depths[each.source] >= depths[each.target]
