"""One person's window on the site, and what to look at in it."""

from pathlib import Path
from typing import Any

from app.demo.cast import Person

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PATIENCE_MS = 60_000
AXE = Path(__file__).resolve().parents[2] / "app/web/node_modules/axe-core/axe.min.js"


class Looking:
    """One person's window: where it goes, what it complains of."""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.url + path)

    def sign_in(self, person: Person) -> None:
        """Sign in through the form."""
        self.go("/sign-in")
        self.page.get_by_label("Login").fill(person.login)
        self.page.get_by_label("Password").fill(person.password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("heading", name="Recordings").wait_for()

    def sign_out(self) -> None:
        """Leave."""
        self.page.get_by_role("button", name="Sign out").click()
        self.page.get_by_role("heading", name="Sign in").wait_for()

    def mark(self, words: str) -> None:
        """Mark words in the text of a report, as a mouse does."""
        self.page.evaluate(
            """words => {
                const text = document.querySelector(".published");
                const first = text.textContent.indexOf(words);
                const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
                const range = document.createRange();
                let before = 0;
                for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
                    const after = before + node.length, last = first + words.length;
                    if (before <= first && first < after) range.setStart(node, first - before);
                    if (before < last && last <= after) range.setEnd(node, last - before);
                    before = after;
                }
                getSelection().removeAllRanges();
                getSelection().addRange(range);
            }""",
            words,
        )
        self.page.wait_for_function("() => document.querySelector('#exact').value !== ''")

    def violations(self, path: str) -> list[str]:
        """What axe calls serious or critical on the page that is open."""
        self.page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{path}: {rule['id']}: {node['target']} {node['failureSummary'][:200]}"
            for rule in found["violations"]
            if rule["impact"] in {"serious", "critical"}
            for node in rule["nodes"]
        ]
