"""
Every fact of the seeds that is a claim has a predicate and a value without free text.

The table goes through the four seeds fact by fact: a short fragment of the wording, what it is
about, the predicate, the value, how firmly it is said. Facts that are recordings, hops, quotes,
links, agents, materials or assessments live elsewhere and are not repeated here.
"""

from datetime import date
from typing import Any

import pytest

from app.agents.models import IdentityStatus
from app.claims.deeds import (
    Act,
    ChargeMode,
    CommentOutcome,
    Deed,
    Direction,
    Extent,
    LegalCategory,
    MotiveKind,
    Norm,
    Part,
    Progress,
    Responsibility,
    Situation,
    Upon,
)
from app.claims.facts import (
    Answerable,
    Bearing,
    Characterisation,
    Charge,
    CommentRequest,
    Conduct,
    Control,
    Doing,
    EventLink,
    Investigation,
    Kind,
    Knowledge,
    Motive,
    PlaceSituation,
    Publication,
    Role,
    SpeakerIdentity,
    Statistic,
    Tally,
    Trend,
    UnitChain,
    Utterance,
)
from app.claims.predicates import DEFINITIONS, Comparison, Predicate, read
from app.claims.telling import told
from app.claims.terms import (
    Acquaintance,
    Channel,
    Circumstance,
    Counted,
    Counting,
    Course,
    EventLinkKind,
    Metric,
    Modality,
    Nature,
    Occasion,
    Operator,
    PlaceStatus,
    PublishingAct,
    RoleKind,
    Stance,
    SubjectKind,
    TimeBasis,
    TimePrecision,
    Unit,
)
from app.claims.values import Count, Named, Place, Quantity, TemporalValue, json_schema, to_json
from app.core.errors import Invalid

P, S, M = Predicate, SubjectKind, Modality


def when(raw: str, edtf: str | None = None, **more: Any) -> TemporalValue:
    if edtf is None:
        return TemporalValue(raw=raw, reason="no date of publication is known", **more)
    bounds = {
        "2024-11": (date(2024, 11, 1), date(2024, 11, 30)),
        "2023-11": (date(2023, 11, 1), date(2023, 11, 30)),
        "2022": (date(2022, 1, 1), date(2022, 12, 31)),
        "2025-05": (date(2025, 5, 1), date(2025, 5, 31)),
        "2025-03": (date(2025, 3, 1), date(2025, 3, 31)),
        "2025-05-05": (date(2025, 5, 5), date(2025, 5, 5)),
        "2022-02/..": (date(2022, 2, 1), None),
        "2025-05-21": (date(2025, 5, 21), date(2025, 5, 21)),
    }
    more.setdefault("basis", TimeBasis.EXPLICIT)
    return TemporalValue(
        raw=raw, edtf=edtf, earliest=bounds[edtf][0], latest=bounds[edtf][1], **more
    )


def does(*deeds: Doing, **more: Any) -> Conduct:
    return Conduct(deeds=deeds, **more)


KILL_PRISONERS = Doing(deed=Deed.KILL, upon=Upon.PRISONERS_OF_WAR)
KILL_SURRENDERED = Doing(deed=Deed.KILL, upon=Upon.SURRENDERING_SOLDIERS)
CAPTURE_COMMANDER = Doing(deed=Deed.CAPTURE, upon=Upon.COMMANDER)
KILL_THE_REST = Doing(deed=Deed.KILL, upon=Upon.THE_OTHERS)
RUSSIAN_FORCES = Named(name="Russian forces")
MAY_2025 = {"anchor_date": date(2025, 5, 22)}

FACTS: list[tuple[str, SubjectKind, Predicate, Any, Modality]] = [
    # Seed 0
    ("released … on Wednesday", S.RECORDING, P.PUBLICATION,
     Publication(act=PublishingAct.RELEASED, by=Named(name="Main Intelligence Directorate"), channel=Channel.TWEET, when=when("Wednesday")), M.ASSERTED),
    ("purported communications intercept", S.RECORDING, P.NATURE, Kind(nature=Nature.COMMUNICATIONS), M.ALLEGED),
    ("audio interception of the occupiers’ conversation", S.RECORDING, P.NATURE, Kind(nature=Nature.CONVERSATION), M.ASSERTED),
    ("an alleged order to kill", S.RECORDING, P.CONTENT, does(KILL_PRISONERS, act=Act.ORDERS), M.ALLEGED),
    ("Popasna in the eastern region of Luhansk", S.RECORDING, P.PLACE, Place(name="Popasna", within=("eastern region of Luhansk",)), M.ALLEGED),
    ("bearing the brunt", S.PLACE, P.SITUATION, PlaceSituation(situation=Situation.BEARS_BRUNT, by=Named(name="Russia")), M.ASSERTED),
    ("blatant war crime", S.RECORDING, P.LEGAL_CHARACTERISATION, Characterisation(category=LegalCategory.WAR_CRIME), M.ASSERTED),
    ("a violation of international law", S.RECORDING, P.LEGAL_CHARACTERISATION, Characterisation(category=LegalCategory.VIOLATION, norm=Norm.INTERNATIONAL_LAW), M.ASSERTED),
    ("unknown Russian soldiers", S.RECORDING, P.SPEAKER_IDENTITY, SpeakerIdentity(identity=IdentityStatus.UNKNOWN), M.APPEARS),
    ("Russian soldiers", S.RECORDING, P.SPEAKER_ROLE, Role(kind=RoleKind.SOLDIER, title="Russian soldiers"), M.APPEARS),
    ("the voices of", S.RECORDING, P.SPEAKER_COUNT, Count(operator=Operator.SEVERAL), M.APPEARS),
    ("reached out to the Russian Ministry of Defense", S.RECORDING, P.COMMENT_REQUEST,
     CommentRequest(by=Named(name="CNN"), of=Named(name="Russian Ministry of Defense"), outcome=CommentOutcome.PENDING), M.ASSERTED),
    ("previously released", S.RECORDING, P.PUBLICATION,
     Publication(act=PublishingAct.RELEASED, by=Named(name="Ukraine’s Security Service (SBU)"), when=when("previously")), M.ASSERTED),
    ("a Russian ground unit commander", S.RECORDING, P.SPEAKER_ROLE, Role(kind=RoleKind.COMMANDER, title="Russian ground unit commander"), M.ALLEGED),
    ("level everything to the ground", S.RECORDING, P.CONTENT,
     does(Doing(deed=Deed.DESTROY, upon=Upon.EVERYTHING), act=Act.PLANS, by=Named(name="Russian aircraft")), M.ALLEGED),
    ("around Azovstal … Mariupol", S.RECORDING, P.PLACE, Place(name="Azovstal", within=("Mariupol",)), M.ALLEGED),
    ("On Thursday, in a meeting with his defense minister", S.AGENT, P.STATEMENT,
     Utterance(stance=Stance.DIRECTS, occasion=Occasion.MEETING, to=Named(name="his defense minister", identity=IdentityStatus.DESCRIBED_ONLY), when=when("Thursday")), M.ASSERTED),
    ("no need to storm … surrounded … a chance to surrender", S.AGENT, P.CONDUCT,
     does(Doing(deed=Deed.STORM, upon=Upon.BUILDINGS, negated=True), Doing(deed=Deed.SURROUND, upon=Upon.BUILDINGS), Doing(deed=Deed.OFFER_SURRENDER), act=Act.ORDERS), M.ASSERTED),
    ("intercepted radio traffic", S.RECORDING, P.NATURE, Kind(nature=Nature.RADIO_TRAFFIC), M.ALLEGED),
    ("discussing killing and raping civilians", S.RECORDING, P.CONTENT,
     does(Doing(deed=Deed.KILL, upon=Upon.CIVILIANS), Doing(deed=Deed.RAPE, upon=Upon.CIVILIANS), act=Act.DISCUSSES), M.ALLEGED),
    ("bolstering allegations of war crimes", S.RECORDING, P.BEARING, Bearing(direction=Direction.BOLSTERS, category=LegalCategory.WAR_CRIME), M.ASSERTED),
    ("talked about shooting soldiers and civilians", S.RECORDING, P.CONTENT,
     does(Doing(deed=Deed.SHOOT, upon=Upon.SOLDIERS), Doing(deed=Deed.SHOOT, upon=Upon.CIVILIANS), act=Act.DISCUSSES), M.ALLEGED),
    ("a tendency of Russian troops", S.AGENT, P.CONDUCT, does(Doing(deed=Deed.USE_UNSECURED_COMMUNICATIONS), extent=Extent.TENDENCY), M.ASSERTED),
    ("head of the Luhansk Regional Military Administration", S.AGENT, P.ROLE,
     Role(kind=RoleKind.HEAD, title="head of the Luhansk Regional Military Administration", of=Named(name="Luhansk Regional Military Administration")), M.ASSERTED),
    ("from an undisclosed location … on Wednesday", S.AGENT, P.STATEMENT,
     Utterance(stance=Stance.DESCRIBES, occasion=Occasion.INTERVIEW, to=Named(name="CNN"), when=when("Wednesday"), place=Place(status=PlaceStatus.UNDISCLOSED)), M.ASSERTED),
    ("80% of his region’s territory", S.PLACE, P.TERRITORIAL_CONTROL,
     Control(by=Named(name="Russian"), share=Quantity(operator=Operator.EXACTLY, amount=800, unit=Unit.PER_MILLE)), M.ASSERTED),
    ("going to push ahead", S.AGENT, P.CONDUCT, does(Doing(deed=Deed.ADVANCE), Doing(deed=Deed.DESTROY, upon=Upon.EVERYTHING)), M.HYPOTHESIS),
    ("whole of Luhansk territory is being shelled", S.PLACE, P.SITUATION, PlaceSituation(situation=Situation.SHELLED, part=Part.WHOLE), M.ASSERTED),
    ("trying to evacuate everyone", S.AGENT, P.CONDUCT, does(Doing(deed=Deed.EVACUATE, upon=Upon.CIVILIANS)), M.ASSERTED),
    # Seed 1
    ("orders the killing", S.SERIES, P.CONTENT, does(KILL_PRISONERS, act=Act.ORDERS), M.ASSERTED),
    ("is likely ordering", S.SERIES, P.CONTENT, does(KILL_PRISONERS, act=Act.ORDERS), M.LIKELY),
    ("a series of radio conversations", S.SERIES, P.NATURE, Kind(nature=Nature.RADIO_TRAFFIC), M.ASSERTED),
    ("further evidence that the Russian command is ordering", S.SERIES, P.BEARING,
     Bearing(direction=Direction.EVIDENCE_FOR, on=does(KILL_SURRENDERED, act=Act.ORDERS, by=Named(name="Russian command"))), M.ASSERTED),
    ("appear to coincide with drone footage", S.SERIES, P.EVENT_LINK, EventLink(kind=EventLinkKind.COINCIDES, to_kind=S.INCIDENT, to_id="i"), M.APPEARS),
    ("eastern Zaporizhzhia region of Ukraine", S.SERIES, P.PLACE, Place(name="eastern Zaporizhzhia region", within=("Ukraine",)), M.ALLEGED),
    ("last November", S.SERIES, P.DATE,
     when("last November", "2024-11", basis=TimeBasis.RELATIVE_TO_PUBLICATION, precision=TimePrecision.MONTH, reason="the November before the publication", **MAY_2025), M.ASSERTED),
    ("six soldiers lying face down", S.MATERIAL, P.COUNT,
     Tally(counted=Counted.SOLDIERS, count=Count(operator=Operator.EXACTLY, number=6), circumstance=Circumstance.LYING_FACE_DOWN), M.ASSERTED),
    ("at least two being shot", S.MATERIAL, P.COUNT,
     Tally(counted=Counted.SOLDIERS, count=Count(operator=Operator.AT_LEAST, number=2), circumstance=Circumstance.SHOT_AT_CLOSE_RANGE), M.ASSERTED),
    ("another being led away", S.MATERIAL, P.COUNT,
     Tally(counted=Counted.SOLDIERS, count=Count(operator=Operator.EXACTLY, number=1), circumstance=Circumstance.LED_AWAY), M.ASSERTED),
    ("being investigated by Ukrainian prosecutors", S.INCIDENT, P.INVESTIGATION, Investigation(by=Named(name="Ukrainian prosecutors"), progress=Progress.UNDER_WAY), M.ASSERTED),
    ("posted a screenshot … on social media", S.MATERIAL, P.PUBLICATION,
     Publication(act=PublishingAct.POSTED, by=Named(name="Ukrainian prosecutors"), channel=Channel.SOCIAL_MEDIA, when=when("after the incident")), M.ASSERTED),
    ("part of the murder investigation", S.SERIES, P.USED_IN_INVESTIGATION, Investigation(into=LegalCategory.MURDER, progress=Progress.UNDER_WAY), M.ASSERTED),
    ("familiar with the investigation", S.AGENT, P.KNOWLEDGE, Knowledge(how=Acquaintance.FAMILIAR_WITH_INVESTIGATION), M.ASSERTED),
    ("who analyzed the audio files", S.AGENT, P.KNOWLEDGE, Knowledge(how=Acquaintance.ANALYSED_MATERIAL), M.ASSERTED),
    ("A leading investigator", S.AGENT, P.ROLE, Role(kind=RoleKind.INVESTIGATOR, title="leading investigator", of=Named(name="United Nations")), M.ASSERTED),
    ("indicated the killing of soldiers", S.SERIES, P.BEARING, Bearing(direction=Direction.INDICATES, on=does(KILL_SURRENDERED, by=RUSSIAN_FORCES)), M.ASSERTED),
    ("serious violations", S.INCIDENT, P.LEGAL_CHARACTERISATION, Characterisation(category=LegalCategory.SERIOUS_VIOLATION, norm=Norm.INTERNATIONAL_LAW), M.ASSERTED),
    ("sanctioned by the highest authorities", S.SERIES, P.RESPONSIBILITY, Answerable(mode=Responsibility.SANCTION, of=Named(name="highest authorities in Russia")), M.BELIEVED),
    ("has investigated similar suspected executions", S.AGENT, P.KNOWLEDGE, Knowledge(how=Acquaintance.INVESTIGATED_SIMILAR), M.ASSERTED),
    ("They have become systemic", S.AGENT, P.CONDUCT, does(KILL_PRISONERS, extent=Extent.SYSTEMATIC), M.ASSERTED),
    ("a policy approved by the top leadership", S.AGENT, P.CONDUCT, does(KILL_PRISONERS, extent=Extent.POLICY), M.ASSERTED),
    ("approved by the top leadership", S.AGENT, P.RESPONSIBILITY, Answerable(mode=Responsibility.APPROVAL, of=Named(name="top leadership of Russia")), M.ASSERTED),
    ("We call for full international accountability", S.AGENT, P.STATEMENT, Utterance(stance=Stance.CALLS_FOR, occasion=Occasion.COMMENTARY), M.ASSERTED),
    ("condemns these actions", S.AGENT, P.STATEMENT, Utterance(stance=Stance.CONDEMNS), M.ASSERTED),
    ("as of May 5 … 75 criminal cases", S.AGENT, P.STATISTIC,
     Statistic(metric=Metric.CASES, of=KILL_PRISONERS, count=Count(operator=Operator.EXACTLY, number=75), total=True,
               as_of=when("May 5", "2025-05-05", basis=TimeBasis.RELATIVE_TO_PUBLICATION, **MAY_2025), counting=Counting.OPENED), M.ASSERTED),
    ("in 2022, … 57 soldiers", S.AGENT, P.STATISTIC,
     Statistic(metric=Metric.VICTIMS, of=KILL_PRISONERS, count=Count(operator=Operator.EXACTLY, number=57), total=False, period=when("in 2022", "2022")), M.ASSERTED),
    ("is increasing", S.AGENT, P.TREND, Trend(metric=Metric.VICTIMS, of=KILL_PRISONERS, course=Course.RISES), M.ALLEGED),
    ("due to instructions given by the top leadership", S.CLAIM, P.RESPONSIBILITY, Answerable(mode=Responsibility.INSTRUCTIONS, of=Named(name="top leadership of the Russian Federation")), M.ASSERTED),
    ("head of the war crimes department", S.AGENT, P.ROLE,
     Role(kind=RoleKind.HEAD, title="head of the war crimes department", of=Named(name="Prosecutor General's Office of Ukraine")), M.ASSERTED),
    # Seed 2
    ("depicting the alleged war crimes", S.MATERIAL, P.LEGAL_CHARACTERISATION, Characterisation(category=LegalCategory.WAR_CRIME), M.ALLEGED),
    ("a Russian commander instructs his troops", S.SERIES, P.SPEAKER_ROLE, Role(kind=RoleKind.COMMANDER, title="Russian commander", speaker="S1"), M.ASSERTED),
    ("his troops", S.SERIES, P.ADDRESSEE_ROLE, Role(kind=RoleKind.SOLDIER, title="his troops", speaker="S2"), M.ASSERTED),
    ("during a November 2024 operation", S.SERIES, P.DATE, when("November 2024", "2024-11", precision=TimePrecision.MONTH), M.ASSERTED),
    ("operation", S.INCIDENT, P.NATURE, Kind(nature=Nature.OPERATION), M.ASSERTED),
    ("from the same encounter", S.SERIES, P.EVENT_LINK, EventLink(kind=EventLinkKind.SAME_ENCOUNTER, to_kind=S.INCIDENT, to_id="i"), M.ASSERTED),
    ("grave breaches", S.INCIDENT, P.LEGAL_CHARACTERISATION, Characterisation(category=LegalCategory.GRAVE_BREACH, norm=Norm.INTERNATIONAL_LAW), M.ASSERTED),
    ("since … February 2022", S.AGENT, P.STATISTIC,
     Statistic(metric=Metric.VICTIMS, of=KILL_PRISONERS, count=Count(operator=Operator.EXACTLY, number=268), total=True,
               period=when("since the start of the full-scale invasion in February 2022", "2022-02/.."), counting=Counting.OPENED), M.ASSERTED),
    ("part of a broader pattern", S.AGENT, P.CONDUCT, does(KILL_PRISONERS, extent=Extent.PATTERN), M.ASSERTED),
    ("driven by direct instructions", S.CLAIM, P.RESPONSIBILITY, Answerable(mode=Responsibility.INSTRUCTIONS, of=Named(name="senior Russian officials")), M.APPEARS),
    ("haven’t yet seen a written order", S.AGENT, P.COUNT, Tally(counted=Counted.WRITTEN_ORDERS, count=Count(operator=Operator.EXACTLY, number=0)), M.ASSERTED),
    ("several instances of oral orders", S.AGENT, P.COUNT, Tally(counted=Counted.ORAL_ORDERS, count=Count(operator=Operator.SEVERAL)), M.ASSERTED),
    ("“Storm unit” of the 394th … under the 5th", S.INCIDENT, P.UNIT,
     UnitChain(units=tuple(Named(name=name) for name in ("Storm unit", "394th Motorized Rifle Regiment", "127th Motorized Rifle Division", "5th Combined Arms Army"))), M.ASSERTED),
    ("the beheading of a captured", S.INCIDENT, P.NATURE, Kind(nature=Nature.BEHEADING), M.ALLEGED),
    ("in the same area", S.INCIDENT, P.PLACE, Place(name="the same area", status=PlaceStatus.DESCRIBED_ONLY), M.ALLEGED),
    ("charged Russian commanders … in absentia", S.INCIDENT, P.CHARGE,
     Charge(by=Named(name="SBU"), against=Named(name="Russian commanders from the unit", identity=IdentityStatus.DESCRIBED_ONLY), mode=ChargeMode.IN_ABSENTIA), M.ASSERTED),
    ("to avoid the logistical burden", S.AGENT, P.MOTIVE, Motive(kind=MotiveKind.AVOIDS_DETAINING), M.HYPOTHESIS),
    ("a psychological warfare tactic", S.AGENT, P.MOTIVE, Motive(kind=MotiveKind.PSYCHOLOGICAL_WARFARE), M.HYPOTHESIS),
    ("In March this year, a detailed report", S.REPORT, P.DATE, when("March this year", "2025-03", basis=TimeBasis.RELATIVE_TO_PUBLICATION, **MAY_2025), M.ASSERTED),
    ("enforced disappearances, sexual assault …", S.AGENT, P.CONDUCT,
     does(Doing(deed=Deed.DISAPPEAR), Doing(deed=Deed.SEXUAL_VIOLENCE, upon=Upon.WOMEN), Doing(deed=Deed.SEXUAL_VIOLENCE, upon=Upon.MEN), Doing(deed=Deed.TORTURE), KILL_PRISONERS), M.ALLEGED),
    ("Moscow has denied", S.AGENT, P.DENIAL, does(Doing(deed=Deed.COMMIT_WAR_CRIMES), by=Named(name="its forces")), M.DENIED),
    # Seed 3
    ("On the 21st (local time), CNN reported", S.REPORT, P.DATE,
     when("On the 21st (local time)", "2025-05-21", basis=TimeBasis.RELATIVE_TO_PUBLICATION, zone="local time", **MAY_2025), M.ASSERTED),
    ("only commanders … captured while the others …", S.SERIES, P.CONTENT, does(CAPTURE_COMMANDER, KILL_THE_REST, act=Act.ORDERS), M.ASSERTED),
    ("violates … the Geneva Conventions", S.SERIES, P.LEGAL_CHARACTERISATION, Characterisation(category=LegalCategory.VIOLATION, norm=Norm.GENEVA_CONVENTIONS), M.ASSERTED),
    ("name and rank were not verified", S.SERIES, P.SPEAKER_IDENTITY, SpeakerIdentity(identity=IdentityStatus.UNKNOWN, speaker="S1"), M.ASSERTED),
    ("repeated six times", S.SERIES, P.COUNT, Tally(counted=Counted.TIMES_SAID, count=Count(operator=Operator.EXACTLY, number=6)), M.ASSERTED),
    ("believed … November 2023", S.SERIES, P.DATE, when("November 2023", "2023-11", precision=TimePrecision.MONTH), M.BELIEVED),
    ("drone videos", S.INCIDENT, P.COUNT, Tally(counted=Counted.VIDEOS, count=Count(operator=Operator.SEVERAL)), M.ASSERTED),
    ("127th Automated Rifle Division", S.INCIDENT, P.UNIT, UnitChain(units=(Named(name="raid unit"), Named(name="127th Automated Rifle Division"))), M.ASSERTED),
    ("suggest circumstances of executions", S.SERIES, P.BEARING, Bearing(direction=Direction.SUGGESTS, on=does(KILL_SURRENDERED)), M.ASSERTED),
    ("orders from the highest military command", S.SERIES, P.RESPONSIBILITY, Answerable(mode=Responsibility.ORDERS, of=Named(name="highest military command")), M.ASSERTED),
    ("orders - or at the very least consent", S.SERIES, P.RESPONSIBILITY, Answerable(mode=Responsibility.ORDERS_OR_CONSENT, of=Named(name="highest military command")), M.ASSERTED),
    ("might be an organized policy", S.AGENT, P.CONDUCT, does(KILL_SURRENDERED, extent=Extent.POLICY), M.BELIEVED),
    ("it is investigating a total of 75", S.AGENT, P.STATISTIC,
     Statistic(metric=Metric.CASES, of=KILL_PRISONERS, count=Count(operator=Operator.EXACTLY, number=75), total=True,
               as_of=when("as of May this year", "2025-05", basis=TimeBasis.RELATIVE_TO_PUBLICATION, **MAY_2025), counting=Counting.INVESTIGATING), M.ASSERTED),
    ("did not receive a substantial response", S.SERIES, P.COMMENT_REQUEST,
     CommentRequest(by=Named(name="CNN"), of=Named(name="Ministry of National Defense"), outcome=CommentOutcome.NO_SUBSTANTIVE_RESPONSE), M.ASSERTED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "modality"),
    [row[1:] for row in FACTS],
    ids=[row[0] for row in FACTS],
)
def test_a_fact_of_the_seeds_has_a_predicate_and_a_typed_value(
    subject: SubjectKind, predicate: Predicate, value: Any, modality: Modality
) -> None:
    spelled = to_json(value)

    assert read(subject, predicate, spelled, modality) == value
    assert to_json(read(subject, predicate, spelled, modality)) == spelled


def test_every_predicate_is_defined_documented_and_has_a_schema() -> None:
    assert set(DEFINITIONS) == set(Predicate)
    for predicate, definition in DEFINITIONS.items():
        assert definition.predicate is predicate
        assert definition.says
        assert definition.subjects
        assert json_schema(definition.value)["additionalProperties"] is False


def test_every_way_to_be_at_odds_belongs_to_a_predicate() -> None:
    assert {definition.comparison for definition in DEFINITIONS.values()} == set(Comparison)


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "modality", "field"),
    [
        (S.AGENT, P.DATE, {"raw": "Wednesday"}, M.ASSERTED, "subject_kind"),
        (S.RECORDING, P.DATE, {"raw": " "}, M.ASSERTED, "value.raw"),
        (S.RECORDING, P.DATE, {"raw": "May", "edtf": "2025-05"}, M.ASSERTED, "value.edtf"),
        (S.RECORDING, P.DATE, {"raw": "x", "edtf": "2025-05", "basis": "explicit"}, M.ASSERTED, "value.earliest"),
        (S.RECORDING, P.DATE, {"raw": "x", "edtf": "2025-05", "basis": "relative_to_publication", "earliest": "2025-05-01"}, M.ASSERTED, "value.anchor_date"),
        (S.RECORDING, P.DATE, {"raw": "x", "edtf": "2025", "basis": "explicit", "earliest": "2025-02-01", "latest": "2025-01-01"}, M.ASSERTED, "value.latest"),
        (S.RECORDING, P.SPEAKER_COUNT, {"operator": "exactly"}, M.ASSERTED, "value.number"),
        (S.RECORDING, P.SPEAKER_COUNT, {"operator": "exactly", "number": "6"}, M.ASSERTED, "value.number"),
        (S.RECORDING, P.SPEAKER_COUNT, {"operator": "exactly", "number": -1}, M.ASSERTED, "value.number"),
        (S.RECORDING, P.SPEAKER_COUNT, {"operator": "nearly", "number": 6}, M.ASSERTED, "value.operator"),
        (S.RECORDING, P.SPEAKER_COUNT, {"operator": "exactly", "number": 6, "remark": "?"}, M.ASSERTED, "value.remark"),
        (S.RECORDING, P.CONTENT, {"deeds": []}, M.ASSERTED, "value.deeds"),
        (S.RECORDING, P.CONTENT, {"deeds": [{"deed": "sing"}]}, M.ASSERTED, "value.deeds.0.deed"),
        (S.AGENT, P.CONDUCT, {"deeds": [{"deed": "kill"}]}, M.DENIED, "modality"),
        (S.AGENT, P.DENIAL, {"deeds": [{"deed": "kill"}]}, M.ASSERTED, "modality"),
        (S.PLACE, P.TERRITORIAL_CONTROL, {"by": {"name": "x"}, "share": {"operator": "exactly", "amount": 1001, "unit": "per_mille"}}, M.ASSERTED, "value.share"),
        (S.AGENT, P.STATISTIC, {"metric": "cases", "of": {"deed": "kill"}, "count": {"operator": "exactly", "number": 1}, "total": True, "as_of": {"raw": "May", "edtf": "2025-05"}}, M.ASSERTED, "value.as_of.edtf"),
        (S.INCIDENT, P.UNIT, {"units": [{"name": "a"}, {"name": " "}]}, M.ASSERTED, "value.units.1.name"),
        (S.RECORDING, P.DURATION, {"operator": "about", "amount": 5, "unit": "minor_units"}, M.ASSERTED, "value.currency"),
    ],
)  # fmt: skip
def test_a_value_that_means_nothing_is_refused_by_the_name_of_its_field(
    subject: SubjectKind, predicate: Predicate, value: Any, modality: Modality, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read(subject, predicate, value, modality)

    assert refused.value.field == field


def test_every_value_is_told_in_one_short_line() -> None:
    lines = {row[0]: told(row[2], row[3]) for row in FACTS}

    assert all(0 < len(line) < 160 and "None" not in line for line in lines.values()), lines
    assert lines["at least two being shot"] == "count: at least 2 soldiers shot at close range"
    assert lines["80% of his region’s territory"] == "territorial control: 80 % held by Russian"
    assert lines["last November"] == "date: 2024-11"
    assert lines["released … on Wednesday"].endswith("unresolved (“Wednesday”)")
    assert lines["is likely ordering"] == "content: orders to kill prisoners of war"
    assert lines["in 2022, … 57 soldiers"] == "statistic: 57 victims 2022"


@pytest.mark.parametrize(
    ("counted", "number", "line"),
    [
        (Counted.VIDEOS, 1, "count: 1 video"),
        (Counted.VIDEOS, 2, "count: 2 videos"),
        (Counted.WRITTEN_ORDERS, 1, "count: 1 written order"),
        (Counted.TIMES_SAID, 1, "count: 1 time said"),
        (Counted.TIMES_SAID, 6, "count: 6 times said"),
    ],
)
def test_one_thing_is_told_in_the_singular(counted: Counted, number: int, line: str) -> None:
    tally = Tally(counted=counted, count=Count(operator=Operator.EXACTLY, number=number))

    assert told(P.COUNT, tally) == line


@pytest.mark.parametrize(
    ("metric", "line"), [(Metric.CASUALTIES, "1 casualty"), (Metric.CASES, "1 case")]
)
def test_a_statistic_of_one_is_told_in_the_singular(metric: Metric, line: str) -> None:
    one = Count(operator=Operator.EXACTLY, number=1)
    statistic = Statistic(metric=metric, of=KILL_SURRENDERED, count=one, total=False)

    assert told(P.STATISTIC, statistic) == f"statistic: {line}"
