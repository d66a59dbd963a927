"""
ELAN's annotation format (EAF), after its published schema, version 3.0.

Read: time slots (one without a value is a time nobody set: unknown, never guessed), tiers of every
constraint, participants, linguistic types and languages; `tiers` decides which tier holds what. A
symbolic association has the times of what it is associated with; a symbolic subdivision has none.
Written: a tier of utterances per speaker, words below it (`Included_In`) where every word lies in an
utterance, the engine of a machine-made transcript as a property of the header and as annotator of
every tier.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from transcription.errors import Malformed
from transcription.formats import origin, tiering
from transcription.formats.draft import Draft
from transcription.formats.tiers import ROLES, Label, Role, Tier, draft
from transcription.formats.wording import tidy
from transcription.formats.xml import MAX_DEPTH, Element, parsed
from transcription.language import primary
from transcription.transcript import Transcript

PROPERTY = f"earwitness:{origin.TIER}"
_ASSOCIATION = "Symbolic_Association"
_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
# The schema wants a date; a transcript's own is in its record, not in its text.
_DATE = "1970-01-01T00:00:00Z"
_INCLUDED_IN = (
    "Time alignable annotations within the parent annotation's time interval, gaps allowed"
)
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="{_DATE}" FORMAT="3.0" VERSION="3.0"
    xmlns:xsi="{_XSI}" xsi:noNamespaceSchemaLocation="{_SCHEMA}">
    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">""".splitlines()
_Times = tuple[int | None, int | None]


def read(content: str, *, language: str | None) -> Draft:
    """Read every tier; the language is the tiers' own if they agree on one and none is given."""
    document = parsed(content)
    if document.tag != "ANNOTATION_DOCUMENT":
        raise Malformed("not ELAN's: the document is no ANNOTATION_DOCUMENT", line=document.line)
    annotations = _Annotations(document)
    tiers = [annotations.tier(tier) for tier in document.each("TIER")]
    properties = document.each("HEADER", "PROPERTY")
    stated = (one.text for one in properties if one.attributes.get("NAME") == PROPERTY)
    machine = next((name for text in stated if (name := origin.machine(text))), None)
    refs = {tier.attributes.get("LANG_REF") for tier in document.each("TIER")} - {None}
    return draft(
        tiers, primary(language or (refs.pop() if len(refs) == 1 else None)), machine=machine
    )


@dataclass(slots=True)
class _Annotations:
    """All annotations of a document by their identifiers, with their times resolved."""

    document: Element
    slots: dict[str, int | None] = field(init=False)
    types: dict[str, str | None] = field(init=False)
    participants: dict[str, str | None] = field(default_factory=dict)
    own: dict[str, tuple[Element, bool]] = field(default_factory=dict)
    """Each annotation, and whether it has the times of what it refers to."""

    def __post_init__(self) -> None:
        each = self.document.each
        self.slots = {
            slot.required("TIME_SLOT_ID"): _slot(slot) for slot in each("TIME_ORDER", "TIME_SLOT")
        }
        self.types = {
            kind.required("LINGUISTIC_TYPE_ID"): kind.attributes.get("CONSTRAINTS")
            for kind in each("LINGUISTIC_TYPE")
        }
        for tier in each("TIER"):
            name = tier.required("TIER_ID")
            if name in self.participants:
                raise Malformed("two tiers have the same TIER_ID", line=tier.line)
            self.participants[name] = tidy(tier.attributes.get("PARTICIPANT", "")) or None
            constraint = self.types.get(tier.attributes.get("LINGUISTIC_TYPE_REF", ""))
            for annotation in _annotations(tier):
                id_ = annotation.required("ANNOTATION_ID")
                if id_ in self.own:
                    raise Malformed(
                        "two annotations have the same ANNOTATION_ID", line=annotation.line
                    )
                self.own[id_] = annotation, constraint == _ASSOCIATION

    def tier(self, element: Element) -> Tier:
        """A tier with its labels."""
        name, parent = element.required("TIER_ID"), element.attributes.get("PARENT_REF")
        kind = element.attributes.get("LINGUISTIC_TYPE_REF", "").casefold()
        speaker = self.participants[name] or self.participants.get(parent or "")
        labels = tuple(self._label(annotation) for annotation in _annotations(element))
        return Tier(tidy(name), element.line, labels, ROLES.get(kind), speaker, parent=parent)

    def _label(self, annotation: Element) -> Label:
        id_ = annotation.required("ANNOTATION_ID")
        above = self._above(id_)
        timed, inherits = self.own[id_]
        for ancestor in above:
            if not inherits:
                break
            timed, inherits = self.own[ancestor]
        text = "".join(value.text for value in annotation.each("ANNOTATION_VALUE"))
        return Label(tidy(text), *self._times(timed), annotation.line, id_, tuple(above))

    def _above(self, id_: str) -> list[str]:
        """What an annotation refers to, what that refers to, and so on."""
        above: list[str] = []
        element = self.own[id_][0]
        while element.tag == "REF_ANNOTATION":
            parent = element.required("ANNOTATION_REF")
            if parent not in self.own:
                raise Malformed("an annotation refers to one that is not there", line=element.line)
            if len(above) == MAX_DEPTH:
                raise Malformed("annotations refer to one another too deeply", line=element.line)
            above.append(parent)
            element = self.own[parent][0]
        return above

    def _times(self, annotation: Element) -> _Times:
        if annotation.tag != "ALIGNABLE_ANNOTATION":
            return None, None
        times: list[int | None] = []
        for name in ("TIME_SLOT_REF1", "TIME_SLOT_REF2"):
            slot = annotation.required(name)
            if slot not in self.slots:
                raise Malformed(
                    "an annotation names a time slot that is not there", line=annotation.line
                )
            times.append(self.slots[slot])
        # Between neighbours an editor may leave one end open; half a time is none.
        return (None, None) if None in times else (times[0], times[1])


def _annotations(tier: Element) -> Iterator[Element]:
    for annotation in tier.each("ANNOTATION"):
        for element in annotation.children:
            if element.tag not in {"ALIGNABLE_ANNOTATION", "REF_ANNOTATION"}:
                raise Malformed(f"no annotation: {element.tag[:40]!r}", line=element.line)
            yield element


def _slot(slot: Element) -> int | None:
    value = slot.attributes.get("TIME_VALUE")
    if value is None:
        return None
    digits = value.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):  # noqa: PLR2004 - 31 years
        raise Malformed(f"not a time in milliseconds: {value[:40]!r}", line=slot.line)
    return int(value)


def write(transcript: Transcript, *, machine: str | None) -> str:
    """Write version 3.0; `ValueError` for a segment without times."""
    tiers = [tier for tier in tiering.tiers(transcript, machine=None) if tier.labels]
    moments = [
        moment or 0
        for tier in tiers
        for label in tier.labels
        for moment in (label.start_ms, label.end_ms)
    ]
    lines = [*_HEAD]
    if machine is not None:
        lines.append(
            f'        <PROPERTY NAME="{PROPERTY}">{_text(origin.sentence(machine))}</PROPERTY>'
        )
    lines += ["    </HEADER>", "    <TIME_ORDER>"]
    # ELAN wants slots in the order of time; each end of each annotation has its own.
    order = sorted(range(len(moments)), key=moments.__getitem__)
    names = {at: f"ts{number}" for number, at in enumerate(order, start=1)}
    lines += [
        f'        <TIME_SLOT TIME_SLOT_ID="{names[at]}" TIME_VALUE="{moments[at]}"/>'
        for at in order
    ]
    lines.append("    </TIME_ORDER>")
    at = 0
    for tier in tiers:
        lines += _tier_lines(tier, _parent(tier, tiers), transcript.language, machine, names, at)
        at += 2 * len(tier.labels)
    lines += _types({tier.role for tier in tiers}, transcript.language)
    return "\n".join([*lines, "</ANNOTATION_DOCUMENT>"]) + "\n"


def _tier_lines(
    tier: Tier,
    parent: str | None,
    language: str,
    machine: str | None,
    names: dict[int, str],
    at: int,
) -> Iterator[str]:
    kind = f"{tier.role}" if parent or tier.role is Role.SEGMENTS else f"{tier.role}, unbound"
    attributes = {
        "ANNOTATOR": origin.sentence(machine) if machine is not None else None,
        "LANG_REF": language,
        "LINGUISTIC_TYPE_REF": kind,
        "PARENT_REF": parent,
        "PARTICIPANT": tier.speaker,
        "TIER_ID": tier.name,
    }
    spelled = " ".join(
        f"{name}={_attribute(value)}" for name, value in attributes.items() if value
    )
    yield f"    <TIER {spelled}>"
    for label in tier.labels:
        yield "        <ANNOTATION>"
        yield (
            f'            <ALIGNABLE_ANNOTATION ANNOTATION_ID="a{at // 2 + 1}"'
            f' TIME_SLOT_REF1="{names[at]}" TIME_SLOT_REF2="{names[at + 1]}">'
        )
        yield f"                <ANNOTATION_VALUE>{_text(label.text)}</ANNOTATION_VALUE>"
        yield "            </ALIGNABLE_ANNOTATION>"
        yield "        </ANNOTATION>"
        at += 2
    yield "    </TIER>"


def _parent(tier: Tier, tiers: list[Tier]) -> str | None:
    """The tier of utterances in which every label of a tier of words lies, if there is one."""
    if tier.role is not Role.WORDS:
        return None
    for whole in tiers:
        if (
            whole.role is Role.SEGMENTS
            and whole.speaker == tier.speaker
            and _contains(whole, tier)
        ):
            return whole.name
    return None


def _contains(whole: Tier, tier: Tier) -> bool:
    at = 0
    for label in tier.labels:
        while at < len(whole.labels) and (whole.labels[at].end_ms or 0) < (label.end_ms or 0):
            at += 1
        if at == len(whole.labels) or (whole.labels[at].start_ms or 0) > (label.start_ms or 0):
            return False
    return True


def _types(roles: set[Role | None], language: str) -> Iterator[str]:
    plain = 'GRAPHIC_REFERENCES="false"'
    yield f'    <LINGUISTIC_TYPE {plain} LINGUISTIC_TYPE_ID="{Role.SEGMENTS}" TIME_ALIGNABLE="true"/>'
    if Role.WORDS in roles:
        yield (
            f'    <LINGUISTIC_TYPE CONSTRAINTS="Included_In" {plain}'
            f' LINGUISTIC_TYPE_ID="{Role.WORDS}" TIME_ALIGNABLE="true"/>'
        )
        yield (
            f'    <LINGUISTIC_TYPE {plain} LINGUISTIC_TYPE_ID="{Role.WORDS}, unbound"'
            ' TIME_ALIGNABLE="true"/>'
        )
    yield f"    <LANGUAGE LANG_ID={_attribute(language)} LANG_LABEL={_attribute(language)}/>"
    yield f'    <CONSTRAINT DESCRIPTION="{_INCLUDED_IN}" STEREOTYPE="Included_In"/>'


def _text(text: str) -> str:
    return escape(_representable(text))


def _attribute(text: str) -> str:
    return quoteattr(_representable(text))


def _representable(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return "".join(
        letter
        if letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff"
        else " "
        for letter in text
    )
