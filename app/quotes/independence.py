"""
Who has a stake in a comparison, and so cannot confirm or overrule it: pure rules.

A stake is something that an account did to what is being judged: brought bytes of the
recording, wrote words that the quote is compared with, told a machine what to hear and in
which language, or said that these words of a report are a quote of this recording. A stake
sticks to the account, whatever it comes with: a session and every token act as the account
they belong to.

What no rule here can see is one person with two accounts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from app.core.errors import Forbidden


class Stake(StrEnum):
    """What ties an account to a comparison."""

    UPLOADER = "uploader"
    """Brought bytes that are held of the recording, quarantined ones too."""
    AUTHOR = "author"
    """Wrote or brought in the words compared with, words they were made from, or the same ones."""
    REQUESTER = "requester"
    """Asked a machine to hear or place those words, and so chose engine, language and channel."""
    QUOTER = "quoter"
    """Said that these words of the report are a quote, and of which recording."""


SENTENCES: Mapping[Stake, str] = {
    Stake.UPLOADER: "you brought bytes of this recording",
    Stake.AUTHOR: "you wrote or brought in the words that the quote is compared with",
    Stake.REQUESTER: "you asked the machine for the words that the quote is compared with",
    Stake.QUOTER: "you registered the quote",
}


class NotIndependent(Forbidden):
    """
    The reviewer has a stake: `because` names each (uploader, author, requester, quoter).

    Whoever has one may still object to a proposal that nobody has ruled on.
    """

    slug: ClassVar[str] = "not-independent"


class NotAPerson(Forbidden):
    """The machine proposes and a person decides: a program's account rules on nothing."""

    slug: ClassVar[str] = "not-a-person"


@dataclass(frozen=True, slots=True)
class Interests:
    """The accounts with a stake in one comparison, by what ties them to it."""

    held: Mapping[Stake, frozenset[str]] = field(default_factory=dict)

    def of(self, account: str) -> list[Stake]:
        """Every stake of this account, in a fixed order; empty when it is independent."""
        return [stake for stake in Stake if account in self.held.get(stake, frozenset())]


def require(account: str, interests: Interests) -> None:
    """Let somebody without a stake pass, or raise `NotIndependent` naming every one they have."""
    because = interests.of(account)
    if because:
        told = "; ".join(SENTENCES[stake] for stake in because)
        raise NotIndependent(
            f"you can neither confirm nor overrule this: {told}",
            because=[str(stake) for stake in because],
        )
