"""People at browsers in one case, and recordings as far along as a test needs them."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.core.actor import service
from app.core.database import Database
from app.core.storage import Area
from app.http.parts import Parts
from app.recordings import queries
from app.recordings import service as recordings
from app.recordings.provenance import Decoding, DerivativeKind, Outcome
from tests.app.conftest import PASSWORD, People
from tests.app.web.browsing import Browser, Page

WORKER = service("worker")
DECODED = Decoding(
    outcome=Outcome.DECODED,
    decoder={"name": "a test"},
    container="wav",
    codec="pcm_s16le",
    sample_rate=8000,
    channels=1,
    duration_ms=9000,
    pcm_sha256="sha256:" + "5" * 64,
)
UNDECODABLE = Decoding(
    outcome=Outcome.UNDECODABLE, decoder={"name": "a test"}, reason="not-a-container-we-open"
)
Enter = Callable[..., Browser]


@pytest.fixture
def case(people: People) -> str:
    return people.case("Exercise")


@pytest.fixture
def enter(client: TestClient, people: People, case: str) -> Enter:
    """Somebody new with these roles in the case, signed in at a browser of their own."""

    def entered(*roles: Role, within: str | None = None) -> Browser:
        person = people.join(*roles, case=within or case)
        browser = Browser(client)
        assert browser.sign_in(person.login, PASSWORD).address == "/"
        return browser

    return entered


@dataclass(frozen=True)
class Desk:
    """An investigator at work, and the worker that is played by hand."""

    browser: Browser
    parts: Parts

    @property
    def database(self) -> Database:
        return self.parts.database

    def add(self, title: str = "Traffic about trucks", **typed: str) -> str:
        """Enter a recording through the form; its identifier."""
        page = self.browser.open("/recordings/new")
        entered = self.browser.submit(page, "/recordings", title=title, **typed)
        assert entered.address.endswith("/upload"), entered.text
        return entered.address.split("/")[2]

    def upload(self, recording: str, content: bytes = b"some bytes", **typed: str) -> Page:
        """Take bytes into custody through the form."""
        page = self.browser.open(f"/recordings/{recording}/upload")
        return self.browser.send_file(page, "one.wav", content, **typed)

    def decode(self, recording: str, decoding: Decoding = DECODED) -> None:
        """Be the worker that looks at what was taken in."""
        with self.database.writing() as session:
            instance = queries.original_of(session, recording)
            assert instance is not None
            recordings.identify(session, actor=WORKER, instance=instance, decoding=decoding)
            if decoding.outcome is not Outcome.DECODED:
                return
            for kind in (DerivativeKind.PEAKS, DerivativeKind.PLAYBACK):
                content = f"{kind} of {recording}".encode()
                recordings.derive(
                    session,
                    actor=WORKER,
                    instance=instance,
                    kind=kind,
                    digest=self.parts.storage.put_bytes(content, area=Area.DERIVATIVES),
                    size=len(content),
                    media_type="application/octet-stream",
                    made_by={"tool": "a test"},
                )

    def held(self, title: str = "Traffic about trucks") -> str:
        """A recording with sound."""
        recording = self.add(title)
        self.upload(recording)
        self.decode(recording)
        return recording

    def bring_in(self, recording: str, text: str, **typed: str) -> Page:
        """Bring in a transcript through the form."""
        page = self.browser.open(f"/recordings/{recording}")
        typed = {"language": "en", "format": "text", **typed}
        return self.browser.submit(page, "/transcripts", text=text, **typed)

    def report(self, text: str, **typed: str) -> str:
        """Register a report through the form; its identifier."""
        page = self.browser.open("/reports/new")
        typed = {"title": "What was said", "language": "en", **typed}
        registered = self.browser.submit(page, "/reports", text=text, **typed)
        assert registered.status == 200, registered.text
        return registered.address.split("/")[2]

    def mark(self, report: str, exact: str, **typed: str) -> Page:
        """Mark a quote through the form."""
        page = self.browser.open(f"/reports/{report}")
        return self.browser.submit(page, "/quotes", exact=exact, **typed)


@pytest.fixture
def desk(enter: Enter, app_parts: Parts) -> Desk:
    """An investigator of the case."""
    return Desk(enter(Role.INVESTIGATOR), app_parts)
