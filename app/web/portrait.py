"""
What a page shows of one agent, gathered from every feature that speaks of agents.

Everything is narrowed to what this reader may see. Of a withheld identity, those who may not know
sources see the description and nothing else: a passage, a ruling or a proposal would say who it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.agents import equivalence, queries
from app.agents.equivalence import Proposed
from app.agents.models import Agent, AgentEquivalence
from app.agents.queries import Identity
from app.assessments import queries as assessments
from app.assessments.models import Assessment
from app.cases.caller import Caller
from app.claims import hierarchy
from app.claims import queries as claims
from app.claims.hierarchy import Step
from app.claims.predicates import Predicate
from app.claims.queries import Standing, State
from app.claims.terms import SubjectKind
from app.quotes import queries as quotes
from app.quotes.models import Quote
from app.reports import queries as reports
from app.reports.mentions import queries as mentions
from app.reports.mentions.models import Mention
from app.reports.models import Report
from app.web.claimed import Shown, shown
from app.web.hierarchy import Drawing, drawing


@dataclass(frozen=True, slots=True)
class Named:
    """An agent in a list: what this reader may call them."""

    agent: Agent
    identity: Identity

    @property
    def title(self) -> str:
        """The name, or what stands for one."""
        hidden = "identity withheld" if self.identity.is_hidden else "unknown"
        return self.identity.name or self.identity.description or hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """Everything a reader may see of an agent; lists are empty where nothing is known."""

    named: Named
    one_with: Sequence[Named]
    rulings: Sequence[AgentEquivalence]
    ruled: dict[str, str]
    proposals: Sequence[tuple[Named, Proposed]]
    roles: Sequence[Shown] = ()
    steps: Sequence[Step] = ()
    drawing: Drawing | None = None
    about: Sequence[Shown] = ()
    said: Sequence[Shown] = ()
    quotes: Sequence[Quote] = ()
    concluded: Sequence[Assessment] = ()
    mentions: Sequence[Mention] = ()
    reports: dict[str, Report] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def named(session: Session, caller: Caller, agents: Sequence[Agent]) -> list[Named]:
    """Agents as this reader may see them, in their order."""
    names = queries.names_of(session, [agent.id for agent in agents])
    return [
        Named(
            agent,
            queries.shown(
                agent,
                names[agent.id],
                source_read=caller.may(Permission.SOURCE_READ, agent.case_id),
            ),
        )
        for agent in agents
    ]


def portrait(session: Session, caller: Caller, agent: Agent) -> Portrait:
    """Gather what this reader may see of an agent, and of those ruled to be one with them."""
    knows = caller.may(Permission.SOURCE_READ, agent.case_id)
    one = equivalence.one_with(session, agent, source_read=knows)
    others = [queries.get(session, other) for other in sorted(one - {agent.id})]
    me = named(session, caller, [agent])[0]
    found = equivalence.proposals(session, agent.case_id, source_read=knows, agent_id=agent.id)
    proposed = [(named(session, caller, [_other(item, agent)])[0], item) for item in found.items]
    rulings = equivalence.rulings_of(session, agent, source_read=knows)
    ends = {end for row in rulings for end in (row.first_id, row.second_id)} - {agent.id}
    ruled = named(session, caller, [queries.get(session, end) for end in sorted(ends)])
    plain = Portrait(
        named=me,
        one_with=named(session, caller, others),
        rulings=rulings,
        ruled={each.agent.id: each.title for each in ruled},
        proposals=proposed,
    )
    return plain if me.identity.is_hidden else _whole(session, caller, plain, one)


def _whole(session: Session, caller: Caller, plain: Portrait, one: frozenset[str]) -> Portrait:
    """Add what reports say of them and what they said."""
    agent = plain.named.agent
    standing: list[Standing] = []
    if caller.may(Permission.CLAIM_READ, agent.case_id):
        standing = [
            item for item in claims.of_case(session, agent.case_id) if item.state is State.IN_FORCE
        ]
    live = [item.claim for item in standing]
    about = shown(
        session,
        caller,
        [
            item
            for item in standing
            if item.claim.subject_kind is SubjectKind.AGENT and item.claim.subject_id in one
        ],
    )
    knows = caller.may(Permission.SOURCE_READ, agent.case_id)
    same = equivalence.representatives(session, agent.case_id, source_read=knows)
    every = hierarchy.steps(live, same=same)
    steps = hierarchy.around(every, same.get(agent.id, agent.id))
    names = _names(session, caller, steps)
    mentioned = []
    spoken: list[Quote] = []
    if caller.may(Permission.REPORT_READ, agent.case_id):
        mentioned = list(mentions.of_agents(session, one, source_read=knows))
    if caller.may(Permission.QUOTE_READ, agent.case_id):
        called = [each.casefold() for each in _called(plain)]
        spoken = [
            quote
            for quote in quotes.of_case(session, agent.case_id)
            if quote.speaker_as_described
            and any(each in quote.speaker_as_described.casefold() for each in called)
        ]
    concluded: list[Assessment] = []
    if caller.may(Permission.ASSESSMENT_READ, agent.case_id):
        concluded = list(assessments.by_assessors(session, one))
    told = {
        *(claim.report_id for claim in live),
        *(quote.report_id for quote in spoken),
        *(mention.report_id for mention in mentioned),
    }
    return Portrait(
        named=plain.named,
        one_with=plain.one_with,
        rulings=plain.rulings,
        ruled=plain.ruled,
        proposals=plain.proposals,
        roles=[item for item in about if item.claim.predicate is Predicate.ROLE],
        steps=steps,
        drawing=drawing(steps, subject=same.get(agent.id, agent.id), names=names),
        about=[item for item in about if item.claim.predicate is not Predicate.ROLE],
        said=shown(session, caller, [item for item in standing if item.claim.said_by_id in one]),
        quotes=spoken,
        concluded=concluded,
        mentions=mentioned,
        reports={each: reports.get(session, each) for each in sorted(told)},
        names=names,
    )


def _called(plain: Portrait) -> list[str]:
    """Every name of them and of those they are one with, as far as this reader may see it."""
    found = []
    for each in (plain.named, *plain.one_with):
        found += [each.identity.name] if each.identity.name else []
        found += [other.name for other in each.identity.names]
    return found


def _other(item: Proposed, agent: Agent) -> Agent:
    return item.second if item.first.id == agent.id else item.first


def _names(session: Session, caller: Caller, steps: Sequence[Step]) -> dict[str, str]:
    """What the units of some steps are called here, by key; a withheld one has no name."""
    units = {unit.key: unit for step in steps for unit in (step.lower, step.upper)}
    found = {}
    for key, unit in units.items():
        if unit.agent_id is None:
            found[key] = unit.name or "unknown"
        else:
            found[key] = named(session, caller, [queries.get(session, unit.agent_id)])[0].title
    return found
