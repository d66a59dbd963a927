"""
What opens an account: passwords, session secrets, tokens.

Passwords are kept as Argon2id at the OWASP floor (19 MiB, two passes, one lane), because
the default profile takes most of a second on two cores; at most two are computed at a
time, so that a flood of sign-ins cannot starve uploads. A password for an account that
does not exist costs the same as one that does.

Session secrets and tokens are 256 random bits, so a plain SHA-256 of them is safe to
keep. A token reads `ew_<prefix>_<secret><check>`: the prefix is how people tell tokens
apart, the CRC-32 at the end tells a slip of the hand (and a leak scanner) what it is
without asking the database.
"""

import base64
import secrets
import threading
import unicodedata
import zlib
from dataclasses import dataclass, field

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.core.digest import Digest
from app.core.errors import Invalid

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1024
_SECRET_BYTES = 32
_PREFIX_BYTES = 5
_CHECK_LENGTH = 7

_hashing = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1),))
_at_once = threading.BoundedSemaphore(2)
# The digest of a password nobody has: what an unknown login is compared with.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$ZWFyd2l0bmVzcy1ub2JvZHk"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


def digest_password(password: str) -> str:
    """Spell the Argon2id digest of a new password; `Invalid` when it is too short or too long."""
    tidy = _normal(password)
    if len(tidy) < SHORTEST_PASSWORD:
        raise Invalid(
            f"a password needs at least {SHORTEST_PASSWORD} characters", field="password"
        )
    if len(tidy) > LONGEST_PASSWORD:
        raise Invalid(f"a password has at most {LONGEST_PASSWORD} characters", field="password")
    with _at_once:
        return _hashing.hash(tidy)


def password_matches(password: str, digest: str | None) -> bool:
    """Compare a password with a digest, or, at the same cost, with nobody's."""
    tidy = _normal(password[:LONGEST_PASSWORD])
    with _at_once:
        matches = _hashing.verify(tidy, digest or _NOBODY)
    return matches and digest is not None


def _normal(password: str) -> str:
    """Spell it as any keyboard would (NFKC), so that an accent typed another way still opens."""
    try:
        return unicodedata.normalize("NFKC", password).encode().decode()
    except UnicodeEncodeError as error:
        raise Invalid("a password is text", field="password") from error


def new_session_secret() -> str:
    """Make what a session cookie holds."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def csrf_token(session_secret: str) -> str:
    """
    Give the token that a page's forms carry for this session.

    Derived from the cookie, so that nothing more is stored, and one way, so that a page
    that shows it does not give away the cookie.
    """
    return Digest.of_bytes(b"earwitness/csrf/v1\x00" + session_secret.encode()).hex


def secret_digest(secret: str) -> str:
    """Spell what is stored of a session secret or token."""
    return str(Digest.of_bytes(secret.encode(errors="replace")))


@dataclass(frozen=True, slots=True)
class TokenSecret:
    """A new token: `secret` is shown once, `prefix` is kept."""

    prefix: str
    secret: str = field(repr=False)


def new_token() -> TokenSecret:
    """Make a token: prefix, 256 random bits and a check."""
    prefix = "ew_" + _spell(secrets.token_bytes(_PREFIX_BYTES))
    body = f"{prefix}_{_spell(secrets.token_bytes(_SECRET_BYTES))}"
    return TokenSecret(prefix=prefix, secret=body + _check(body))


def looks_like_token(text: str) -> bool:
    """Whether the check at the end fits: a slip of the hand never reaches the database."""
    body, check = text[:-_CHECK_LENGTH], text[-_CHECK_LENGTH:]
    return text.isascii() and body.startswith("ew_") and _check(body) == check


def _check(body: str) -> str:
    return _spell(zlib.crc32(body.encode()).to_bytes(4, "big"))


def _spell(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()
