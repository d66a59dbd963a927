"""
The sections of an evidence record about words: what is said, what was published, and where
the two meet. Places in texts and in audio are W3C Web Annotations.
"""

from collections.abc import Sequence

from app.core import clock
from app.core.canonical import Json
from app.evidence.gathering import Gathered
from app.evidence.plain import API, address_of, grouped, plain
from app.quotes import review
from app.quotes.annotation import CONTEXT, Addresses, annotation
from app.quotes.listening.queries import Standing
from app.quotes.models import AcousticSupport, Alignment, Decision, Quote
from app.quotes.review import Ruling, State
from app.recordings.models import MediaInstance
from app.reports.intake.models import Capture, Extraction
from app.reports.models import Citation
from app.transcripts.models import SegmentRow, Transcript, TranscriptKind
from app.transcripts.replays import otherwise


def transcripts(found: Gathered) -> list[Json]:
    """Every version of what is said, with its words, its maker and the digest of its content."""
    corrected = {
        item.parent_id for item in found.transcripts if item.kind is TranscriptKind.CORRECTION
    }
    segments: dict[str, list[Json]] = {}
    for row in found.segments:
        segments.setdefault(row.transcript_id, []).append(_segment(row))
    replays = grouped(found.replays, "transcript_id")
    differing = otherwise(
        found.transcripts, [(item.instance_id, item.pcm_sha256) for item in found.identifications]
    ) | {item.transcript_id for item in found.replays if not item.samples_same}
    return [
        {
            **plain(item),
            "address": f"{API}/transcripts/{item.id}",
            "made_by_machine": item.engine is not None,
            "translation_of": _original_of(item, found.transcripts),
            "samples_differ": item.id in differing,
            "replays": [plain(replay) for replay in replays.get(item.id, [])],
            "engine": item.engine,
            "notice": item.notice,
            "in_force": item.id not in corrected,
            "segments": segments.get(item.id, []),
        }
        for item in found.transcripts
    ]


def readings(found: Gathered) -> list[Json]:
    """What named listeners heard in spans of it, beside one another, and which of that stands."""
    return [
        {
            **plain(item.reading),
            "fragment": item.reading.span.fragment(),
            "state": str(item.state),
            "superseded_by": item.superseded_by,
            "withdrawal": plain(item.withdrawal) if item.withdrawal else None,
        }
        for item in found.readings
    ]


def reports(found: Gathered) -> dict[str, Json]:
    """
    Who speaks of the recording, where, and how many independent sources that makes.

    `sources` are reports that do not speak of it and that those rest on, `links` how they stand.
    """
    frozen = grouped(found.snapshots, "report_id")
    cited = grouped(found.citations, "report_id")
    items: list[Json] = [
        {
            **plain(report),
            "address": f"{API}/reports/{report.id}",
            "snapshots": [
                {
                    "id": item.id,
                    "address": f"{API}/snapshots/{item.id}",
                    "text_sha256": item.text_sha256,
                    "method": str(item.method),
                    "retrieved_at": clock.spell(item.retrieved_at) if item.retrieved_at else None,
                    "origin": _origin(*found.origins[item.id])
                    if item.id in found.origins
                    else None,
                    "log_index": item.log_index,
                }
                for item in frozen.get(report.id, [])
            ],
            "citations": [_citation(item) for item in cited.get(report.id, [])],
        }
        for report in found.reports
    ]
    roots = [list(root) for root in found.lineage.roots] if found.lineage else []
    independent: list[Json] = [[*root] for root in roots]
    sources: list[Json] = [
        {**plain(report), "address": f"{API}/reports/{report.id}"} for report in found.sources
    ]
    links: list[Json] = [plain(link) for link in found.report_links]
    return {
        "items": items,
        "sources": sources,
        "links": links,
        "independent_roots": independent,
    }


def _origin(extraction: Extraction, capture: Capture) -> Json:
    """The kept page that a frozen text was read from, and what read it."""
    return {
        "extraction_id": extraction.id,
        "text_sha256": extraction.text_sha256,
        "tool": extraction.tool,
        "version": extraction.version,
        "remarks": [*extraction.remarks],
        "capture": f"{API}/captures/{capture.id}",
        "media_type": capture.media_type,
        "url": capture.url,
        "page_sha256": capture.page_sha256,
        "warc_sha256": capture.warc_sha256,
    }


def quotes(found: Gathered) -> list[Json]:
    """Every quote, what may be said of it, and what was found and decided, as annotations."""
    alignments = grouped(found.alignments, "quote_id")
    compared = grouped(found.comparisons, "quote_id")
    decisions = grouped(found.decisions, "alignment_id")
    supports = grouped(found.supports, "alignment_id")
    listened: dict[str, list[Json]] = {}
    for each in found.listenings:
        listened.setdefault(each.listening.quote_id, []).append(_listening(each))
    instances = {item.id: item for item in found.instances}
    heard = {item.id: item.instance_id for item in found.transcripts}
    shaped: list[Json] = []
    for quote in found.quotes:
        standing = found.standings[quote.id]
        shaped.append(
            {
                **plain(quote),
                "standing": {
                    "verdict": str(standing.verdict) if standing.verdict else None,
                    "state": str(standing.state),
                    "supports": standing.supports,
                    "contested": standing.contested,
                    "readers": [
                        {"reading_id": voice.reading.id, "stance": str(voice.stance)}
                        for voice in standing.voices
                    ],
                    "rests_on": str(standing.alignment.rests_on) if standing.alignment else None,
                    "alignment_id": standing.alignment.id if standing.alignment else None,
                    "decision_id": standing.decision.id if standing.decision else None,
                },
                "reading_comparisons": [plain(item) for item in compared.get(quote.id, [])],
                "listenings": [*listened.get(quote.id, [])],
                "alignments": [
                    _alignment(
                        item,
                        quote,
                        [
                            {**plain(one), "listened": str(found.manners[one.id])}
                            for one in decisions.get(item.id, [])
                        ],
                        review.state_of(_in_force(decisions.get(item.id, []))),
                        supports.get(item.id, []),
                        instances.get(heard.get(item.timed_by) or ""),
                        contested=standing.contested,
                    )
                    for item in alignments.get(quote.id, [])
                ],
            }
        )
    return shaped


def _original_of(version: Transcript, among: Sequence[Transcript]) -> str | None:
    """What was translated, of a translation, a retry of one or a correction of one."""
    by_id = {item.id: item for item in among}
    item: Transcript | None = version
    for kind in (TranscriptKind.CORRECTION, TranscriptKind.TRANSLATION):
        version = item or version
        while item is not None and item.kind is kind:
            item = by_id.get(item.parent_id or "")
    translated = version.kind is TranscriptKind.TRANSLATION
    return item.id if item is not None and translated else None


def _segment(row: SegmentRow) -> dict[str, Json]:
    return {
        "start_ms": row.start_ms,
        "end_ms": row.end_ms,
        "speaker": row.speaker,
        "text": row.text,
        "flags": [*row.flags],
        "words": row.words,
    }


def _citation(citation: Citation) -> dict[str, Json]:
    return {
        "id": f"{API}/citations/{citation.id}",
        "type": "Annotation",
        "motivation": "linking",
        "body": f"{API}/recordings/{citation.recording_id}",
        "target": {
            "type": "SpecificResource",
            "source": f"{API}/snapshots/{citation.snapshot_id}",
            "selector": citation.anchor.selectors(),
        },
        "earwitness:logIndex": citation.log_index,
    }


def _listening(item: Standing) -> dict[str, Json]:
    """A listening with its steps as they were sealed; what was heard is among the readings."""
    return {
        **plain(item.listening),
        "state": str(item.state),
        "blind": item.is_blind if item.filed else None,
        "steps": [plain(step) for step in (item.end, item.reveal) if step],
    }


def _in_force(decided: Sequence[Decision]) -> Ruling | None:
    return decided[-1].ruling if decided else None


def _alignment(
    item: Alignment,
    quote: Quote,
    decided: list[Json],
    state: State,
    asked: Sequence[AcousticSupport],
    instance: MediaInstance | None,
    *,
    contested: bool,
) -> dict[str, Json]:
    behind = item.spoken_transcript_id
    at = Addresses(
        alignment=f"{API}/alignments/{item.id}",
        snapshot=f"{API}/snapshots/{quote.snapshot_id}",
        transcript=f"{API}/transcripts/{item.transcript_id}",
        media=f"{address_of(instance)}/content" if instance else None,
        spoken=f"{API}/transcripts/{behind}" if behind else None,
    )
    supports = review.supports(item.verdict, state, contested=contested)
    return {
        "@context": CONTEXT,
        **annotation(item, quote, state=state, supports=supports, at=at),
        "earwitness:logIndex": item.log_index,
        "earwitness:transcriptDigest": item.transcript_sha256,
        "earwitness:occurrences": item.occurrences,
        "earwitness:decisions": decided,
        "earwitness:acousticSupport": [plain(support) for support in asked],
    }
