"""One HTTP exchange, bounded in time and bytes. Redirects are followed on the services alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

import requests
from requests import exceptions as failures
from urllib3 import exceptions as wire_failures

from pipeline.fetch.credentials import KEY_LOCATIONS, mask_logs
from pipeline.fetch.deadline import DeadlineAdapter, deadline
from pipeline.fetch.exchange import ClientSettings, Clock, Transport, TransportReply
from pipeline.fetch.hosts import group_of, target, without_key
from pipeline.model.errors import (
    INSECURE,
    SENT_AWAY,
    FetchError,
    InterceptedError,
    UnreachedError,
    UsageError,
)
from pipeline.model.services import Reply, Request
from pipeline.settings.keys import Secret

MAX_REDIRECTS = 5
LATE = "the answer did not end in time"
_CHUNK_BYTES = 1 << 16
_MOVED = {301, 302, 303, 307, 308}
_FAILURES = (failures.RequestException, wire_failures.HTTPError, HTTPException, OSError, ValueError)
_UNREACHED = (
    wire_failures.NewConnectionError,
    wire_failures.ConnectTimeoutError,
    wire_failures.ProxyError,
)
_INSECURE = (failures.SSLError, wire_failures.SSLError)
_WORDS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((failures.Timeout, wire_failures.TimeoutError, TimeoutError), "no answer came in time"),
    (_INSECURE, INSECURE),
    ((failures.ContentDecodingError, wire_failures.DecodeError), "the answer cannot be unpacked"),
    ((failures.ChunkedEncodingError, wire_failures.ProtocolError), "the answer broke off"),
    ((failures.ConnectionError, OSError), "the connection failed or broke"),
)


class Session(requests.Session):
    """A session that leaves redirects alone: it would read their bodies without bounds."""

    def __init__(self) -> None:
        self.adapter = DeadlineAdapter()
        super().__init__()

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Never one."""


def new_session(settings: ClientSettings) -> Session:
    """A session that keeps no cookies. Only real hosts are asked through the system's proxy."""
    mask_logs()
    session = Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, session.adapter)
    session.trust_env = not settings.hosts
    session.headers["User-Agent"] = user_agent(settings.contact)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return session


def user_agent(contact: str | None) -> str:
    """What this program calls itself, with the mail address of a person, if one is known.

    Raises UsageError for what cannot be a mail address.
    """
    if contact and not re.fullmatch(r"[!-~]+@[!-~]+", contact):
        raise UsageError(f"{contact!r} is no mail address. Give one like name@example.org.")
    name = f"arxiv-digest-graph/{version('arxiv-digest-graph')}"
    return f"{name} (mailto:{contact})" if contact else name


def exchanging(session: Session, settings: ClientSettings, clock: Clock) -> Transport:
    """Exchanges over HTTP: a GET, or a POST of JSON where the request has a body.

    They raise FetchError: with the status where the reply is too large, without one where no
    whole reply came; UnreachedError where there was not even a connection. No error holds, or
    comes from, what requests raised: that names the key.
    """

    def sent_and_received(request: Request) -> TransportReply:
        place = target(request.url, settings.hosts)
        secret = secret_for(request.url, place, settings)
        credential = _credential(secret, group_of(request.url).name)
        ends_s = clock.steady_s() + settings.whole_s
        try:
            with (
                deadline(session.adapter, settings.whole_s) as is_over,
                closing(_sent(session, request, place, credential, settings)) as response,
            ):
                content = _content(
                    response, request.url, settings.max_bytes, lambda: clock.steady_s() > ends_s
                )
                if is_over():
                    raise TimeoutError
            headers = {name.lower(): value for name, value in response.headers.items()}
            media_type = headers.get("content-type", "").split(";")[0].strip().lower()
            # A service may repeat the key, in a redirect or in an error that it explains.
            hidden = secret.hidden if secret else bytes
            return TransportReply(
                Reply(response.status_code, media_type, hidden(content)),
                {name: hidden(value.encode()).decode() for name, value in headers.items()},
            )
        except _FAILURES as error:
            late = is_over()
            unreached, reason = not late and _is_unreached(error), _in_words(error)
            insecure = isinstance(error, _INSECURE)
        if late:
            raise FetchError(request.url, LATE)
        if unreached:
            raise UnreachedError(request.url)
        raise (InterceptedError if insecure else FetchError)(request.url, reason)

    return sent_and_received


def following(wire: Transport) -> Transport:
    """Exchanges that go where a service sends them on to, at most five times, within the service.

    Raises FetchError, with the status of the redirect, for any other redirect.
    """

    def followed(request: Request) -> TransportReply:
        for _ in range(MAX_REDIRECTS + 1):
            answered = wire(request)
            if answered.reply.status not in _MOVED or "location" not in answered.headers:
                return answered
            request = _onward(request, answered)
        raise FetchError(request.url, "redirected too often", answered.reply.status)

    return followed


def _onward(request: Request, answered: TransportReply) -> Request:
    status = answered.reply.status
    place = _place_of(request.url, answered.headers["location"])
    if place is None or (request.body is not None and status not in {307, 308}):
        raise InterceptedError(request.url, SENT_AWAY, status)
    return replace(request, url=without_key(place))


def _place_of(url: str, location: str) -> str | None:
    """The whole address that a redirect names; None where it may not be followed."""
    try:
        place = urljoin(url, location)
        within = group_of(place) is group_of(url)
    except (FetchError, ValueError):
        return None
    downgraded = url.startswith("https:") and not place.startswith("https:")
    return place if within and not downgraded else None


def _sent(
    session: Session,
    request: Request,
    place: str,
    credential: Callable[[requests.PreparedRequest], requests.PreparedRequest],
    settings: ClientSettings,
) -> requests.Response:
    body = request.body
    return session.request(
        "GET" if body is None else "POST",
        place,
        data=body,
        headers=None if body is None else {"Content-Type": "application/json"},
        auth=credential,
        timeout=(settings.connect_s, settings.read_s),
        allow_redirects=False,
        stream=True,
    )


def secret_for(url: str, place: str, settings: ClientSettings) -> Secret | None:
    """The key to send, which never goes over the open network in clear text."""
    name = group_of(url).name
    clear = urlsplit(url).hostname == urlsplit(place).hostname and not place.startswith("https:")
    return None if clear or name not in KEY_LOCATIONS else settings.credentials.get(name)


def _credential(
    secret: Secret | None, name: str
) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    """What puts the key of a service into a request. Without one, it changes nothing.

    Being there at all, it keeps requests from looking for passwords in `~/.netrc`.
    """

    def keyed(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        if secret is not None:
            _put(secret, name, prepared)
        return prepared

    return keyed


def _put(secret: Secret, name: str, prepared: requests.PreparedRequest) -> None:
    place = KEY_LOCATIONS[name]
    if place.kind == "header":
        prepared.headers[place.name] = secret.revealed()
    else:
        prepared.prepare_url(prepared.url, {place.name: secret.revealed()})


def _content(
    response: requests.Response, url: str, max_bytes: int, is_late: Callable[[], bool]
) -> bytes:
    too_large = FetchError(url, f"the answer has over {max_bytes:,} bytes", response.status_code)
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > max_bytes:
        raise too_large
    content = bytearray()
    # read1 returns at each arrival, so that a reply that drips cannot outlast the deadline.
    while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
        content += chunk
        if len(content) > max_bytes:
            raise too_large
        if is_late():
            raise FetchError(url, LATE)
    return bytes(content)


def _in_words(error: Exception) -> str:
    for kinds, words in _WORDS:
        if isinstance(error, kinds):
            return words
    return f"the answer cannot be read ({type(error).__name__})"


def _is_unreached(error: Exception) -> bool:
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(cause, _UNREACHED)
