"""
The table of mentions: where a report names an agent, and by which of their names.

It is to agents what a citation is to recordings. Its rows are salted, as names are: the words of
a report and the identifier of an agent could otherwise be tried against the digest in the custody
log until they fit, and would tell who a withheld identity is.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.custody.models import Sealed
from app.reports.models import Anchored


class Mention(Anchored, Sealed, Base):
    """A passage that names or describes an agent."""

    __tablename__ = "mention"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the report's case, repeated")
    report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="the report that names them"
    )
    agent_id: Mapped[str] = mapped_column(
        ForeignKey("agent.id"), index=True, comment="who is meant"
    )
    name_id: Mapped[str | None] = mapped_column(
        ForeignKey("agent_name.id"), comment="which of their other names; null: none in particular"
    )
    salt: Mapped[bytes] = mapped_column(comment="16 random bytes; see the module's note")
    noted_by: Mapped[str] = mapped_column(comment="account that noted it")
    noted_at: Mapped[datetime] = mapped_column(comment="when, our clock")
