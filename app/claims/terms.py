"""
The closed word lists that values of claims are made of.

Every list is closed, so that two reports which say the same thing in other words come to
hold the same value, and a slip of the keyboard is refused. A fact for which a word is missing
is a defect of the list: a word is added here, never spelled into free text. What the
report wrote stands beside the value, verbatim, as the anchored passage of the claim.
"""

from enum import StrEnum


class SubjectKind(StrEnum):
    """What a claim can be about."""

    RECORDING = "recording"
    SERIES = "series"  # the set that recordings were published in, by its name
    INCIDENT = "incident"
    MATERIAL = "material"
    REPORT = "report"
    AGENT = "agent"
    PLACE = "place"
    CLAIM = "claim"


class Modality(StrEnum):
    """How firmly it is said, from the firmest down; a denial is not on that ladder."""

    ASSERTED = "asserted"
    LIKELY = "likely"
    APPEARS = "appears"
    BELIEVED = "believed"
    ALLEGED = "alleged"
    HYPOTHESIS = "hypothesis"
    DENIED = "denied"


class Operator(StrEnum):
    """What a number says of the quantity: it is this, no less, no more, about this."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    FEWER_THAN = "fewer_than"
    ABOUT = "about"
    SEVERAL = "several"  # a plural without a number: two or more


class Unit(StrEnum):
    """What a quantity is counted in; whole numbers of each."""

    MILLISECONDS = "ms"
    METRES = "m"
    PER_MILLE = "per_mille"
    MONEY = "minor_units"  # of a currency, which the quantity names


class DigestAlgorithm(StrEnum):
    """By which algorithm a printed digest was made."""

    MD5 = "md5"
    SHA1 = "sha1"
    SHA256 = "sha256"
    SHA512 = "sha512"


class TimeBasis(StrEnum):
    """How a date came out of the words."""

    EXPLICIT = "explicit"
    RELATIVE_TO_PUBLICATION = "relative_to_publication"
    INFERRED = "inferred"
    UNRESOLVED = "unresolved"


class TimePrecision(StrEnum):
    """The smallest unit that the words tell."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    SEASON = "season"
    MONTH = "month"
    DAY = "day"
    INSTANT = "instant"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


class PlaceStatus(StrEnum):
    """How much is said of where it is."""

    NAMED = "named"
    DESCRIBED_ONLY = "described_only"  # "the same area"
    UNDISCLOSED = "undisclosed"
    UNKNOWN = "unknown"


class Nature(StrEnum):
    """What sort of thing a recording, an incident or a material is said to be."""

    RADIO_TRAFFIC = "radio_traffic"
    PHONE_CALL = "phone_call"
    CONVERSATION = "conversation"
    COMMUNICATIONS = "communications"  # without saying of which sort
    OPERATION = "operation"
    ENCOUNTER = "encounter"
    ATTACK = "attack"
    EXECUTION = "execution"
    BEHEADING = "beheading"
    VIDEO = "video"
    DRONE_VIDEO = "drone_video"
    SCREENSHOT = "screenshot"
    PHOTOGRAPH = "photograph"
    DOCUMENT = "document"


class RoleKind(StrEnum):
    """What somebody is, in kind; the title as printed stands beside it."""

    COMMANDER = "commander"
    SOLDIER = "soldier"
    OFFICER = "officer"
    OFFICIAL = "official"
    HEAD = "head"
    SPOKESPERSON = "spokesperson"
    RAPPORTEUR = "rapporteur"
    INVESTIGATOR = "investigator"
    PROSECUTOR = "prosecutor"
    EXPERT = "expert"
    OBSERVER = "observer"
    POLITICIAN = "politician"
    OPERATOR = "operator"
    OTHER = "other"


class Acquaintance(StrEnum):
    """How somebody comes to know of what they speak."""

    FAMILIAR_WITH_INVESTIGATION = "familiar_with_investigation"
    LEADS_INVESTIGATION = "leads_investigation"
    INVESTIGATED_SIMILAR = "investigated_similar"
    ANALYSED_MATERIAL = "analysed_material"
    WITNESSED = "witnessed"


class PublishingAct(StrEnum):
    """What was done to make something known."""

    RELEASED = "released"
    POSTED = "posted"
    PUBLISHED = "published"
    BROADCAST = "broadcast"
    SHARED = "shared"
    REPORTED = "reported"


class Channel(StrEnum):
    """Over what it was made known."""

    TWEET = "tweet"
    TELEGRAM = "telegram"
    FACEBOOK = "facebook"
    SOCIAL_MEDIA = "social_media"
    WEBSITE = "website"
    PRESS = "press"
    BROADCAST = "broadcast"
    REPORT = "report"
    UNSTATED = "unstated"


class EventLinkKind(StrEnum):
    """How a recording or a material is said to stand to an event, the weaker first."""

    RELATED = "related"
    COINCIDES = "coincides"
    SAME_ENCOUNTER = "same_encounter"
    DEPICTS = "depicts"
    ORDERS = "orders"


class Stance(StrEnum):
    """What somebody does by saying it."""

    CONDEMNS = "condemns"
    ATTRIBUTES = "attributes"
    DENIES = "denies"
    HYPOTHESISES = "hypothesises"
    DESCRIBES = "describes"
    CALLS_FOR = "calls_for"
    DIRECTS = "directs"
    PREDICTS = "predicts"
    CONFIRMS = "confirms"


class Occasion(StrEnum):
    """At what it was said."""

    MEETING = "meeting"
    INTERVIEW = "interview"
    POST = "post"
    PRESS_CONFERENCE = "press_conference"
    COMMENTARY = "commentary"
    REPORT = "report"
    COURT = "court"
    UNSTATED = "unstated"


class Metric(StrEnum):
    """What a statistic counts."""

    CASES = "cases"
    VICTIMS = "victims"
    SUSPECTS = "suspects"
    CONVICTIONS = "convictions"
    CASUALTIES = "casualties"


class Counting(StrEnum):
    """What the authority did with what it counts: "opened" is less than "confirmed"."""

    OPENED = "opened"
    INVESTIGATING = "investigating"
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    ALLEGED = "alleged"
    UNSTATED = "unstated"


class Course(StrEnum):
    """Which way a number goes."""

    RISES = "rises"
    FALLS = "falls"
    STEADY = "steady"


class Counted(StrEnum):
    """What there are so many of."""

    SOLDIERS = "soldiers"
    PRISONERS = "prisoners"
    CIVILIANS = "civilians"
    PERSONS = "persons"
    COMMANDERS = "commanders"
    SPEAKERS = "speakers"
    RECORDINGS = "recordings"
    VIDEOS = "videos"
    PHOTOGRAPHS = "photographs"
    VEHICLES = "vehicles"
    WRITTEN_ORDERS = "written_orders"
    ORAL_ORDERS = "oral_orders"
    TIMES_SAID = "times_said"  # how often the words were spoken
    INCIDENTS = "incidents"
    EXPERTS = "experts"
    OFFICIALS = "officials"


class Circumstance(StrEnum):
    """What is said of those who are counted."""

    LYING_FACE_DOWN = "lying_face_down"
    SHOT = "shot"
    SHOT_AT_CLOSE_RANGE = "shot_at_close_range"
    LED_AWAY = "led_away"
    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    SURRENDERED = "surrendered"
    MISSING = "missing"
