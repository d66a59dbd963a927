"""A browser without scripts: it reads a page's words, follows links and sends its forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi.testclient import TestClient

VOID = frozenset({"input", "link", "meta", "br", "hr", "img"})


@dataclass
class Form:
    """A form as it stands on a page, with what is filled in already."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class Page(HTMLParser):
    """An answer read as a browser reads it."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(convert_charrefs=True)
        self.status = answer.status_code
        self.address = answer.url.path
        self.html = answer.text
        self.headers = answer.headers
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self._form: Form | None = None
        self._link: str | None = None
        self._textarea: str | None = None
        self._select: str | None = None
        self.feed(answer.text)

    @property
    def text(self) -> str:
        """The words of the page with single spaces."""
        return " ".join("".join(self._words).split())

    def form(self, action: str) -> Form:
        """The form that is sent to an address ending so."""
        found = [form for form in self.forms if form.action.endswith(action)]
        assert found, (action, [form.action for form in self.forms], self.text[:400])
        return found[0]

    def has_form(self, action: str) -> bool:
        """Whether there is one."""
        return any(form.action.endswith(action) for form in self.forms)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "form":
            self._form = Form(given.get("action", self.address), given.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self._link = given["href"]
        elif self._form is not None:
            self._field(self._form, tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        unticked = given.get("type") == "checkbox" and "checked" not in given
        if tag == "input" and name and given.get("type") != "file" and not unticked:
            form.fields[name] = given.get("value", "")
        elif tag == "textarea":
            form.fields[name] = ""
            self._textarea = name
        elif tag == "select":
            self._select = name
            form.choices[name] = []
        elif tag == "option" and self._select is not None:
            value = given.get("value", "")
            form.choices[self._select].append(value)
            if "selected" in given or self._select not in form.fields:
                form.fields[self._select] = value

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if tag == "form":
            self._form = None
        elif tag == "a":
            self._link = None
        elif tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None and self._form is not None:
            self._form.fields[self._textarea] += data
            return
        if self._open and self._open[-1] in {"script", "style", "title"}:
            return
        self._words.append(data)
        if self._link is not None:
            self.links.setdefault(" ".join(data.split()), self._link)


class Browser:
    """Somebody at a browser without scripts, with cookies of their own."""

    def __init__(self, client: TestClient) -> None:
        # Not entered: the application is running already, and is stopped by its own client.
        self.client = TestClient(client.app)

    def open(self, address: str) -> Page:
        """Go to an address, wherever it leads."""
        return Page(self.client.get(address))

    def sign_in(self, login: str, password: str) -> Page:
        """Sign in through the form."""
        return self.submit(self.open("/sign-in"), "/sign-in", login=login, password=password)

    def submit(self, page: Page, action: str, **typed: str) -> Page:
        """Fill a form of a page in and send it, with what it held already."""
        return self.send(page.form(action), **typed)

    def send(self, form: Form, /, **typed: str) -> Page:
        """Fill one of several forms with the same address in, and send it."""
        unknown = typed.keys() - form.fields.keys()
        assert not unknown, f"the form has no field {unknown}"
        sent = {**form.fields, **typed}
        if form.method == "get":
            return Page(self.client.get(form.action, params=sent))
        return Page(self.client.post(form.action, data=sent))

    def send_file(self, page: Page, name: str, content: bytes, **typed: str) -> Page:
        """Send the upload form as one multipart body, fields first."""
        form = page.form("/upload")
        return Page(
            self.client.post(
                form.action, data={**form.fields, **typed}, files={"file": (name, content)}
            )
        )
