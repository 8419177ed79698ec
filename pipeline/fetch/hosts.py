"""The services that may be asked, how often, and at which hosts. Every other host is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.fetch.credentials import KEY_LOCATIONS
from pipeline.model.errors import FetchError
from pipeline.model.plug_ins import plugged_sources

# Nothing that two readers of addresses could read differently: no user, port, or backslash.
_URL = re.compile(r"(https?)://([a-z0-9.-]+)((?:[/?][!-\[\]-~]*)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HostGroup:
    """The hosts of one service, in lower case, and how it wants to be asked.

    `gap_s` lies between two requests, `keyless_gap_s` where no key is known. A group that is
    asked `one_at_a_time` has a single connection over all processes. `first_rest_s` is for how
    long a refusal that names no time is waited out at first; None: as long as any refusal.
    After `short_rests` refusals in a row it is left alone for longer.
    """

    name: str
    hosts: tuple[str, ...]
    gap_s: float
    keyless_gap_s: float | None = None
    one_at_a_time: bool = False
    first_rest_s: float | None = None
    short_rests: int = 3


OWN_GROUPS = (
    # https://info.arxiv.org/help/api/tou.html: one in three seconds, all its hosts together.
    HostGroup(
        "arxiv",
        ("export.arxiv.org", "oaipmh.arxiv.org", "arxiv.org", "rss.arxiv.org"),
        3.1,
        one_at_a_time=True,
    ),
    # Without a key most requests are refused, and backing off is asked for, not resting.
    HostGroup(
        *("semantic_scholar", ("api.semanticscholar.org",), 1.1, 3.0),
        first_rest_s=20.0,
        short_rests=8,
    ),
    HostGroup("openalex", ("api.openalex.org",), 0.12),
    HostGroup("opencitations", ("api.opencitations.net", "opencitations.net"), 1.0),
    HostGroup("inspire", ("inspirehep.net",), 0.4),
    # Lists are answered three times a second.
    HostGroup("crossref", ("api.crossref.org",), 0.35),
    HostGroup("hugging_face", ("huggingface.co",), 0.7),
    # https://support.datacite.org/docs/is-there-a-rate-limit-for-making-requests-against-the-datacite-apis
    HostGroup("datacite", ("api.datacite.org",), 0.6),
    # https://dblp.org/faq/Am+I+allowed+to+crawl+the+dblp+website.html
    HostGroup("dblp", ("dblp.org",), 2.0),
    # One file of 13 MB for all papers at once.
    HostGroup("acl_anthology", ("aclanthology.org",), 60.0),
    HostGroup("openreview", ("api2.openreview.net",), 1.5),
)

GROUPS = (
    *OWN_GROUPS,
    *(
        HostGroup(source.name, source.service.hosts, source.service.gap_s)
        for source in plugged_sources()
        if source.service
    ),
)
"""Those of this package, and those of sources that other packages add."""

_BY_HOST = {host: group for group in reversed(GROUPS) for host in group.hosts}


ANSWER_S = 1.0
"""How long an answer takes, where one has to be waited for."""


def pace_s(group: HostGroup, gap_s: float) -> float:
    """The seconds from one request to the next at least, if the service does not refuse."""
    return gap_s + ANSWER_S if group.one_at_a_time else gap_s


def asking_s(requests: int, each_s: float) -> float:
    """The seconds that so many requests to one host take at least, `each_s` from one to the next.

    The last is waited for, and no pause follows it.

    >>> asking_s(0, 60.0), asking_s(1, 60.0), asking_s(3, 4.0)
    (0.0, 1.0, 9.0)
    """
    return (requests - 1) * each_s + ANSWER_S if requests else 0.0


def group_of(url: str) -> HostGroup:
    """The group of the service that an address belongs to.

    Raises FetchError for any other host, and for an address that is not plain: `http(s)://`,
    a host, a path and a query, in ASCII.
    """
    match = _URL.fullmatch(url)
    group = _BY_HOST.get(match[2].lower()) if match else None
    if group is None:
        raise FetchError(url, "this is the address of none of the services, so it is not asked")
    return group


def target(url: str, hosts: Mapping[str, str]) -> str:
    """The address to connect to: that of `url`, or of what `hosts` puts in its place.

    Raises FetchError as `group_of` does.
    """
    group_of(url)
    scheme, host, rest = _URL.fullmatch(url).groups()  # type: ignore[union-attr]
    instead = hosts.get(host.lower())
    return f"{scheme}://{host.lower()}{rest}" if instead is None else instead.rstrip("/") + rest


def without_key(url: str) -> str:
    """The address without the key that a service may have written into a redirect."""
    place = KEY_LOCATIONS.get(group_of(url).name)
    if place is None or place.kind != "query" or f"{place.name}=" not in url:
        return url
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    other_pairs = [(name, value) for name, value in pairs if name != place.name]
    return urlunsplit(parts._replace(query=urlencode(other_pairs)))
