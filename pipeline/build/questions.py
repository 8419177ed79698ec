"""What is asked about papers, of the catalogue and of which service, once they are matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.build.local_sources import LocalSources
from pipeline.build.network import Network
from pipeline.model.ids import published_key
from pipeline.model.records import Facts, Match, Skip
from pipeline.sources import SERVICES, arxiv_api, inspire

INSPIRE_ARCHIVES = ("hep-", "astro-ph", "gr-qc", "nucl-", "physics.", "quant-ph")
"""The archives whose papers INSPIRE holds."""


def named_ids(found: Iterable[Match]) -> list[str]:
    """The arXiv ids that entries are, and those that their commentary mentions, in order."""
    named: set[str] = set()
    for match in found:
        named.update(filter(None, (match.arxiv_id, *(m.arxiv_id for m in match.entry.mentions))))
    return sorted(named)


def facts_of_papers(
    arxiv_ids: Sequence[str],
    bundled_facts: Iterable[Facts],
    local: LocalSources,
    network: Network | None,
) -> Iterator[Facts | Skip]:
    """What the catalogue and the services say of papers, beside the facts that ship.

    A service is not asked for a paper whose facts ship: those hold what all of them say of it.
    """
    shipped = {facts.arxiv_id for facts in bundled_facts}
    others = [arxiv_id for arxiv_id in arxiv_ids if arxiv_id not in shipped]
    known = list(local.facts_of(arxiv_ids))
    yield from known
    if network is None:
        return
    local_facts = [record for record in known if isinstance(record, Facts)]
    first = network.facts_of(first_questions(others, local_facts))
    yield from first
    yield from network.facts_of(second_questions(others, [*local_facts, *first]))


def first_questions(arxiv_ids: Sequence[str], known: Iterable[Facts]) -> dict[str, Sequence[str]]:
    """The keys that each service is asked for at once, by its name."""
    whole = {f.arxiv_id for f in known if f.title and f.authors and f.abstract}
    wanted = dict.fromkeys((s.name for s in SERVICES if s.keyed_by == "arxiv_id"), arxiv_ids)
    wanted[arxiv_api.NAME] = [i for i in arxiv_ids if i not in whole]
    del wanted[inspire.NAME]
    return wanted


def second_questions(arxiv_ids: Sequence[str], known: Iterable[Facts]) -> dict[str, Sequence[str]]:
    """The keys that services are asked for once categories and published DOIs are known."""
    dois: dict[str, str] = {}
    physics = set()
    for facts in known:
        if facts.doi:
            dois.setdefault(facts.arxiv_id, facts.doi)
        if any(category.startswith(INSPIRE_ARCHIVES) for category in facts.categories or ()):
            physics.add(facts.arxiv_id)
    published = [published_key(i, dois[i]) for i in arxiv_ids if i in dois]
    wanted: dict[str, Sequence[str]] = dict.fromkeys(
        (s.name for s in SERVICES if s.keyed_by == "published_doi"), published
    )
    wanted[inspire.NAME] = [i for i in arxiv_ids if i in physics]
    return wanted
