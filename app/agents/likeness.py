"""Whether the names of two agents may be one, by what sort of thing bears them."""

from app.agents.models import AgentKind
from app.agents.transliteration import bodies, designations, names
from app.agents.transliteration.comparison import Comparison


def compare(kind: AgentKind, first: str, second: str) -> Comparison:
    """How alike two names of agents of one kind are, and why."""
    match kind:
        case AgentKind.PERSON:
            return names.compare(first, second)
        case AgentKind.MILITARY_UNIT:
            return designations.compare(first, second)
        case AgentKind.ORGANIZATION | AgentKind.OFFICE | AgentKind.SOFTWARE:
            return bodies.compare(first, second)
