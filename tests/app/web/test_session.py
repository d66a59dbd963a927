"""Signing in and out of the pages."""

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.http.ratelimit import PER_LOGIN
from tests.app.conftest import PASSWORD, People
from tests.app.web.browsing import Browser
from tests.app.web.conftest import Desk, Enter


def test_a_wrong_password_and_an_unknown_login_are_refused_in_the_same_words(
    client: TestClient, people: People
) -> None:
    person = people.register()
    browser = Browser(client)

    wrong = browser.sign_in(person.login, "not the password")
    unknown = browser.sign_in("nobody-of-this-name", "not the password")

    assert (wrong.status, unknown.status) == (401, 401)
    assert wrong.text == unknown.text
    assert wrong.form("/sign-in").fields["login"] == person.login
    assert wrong.form("/sign-in").fields["password"] == ""


def test_signing_in_leads_to_where_one_wanted_to_go(client: TestClient, people: People) -> None:
    person = people.join(Role.INVESTIGATOR, case=people.case())
    browser = Browser(client)

    asked = browser.open("/?q=trucks&status=held")
    assert asked.address == "/sign-in"
    entered = browser.submit(asked, "/sign-in", login=person.login, password=PASSWORD)

    assert entered.address == "/"
    assert entered.form("/").fields["q"] == "trucks"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_sent_to_another_site(
    client: TestClient, people: People, elsewhere: str
) -> None:
    person = people.register()
    browser = Browser(client)

    page = browser.open("/sign-in?next=" + elsewhere.replace("\\", "%5C").replace("\t", "%09"))
    assert page.form("/sign-in").fields["next"] == "/"
    answer = browser.client.post(
        "/sign-in",
        data={"login": person.login, "password": PASSWORD, "next": elsewhere},
        follow_redirects=False,
    )

    assert answer.headers["location"] == "/"


def test_guessing_is_slowed_down(client: TestClient, people: People) -> None:
    login = people.register().login
    browser = Browser(client)

    for _ in range(PER_LOGIN):
        assert browser.sign_in(login, "a guess").status == 401
    late = browser.sign_in(login, PASSWORD)

    assert late.status == 429
    assert "wait" in late.text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: TestClient, people: People
) -> None:
    person = people.register()

    answer = Browser(client).client.post(
        "/sign-in", data={"login": person.login, "password": PASSWORD}, follow_redirects=False
    )

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_signing_out_ends_the_session_on_the_server_too(desk: Desk) -> None:
    kept = dict(desk.browser.client.cookies)

    left = desk.browser.submit(desk.browser.open("/"), "/sign-out")
    assert left.address == "/sign-in"
    desk.browser.client.cookies.update(kept)

    assert desk.browser.open("/").address == "/sign-in"


def test_a_form_without_its_token_does_nothing(desk: Desk) -> None:
    page = desk.browser.open("/recordings/new")

    forged = desk.browser.submit(page, "/recordings", title="Forged", csrf="")
    other = desk.browser.submit(page, "/recordings", title="Forged", csrf="of-another-session")

    assert (forged.status, other.status) == (403, 403)
    assert "Forged" not in desk.browser.open("/").text


def test_an_administrator_reads_nothing_is_told_so_and_can_leave(
    client: TestClient, people: People
) -> None:
    browser = Browser(client)

    page = browser.sign_in(people.administrator().login, PASSWORD)

    assert page.status == 403
    assert "case by case" in page.text
    assert browser.submit(page, "/sign-out").address == "/sign-in"


def test_what_a_role_may_not_do_is_not_offered(desk: Desk, enter: Enter) -> None:
    recording = desk.held()
    auditor = enter(Role.AUDITOR)

    page = auditor.open(f"/recordings/{recording}")

    assert "Add a recording" not in auditor.open("/").text
    assert auditor.open("/recordings/new").status == 403
    assert "not listen" in page.text
    assert not any(tag == "audio" for tag, _ in page.elements)
    assert [form.action for form in page.forms] == ["/sign-out"]
