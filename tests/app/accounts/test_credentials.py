"""What opens an account cannot be guessed, read from a dump, or told by the time it takes."""

import string
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import credentials
from app.core.errors import Invalid


def test_a_password_opens_and_another_does_not() -> None:
    digest = credentials.digest_password("correct horse battery")

    assert credentials.password_matches("correct horse battery", digest)
    assert not credentials.password_matches("correct horse batterx", digest)
    assert "correct" not in digest


def test_nobodys_digest_costs_what_anybodys_does_and_never_opens() -> None:
    digest = credentials.digest_password("correct horse battery")

    assert digest.split("$")[1:4] == credentials._NOBODY.split("$")[1:4]
    assert not credentials.password_matches("correct horse battery", None)


def test_two_accounts_with_one_password_have_two_digests() -> None:
    assert len({credentials.digest_password("correct horse battery") for _ in range(2)}) == 2


def test_an_accent_typed_another_way_still_opens() -> None:
    digest = credentials.digest_password("mot de pass\u00e9")

    assert credentials.password_matches("mot de passe\u0301", digest)


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1025, "lone \ud800 surrogate"])
def test_a_password_that_cannot_be_one_names_its_field(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        credentials.digest_password(password)

    assert refused.value.field == "password"


def test_at_most_two_passwords_are_computed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, now, most = threading.Lock(), 0, 0

    class Slow:
        def verify(self, password: str, digest: str) -> bool:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            threading.Event().wait(0.01)
            with lock:
                now -= 1
            return False

    monkeypatch.setattr(credentials, "_hashing", Slow())
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: credentials.password_matches("a password", None), range(40)))

    assert most == 2


def test_a_token_is_told_from_a_slip_of_the_hand() -> None:
    secret = credentials.new_token().secret
    assert credentials.looks_like_token(secret)

    slips = {
        secret[:place] + letter + secret[place + 1 :]
        for place in range(len(secret))
        for letter in string.ascii_lowercase + "234567_"
    } - {secret}
    assert not any(map(credentials.looks_like_token, slips))


@given(st.text())
def test_nothing_that_people_type_is_taken_for_a_token(text: str) -> None:
    assert not credentials.looks_like_token(text)


def test_what_is_kept_or_shown_of_a_token_is_not_the_token() -> None:
    made = credentials.new_token()

    assert made.secret.startswith(made.prefix + "_")
    assert made.secret not in repr(made)
    assert credentials.secret_digest(made.secret).startswith("sha256:")


def test_the_pages_token_belongs_to_one_session_and_does_not_give_it_away() -> None:
    one, other = credentials.new_session_secret(), credentials.new_session_secret()

    assert credentials.csrf_token(one) == credentials.csrf_token(one)
    assert credentials.csrf_token(one) != credentials.csrf_token(other)
    assert one not in credentials.csrf_token(one)
