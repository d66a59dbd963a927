"""
Who is asking, and what they may do where.

A value that both HTTP edges build from a session or a token and hand on. A case that the
caller is no member of does not exist for them (`NotFound`); a member who lacks a
permission is told so (`Forbidden`).

Somebody who is to say what they hear before they read it has no words of that case meanwhile
(`WordsClosed`). It is the whole case and every right but two, because words come back in many
places: another transcript, another report, a title, a search. A route that is added later is
closed with the others, since every route asks here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from app.accounts.permissions import Permission, Role, granted
from app.core.actor import Actor
from app.core.errors import Forbidden, NotFound

OPEN_WHILE_LISTENING = frozenset({Permission.CASE_READ, Permission.LISTENING_WRITE})
"""What remains to somebody who listens blind in a case: to know the case, and to listen."""


class WordsClosed(Forbidden):
    """
    The case's words are closed to somebody who listens blind in it, or has to before they read.

    They open when what was heard is filed and revealed, or the listening is given up:
    `GET /api/v1/listenings` says which.
    """

    slug: ClassVar[str] = "words-closed"

    @classmethod
    def until_heard(cls, cases: frozenset[str]) -> "WordsClosed":
        """The refusal, naming the cases."""
        return cls(
            "you listen before you read here: file what you hear and reveal it, or give it up",
            case_ids=sorted(cases),
        )


@dataclass(frozen=True, slots=True)
class Caller:
    """
    An authenticated account: its house roles, and its roles in each case it is a member of.

    `scopes` are what a token was limited to; `None` for a person at a keyboard. `closed` are
    the cases in which they are to listen before they read, whatever they come with.
    """

    actor: Actor
    account_id: str
    house: frozenset[Role] = frozenset()
    cases: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    scopes: frozenset[Permission] | None = None
    closed: frozenset[str] = frozenset()

    def may(self, permission: Permission, case_id: str | None = None) -> bool:
        """Whether they may do this: in the house when no case is named, else in that case."""
        if self.scopes is not None and permission not in self.scopes:
            return False
        if case_id in self.closed and permission not in OPEN_WHILE_LISTENING:
            return False
        roles = self.house if case_id is None else self.cases.get(case_id, frozenset())
        return permission in granted(roles)

    def may_anywhere(self, permission: Permission) -> bool:
        """Whether they may do this in the house or in at least one case."""
        return self.may(permission) or bool(self.cases_with(permission))

    def cases_with(self, permission: Permission) -> frozenset[str]:
        """The cases in which they may do this: what a listing is narrowed to."""
        return frozenset(case for case in self.cases if self.may(permission, case))

    def closes(self, permission: Permission) -> bool:
        """Whether they may do this nowhere only because they are to listen first."""
        return bool(self.closed) and replace(self, closed=frozenset()).may_anywhere(permission)

    def require(self, permission: Permission, case_id: str | None, *, thing: str) -> None:
        """
        Let them pass, or raise `NotFound` (not their case), `WordsClosed` (they are to listen
        first) or `Forbidden` (not their role).

        `thing` names what was asked for in the message, without its content.
        """
        if case_id is not None and case_id not in self.cases:
            raise NotFound(f"no such {thing}")
        if case_id in self.closed and permission not in OPEN_WHILE_LISTENING:
            raise WordsClosed.until_heard(frozenset({case_id}))
        if not self.may(permission, case_id):
            raise Forbidden(f"{permission} is not among what you may do here")
