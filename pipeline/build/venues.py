"""Where papers appeared: who is asked of those of which neither a venue nor a DOI is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model.folding import folded_title
from pipeline.model.records import Facts
from pipeline.sources import acl_anthology, datacite, dblp, openreview
from pipeline.sources.titled_works import titled_key

MOST_SEARCHED = 500
"""So many papers are looked for by title, at services that take one title a request."""
ARCHIVES = {
    dblp.NAME: ("cs.", "stat.", "eess."),
    openreview.NAME: ("cs.", "stat.", "eess."),
    acl_anthology.NAME: ("cs.CL", "cs.AI", "cs.LG", "cs.IR", "cs.CV", "cs.SD", "eess.AS", "cmp-lg"),
}
"""The categories whose papers each service has."""


def questions_on_venues(ids: Sequence[str], facts_at_hand: Iterable[Facts]) -> dict[str, list[str]]:
    """The keys each service is asked for, by name, about papers of no venue in `facts_at_hand`.

    A DOI leads to Crossref, which knows the venue. DataCite is asked for the DOI of any paper
    without one; the others, by title and authors, where no venue is known either.
    """
    asked, dois, venues = set(ids), set[str](), set[str]()
    keys: dict[str, str] = {}
    categories: dict[str, tuple[str, ...]] = {}
    for facts in facts_at_hand:
        if facts.arxiv_id not in asked:
            continue
        dois |= {facts.arxiv_id} if facts.doi else set()
        venues |= {facts.arxiv_id} if facts.venue else set()
        if facts.arxiv_id not in keys and facts.title and facts.authors:
            keys |= _key_of(facts)
        if facts.categories:
            categories.setdefault(facts.arxiv_id, facts.categories)
    wanted = {datacite.NAME: [i for i in ids if i in keys and i not in dois]}
    nowhere = [i for i in wanted[datacite.NAME] if i not in venues]
    for name, archives in ARCHIVES.items():
        ids_of_archive = [
            i for i in nowhere if any(c.startswith(archives) for c in categories.get(i, ()))
        ]
        wanted[name] = [keys[i] for i in ids_of_archive]
    for name in (dblp.NAME, openreview.NAME):
        wanted[name] = wanted[name][:MOST_SEARCHED]
    return wanted


def _key_of(facts: Facts) -> dict[str, str]:
    """What a paper is looked for by, under its id; nothing where nothing is left of its title."""
    title, authors = facts.title or "", facts.authors or ()
    key = titled_key(facts.arxiv_id, title, authors)
    return {facts.arxiv_id: key} if folded_title(title) else {}
