"""The people of the demo: an administrator admits an investigator and a reviewer to a case."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.client import Client
from app.client.http import answer
from app.demo.server import Server


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an account, a role in the case, and a way in."""

    login: str
    password: str
    role: str
    account_id: str
    client: Client


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, and the case they work on."""

    case_id: str
    administrator: Client
    investigator: Person
    reviewer: Person

    def close(self) -> None:
        """Let go of every connection."""
        for client in (self.administrator, self.investigator.client, self.reviewer.client):
            client.http.close()


def assemble(server: Server) -> Cast:
    """Open a case and two accounts, each of whom signs in and takes a token of their own."""
    administrator = Client(server.url, token=server.token)
    case = administrator.post("/api/v1/cases", {"name": "Exercise North"})
    return Cast(
        case["id"],
        administrator,
        _admit(server, administrator, case["id"], "inna", "Inna (investigator)", "investigator"),
        _admit(server, administrator, case["id"], "rolf", "Rolf (reviewer)", "reviewer"),
    )


def _admit(
    server: Server, administrator: Client, case_id: str, login: str, name: str, role: str
) -> Person:
    password = secrets.token_urlsafe(12)
    account = administrator.post(
        "/api/v1/accounts", {"login": login, "display_name": name, "password": password}
    )
    administrator.post(
        f"/api/v1/cases/{case_id}/members", {"account_id": account["id"], "role": role}
    )
    client = Client(server.url, token=_own_token(server.url, login, password))
    return Person(login, password, role, account["id"], client)


def _own_token(url: str, login: str, password: str) -> str:
    """Sign in as a browser would, and have a token issued for programs."""
    with Client(url) as browser:
        session = browser.post("/api/v1/sessions", {"login": login, "password": password})
        expires = datetime.now(UTC) + timedelta(days=1)
        issued = answer(
            browser.http.post(
                "/api/v1/tokens",
                json={"name": "demo", "expires_at": expires.isoformat()},
                headers={"X-CSRF-Token": session["csrf_token"]},
            )
        )
    secret: str = issued["secret"]
    return secret
