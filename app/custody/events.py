"""
The vocabulary of the custody log: `subject:action`, closed and versioned.

Actions use the word PREMIS has where it has one (fixity-check, dissemination,
deaccession). Every state change is exactly one of these, and every one is written by
exactly one verb.
"""

from enum import StrEnum


class EventType(StrEnum):
    """What happened, as `subject:action`."""

    LOG_INCEPTION = "log:inception"

    ACCOUNT_CREATION = "account:creation"
    ACCOUNT_PASSWORD_CHANGE = "account:password-change"  # noqa: S105 - an event's name
    ACCOUNT_DISABLING = "account:disabling"
    ACCOUNT_SIGN_IN = "account:sign-in"
    ACCOUNT_SIGN_OUT = "account:sign-out"
    TOKEN_ISSUE = "token:issue"  # noqa: S105 - likewise
    TOKEN_REVOCATION = "token:revocation"  # noqa: S105 - likewise

    CASE_CREATION = "case:creation"
    CASE_MEMBERSHIP = "case:membership"
    CASE_LISTENING_RULE = "case:listening-rule"

    AGENT_CREATION = "agent:creation"
    AGENT_NAMING = "agent:naming"
    AGENT_EQUIVALENCE = "agent:equivalence"
    AGENT_MENTION = "agent:mention"

    RECORDING_CREATION = "recording:creation"
    RECORDING_DESCRIPTION = "recording:description"
    RECORDING_ACQUISITION = "recording:acquisition"
    RECORDING_QUARANTINE = "recording:quarantine"
    RECORDING_IDENTIFICATION = "recording:identification"
    RECORDING_DERIVATION = "recording:derivation"
    RECORDING_ACCESS = "recording:access"
    RECORDING_FIXITY_CHECK = "recording:fixity-check"
    RECORDING_CLAIMED_HOP = "recording:claimed-hop"
    RECORDING_LINK = "recording:link"

    UPLOAD_START = "upload:start"
    UPLOAD_REMOVAL = "upload:removal"

    TRANSCRIPTION_REQUEST = "transcription:request"
    TRANSCRIPT_CREATION = "transcript:creation"
    TRANSCRIPT_CORRECTION = "transcript:correction"
    READING_CREATION = "reading:creation"
    READING_SUPERSESSION = "reading:supersession"
    READING_WITHDRAWAL = "reading:withdrawal"
    TRANSCRIPT_REPLAY = "transcript:replay"

    REPORT_CREATION = "report:creation"
    REPORT_CAPTURE = "report:capture"
    REPORT_EXTRACTION = "report:extraction"
    REPORT_ACCESS = "report:access"
    REPORT_SNAPSHOT = "report:snapshot"
    REPORT_LINK = "report:link"
    REPORT_LINK_REJECTION = "report:link-rejection"
    CITATION_CREATION = "citation:creation"

    CLAIM_CREATION = "claim:creation"
    CLAIM_SUPERSESSION = "claim:supersession"
    CLAIM_WITHDRAWAL = "claim:withdrawal"
    CLAIM_REJECTION = "claim:rejection"
    CONFLICT_DECISION = "conflict:decision"

    QUOTE_CREATION = "quote:creation"
    QUOTE_SPAN = "quote:span"
    ALIGNMENT_PROPOSAL = "alignment:proposal"
    ALIGNMENT_DECISION = "alignment:decision"
    ALIGNMENT_SUPPORT = "alignment:support"
    READING_COMPARISON = "reading:comparison"

    LISTENING_START = "listening:start"
    LISTENING_FILING = "listening:filing"
    LISTENING_WITHDRAWAL = "listening:withdrawal"
    LISTENING_REVEAL = "listening:reveal"

    INCIDENT_CREATION = "incident:creation"
    PLACE_CREATION = "place:creation"
    PLACE_NAMING = "place:naming"
    MATERIAL_CREATION = "material:creation"
    MATERIAL_HOLDING = "material:holding"

    ASSESSMENT_SIGNING = "assessment:signing"
    ASSESSMENT_SUPERSESSION = "assessment:supersession"
    ASSESSMENT_RETRACTION = "assessment:retraction"
    ASSESSMENT_RESTATEMENT = "assessment:restatement"
    ASSESSMENT_RELATION = "assessment:relation"
    ASSESSMENT_WITHDRAWAL = "assessment:withdrawal"
    ASSESSMENT_REJECTION = "assessment:rejection"

    JOB_REQUEST = "job:request"
    JOB_CANCELLATION = "job:cancellation"
    JOB_RETRY = "job:retry"
