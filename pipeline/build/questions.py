"""What is asked about papers, of the catalogue and of which service, by what is known so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.build.citing import Sought, questions_on_works
from pipeline.build.matching import questions_on_entries
from pipeline.build.network import Network, Wanted
from pipeline.build.venues import questions_on_venues
from pipeline.model.ids import published_key
from pipeline.model.records import Facts, Match, Skip
from pipeline.model.services import Source
from pipeline.sources import (
    BY_CHOICE,
    IN_ORDER_OF_WORTH,
    SERVICES,
    VENUES,
    WORK_SEARCHES,
    WORKS,
    arxiv_api,
    arxiv_titles,
    datacite,
    eprint,
    inspire,
    openalex,
)

INSPIRE_ARCHIVES = ("hep-", "astro-ph", "gr-qc", "nucl-", "physics.", "quant-ph")
"""The archives whose papers INSPIRE holds."""
GIVING_REFERENCES = ("semantic_scholar", "inspire", "opencitations", "crossref", "eprint")
"""The services that know what a paper cites."""
LATER = (arxiv_api.SOURCE, *WORKS, *VENUES, *BY_CHOICE, arxiv_titles.SOURCE, *WORK_SEARCHES)
"""What a host is asked when it has nothing else to do: names of works, by choice, their titles."""
LARGE_BATCH = 100
"""A service that takes so many keys at once waits for them while titles are still looked for."""


class LocalKnowledge(NamedTuple):
    """What is known of papers without a service: entries as they are matched, and facts at hand.

    `shipped` are the ids of papers whose facts ship, `reaches` the newest day of the catalogue.
    """

    matched: list[Match]
    facts: Sequence[Facts]
    shipped: frozenset[str]
    reaches: date | None


class AtHand(NamedTuple):
    """What is known by now, and what is wanted of each service about papers.

    `facts` are all of these, with what is known of works that papers cite; `sought` is what is not.
    `skips` are the records that were left out on the way here, `news` how many answers there were,
    and `told` what these say of papers.
    """

    known: LocalKnowledge
    facts: Sequence[Facts]
    wanted: Wanted
    sought: Sought
    skips: tuple[Skip, ...]
    news: int = 0
    told: Sequence[Facts] = ()


def named_ids(matches: Iterable[Match]) -> list[str]:
    """The arXiv ids that entries are or print, and those that they mention, in order."""
    ids: set[str] = set()
    for match in matches:
        mentioned = (mention.arxiv_id for mention in match.entry.mentions)
        ids.update(filter(None, (match.arxiv_id or match.entry.arxiv_id, *mentioned)))
    return sorted(ids)


def questions_on_papers(known: LocalKnowledge, network: Network) -> Wanted:
    """The keys that each service is asked for about papers, by its name.

    Of a paper whose facts ship, only references that are not known are asked for.
    """
    ids = named_ids(known.matched)
    listed = {facts.arxiv_id for facts in known.facts if facts.references}
    others = [i for i in ids if i not in known.shipped]
    unlisted = [i for i in ids if i in known.shipped and i not in listed]
    everything = _by_service(others, known, network)
    references = _by_service(unlisted, known, network) if unlisted else {}
    return {
        name: [*keys, *(references.get(name, ()) if name in GIVING_REFERENCES else ())]
        for name, keys in everything.items()
    }


def _by_service(
    ids: Sequence[str], known: LocalKnowledge, network: Network
) -> dict[str, list[str]]:
    by_id = {s.name: list(ids) for s in SERVICES if s.keyed_by == "arxiv_id"}
    described_ids = {f.arxiv_id for f in known.facts if f.title and f.authors and f.abstract}
    by_id[arxiv_api.NAME] = [i for i in ids if i not in described_ids]
    by_id[eprint.NAME] = _read_first_unlisted(ids, known, network)
    by_id.pop(datacite.NAME)
    all_facts = [*known.facts, *_first_told(by_id, network)]
    physics = {f.arxiv_id for f in all_facts if any(map(_is_physics, f.categories or ()))}
    by_id[inspire.NAME] = [i for i in ids if i in physics]
    venues = questions_on_venues(_settled_first(ids, network), all_facts)
    dois: dict[str, str] = {}
    for facts in (*all_facts, *network.facts_of(venues)):
        if facts.doi:
            dois.setdefault(facts.arxiv_id, facts.doi)
    published = [published_key(i, dois[i]) for i in ids if i in dois]
    by_doi = {s.name: published for s in SERVICES if s.keyed_by == "published_doi"}
    return by_id | venues | by_doi


def _is_physics(category: str) -> bool:
    return category.startswith(INSPIRE_ARCHIVES)


def _settled_first(ids: Sequence[str], network: Network) -> list[str]:
    """The papers of which OpenAlex, which mostly knows where they appeared, said what it knows."""
    if not network.has(openalex.SOURCE):
        return list(ids)
    unsaid = set(network.answers.unsaid(openalex.SOURCE, ids))
    return [arxiv_id for arxiv_id in ids if arxiv_id not in unsaid]


def _first_told(by_id: Wanted, network: Network) -> list[Facts]:
    """What services said of papers that are asked for by id."""
    return network.facts_of({k: v for k, v in by_id.items() if k != inspire.NAME})


def _read_first_unlisted(ids: Sequence[str], known: LocalKnowledge, network: Network) -> list[str]:
    """The papers that were read, those first of which no references are known."""
    read = {match.arxiv_id for match in known.matched}
    chosen = [arxiv_id for arxiv_id in ids if arxiv_id in read]
    listing = [
        s for s in network.services if s.name in GIVING_REFERENCES and s.keyed_by == "arxiv_id"
    ]
    listed = {
        facts.arxiv_id
        for source in listing
        if source is not eprint.SOURCE
        for facts in network.answers.facts_of(source, chosen)
        if facts.references
    }
    return sorted(chosen, key=lambda arxiv_id: arxiv_id in listed)


def to_ask_now(now: AtHand, network: Network) -> dict[Source, list[str]]:
    """What is to be asked for next, beside what is being asked already.

    What is asked by choice, about venues, and about works that papers cite, waits until its host
    has nothing else to do; about venues also until titles are found and OpenAlex has answered. A
    batch that is not full waits for titles that are still looked for, as those may be papers of it.
    """
    missing = network.missing(_wanted(now, network))
    usual = {s: keys for s, keys in missing.items() if s not in (*VENUES, *BY_CHOICE)}
    if any(s in missing or network.asker.asks(s) for s in network.title_searches()):
        usual = {s: full for s, keys in usual.items() if (full := _full_batches(s, keys, network))}
    first = [s for s in (arxiv_titles.SOURCE, openalex.SOURCE) if network.has(s)]
    unsettled = any(s in missing or network.asker.asks(s) for s in first)
    after = BY_CHOICE if unsettled else (*VENUES, *BY_CHOICE)
    extra = {s: keys for s, keys in missing.items() if s in after}
    later = extra | network.missing(questions_on_works(now.sought, network))
    hosts = {network.asker.host_of(source, keys) for source, keys in usual.items()}
    for source in (s for s in LATER if s in later):
        if network.asker.is_free(source, later[source], hosts):
            usual[source] = later[source]
            hosts.add(network.asker.host_of(source, later[source]))
    return usual


def all_to_ask(now: AtHand, network: Network) -> dict[Source, list[str]]:
    """All that is not known, whosever turn it is: what is not asked where nobody may be."""
    works = network.missing(questions_on_works(now.sought, network))
    return network.missing(_wanted(now, network)) | works


def _wanted(now: AtHand, network: Network) -> Wanted:
    on_entries = questions_on_entries(now.known.matched, now.known.reaches, network)
    return {s.name: _both(s.name, on_entries, now.wanted) for s in IN_ORDER_OF_WORTH}


def _both(name: str, first: Wanted, second: Wanted) -> list[str]:
    return [*first.get(name, ()), *second.get(name, ())]


def _full_batches(source: Source, keys: list[str], network: Network) -> list[str]:
    """The keys that fill whole batches; all of them where a source is asked for the first time."""
    if source.max_keys < LARGE_BATCH or source.name not in network.answers.asked():
        return keys
    return keys[: len(keys) - len(keys) % source.max_keys]
