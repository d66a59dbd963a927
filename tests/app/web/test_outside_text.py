"""Text from outside stays text, whatever script or direction it is written in."""

from app.accounts.permissions import Role
from tests.app.web.browsing import Page
from tests.app.web.conftest import Desk, Enter

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}</textarea><b>"
ARABIC = "مكالمة ليلية عن الشاحنات"


def is_inert(page: Page) -> bool:
    """Whether a page has no script of its own, no style of its own and no handler."""
    for tag, given in page.elements:
        if tag == "script" and not given.get("src", "").startswith("/static/dist/"):
            return False
        if tag in {"style", "img", "iframe", "b"} or "style" in given:
            return False
        if any(name.startswith("on") for name in given):
            return False
    return True


def test_a_hostile_text_in_every_field_is_only_text(desk: Desk, enter: Enter) -> None:
    recording = desk.add(HOSTILE, series=HOSTILE, note=HOSTILE)
    refused_digest = desk.upload(recording, declared_digest=HOSTILE, declared_by=HOSTILE)
    desk.upload(recording, declared_by=HOSTILE, declared_digest="sha256:" + "0" * 64)
    desk.upload(recording)
    desk.decode(recording)
    desk.bring_in(recording, HOSTILE)
    report = desk.report(
        HOSTILE, title=HOSTILE, publisher=HOSTILE, url="https://a.example/?" + HOSTILE
    )
    exact = "<script>alert(1)</script>"
    desk.mark(report, exact, recording_id=recording, speaker_as_described=HOSTILE)
    shown = desk.browser.submit(desk.browser.open(f"/recordings/{recording}"), "/alignments")
    chosen = {"question": "integrity", "stance": "supports", "kind": "publisher_statement"}
    assessed = desk.browser.submit(
        shown, "/assessments", wording=HOSTILE, assessor=HOSTILE, **chosen
    )
    assert assessed.status == 200
    reviewer = enter(Role.REVIEWER)
    decided = reviewer.submit(
        reviewer.open(f"/recordings/{recording}"),
        "/decisions",
        rationale=HOSTILE,
        ruling="rejected",
    )

    pages = [
        decided,
        refused_digest,
        desk.mark(report, HOSTILE + HOSTILE),
        desk.browser.submit(shown, "/transcriptions", engine=HOSTILE, language=HOSTILE),
        desk.browser.open("/?q=" + HOSTILE.replace("{", "%7B").replace("#", "%23")),
        desk.browser.open("/sign-in?next=/" + HOSTILE.replace("{", "%7B")),
        *map(desk.browser.open, ("/", "/reports", "/jobs", f"/reports/{report}", "/" + "<b>")),
    ]

    for page in pages:
        assert is_inert(page), page.address
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
    assert HOSTILE in decided.text


def test_text_written_from_the_right_is_told_apart_from_the_page(desk: Desk) -> None:
    recording = desk.held(ARABIC)
    desk.bring_in(recording, ARABIC, language="ar")
    report = desk.report(f"قال: «{ARABIC}»", language="ar", title=ARABIC)
    desk.mark(report, ARABIC, recording_id=recording)

    for page in map(desk.browser.open, ("/", f"/recordings/{recording}", f"/reports/{report}")):
        assert ARABIC in page.text
        assert any(given.get("dir") == "auto" for _, given in page.elements)
    spoken = desk.browser.open(f"/recordings/{recording}")
    assert any(given.get("lang") == "ar" for _, given in spoken.elements)
    assert "Arabic" in spoken.text


def test_every_answer_forbids_to_be_kept_or_framed(desk: Desk) -> None:
    nonces = set()
    for address in ("/", "/sign-in", "/jobs", "/no/such/page"):
        page = desk.browser.open(address)
        assert page.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        nonces.add(page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0])
    assert len(nonces) == 4, "a nonce is used once"


def test_an_address_that_means_nothing_is_answered_by_a_page(desk: Desk) -> None:
    for address in ("/?q=%00", "/recordings/%00", "/?cursor=nonsense", "/jobs?cursor=%ED%A0%80"):
        page = desk.browser.open(address)

        assert page.status in {200, 404, 422}, address
        assert "Sign out" in page.text
