"""
Whether somebody may decide without having listened: not in a case that demands it.

The demand covers quotes that can be listened for. Whoever has a stake in a quote cannot listen to
it blind; they may be the first to object, and nothing else.
"""

from typing import ClassVar

from sqlalchemy.orm import Session

from app.cases import queries as cases
from app.core.actor import Actor
from app.core.errors import Forbidden
from app.quotes import stakes
from app.quotes.listening import queries
from app.quotes.listening.places import place_of
from app.quotes.listening.queries import Manner
from app.quotes.models import Alignment, Quote


class ListenFirst(Forbidden):
    """The case demands that who decides on this quote listens to its place first."""

    slug: ClassVar[str] = "listen-first"


def heard(session: Session, *, actor: Actor, alignment: Alignment, objects: bool) -> Manner:
    """
    How this reviewer would decide now; `ListenFirst` where the case does not allow that.

    `objects`: they are the first to rule, and do not confirm.
    """
    quote = session.get_one(Quote, alignment.quote_id)
    listenings = queries.of_quotes(session, [quote.id])
    manner = queries.manner(listenings, quote_id=quote.id, reviewer_id=actor.id)
    if (
        manner is Manner.WITHOUT
        and cases.demanding(session, [quote.case_id])
        and place_of(session, quote) is not None
        and not (objects and stakes.known_to(session, quote).of(actor.id))
    ):
        raise ListenFirst(
            "in this case you listen to the place before you decide", quote_id=quote.id
        )
    return manner
