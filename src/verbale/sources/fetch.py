"""One address → Source: politely, within limits, and never into a private network unasked."""

from __future__ import annotations

import httpx2
from protego import Protego

import verbale
from verbale.errors import SourceError
from verbale.sources.limits import too_large
from verbale.sources.media import DOCX, ENDINGS, HTML, PDF, PLAIN, READABLE, media_type
from verbale.sources.network import FAILURES, TIMEOUTS, Backend, Transport
from verbale.sources.options import SourceOptions
from verbale.types import Known, Source

MAX_REDIRECTS = 5
_ROBOTS_BYTES = 500_000  # RFC 9309 asks for 500 KiB at least
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"
_SAID = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": PLAIN,
    "application/pdf": PDF,
    DOCX: DOCX,
}
_UNSAID = ("", "application/octet-stream", "binary/octet-stream", "application/x-download")


def fetch(named: str, options: SourceOptions) -> Source:
    """Fetch one page or file.

    Proxies of the environment are not used: the address that was checked must be the one connected to.

    Args:
        named: an http or https address.
        options: limits and manners.

    Raises:
        SourceError: it does not answer, answers with an error, is disallowed, too large, or private.
    """
    agent = options.user_agent or f"Verbale/{verbale.version()} (reads the pages that its user names)"
    transport = Transport(Backend(named, options.allow_private, options.timeout))
    headers = {"User-Agent": agent, "Accept": _ACCEPT}
    try:
        # Waits are limited by the transport, all together: hence no time-outs of the client's own.
        with httpx2.Client(transport=transport, headers=headers, timeout=None, trust_env=False) as client:
            return _Visit(named, client, options).page()
    except httpx2.InvalidURL as error:
        raise SourceError("address", named, f"is no address, or leads to none ({error})") from None
    except TIMEOUTS:
        what = f"did not answer in full within {options.timeout:g} s"
        raise SourceError("timeout", named, what, "try again later") from None
    except FAILURES as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SourceError("no-answer", named, f"did not answer ({reason})", "check the address") from None


class _Visit:
    """The requests that one address takes."""

    def __init__(self, named: str, client: httpx2.Client, options: SourceOptions) -> None:
        self._named = named
        self._client = client
        self._options = options
        self._robots: dict[str, Protego] = {}

    def page(self) -> Source:
        """Fetch the page, asking the robots.txt of each site on the way."""
        address = httpx2.URL(self._named)
        for _ in range(MAX_REDIRECTS + 1):
            self._check(address)
            if self._options.obey_robots:
                self._ask(address)
            with self._client.stream("GET", address) as answer:
                if answer.has_redirect_location:
                    address = address.join(answer.headers["location"])
                    continue
                if answer.status_code != httpx2.codes.OK:
                    what = f"answered {answer.status_code} {answer.reason_phrase}".rstrip()
                    raise self._error("http", what)
                return self._source(answer)
        raise self._error("redirects", f"redirects more than {MAX_REDIRECTS} times")

    def _check(self, address: httpx2.URL) -> None:
        if address.scheme not in ("http", "https") or not address.host:
            what = f"leads to {str(address)[:200]!r}, which is not an http or https address"
            raise self._error("scheme", what)

    def _ask(self, address: httpx2.URL) -> None:
        """Ask the site's robots.txt whether this page may be read (RFC 9309)."""
        site = str(address.copy_with(raw_path=b"/robots.txt", fragment=None))
        if site not in self._robots:
            self._robots[site] = Protego.parse(self._rules(httpx2.URL(site)))
        if not self._robots[site].can_fetch(str(address), self._client.headers["User-Agent"]):
            remedy = "save the page with a browser and name the file"
            raise self._error("robots", f"{address.host} asks robots not to read it (robots.txt)", remedy)

    def _rules(self, address: httpx2.URL) -> str:
        for _ in range(MAX_REDIRECTS + 1):
            self._check(address)
            with self._client.stream("GET", address) as answer:
                if answer.has_redirect_location:
                    address = address.join(answer.headers["location"])
                    continue
                if answer.is_server_error:  # "unreachable", which counts as "no"
                    what = f"the robots.txt of {address.host} cannot be read (answered {answer.status_code})"
                    raise self._error("robots", what, "try again later")
                if not answer.is_success:  # there is none, so that all may be read
                    return ""
                return self._read(answer, _ROBOTS_BYTES)[:_ROBOTS_BYTES].decode(errors="replace")
        return ""

    def _source(self, answer: httpx2.Response) -> Source:
        limit = self._options.max_bytes
        declared = answer.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
            raise too_large(self._named, limit, int(declared[:20]))
        said = self._said(answer)
        data = self._read(answer, limit)
        if len(data) > limit:
            raise too_large(self._named, limit)
        kind = media_type(self._named, data, said)
        charset = (answer.charset_encoding or "").strip("\"'").lower()
        if kind in (HTML, PLAIN) and charset not in ("", "utf-8", "utf8"):
            kind = f"{kind}; charset={charset}"
        url = str(answer.url.copy_with(fragment=None, username="", password=""))
        return Source(self._named, kind, data, Known(url=url, retrieved=self._options.clock()))

    def _said(self, answer: httpx2.Response) -> str | None:
        """The type that the server gives, else the one that the address ends in."""
        said = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if said in _UNSAID:
            ending = answer.url.path.lower().rpartition(".")[2]
            return ENDINGS.get(f".{ending}")
        if said not in _SAID and not said.startswith("text/"):
            raise self._error("media-type", f"is {said[:80]}", f"{READABLE} can be read")
        return _SAID.get(said)

    def _read(self, answer: httpx2.Response, limit: int) -> bytes:
        """Read a body, decompressed piece by piece, to just beyond the limit."""
        data = bytearray()
        for piece in answer.iter_bytes():
            data += piece
            if len(data) > limit:
                break
        return bytes(data)

    def _error(self, code: str, what: str, remedy: str = "") -> SourceError:
        return SourceError(code, self._named, what, remedy)
