"""
Two people listen to a quote's place before they read it, in real browsers: one without scripts.

They file, reveal, see whether they agree, and decide; and while one of them listens, no page
says a word of it. The sound is the demonstration's own, decoded and cut by the real worker.
"""

import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.client import Client
from app.client.upload import upload
from app.demo.cast import Cast, Person
from app.demo.server import Server
from tests.browser.looking import AXE, PHONE, Looking
from tests.conftest import missing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AUDIO = Path(__file__).resolve().parents[2] / "app/demo/audio/exchange_ru.flac"
QUOTE = "командира оставить, остальных вывезти в тыл"
HEARD = "командира оставить остальных вывезти"
API = "/api/v1"


@pytest.fixture(scope="module")
def quote(people: Cast) -> str:
    """A quote whose place a transcript gives: brought by one person, written by the same."""
    client = people.investigator.client
    case = {"case_id": people.case_id}
    recording = client.post(f"{API}/recordings", {**case, "title": "Depot traffic"})["id"]
    upload(client, AUDIO, metadata={"recording_id": recording, "filename": "exchange.flac"})
    for job in client.get(f"{API}/jobs")["items"]:
        client.wait(job)
    report = client.post(f"{API}/reports", {**case, "kind": "news", "language": "en"})["id"]
    text = f"The order was: «{QUOTE}»."
    snapshot = client.post(f"{API}/reports/{report}/snapshots", {"text": text})["id"]
    made = client.post(
        f"{API}/quotes",
        {
            "snapshot_id": snapshot,
            "exact": QUOTE,
            "language": "ru",
            "form": "direct",
            "target": {"kind": "recording", "recording_id": recording},
        },
    )["id"]
    transcript = client.post(
        f"{API}/recordings/{recording}/transcripts",
        {
            "content": f"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n{QUOTE}\n",
            "format": "vtt",
            "kind": "human",
            "language": "ru",
        },
    )["id"]
    client.post(f"{API}/quotes/{made}/alignments", {"transcript_id": transcript})
    return str(made)


@pytest.fixture(scope="module")
def another(server: Server, people: Cast) -> Callable[[str], Person]:
    """One more reviewer of the case."""

    def admitted(login: str) -> Person:
        password = secrets.token_urlsafe(12)
        account = people.administrator.post(
            f"{API}/accounts",
            {"login": login, "display_name": login.title(), "password": password},
        )["id"]
        people.administrator.post(
            f"{API}/cases/{people.case_id}/members", {"account_id": account, "role": "reviewer"}
        )
        return Person(login, password, "reviewer", account, Client(server.url))

    return admitted


def test_two_people_listen_file_reveal_agree_and_decide(
    window: Callable[..., Any], people: Cast, another: Callable[[str], Person], quote: str
) -> None:
    with window() as look:
        _listens_and_files(look, people.reviewer)
        _finds_every_page_closed(look, quote)
        look.go("/listening")
        look.page.get_by_role("link", name="See what you filed").click()
        _reveals(look, quote)

    with window(java_script_enabled=False) as look:
        _files_without_scripts(look, another("mira"))
        _reveals(look, quote)
        page = look.page
        assert page.get_by_text("4 words the same, 2 places differ; 6 and 4 words").count() == 1
        assert page.locator(".sign", has_text=re.compile("^.independent$")).count() == 1
        assert page.get_by_text("contested").count() == 1, "one of them heard less"
        page.locator("summary", has_text="Decide").click()
        page.get_by_label("What the machine proposes is").select_option("confirmed")
        page.get_by_label("Because").fill("I heard the first half myself.")
        page.get_by_role("button", name="Record the decision").click()
        page.get_by_text("Confirmed by Mira").wait_for()
        assert page.get_by_text("heard before reading").count() == 3


def _listens_and_files(look: Looking, person: Person) -> None:
    """Begin, play by the key, type, file: with scripts and without a mouse in the text."""
    page = look.page
    look.sign_in(person)
    look.go("/listening")
    page.get_by_role("button", name="Listen", exact=True).click()
    page.get_by_role("heading", name="What do you hear?").wait_for()
    page.locator("body[data-ready='1']").wait_for()
    assert QUOTE not in page.content()
    written = page.get_by_label("Everything that is said")
    written.focus()
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 2.5")
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('audio').paused")
    before = page.evaluate("document.querySelector('audio').currentTime")
    page.keyboard.press("F2")
    page.wait_for_function(
        "at => document.querySelector('audio').currentTime < at - 1.5", arg=before
    )
    assert page.evaluate("document.querySelector('audio').duration") < 15
    written.fill(f"{QUOTE}")
    page.locator("#language").select_option("ru")
    page.get_by_role("button", name="File what I heard").click()
    page.get_by_role("heading", name="What you heard").wait_for()
    assert page.get_by_text("Nothing here shows that your account was given").count() == 1
    assert look.complaints == []


def _finds_every_page_closed(look: Looking, quote: str) -> None:
    for path in ("/", "/reports", f"/quotes/{quote}", "/jobs"):
        answer = look.page.goto(look.url + path)
        assert answer is not None
        assert answer.status == 403, path
        assert QUOTE not in look.page.content()
        assert look.page.get_by_role("link", name="Go on listening").count() == 1


def _files_without_scripts(look: Looking, person: Person) -> None:
    page = look.page
    look.sign_in(person)
    page.get_by_role("link", name="Listening").click()
    page.get_by_role("button", name="Listen", exact=True).click()
    assert page.locator("audio[controls]").count() == 1
    page.get_by_role("button", name="File what I heard").click()
    page.get_by_text(re.compile("Say what you heard, or that you could not tell")).wait_for()
    page.get_by_label("Everything that is said").fill(HEARD)
    page.locator("#language").select_option("ru")
    page.get_by_role("button", name="File what I heard").click()
    page.get_by_role("heading", name="What you heard").wait_for()


def _reveals(look: Looking, quote: str) -> None:
    look.page.get_by_role("button", name="Reveal the words").click()
    look.page.get_by_role("heading", name="Quote under review").wait_for()
    assert look.page.url.endswith(f"/quotes/{quote}")
    assert QUOTE in look.page.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_listening_are_accessible_and_fit_a_phone(
    window: Callable[..., Any],
    people: Cast,
    another: Callable[[str], Person],
    quote: str,
    scheme: str,
) -> None:
    if not AXE.exists():
        missing("browser", "axe-core is not installed (npm ci in app/web)")
    own = people.reviewer.client.get(f"{API}/listenings")["items"]
    done = ["/listening", f"/listenings/{own[0]['id']}", f"/quotes/{quote}"]
    with window(bypass_csp=True, color_scheme=scheme, viewport=PHONE) as look:
        look.sign_in(people.reviewer)
        violations = _looked_at(look, done)
        look.sign_out()
        look.sign_in(another(f"olga-{scheme}"))
        look.go("/listening")
        look.page.get_by_role("button", name="Listen", exact=True).click()
        look.page.get_by_role("heading", name="What do you hear?").wait_for()
        begun = look.page.url.removeprefix(look.url)
        violations += _looked_at(look, ["/listening", begun])
        assert look.complaints == []

    assert violations == []


def _looked_at(look: Looking, paths: list[str]) -> list[str]:
    """What axe says of these pages with everything unfolded; none of them scrolls sideways."""
    violations = []
    for path in paths:
        look.go(path)
        for summary in look.page.locator("main summary").all():
            summary.click()
        violations += look.violations(path)
        wide = look.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} scrolls sideways by {wide} px"
    return violations
