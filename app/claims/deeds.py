"""
The closed word lists about what is done, to whom, and how it is answered for.

Like `terms`: closed, so that "executed" and "killed" come to hold the same value in two reports;
what was written stands in the anchored passage.
"""

from enum import StrEnum


class Act(StrEnum):
    """What is done with words about a deed."""

    ORDERS = "orders"
    REPORTS = "reports"
    DISCUSSES = "discusses"
    PLANS = "plans"
    ADMITS = "admits"
    THREATENS = "threatens"
    REQUESTS = "requests"
    PERMITS = "permits"


class Deed(StrEnum):
    """What is done to somebody or something, or said to be."""

    KILL = "kill"
    CAPTURE = "capture"
    SPARE = "spare"
    SHOOT = "shoot"
    TORTURE = "torture"
    ABUSE = "abuse"
    RAPE = "rape"
    SEXUAL_VIOLENCE = "sexual_violence"
    BEHEAD = "behead"
    DISAPPEAR = "disappear"  # enforced disappearance
    DEPORT = "deport"
    LOOT = "loot"
    DESTROY = "destroy"
    SHELL = "shell"
    STORM = "storm"
    SURROUND = "surround"
    RETREAT = "retreat"
    ADVANCE = "advance"
    OFFER_SURRENDER = "offer_surrender"
    EVACUATE = "evacuate"
    USE_UNSECURED_COMMUNICATIONS = "use_unsecured_communications"
    COMMIT_WAR_CRIMES = "commit_war_crimes"


class Upon(StrEnum):
    """To whom or what it is done."""

    PRISONERS_OF_WAR = "prisoners_of_war"
    SURRENDERING_SOLDIERS = "surrendering_soldiers"
    SOLDIERS = "soldiers"
    COMMANDER = "commander"
    SENIOR = "senior"  # the eldest or the highest in rank: the sources' word may mean either
    THE_OTHERS = "the_others"
    CIVILIANS = "civilians"
    WOMEN = "women"
    MEN = "men"
    CHILDREN = "children"
    TOWN = "town"
    BUILDINGS = "buildings"
    TERRITORY = "territory"
    EVERYTHING = "everything"


class Extent(StrEnum):
    """Whether conduct is one case or more than that."""

    SINGLE = "single"
    REPEATED = "repeated"
    TENDENCY = "tendency"
    PATTERN = "pattern"
    SYSTEMATIC = "systematic"
    POLICY = "policy"


class Situation(StrEnum):
    """How a place stands in the fighting."""

    UNDER_ATTACK = "under_attack"
    BEARS_BRUNT = "bears_brunt"
    SHELLED = "shelled"
    BESIEGED = "besieged"
    SURROUNDED = "surrounded"
    CONTROLLED = "controlled"
    DEFENDED = "defended"


class Part(StrEnum):
    """How much of a place it holds for."""

    WHOLE = "whole"
    IN_PART = "in_part"
    UNSTATED = "unstated"


class Progress(StrEnum):
    """How far an investigation is said to be."""

    OPENED = "opened"
    UNDER_WAY = "under_way"
    CLOSED = "closed"
    PAST = "past"
    UNSTATED = "unstated"


class ChargeMode(StrEnum):
    """Whether the charged were there."""

    IN_ABSENTIA = "in_absentia"
    IN_PERSON = "in_person"
    UNSTATED = "unstated"


class CommentOutcome(StrEnum):
    """What became of a request for comment."""

    PENDING = "pending"
    NO_RESPONSE = "no_response"
    NO_SUBSTANTIVE_RESPONSE = "no_substantive_response"
    DECLINED = "declined"
    DENIED = "denied"
    ANSWERED = "answered"


class LegalCategory(StrEnum):
    """What it is called in law."""

    WAR_CRIME = "war_crime"
    CRIME_AGAINST_HUMANITY = "crime_against_humanity"
    GENOCIDE = "genocide"
    GRAVE_BREACH = "grave_breach"
    SERIOUS_VIOLATION = "serious_violation"
    VIOLATION = "violation"
    MURDER = "murder"
    EXECUTION = "execution"  # extrajudicial, summary or arbitrary


class Norm(StrEnum):
    """The law that it is measured by."""

    INTERNATIONAL_LAW = "international_law"
    HUMANITARIAN_LAW = "international_humanitarian_law"
    GENEVA_CONVENTIONS = "geneva_conventions"
    ROME_STATUTE = "rome_statute"
    HUMAN_RIGHTS_LAW = "human_rights_law"
    NATIONAL_LAW = "national_law"
    UNSTATED = "unstated"


class MotiveKind(StrEnum):
    """Why it is done, as somebody supposes."""

    AVOIDS_DETAINING = "avoids_detaining"
    PSYCHOLOGICAL_WARFARE = "psychological_warfare"
    REVENGE = "revenge"
    DETERRENCE = "deterrence"
    CONCEALMENT = "concealment"
    ORDERS = "orders"
    HATRED = "hatred"


class Responsibility(StrEnum):
    """In which way somebody above stands behind it."""

    ORDERS = "orders"
    INSTRUCTIONS = "instructions"
    SANCTION = "sanction"
    APPROVAL = "approval"
    CONSENT = "consent"
    ORDERS_OR_CONSENT = "orders_or_consent"
    INVOLVEMENT = "involvement"


class Direction(StrEnum):
    """Which way something speaks with regard to an allegation."""

    INDICATES = "indicates"
    SUGGESTS = "suggests"
    EVIDENCE_FOR = "evidence_for"
    BOLSTERS = "bolsters"
    CONSISTENT_WITH = "consistent_with"
    SPEAKS_AGAINST = "speaks_against"
