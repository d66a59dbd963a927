"""
Tokens: keys that programs carry.

People issue their own, administrators those of API clients; nobody issues one in another
person's name. The secret is shown once. A token that is limited to scopes cannot issue
tokens, or it would not be limited.
"""

from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.orm import Session

from app.accounts import queries, service
from app.accounts.models import Account, AccountKind, Token
from app.accounts.permissions import Permission
from app.api.wire import Id, InstantIn, Spelled, UtcInstant, Wire
from app.cases.caller import Caller
from app.core.errors import Forbidden, NotFound
from app.http.caller import SignedIn, allowed
from app.http.transactions import Reading, Writing

router = APIRouter(tags=["accounts"])
Administering = Annotated[Caller, allowed(Permission.ACCOUNT_ADMINISTER)]


class TokenIn(Wire):
    """A token to be issued; without scopes it carries all that its account may do."""

    name: str
    expires_at: InstantIn
    scopes: list[Spelled[Permission]] | None = None


class TokenOut(Wire):
    """A token, by its prefix."""

    id: str
    account_id: str
    name: str
    prefix: str
    scopes: list[str] | None
    made_at: UtcInstant
    expires_at: UtcInstant
    last_used_at: UtcInstant | None
    revoked_at: UtcInstant | None

    @classmethod
    def of(cls, token: Token) -> "TokenOut":
        """Shape a token's record."""
        return cls(
            id=token.id,
            account_id=token.account_id,
            name=token.name,
            prefix=token.prefix,
            scopes=token.scopes,
            made_at=token.made_at,
            expires_at=token.expires_at,
            last_used_at=token.last_used_at,
            revoked_at=token.revoked_at,
        )


class TokenIssued(Wire):
    """A token just issued; `secret` is not shown again."""

    token: TokenOut
    secret: str


class TokenListing(Wire):
    """Every token of one account."""

    items: list[TokenOut]


@router.get("/accounts/{account_id}/tokens")
def tokens_of_account(account_id: Id, session: Reading, caller: Administering) -> TokenListing:  # noqa: ARG001
    """List the tokens of an account, revoked ones too."""
    queries.get(session, account_id)
    return TokenListing(
        items=[TokenOut.of(token) for token in queries.tokens_of(session, account_id)]
    )


@router.post("/accounts/{account_id}/tokens", status_code=201)
def issue_for_account(
    account_id: Id, body: TokenIn, session: Writing, caller: Administering
) -> TokenIssued:
    """Issue a token for an API client. People issue their own."""
    account = queries.get(session, account_id)
    if account.kind is not AccountKind.API_CLIENT and account.id != caller.account_id:
        raise Forbidden("people issue their own tokens: nobody acts in another's name")
    return _issue(session, caller, account, body)


@router.get("/tokens")
def own_tokens(session: Reading, caller: SignedIn) -> TokenListing:
    """List one's own tokens, revoked ones too."""
    own = queries.tokens_of(session, caller.account_id)
    return TokenListing(items=[TokenOut.of(token) for token in own])


@router.post("/tokens", status_code=201)
def issue_own(body: TokenIn, session: Writing, caller: SignedIn) -> TokenIssued:
    """Issue a token for oneself."""
    return _issue(session, caller, queries.get(session, caller.account_id), body)


@router.delete("/tokens/{token_id}")
def revoke(token_id: Id, session: Writing, caller: SignedIn) -> TokenOut:
    """End a token of one's own, or, as an administrator, anybody's."""
    token = queries.get_token(session, token_id)
    is_own = token.account_id == caller.account_id
    if not is_own and not caller.may(Permission.ACCOUNT_ADMINISTER):
        raise NotFound("no such token")
    service.revoke_token(session, actor=caller.actor, token=token)
    return TokenOut.of(token)


def _issue(session: Session, caller: Caller, account: Account, body: TokenIn) -> TokenIssued:
    if caller.scopes is not None:
        raise Forbidden("a token that is limited to scopes cannot issue tokens")
    token, secret = service.issue_token(
        session,
        actor=caller.actor,
        account=account,
        name=body.name,
        expires_at=body.expires_at,
        scopes=None if body.scopes is None else frozenset(body.scopes),
    )
    return TokenIssued(token=TokenOut.of(token), secret=secret)
