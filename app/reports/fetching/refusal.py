"""Why a page was not fetched: from a closed list, for people and programs."""

from enum import StrEnum

from app.core.errors import Invalid


class Why(StrEnum):
    """What stood in the way."""

    NO_WEB_ADDRESS = "no_web_address"
    FORBIDDEN_PORT = "forbidden_port"
    UNKNOWN_HOST = "unknown_host"
    NOT_PUBLIC = "not_public"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    UNREACHABLE = "unreachable"
    NOT_TRUSTED = "not_trusted"
    OUT_OF_TIME = "out_of_time"
    TOO_LARGE = "too_large"
    BROKEN_ANSWER = "broken_answer"
    NOT_ANSWERED_WITH_A_PAGE = "not_answered_with_a_page"

    @property
    def explanation(self) -> str:
        """The same for people."""
        return _EXPLANATIONS[self]


_EXPLANATIONS = {
    Why.NO_WEB_ADDRESS: "This is no address of the web (http or https, a host, no password).",
    Why.FORBIDDEN_PORT: "Only the usual ports of the web are asked: 80 and 443.",
    Why.UNKNOWN_HOST: "Nobody knows this host.",
    Why.NOT_PUBLIC: "The host, or where it sends us, is not on the public internet.",
    Why.TOO_MANY_REDIRECTS: "The address leads from one to the next without an end.",
    Why.UNREACHABLE: "The host does not answer.",
    Why.NOT_TRUSTED: "The host could not show that it is the one that was asked for (TLS).",
    Why.OUT_OF_TIME: "The answer took too long.",
    Why.TOO_LARGE: "The page is larger than is fetched.",
    Why.BROKEN_ANSWER: "The answer is not one that a web server gives.",
    Why.NOT_ANSWERED_WITH_A_PAGE: "The host answered, but not with a page (its status is not 200).",
}


class FetchRefused(Invalid):
    """A page was not fetched; `why` says the reason, `facts` never quote the address."""

    slug = "fetch-refused"

    def __init__(self, why: Why) -> None:
        super().__init__(why.explanation, field="url", why=str(why))
        self.why = why
