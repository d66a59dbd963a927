"""
From sign-in to a reviewed alignment, in a real browser, by two people.

The recording is the demonstration's own Russian exchange and the engine its exercise model:
real decoding, real listening, real review.
"""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.demo.cast import Cast
from app.demo.server import Server
from tests.browser.looking import AXE, PHONE, Looking
from tests.conftest import missing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
AUDIO = ROOT / "app/demo/audio/exchange_ru.flac"
QUOTE = "командира оставить, остальных вывезти в тыл"
ARTICLE = f"A paper reports.\n\nThe order was: «{QUOTE}». It was given twice.\n"


@pytest.fixture(scope="module")
def journey() -> dict[str, str]:
    """Where the journey led: addresses, for the tests that look at the pages afterwards."""
    return {}


def test_two_people_come_from_sign_in_to_a_reviewed_alignment(
    window: Callable[..., Any], people: Cast, journey: dict[str, str]
) -> None:
    with window() as look:
        look.sign_in(people.investigator)
        journey["recording"] = _takes_a_recording_in(look)
        journey["report"] = _registers_a_report_and_marks_the_quote(look)
        _has_the_recording_transcribed(look, journey["recording"])
        assert look.page.get_by_text("Decide", exact=True).count() == 0, "not the uploader's"
        assert look.complaints == []
        look.sign_out()

    with window() as look:
        look.sign_in(people.reviewer)
        look.page.get_by_role("link", name="R-0001").click()
        _plays_the_quote_and_decides(look)
        assert look.complaints == []


def _takes_a_recording_in(look: Looking) -> str:
    """Enter it, upload it with scripts (so by tus), wait for the waveform; its address."""
    page = look.page
    page.get_by_role("link", name="Add a recording").first.click()
    page.get_by_label("Title").fill("Depot traffic, evening")
    page.get_by_label("Kind").select_option("radio")
    page.get_by_label("Languages spoken").fill("ru")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Take a file into custody").wait_for()
    with page.expect_request(lambda asked: asked.method == "PATCH"):
        page.locator("#file").set_input_files(AUDIO)
        page.get_by_role("button", name="Upload").click()
    page.wait_for_url(re.compile(r"/recordings/[^/]+$"))
    address: str = page.url.removeprefix(look.url)
    # The page follows its job and shows the player by itself.
    page.locator(".wave[role=slider]").wait_for()
    return address


def _registers_a_report_and_marks_the_quote(look: Looking) -> str:
    """Paste the article, mark the words as a mouse does; the report's address."""
    page = look.page
    look.go("/reports/new")
    page.get_by_label("Title").fill("A paper reports")
    page.get_by_label("Language").fill("en")
    page.locator("#text").fill(ARTICLE)
    page.get_by_role("button", name="Register").click()
    page.get_by_role("heading", name="A paper reports").wait_for()
    address: str = page.url.removeprefix(look.url)
    look.mark(QUOTE)
    form = page.locator("form", has=page.locator("#exact"))
    assert form.get_by_label("Words, exactly as printed").input_value() == QUOTE
    form.get_by_label("Of the recording").select_option(label="R-0001 Depot traffic, evening")
    page.locator("#quote-language").fill("ru")
    form.get_by_role("button", name="Mark", exact=True).click()
    page.locator("mark").wait_for()
    return address


def _has_the_recording_transcribed(look: Looking, recording: str) -> None:
    """Ask for it and wait until the page shows by itself what was heard and where."""
    page = look.page
    look.go(recording)
    page.get_by_label("Engine").fill("whisper:exercise")
    page.locator("#spoken").fill("ru")
    page.get_by_role("button", name="Transcribe").click()
    page.get_by_role("button", name=re.compile("^Play")).first.wait_for()
    assert page.locator(".word.cited").count() >= 2 * len(QUOTE.split())
    assert page.get_by_text("Exercise model").count() == 1


def _plays_the_quote_and_decides(look: Looking) -> None:
    """Hear the first place to its end, then confirm with a reason."""
    page = look.page
    page.locator("body[data-ready='1']").wait_for()
    page.locator("summary", has_text="Decide").click()
    assert page.get_by_text("not played yet").count() == 2
    play = page.get_by_role("button", name=re.compile("^Play")).first
    start = float(play.get_attribute("data-play")[2:].split(",")[0])
    play.click()
    page.wait_for_function(
        "start => document.querySelector('audio').currentTime > start + 0.3", arg=start
    )
    page.get_by_text("played to its end").first.wait_for()
    assert page.evaluate("document.querySelector('audio').paused")
    page.get_by_label("What the machine proposes is").select_option("confirmed")
    page.get_by_label("Because").fill("Listened to both places; the words are there.")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text("Confirmed by Rolf (reviewer)").wait_for()
    assert page.get_by_text("Listened to both places; the words are there.").count() == 1


def test_a_link_to_a_moment_cues_it_and_keys_move_it(
    window: Callable[..., Any], people: Cast, journey: dict[str, str]
) -> None:
    with window() as look:
        page = look.page
        look.sign_in(people.reviewer)
        look.go(journey["report"])
        link = page.locator("a.time").first
        start = float(link.get_attribute("href").split("#t=")[1].split(",")[0])
        link.click()
        page.locator("body[data-ready='1']").wait_for()

        page.wait_for_function(
            "at => Math.abs(document.querySelector('audio').currentTime - at) < 0.1", arg=start
        )
        assert page.evaluate("document.querySelector('audio').paused"), "never by itself"
        slider = page.get_by_role("slider", name="Position in the recording")
        slider.focus()
        for key, expected in (("Home", 0.0), ("ArrowRight", 2.0), ("ArrowUp", 3.0)):
            page.keyboard.press(key)
            page.wait_for_function(
                "at => Math.abs(document.querySelector('audio').currentTime - at) < 0.1",
                arg=expected,
            )
        page.wait_for_function(
            "() => document.querySelector('.wave').getAttribute('aria-valuenow') === '3.0'"
        )
        assert look.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_fits_a_phone_and_is_quiet(
    window: Callable[..., Any], people: Cast, journey: dict[str, str], scheme: str
) -> None:
    if not AXE.exists():
        missing("browser", "axe-core is not installed (npm ci in app/web)")
    pages = ["/", "/recordings/new", f"{journey['recording']}/upload", "/reports", "/reports/new"]
    pages += ["/jobs", journey["recording"], journey["report"], "/?q=nothing-of-the-kind"]
    violations = []
    # The policy of our pages would refuse axe itself; it is only set aside for looking.
    with window(bypass_csp=True, color_scheme=scheme, viewport=PHONE) as look:
        look.go("/sign-in")
        violations += look.violations("/sign-in")
        look.sign_in(people.investigator)
        for path in pages:
            look.go(path)
            for summary in look.page.locator("main summary").all():
                summary.click()
            violations += look.violations(path)
            wide = look.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{path} scrolls sideways by {wide} px"
        assert look.complaints == []

    assert violations == []


def test_a_file_with_another_digest_than_declared_is_told_both(
    window: Callable[..., Any], people: Cast, journey: dict[str, str]
) -> None:
    declared = "sha256:" + "0" * 64
    with window() as look:
        page = look.page
        look.sign_in(people.investigator)
        look.go(f"{journey['recording']}/upload")
        page.get_by_label("Digest declared by the sender").fill(declared)
        page.locator("#file").set_input_files(AUDIO)
        page.get_by_role("button", name="Upload").click()
        refusal = page.locator("[data-refused]")
        refusal.wait_for()
        said = refusal.inner_text()

    ours = "sha256:" + hashlib.sha256(AUDIO.read_bytes()).hexdigest()
    assert declared in said
    assert ours in said
    assert "quarantine" in said


def test_a_refused_form_is_where_the_browser_goes(
    window: Callable[..., Any], people: Cast, journey: dict[str, str]
) -> None:
    with window() as look:
        page = look.page
        look.sign_in(people.investigator)
        look.go(journey["report"])
        page.locator("summary", has_text="Mark a quote").click()
        page.locator("#exact").fill("words that nobody printed")
        page.get_by_role("button", name="Mark", exact=True).click()
        refusal = page.locator("[role=alert]")
        refusal.wait_for()
        assert refusal.evaluate("element => element === document.activeElement")
        assert page.locator("#exact").input_value() == "words that nobody printed"


def test_without_scripts_a_file_is_taken_in_and_a_decision_made(
    window: Callable[..., Any], people: Cast, journey: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "notes.bin"
    file.write_bytes(b"these are no sounds")
    with window(java_script_enabled=False) as look:
        page = look.page
        look.sign_in(people.investigator)
        look.go("/recordings/new")
        page.get_by_label("Title").fill("Added without scripts")
        page.get_by_role("button", name="Add").click()
        page.locator("#file").set_input_files(file)
        page.get_by_role("button", name="Upload").click()
        page.get_by_role("heading", name="Bytes held").wait_for()
        assert page.get_by_text("Bytes taken into custody").count() == 1
        look.sign_out()
        look.sign_in(people.reviewer)
        look.go(journey["recording"])
        assert page.locator("audio[controls]").count() == 1
        page.locator("summary", has_text="Decide anew").click()
        page.get_by_label("What the machine proposes is").select_option("cannot_tell")
        page.get_by_label("Because").fill("On a second hearing I am not sure.")
        page.get_by_role("button", name="Record the decision").click()
        page.get_by_text("Cannot tell by Rolf (reviewer)").wait_for()


def test_a_line_is_corrected_by_ear_and_what_changed_can_be_played(
    window: Callable[..., Any], people: Cast, journey: dict[str, str]
) -> None:
    with window() as look:
        page = look.page
        look.sign_in(people.investigator)
        look.go(journey["recording"])
        page.get_by_role("link", name="Correct this version").click()
        journey["edit"] = page.url.removeprefix(look.url)
        line = page.locator("textarea").first
        line.fill(f"{line.input_value()} [crosstalk]")
        page.get_by_role("button", name="Keep as a new version").click()
        page.get_by_text("Corrected by Inna (investigator)").first.wait_for()
        # The page comes anew when the quotes have been looked for in the correction.
        page.wait_for_function("() => !document.querySelector('[data-job]')")
        link = page.get_by_role("link", name="See what it changed")
        journey["difference"] = link.get_attribute("href")
        look.go(journey["difference"])
        page.locator("body[data-ready='1']").wait_for()
        assert page.locator(".op.added .word").all_inner_texts() == ["[crosstalk]"]
        play = page.locator(".pair.differs button.play")
        start = float(play.get_attribute("data-play")[2:].split(",")[0])
        play.click()
        page.wait_for_function(
            "start => document.querySelector('audio').currentTime > start + 0.2", arg=start
        )
        assert look.complaints == []

    if not AXE.exists():
        missing("browser", "axe-core is not installed (npm ci in app/web)")
    with window(bypass_csp=True, color_scheme="dark", viewport=PHONE) as look:
        look.sign_in(people.reviewer)
        for path in (journey["edit"], journey["difference"], journey["recording"]):
            look.go(path)
            for summary in look.page.locator("main summary").all():
                summary.click()
            assert look.violations(path) == []
            wide = look.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{path} scrolls sideways by {wide} px"


def test_the_custody_log_adds_up_after_all_of_it(server: Server, journey: dict[str, str]) -> None:
    assert journey, "there was no journey to verify"
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "verify", "--json"],
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
