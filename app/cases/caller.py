"""
Who is asking, and what they may do where.

A value that both HTTP edges build from a session or a token and hand on. A case that the
caller is no member of does not exist for them (`NotFound`); a member who lacks a
permission is told so (`Forbidden`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.accounts.permissions import Permission, Role, granted
from app.core.actor import Actor
from app.core.errors import Forbidden, NotFound


@dataclass(frozen=True, slots=True)
class Caller:
    """
    An authenticated account: its house roles, and its roles in each case it is a member of.

    `scopes` are what a token was limited to; `None` for a person at a keyboard.
    """

    actor: Actor
    account_id: str
    house: frozenset[Role] = frozenset()
    cases: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    scopes: frozenset[Permission] | None = None

    def may(self, permission: Permission, case_id: str | None = None) -> bool:
        """Whether they may do this: in the house when no case is named, else in that case."""
        if self.scopes is not None and permission not in self.scopes:
            return False
        roles = self.house if case_id is None else self.cases.get(case_id, frozenset())
        return permission in granted(roles)

    def may_anywhere(self, permission: Permission) -> bool:
        """Whether they may do this in the house or in at least one case."""
        return self.may(permission) or bool(self.cases_with(permission))

    def cases_with(self, permission: Permission) -> frozenset[str]:
        """The cases in which they may do this: what a listing is narrowed to."""
        return frozenset(case for case in self.cases if self.may(permission, case))

    def require(self, permission: Permission, case_id: str | None, *, thing: str) -> None:
        """
        Let them pass, or raise `NotFound` (not their case) or `Forbidden` (not their role).

        `thing` names what was asked for in the message, without its content.
        """
        if case_id is not None and case_id not in self.cases:
            raise NotFound(f"no such {thing}")
        if not self.may(permission, case_id):
            raise Forbidden(f"{permission} is not among what you may do here")
