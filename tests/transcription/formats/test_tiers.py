"""Annotation files as Praat, aligners and ELAN's users make them: which tier is what."""

from pathlib import Path

import pytest

from transcription import formats
from transcription.errors import Malformed
from transcription.formats import Reading, TranscriptFormat
from transcription.transcript import Segment, Transcript, Word


def grid(*tiers: tuple[str, list[tuple[float, float, str]]], end: float = 5.0) -> bytes:
    """A TextGrid in the short form, as many programs write it."""
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "0",
        f"{end}",
        "<exists>",
    ]
    lines.append(f"{len(tiers)}")
    for name, intervals in tiers:
        lines += ['"IntervalTier"', f'"{name}"', "0", f"{end}", f"{len(intervals)}"]
        lines += [f'{start}\n{until}\n"{text}"' for start, until, text in intervals]
    return "\n".join(lines).encode()


def read(content: bytes) -> Reading:
    return formats.reading(content, format=TranscriptFormat.TEXTGRID, language="en")


def eaf(tiers: str, slots: str = "", types: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT VERSION="3.0">\n'
        '<HEADER TIME_UNITS="milliseconds"/>\n'
        f"<TIME_ORDER>{slots}</TIME_ORDER>\n{tiers}\n{types}\n</ANNOTATION_DOCUMENT>\n"
    ).encode()


def slots(**values: int | None) -> str:
    return "\n".join(
        f'<TIME_SLOT TIME_SLOT_ID="{name}"' + (f' TIME_VALUE="{at}"/>' if at is not None else "/>")
        for name, at in values.items()
    )


def timed(name: str, first: str, last: str, text: str) -> str:
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{name}" TIME_SLOT_REF1="{first}"'
        f' TIME_SLOT_REF2="{last}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>\n"
    )


def part(name: str, of: str, text: str) -> str:
    return (
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{name}" ANNOTATION_REF="{of}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>\n"
    )


def tier(name: str, *annotations: str, **attributes: str) -> str:
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<TIER TIER_ID="{name}"{given}>\n{"".join(annotations)}</TIER>\n'


def read_eaf(content: bytes) -> Reading:
    return formats.reading(content, format=TranscriptFormat.EAF)


MFA = [
    (0, 0.5, ""),
    (0.5, 0.8, "bring"),
    (0.8, 1.2, "sacks"),
    (1.2, 1.5, "sp"),
    (1.5, 1.9, "<unk>"),
    (1.9, 3.0, ""),
    (3.0, 3.4, "now"),
    (3.4, 5.0, ""),
]
PHONES = [(0.5, 0.6, "B"), (0.6, 0.7, "R"), (0.7, 0.8, "IH1"), (0.8, 1.0, "S"), (1.0, 1.2, "AE1")]


def test_an_aligners_words_become_utterances_from_pause_to_pause() -> None:
    reading = read(grid(("words", MFA), ("phones", PHONES)))
    assert reading.transcript.segments == (
        Segment(
            "bring sacks [unintelligible]",
            500,
            1_900,
            (
                Word("bring", 500, 800),
                Word("sacks", 800, 1_200),
                Word("[unintelligible]", 1_500, 1_900),
            ),
        ),
        Segment("now", 3_000, 3_400, (Word("now", 3_000, 3_400),)),
    )
    (left,) = reading.left_out
    assert "phones" in left.found
    assert left.line == content_line(grid(("words", MFA), ("phones", PHONES)), '"phones"')


def content_line(content: bytes, text: str) -> int:
    return content.decode().split("\n").index(text) + 1


def test_speakers_are_read_from_the_names_of_tiers() -> None:
    for first, second in (("Ann - words", "Ben - words"), ("words@Ann", "wd@Ben")):
        reading = read(grid((first, [(0.5, 0.8, "go")]), (second, [(0.6, 0.9, "stay")])))
        assert [(s.speaker, s.text) for s in reading.transcript.segments] == [
            ("Ann", "go"),
            ("Ben", "stay"),
        ]


def test_a_tier_whose_name_says_nothing_is_a_speakers_utterances() -> None:
    reading = read(
        grid(
            ("Ann", [(0, 1, "go home now"), (2, 3, "I will wait here")]),
            ("Ben", [(0.5, 1.5, "not before tomorrow")]),
            ("translation", [(0, 1, "іди додому")]),
        )
    )
    assert [(s.speaker, s.start_ms) for s in reading.transcript.segments] == [
        ("Ann", 0),
        ("Ben", 500),
        ("Ann", 2_000),
    ]
    assert [left.found for left in reading.left_out] == ["tier 'translation'"]


def test_a_tier_that_spells_another_in_pieces_holds_its_words() -> None:
    words = [(0.1, 0.4, "go"), (0.4, 0.9, "home"), (2, 2.4, "wait")]
    sounds = [(0.1 + n / 10, 0.2 + n / 10, "x") for n in range(6)]
    reading = read(grid(("a", [(0, 1, "go home"), (2, 3, "wait")]), ("b", words), ("c", sounds)))
    assert reading.transcript.segments == (
        Segment("go home", 0, 1_000, (Word("go", 100, 400), Word("home", 400, 900)), "a"),
        Segment("wait", 2_000, 3_000, (Word("wait", 2_000, 2_400),), "a"),
    )
    assert [left.found for left in reading.left_out] == ["tier 'c'"]


def test_words_without_times_keep_their_place_and_none_is_guessed() -> None:
    segments = ("segments", [(0, 4, "Send 12 trucks, and 12 sacks.")])
    known = [(0, 0.5, "send"), (1, 1.5, "trucks"), (2, 2.4, "and"), (3, 3.5, "sacks")]
    (segment,) = read(grid(segments, ("words", known))).transcript.segments
    assert [(word.text, word.start_ms) for word in segment.words] == [
        ("send", 0),
        ("12", None),
        ("trucks", 1_000),
        ("and", 2_000),
        ("12", None),
        ("sacks", 3_000),
    ]
    unsure = [(0, 0.5, "send"), (0.6, 0.9, "12")]
    (segment,) = read(
        grid(("segments", [(0, 4, "send 12 and 12")]), ("words", unsure))
    ).transcript.segments
    assert [word.start_ms for word in segment.words] == [0, None, None, None], (
        "which 12 is not said"
    )


def test_the_long_form_comments_quotes_and_points_are_understood() -> None:
    content = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "Ann"   ! the first voice
        xmin = 0
        xmax = 2.5
        intervals: size = 1
        intervals [1]:
            xmin = 0.25
            xmax = 1.0005
            text = "he said ""go""
now"
    item [2]:
        class = "TextTier"
        name = "clicks"
        xmin = 0
        xmax = 2.5
        points: size = 1
        points [1]:
            number = 1.5
            mark = "click"
"""
    for encoding in ("utf-8", "utf-16", "utf-8-sig"):
        reading = read(content.encode(encoding))
        assert reading.transcript.segments == (
            Segment('he said "go" now', 250, 1_000, speaker="Ann"),
        )
        assert [left.found for left in reading.left_out] == ["tier 'clicks'"]
    mark = "\ufeff".encode("utf-16-be")
    assert read(mark + content.encode("utf-16-be")) == read(content.encode())


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (('"ooTextFile"', '"ooBinaryFile"'), 1, "not a text file"),
        (('"TextGrid"', '"Pitch 1"'), 2, "something else"),
        (("0.8\n", "0,8\n"), 17, "expected a time|found"),
        (('"bring"', '"bring'), 17, "does not end"),
        (("\n2\n", "\n3\n"), 57, "the file ends where the class of a tier"),
        (("\n2\n", "\n-2\n"), 7, "not a number of tiers"),
        (('"IntervalTier"', '"Tier"'), 8, "no class of tiers"),
        (("0.8\n1.2", "1.3\n1.2"), 20, "ends before it starts"),
        (("0.8\n1.2", "0.2\n1.2"), 20, "starts before|overlaps|outside"),
        (("3.4\n", "1e300\n"), 34, "out of range"),
    ],
)
def test_a_broken_grid_is_refused_at_its_line(
    change: tuple[str, str], line: int, message: str
) -> None:
    content = grid(("words", MFA), ("phones", PHONES)).decode()
    assert change[0] in content
    with pytest.raises(Malformed, match=message) as refusal:
        read(content.replace(*change, 1).encode())
    assert abs(refusal.value.line - line) <= 2, refusal.value
    assert refusal.value.line > 0


def test_elans_tiers_participants_and_unaligned_slots_are_understood() -> None:
    content = eaf(
        tier(
            "K-Spch",
            timed("a1", "t1", "t2", "bring the sacks"),
            timed("a2", "t3", "t4", "now &amp; here"),
            PARTICIPANT="Katya",
            LANG_REF="rus",
        )
        + tier(
            "W-Spch",
            timed("b1", "t5", "t6", "who is that"),
            PARTICIPANT="Wasyl",
            LANG_REF="rus",
        )
        + tier(
            "K-Words",
            timed("w1", "t1", "u1", "bring"),
            timed("w2", "u1", "u2", "the"),
            timed("w3", "u2", "t2", "sacks"),
            PARENT_REF="K-Spch",
            LINGUISTIC_TYPE_REF="words",
        )
        + tier("K-Eng", part("c1", "a1", "x y z"), PARENT_REF="K-Spch", LINGUISTIC_TYPE_REF="ft")
        + tier("default"),
        slots(t1=100, u1=None, u2=600, t2=1_000, t5=900, t6=1_500, t3=2_000, t4=None),
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="words" CONSTRAINTS="Time_Subdivision"/>'
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="ft" CONSTRAINTS="Symbolic_Association"/>',
    )
    reading = read_eaf(content)
    assert reading.transcript == Transcript(
        "ru",
        (
            Segment(
                "bring the sacks",
                100,
                1_000,
                (Word("bring"), Word("the"), Word("sacks", 600, 1_000)),
                "Katya",
            ),
            Segment("now & here", speaker="Katya"),
            Segment("who is that", 900, 1_500, speaker="Wasyl"),
        ),
    )
    assert [left.found for left in reading.left_out] == ["tier 'K-Eng'"]


def test_text_that_is_associated_with_numbers_has_their_times() -> None:
    content = eaf(
        tier("ref@A", timed("r1", "t1", "t2", "001"), timed("r2", "t2", "t3", "002"))
        + tier(
            "tx@A",
            part("x1", "r1", "go home"),
            part("x2", "r2", "wait"),
            PARENT_REF="ref@A",
            LINGUISTIC_TYPE_REF="tx",
        )
        + tier(
            "word@A",
            part("w1", "x1", "go"),
            part("w2", "x1", "home"),
            PARENT_REF="tx@A",
            LINGUISTIC_TYPE_REF="word",
        )
        + tier("ft@A", part("f1", "x1", "x"), PARENT_REF="tx@A", LINGUISTIC_TYPE_REF="tx2"),
        slots(t1=0, t2=900, t3=2_000),
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="tx" CONSTRAINTS="Symbolic_Association"/>'
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="word" CONSTRAINTS="Symbolic_Subdivision"/>',
    )
    assert read_eaf(content).transcript.segments == (
        Segment("go home", 0, 900, (Word("go"), Word("home")), "A"),
        Segment("wait", 900, 2_000, speaker="A"),
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (tier("a", timed("x", "t1", "t9", "go")), "a time slot that is not there"),
        (tier("a", part("x", "y", "go")), "refers to one that is not there"),
        (tier("a", part("x", "x", "go")), "too deeply"),
        (tier("a", part("x", "y", "go"), part("y", "x", "go")), "too deeply"),
        (tier("a") + tier("a"), "the same TIER_ID"),
        (
            tier("a", timed("x", "t1", "t2", "a"), timed("x", "t1", "t2", "b")),
            "same ANNOTATION_ID",
        ),
        (tier("a", timed("x", "t2", "t1", "go")), "ends before it starts"),
        ("<TIER/>", "no TIER_ID"),
        (tier("a", "<ANNOTATION><OTHER/></ANNOTATION>"), "no annotation"),
        (tier("a", "<ANNOTATION>"), "not XML"),
        ("&nothing;", "not XML"),
    ],
)
def test_a_broken_document_is_refused_at_its_line(body: str, message: str) -> None:
    with pytest.raises(Malformed, match=message) as refusal:
        read_eaf(eaf(body, slots(t1=100, t2=900)))
    assert refusal.value.line >= 5


def test_a_slot_that_is_no_time_is_refused() -> None:
    for value in ("1.5", "x", "", "9" * 40):
        with pytest.raises(Malformed, match="not a time"):
            read_eaf(eaf("", f'<TIME_SLOT TIME_SLOT_ID="t" TIME_VALUE="{value}"/>'))


def test_a_document_of_something_else_is_refused() -> None:
    with pytest.raises(Malformed, match="not ELAN's"):
        read_eaf(b"<html/>")
    with pytest.raises(Malformed, match="not XML"):
        read_eaf(b"")


def test_too_many_tiers_are_refused() -> None:
    with pytest.raises(Malformed, match="more than 400 tiers"):
        read(grid(*((f"t{n}", [(0.0, 1.0, "x")]) for n in range(401))))


def test_real_grids_are_read_whole(shared: Path) -> None:
    for path in sorted((shared / "audio").glob("*.TextGrid")):
        content = path.read_bytes()
        reading = read(content)
        said = [
            line.strip('"')
            for line in content.decode().split('"phones"')[0].split("\n")[12:]
            if line.startswith('"') and len(line) > 2 and not line.endswith('Tier"')
        ]
        assert [word.text for word in reading.transcript.words()] == said
        assert all(word.start_ms is not None for word in reading.transcript.words())
        assert len(reading.transcript.segments) > 1
        assert [left.found for left in reading.left_out] == ["tier 'phones'"]
        again = formats.write(reading.transcript, format=TranscriptFormat.TEXTGRID)
        assert read(again).transcript == reading.transcript
