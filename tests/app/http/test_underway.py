"""A digest under way is given only to whoever stands where it stands."""

from app.core.digest import Digest, Hasher
from app.http.underway import Underway


def seen(content: bytes) -> Hasher:
    hasher = Hasher()
    hasher.update(content)
    return hasher


def test_a_beginning_is_always_known() -> None:
    hasher = Underway().take("one", at=0)

    assert hasher is not None
    assert hasher.digest() == Digest.of_bytes(b"")


def test_it_goes_on_where_it_stood() -> None:
    underway = Underway()
    underway.keep("one", seen(b"first "))

    hasher = underway.take("one", at=6)

    assert hasher is not None
    hasher.update(b"second")
    assert hasher.digest() == Digest.of_bytes(b"first second")


def test_it_is_not_given_to_whoever_stands_elsewhere_nor_ever_after() -> None:
    underway = Underway()
    underway.keep("one", seen(b"first "))

    assert underway.take("one", at=5) is None
    assert underway.take("one", at=6) is None


def test_it_is_given_once() -> None:
    underway = Underway()
    underway.keep("one", seen(b"first "))
    underway.take("one", at=6)

    assert underway.take("one", at=6) is None


def test_only_so_many_are_kept_the_newest_ones() -> None:
    underway = Underway(most=2)
    for name in ("one", "two", "three"):
        underway.keep(name, seen(b"x"))

    assert underway.take("one", at=1) is None
    assert underway.take("two", at=1) is not None
