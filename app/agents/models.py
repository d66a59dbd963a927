"""
Those who appear in a case: who spoke, published, intercepted, assessed.

An agent is not an account. Many are known only by description ("a serviceman"), some are
known and withheld; the difference is a state and never an empty name. The tables carry a
salt among their sealed columns, so that whoever may read the custody log, which holds the
digest of every row, cannot test guesses at a withheld name against it.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice
from app.custody.models import Sealed


class AgentKind(StrEnum):
    """What sort of thing acts."""

    PERSON = "person"
    ORGANIZATION = "organization"
    MILITARY_UNIT = "military_unit"
    OFFICE = "office"
    SOFTWARE = "software"


class IdentityStatus(StrEnum):
    """How much is known, and may be said, of who it is."""

    NAMED = "named"
    DESCRIBED_ONLY = "described_only"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


class NameKind(StrEnum):
    """How another name relates to the agent."""

    ALIAS = "alias"
    CALL_SIGN = "call_sign"
    TRANSLITERATION = "transliteration"
    ABBREVIATION = "abbreviation"
    FORMER = "former"
    PROBABLE_MISTRANSLATION = "probable_mistranslation"


class EquivalenceRuling(StrEnum):
    """What a person says of two agents that may be one; neither is ever merged into the other."""

    SAME = "same"
    NOT_SAME = "not_same"
    REOPENED = "reopened"  # what was ruled no longer holds


class Agent(Sealed, Base):
    """A person, organisation, unit, office or program that appears in one case."""

    __tablename__ = "agent"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case they appear in")
    kind: Mapped[AgentKind] = mapped_column(choice(AgentKind), comment="what sort of thing")
    identity_status: Mapped[IdentityStatus] = mapped_column(
        choice(IdentityStatus), comment="named, described only, withheld or unknown"
    )
    name: Mapped[str | None] = mapped_column(
        comment="main name; protected when withheld; null: none is known"
    )
    description: Mapped[str | None] = mapped_column(
        comment="as sources describe them; null: nobody did"
    )
    parent_id: Mapped[str | None] = mapped_column(
        ForeignKey("agent.id"), comment="what they belong to; null: nothing recorded"
    )
    salt: Mapped[bytes] = mapped_column(comment="16 random bytes; see the module's note")
    made_at: Mapped[datetime] = mapped_column(comment="when they were entered here")


class AgentName(Sealed, Base):
    """Another name of an agent: alias, call sign, transliteration."""

    __tablename__ = "agent_name"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    agent_id: Mapped[str] = mapped_column(
        ForeignKey("agent.id"), index=True, comment="whose name it is"
    )
    case_id: Mapped[str] = mapped_column(comment="the agent's case")
    kind: Mapped[NameKind] = mapped_column(choice(NameKind), comment="how it relates to them")
    name: Mapped[str] = mapped_column(comment="the name; protected like the main one")
    language: Mapped[str | None] = mapped_column(
        comment="language it is in, a code; null: in none in particular"
    )
    salt: Mapped[bytes] = mapped_column(comment="16 random bytes; see the module's note")
    made_at: Mapped[datetime] = mapped_column(comment="when it was entered here")


class AgentEquivalence(Sealed, Base):
    """
    A person's ruling on whether two agents of a case are one; the newest of a pair is in force.

    Salted like a name: that two are one tells who a withheld identity is.
    """

    __tablename__ = "agent_equivalence"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case of both agents")
    first_id: Mapped[str] = mapped_column(
        ForeignKey("agent.id"), index=True, comment="the agent entered first"
    )
    second_id: Mapped[str] = mapped_column(
        ForeignKey("agent.id"), index=True, comment="the agent entered later"
    )
    ruling: Mapped[EquivalenceRuling] = mapped_column(
        choice(EquivalenceRuling), comment="what was said"
    )
    reason: Mapped[str] = mapped_column(comment="why; protected like the names")
    method: Mapped[str | None] = mapped_column(
        comment="the rules and version that proposed it; null: nobody's but the person's"
    )
    salt: Mapped[bytes] = mapped_column(comment="16 random bytes; see the module's note")
    ruled_by: Mapped[str] = mapped_column(comment="account that ruled")
    ruled_at: Mapped[datetime] = mapped_column(comment="when, our clock")
