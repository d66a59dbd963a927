"""What a quote says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.quotes.wording import (
    GapKind,
    OccurrenceClaim,
    Target,
    TargetKind,
    gaps,
)
from transcription.quotation.proposal import CountOperator


class TestGaps:
    @pytest.mark.parametrize(
        ("quote", "language", "expected"),
        [
            (
                "load it [unintelligible] by noon",
                "en",
                [(GapKind.UNINTELLIGIBLE, "[unintelligible]")],
            ),
            ("load the [expletive] trucks", "en", [(GapKind.EXPLETIVE, "[expletive]")]),
            ("грузите [нрзб] к полудню", "ru", [(GapKind.UNINTELLIGIBLE, "[нрзб]")]),
            ("грузите [мат] ящики", "ru", [(GapKind.EXPLETIVE, "[мат]")]),
            ("load it… by noon", "en", [(GapKind.ELLIPSIS, "…")]),
            ("they [drivers] wait", "en", [(GapKind.EDITORIAL, "[drivers]")]),
            ("load it by noon", "en", []),
        ],
    )
    def test_are_typed_and_point_at_their_mark(
        self, quote: str, language: str, expected: list[tuple[GapKind, str]]
    ) -> None:
        found = gaps(quote, language=language)

        assert [(gap.kind, quote[gap.start : gap.end]) for gap in found] == expected

    @pytest.mark.parametrize("wordless", ["…", "[unintelligible]", "?!", "🎧", "[a] [b]"])
    def test_alone_make_no_quote(self, wordless: str) -> None:
        with pytest.raises(Invalid) as refused:
            gaps(wordless, language="en")

        assert refused.value.field == "exact"

    @pytest.mark.parametrize("endless", ["go " * 2_001, "g" * 40_001])
    def test_are_not_sought_in_what_no_aligner_would_take(self, endless: str) -> None:
        with pytest.raises(Invalid) as refused:
            gaps(endless, language="en")

        assert refused.value.field == "exact"

    @given(st.text(max_size=200), st.sampled_from(["en", "ru", "uk", "und"]))
    def test_lie_inside_the_quote_whatever_it_is(self, text: str, language: str) -> None:
        found = gaps("word " + text, language=language)

        assert all(0 <= gap.start < gap.end <= len(text) + 5 for gap in found)


class TestClaimedCounts:
    @pytest.mark.parametrize(
        ("op", "agreeing"),
        [
            (CountOperator.EXACTLY, {6}),
            (CountOperator.AT_LEAST, {6, 7, 8}),
            (CountOperator.AT_MOST, {4, 5, 6}),
        ],
    )
    def test_are_compared_as_they_are_worded(self, op: CountOperator, agreeing: set[int]) -> None:
        claim = OccurrenceClaim(op=op, count=6, raw="six times")

        assert {found for found in range(4, 9) if claim.agrees_with(found)} == agreeing

    @pytest.mark.parametrize("count", [0, -1, 1_000_001])
    def test_that_nobody_can_mean_are_refused(self, count: int) -> None:
        with pytest.raises(Invalid) as refused:
            OccurrenceClaim(op=CountOperator.EXACTLY, count=count, raw="never")

        assert refused.value.field == "occurrence_claim.count"

    def test_without_the_report_s_words_are_refused(self) -> None:
        with pytest.raises(Invalid) as refused:
            OccurrenceClaim(op=CountOperator.EXACTLY, count=6, raw=" ")

        assert refused.value.field == "occurrence_claim.raw"


class TestTargets:
    def test_name_the_recording_or_report_they_are_of(self) -> None:
        assert Target(kind=TargetKind.RECORDING, recording_id="r").recording_id == "r"
        assert Target(kind=TargetKind.REPORT, report_id="p").report_id == "p"
        assert Target(kind=TargetKind.STATEMENT).recording_id is None

    @pytest.mark.parametrize(
        ("kind", "given", "field"),
        [
            (TargetKind.RECORDING, {}, "target.recording_id"),
            (TargetKind.REPORT, {}, "target.report_id"),
            (TargetKind.STATEMENT, {"recording_id": "r"}, "target.recording_id"),
            (TargetKind.MATERIAL, {"report_id": "p"}, "target.report_id"),
            (TargetKind.RECORDING, {"recording_id": "r", "report_id": "p"}, "target.report_id"),
        ],
    )
    def test_name_nothing_else(self, kind: TargetKind, given: dict[str, str], field: str) -> None:
        with pytest.raises(Invalid) as refused:
            Target(kind=kind, **given)

        assert refused.value.field == field
