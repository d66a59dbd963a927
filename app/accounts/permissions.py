"""
What each role may do: one table, to be read aloud.

Every role but administrator is held in a case, by membership; an administrator runs the
house and by that alone may read nothing in it. An API client is an account of its own
kind whose token may carry fewer permissions than its roles give, never more.
"""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that can be done, as `noun:verb`."""

    ACCOUNT_ADMINISTER = "account:administer"
    CASE_CREATE = "case:create"
    CASE_ADMINISTER = "case:administer"
    CASE_READ = "case:read"
    AGENT_READ = "agent:read"
    AGENT_WRITE = "agent:write"
    SOURCE_READ = "source:read"  # who handed a recording over: a protected field
    RECORDING_READ = "recording:read"
    RECORDING_LISTEN = "recording:listen"  # the bytes themselves; every reading is logged
    RECORDING_WRITE = "recording:write"
    RECORDING_QUARANTINE_READ = "recording:quarantine-read"
    TRANSCRIPT_READ = "transcript:read"
    TRANSCRIPT_WRITE = "transcript:write"
    REPORT_READ = "report:read"
    REPORT_WRITE = "report:write"
    INCIDENT_READ = "incident:read"
    INCIDENT_WRITE = "incident:write"  # incidents, places, material beside the recordings
    CLAIM_READ = "claim:read"
    CLAIM_WRITE = "claim:write"  # what reports assert, and rulings on where they disagree
    QUOTE_READ = "quote:read"
    QUOTE_WRITE = "quote:write"
    ALIGNMENT_DECIDE = "alignment:decide"
    LISTENING_WRITE = "listening:write"  # hear a span before its words, and say what it was
    ASSESSMENT_READ = "assessment:read"
    ASSESSMENT_WRITE = "assessment:write"
    EVIDENCE_READ = "evidence:read"
    CUSTODY_READ = "custody:read"
    CUSTODY_VERIFY = "custody:verify"
    JOB_READ = "job:read"
    JOB_CONTROL = "job:control"


class Role(StrEnum):
    """A hat someone wears: in the house (administrator) or in one case (all others)."""

    ADMINISTRATOR = "administrator"
    INVESTIGATOR = "investigator"
    REVIEWER = "reviewer"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    API_CLIENT = "api_client"


_READS = frozenset(
    {
        Permission.CASE_READ,
        Permission.AGENT_READ,
        Permission.RECORDING_READ,
        Permission.TRANSCRIPT_READ,
        Permission.REPORT_READ,
        Permission.INCIDENT_READ,
        Permission.CLAIM_READ,
        Permission.QUOTE_READ,
        Permission.ASSESSMENT_READ,
        Permission.EVIDENCE_READ,
        Permission.CUSTODY_READ,
        Permission.JOB_READ,
    }
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {Permission.ACCOUNT_ADMINISTER, Permission.CASE_CREATE, Permission.CASE_ADMINISTER}
    ),
    Role.INVESTIGATOR: _READS
    | {
        Permission.SOURCE_READ,
        Permission.RECORDING_LISTEN,
        Permission.RECORDING_WRITE,
        Permission.AGENT_WRITE,
        Permission.TRANSCRIPT_WRITE,
        Permission.REPORT_WRITE,
        Permission.INCIDENT_WRITE,
        Permission.CLAIM_WRITE,
        Permission.QUOTE_WRITE,
        Permission.ASSESSMENT_WRITE,
        Permission.JOB_CONTROL,
    },
    Role.REVIEWER: _READS
    | {
        Permission.RECORDING_LISTEN,
        Permission.TRANSCRIPT_WRITE,  # a reviewer may correct what they heard otherwise
        Permission.CLAIM_WRITE,
        Permission.QUOTE_WRITE,
        Permission.ALIGNMENT_DECIDE,
        Permission.LISTENING_WRITE,
        Permission.ASSESSMENT_WRITE,
    },
    Role.CUSTODIAN: _READS
    | {
        Permission.SOURCE_READ,
        Permission.RECORDING_LISTEN,
        Permission.RECORDING_QUARANTINE_READ,
        Permission.CUSTODY_VERIFY,
        Permission.JOB_CONTROL,
    },
    Role.AUDITOR: _READS | {Permission.CUSTODY_VERIFY},  # reads the record, hears nothing
    Role.API_CLIENT: _READS,
}


def granted(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that these roles together allow."""
    return frozenset().union(*(GRANTS[role] for role in roles))
