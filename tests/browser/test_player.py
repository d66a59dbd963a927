"""The player in a real browser: one party of a call alone, and a spectrogram read when wanted."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from app.client import upload
from app.demo.cast import Cast
from app.demo.script import RECORDINGS
from tests.browser.looking import PHONE, Looking

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST_MINUTE = "bytes=128-240127"


@pytest.fixture(scope="module")
def call(people: Cast, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A call of more than a minute, with one language on each channel; its page."""
    voices = [soundfile.read(one.file, dtype="int16")[0] for one in RECORDINGS]
    rate = soundfile.info(RECORDINGS[0].file).samplerate
    channels = [np.resize(voice, rate * 70) for voice in voices[:2]]
    path = tmp_path_factory.mktemp("call") / "call.wav"
    soundfile.write(path, np.stack(channels, axis=1), rate)
    client = people.investigator.client
    made = client.post(
        "/api/v1/recordings", {"case_id": people.case_id, "title": "A call", "kind": "phone"}
    )
    upload(client, path, metadata={"recording_id": made["id"], "filename": "call.wav"})
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        held = client.get(f"/api/v1/recordings/{made['id']}/media-instances")["items"][0]
        if "spectrogram" in {one["kind"] for one in held["derivatives"]}:
            return f"/recordings/{made['id']}"
        time.sleep(0.3)
    raise AssertionError("the worker made no spectrogram")


def opened(look: Looking, person: Any, call: str) -> Any:
    look.sign_in(person)
    look.go(call)
    look.page.locator("body[data-ready]").wait_for()
    return look.page


def test_the_spectrogram_is_read_a_minute_at_a_time_once_it_is_opened(
    window: Callable[..., Any], people: Cast, call: str
) -> None:
    asked: list[str | None] = []

    def note(request: Any) -> None:
        if request.url.endswith("/derivatives/spectrogram"):
            asked.append(request.headers.get("range"))

    with window() as look:
        look.page.on("request", note)
        page = opened(look, people.reviewer, call)
        assert asked == []
        page.get_by_text("Spectrogram", exact=True).click()
        page.get_by_text("0:00.0 to 0:20.0, up to 8000 Hz").wait_for()
        assert asked == [FIRST_MINUTE]
        page.evaluate("() => { document.querySelector('audio').currentTime = 45 }")
        page.get_by_text("0:40.0 to 1:00.0").wait_for()
        assert asked == [FIRST_MINUTE], "the same minute is not read again"
        page.evaluate("() => { document.querySelector('audio').currentTime = 65 }")
        page.get_by_text("1:00.0 to 1:10.0").wait_for()
        assert len(asked) == 2
        page.locator(".bands canvas").click(position={"x": 0, "y": 10})
        page.wait_for_function("() => document.querySelector('audio').currentTime === 60")
        assert drawn(page) > 0.02
        assert look.complaints == []


def drawn(page: Any) -> float:
    """How much of the canvas is drawn on at least faintly."""
    share: float = page.evaluate(
        """() => {
            const canvas = document.querySelector('.bands canvas');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            let strong = 0;
            for (let at = 3; at < data.length; at += 4) strong += data[at] > 64 ? 1 : 0;
            return strong / (data.length / 4);
        }"""
    )
    return share


def test_one_party_is_heard_alone_and_then_both(
    window: Callable[..., Any], people: Cast, call: str
) -> None:
    with window() as look:
        page = opened(look, people.reviewer, call)
        for choice, said in (
            ("channel 2 alone", "1"),
            ("channel 1 alone", "0"),
            ("both channels", "both"),
        ):
            page.get_by_label("Hear", exact=True).select_option(label=choice)
            page.locator(f"body[data-channel='{said}']").wait_for()
            before = page.evaluate("() => document.querySelector('audio').currentTime")
            page.evaluate("() => document.querySelector('audio').play()")
            page.wait_for_function(
                "before => document.querySelector('audio').currentTime > before + 0.3", arg=before
            )
        assert look.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("phone", [False, True])
def test_it_can_be_used_in_both_themes_and_on_a_phone(
    window: Callable[..., Any], people: Cast, call: str, theme: str, phone: bool, tmp_path: Path
) -> None:
    options = {"color_scheme": theme, **({"viewport": PHONE} if phone else {})}
    with window(**options) as look:
        page = opened(look, people.reviewer, call)
        page.get_by_text("Spectrogram", exact=True).click()
        page.get_by_text(f"0:00.0 to 0:{10 if phone else 20}.0").wait_for()
        page.screenshot(path=str(tmp_path / "player.png"))
        print(tmp_path / "player.png")
        width = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, "nothing sticks out"
        assert look.complaints == []
        assert look.violations(call) == []
