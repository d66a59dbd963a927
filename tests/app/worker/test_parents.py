"""A transcript joined from what was kept and what was heard again is looked through as one."""

from app.transcripts.models import Transcript as Row
from app.worker.parents import Parent
from transcription.engines import Window
from transcription.span import Span
from transcription.transcript import Flag, Segment
from transcription.transcript import Transcript as Content

ORDER = "keep the commander, take the rest to the rear,"


def test_a_loop_that_runs_over_the_seam_is_warned_of_on_both_sides() -> None:
    kept = (
        Segment("Eagle, this is Lantern, go ahead.", 0, 4_000),
        Segment(f"{ORDER} {ORDER}", 4_000, 10_000),
    )
    parent = Parent(Row(), Content("en", (*kept, Segment("and so on, and so on", 10_000, 20_000))))
    heard = Content("en", (Segment(f"{ORDER} {ORDER} {ORDER}", 10_000, 20_000),))

    joined = parent.joined(heard, [Window.of(Span(10_000, 20_000))])

    assert [segment.text for segment in joined.segments] == [
        *(segment.text for segment in kept),
        heard.segments[0].text,
    ]
    assert [Flag.REPETITION in segment.flags for segment in joined.segments] == [False, True, True]


def test_what_was_kept_keeps_its_warnings() -> None:
    clipped = Segment("Wait at the bridge.", 0, 4_000, flags=(Flag.CLIPPED,))
    parent = Parent(Row(), Content("en", (clipped,)))

    joined = parent.joined(Content("en", ()), [Window.of(Span(10_000, 20_000))])

    assert joined.segments == (clipped,)
