"""Connections that reach public addresses only, and end in time."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore2
import httpx2

from verbale.errors import SourceError

FAILURES = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    httpx2.RequestError,
)
TIMEOUTS = (httpcore2.TimeoutException, httpx2.TimeoutException)

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and so does any IPv4 address inside it.

    Args:
        address: as `getaddrinfo` gives it.
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and (found.ipv4_mapped or found in _NAT64):
        return _is_public(IPv4Address(int(found) & 0xFFFFFFFF))  # no more than another way to write it
    return all(map(_is_public, (found, *_inside(found))))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    special = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )
    return address.is_global and not special


def _inside(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that a tunnel's address leads to."""
    if isinstance(address, IPv6Address):
        if address.sixtofour:
            yield address.sixtofour
        yield from address.teredo or ()


class Backend(httpcore2.NetworkBackend):
    """Resolves a name, refuses addresses that are not public, and connects to those that it checked.

    The name is resolved once a connection, so that an answer that changes between check and use
    (DNS rebinding) changes nothing; Host header and certificate still go by the name.
    """

    def __init__(self, subject: str, allow_private: bool, seconds: float) -> None:
        self._subject = subject
        self._allow_private = allow_private
        self._deadline = time.monotonic() + seconds
        self._tcp = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a name that answers."""
        addresses = self._resolve(host, port)
        for tried, address in enumerate(addresses, start=1):
            # One dead address must not use up the time of all.
            fair = left(self._deadline) / (len(addresses) - tried + 1)
            try:
                stream = self._tcp.connect_tcp(address, port, fair, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if tried == len(addresses):
                    raise
            else:
                return _Stream(stream, self._deadline)
        raise httpcore2.ConnectError("no address")

    def _resolve(self, host: str, port: int) -> tuple[str, ...]:
        try:
            answers = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            what = f"the name {host} leads nowhere"
            raise SourceError("no-answer", self._subject, what, "check the address") from None
        addresses = tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))
        private = next((address for address in addresses if not is_public(address)), None)
        if private and not self._allow_private:
            what = f"{host} leads to a private address ({private})"
            raise SourceError("private", self._subject, what, "allow it with --allow-private if you trust it")
        return addresses


class _Stream(httpcore2.NetworkStream):
    """A connection whose every wait ends at the deadline, however slowly the bytes drip."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, left(self._deadline))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def left(deadline: float) -> float:
    """The seconds until a deadline on the monotonic clock.

    Raises:
        httpcore2.ReadTimeout: it has passed.
    """
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore2.ReadTimeout("the time is up")
    return seconds


class Transport(httpx2.BaseTransport):
    """Carries httpx2's requests over a backend of our own; httpx2's transport takes none."""

    def __init__(self, backend: httpcore2.NetworkBackend) -> None:
        context = httpx2.create_ssl_context()
        self._pool = httpcore2.ConnectionPool(ssl_context=context, network_backend=backend)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request (none of ours has a body) and hand back the answer, its body still unread."""
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore2.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()
