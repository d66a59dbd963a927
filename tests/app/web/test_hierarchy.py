"""Units are drawn below what they belong to, whatever claims say of them."""

from hypothesis import given
from hypothesis import strategies as st

from app.claims.hierarchy import Step, Unit
from app.web.hierarchy import drawing


def step(lower: str, upper: str) -> Step:
    return Step(Unit(lower, lower, lower), Unit(upper, upper, None))


def test_a_subordinate_stands_below_its_superior() -> None:
    drawn = drawing([step("a", "b"), step("b", "c"), step("x", "c")], subject="b", names={})

    assert drawn is not None
    at = {box.key: box.y for box in drawn.boxes}
    assert at["c"] < at["b"] < at["a"]
    assert at["x"] == at["b"]
    assert [box.key for box in drawn.boxes if box.is_subject] == ["b"]


def test_nothing_claimed_is_nothing_drawn() -> None:
    assert drawing([], subject="a", names={}) is None


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=20, min_size=1
    )
)
def test_every_box_is_on_the_sheet_and_none_lies_on_another(pairs: list[tuple[str, str]]) -> None:
    steps = [step(lower, upper) for lower, upper in pairs if lower != upper]
    drawn = drawing(steps, subject="a", names={})
    if drawn is None:
        return

    boxes = drawn.boxes
    for box in boxes:
        assert box.x >= 0
        assert box.x + box.width <= drawn.width
        assert box.y + box.height <= drawn.height
    for one in boxes:
        for other in boxes:
            apart = (
                one.y != other.y or one.x + one.width <= other.x or other.x + other.width <= one.x
            )
            assert one is other or apart
