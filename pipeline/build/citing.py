"""What is to be asked about works that papers cite, the most cited first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.build.network import Network, Wanted
from pipeline.model.folding import folded_title, title_words
from pipeline.model.records import Facts, Reference
from pipeline.sources import (
    arxiv_api,
    arxiv_titles,
    crossref_titles,
    crossref_works,
    semantic_scholar_works,
)

MOST_TITLES, TITLES_A_PAPER = 500, 5
"""So many titles are looked for, and no more than so many for each paper whose list is known."""
FEWEST_WORDS = 3
"""A shorter title is no proof of a work."""
FIRST_YEAR = 1991
"""arXiv has nothing that is older."""

Citing = tuple[str, Reference]
"""The arXiv id of a paper, and a work that it cites."""


class Sought(NamedTuple):
    """What is not known of works: the names of ids and DOIs, whether an id is right, the ids."""

    arxiv_ids: Sequence[str] = ()
    dois: Sequence[str] = ()
    titles: Sequence[str] = ()
    old_titles: frozenset[str] = frozenset()


def citations(facts: Iterable[Facts], changed: Mapping[Reference, Reference]) -> Iterator[Citing]:
    """Who cites what, each work as `changed` has it now."""
    return ((f.arxiv_id, changed.get(work, work)) for f in facts for work in f.references or ())


def is_bare(reference: Reference) -> bool:
    """Whether a reference has a title and no id."""
    return bool(reference.title) and not reference.arxiv_id and not reference.doi


def sought_titles(cited: Iterable[Citing]) -> dict[str, str]:
    """The titles that are worth looking for, by their folded form, the most cited first."""
    printed: dict[str, str] = {}
    citing: defaultdict[str, set[str]] = defaultdict(set)
    papers = set()
    for paper, work in cited:
        papers.add(paper)
        if is_bare(work) and len(title_words(work.title or "")) >= FEWEST_WORDS:
            folded = folded_title(work.title or "")
            printed.setdefault(folded, work.title or "")
            citing[folded].add(paper)
    most = most_titles(len(papers))
    return {folded: printed[folded] for folded in _most_first(citing)[:most]}


def most_titles(papers: int) -> int:
    """So many titles are looked for at most where so many papers have a list."""
    return min(MOST_TITLES, TITLES_A_PAPER * papers)


def sought(cited: Iterable[Citing], unchecked: Iterable[str], titles: Sequence[str]) -> Sought:
    """What is to be asked for; `unchecked` are printed ids whose papers are not known."""
    citing: defaultdict[str, set[str]] = defaultdict(set)
    titled_ids, old = set(), set()
    for paper, work in cited:
        work_id = work.arxiv_id or work.doi
        if work_id:
            citing[work_id].add(paper)
            titled_ids |= {work_id} if work.title else set()
        elif work.title and work.year and work.year < FIRST_YEAR:
            old.add(work.title)
    bare = [work_id for work_id in _most_first(citing) if work_id not in titled_ids]
    dois = [work_id for work_id in bare if work_id.startswith("10.")]
    ids = [work_id for work_id in bare if not work_id.startswith("10.")]
    unchecked_ids = sorted(
        set(unchecked) - set(ids), key=lambda work_id: (-len(citing[work_id]), work_id)
    )
    return Sought([*ids, *unchecked_ids], dois, titles, frozenset(old))


def _most_first(citing: Mapping[str, set[str]]) -> list[str]:
    return sorted(citing, key=lambda work_id: (-len(citing[work_id]), work_id))


def questions_on_works(sought: Sought, network: Network) -> Wanted:
    """The keys that each service is asked for about works, by its name.

    What one knows the next is not asked for: Crossref before Semantic Scholar, arXiv before both.
    """
    wanted: dict[str, Sequence[str]] = {arxiv_api.NAME: sought.arxiv_ids}
    wanted[crossref_works.NAME] = dois = sought.dois
    if network.has(crossref_works.SOURCE):
        dois = _unknown_to_crossref(dois, network)
    wanted[semantic_scholar_works.NAME] = dois
    titles = sought.titles
    wanted[arxiv_titles.NAME] = young = [t for t in titles if t not in sought.old_titles]
    if network.has(arxiv_titles.SOURCE):
        open_ones = set(network.answers.unsaid(arxiv_titles.SOURCE, young))
        titles = [title for title in titles if title not in open_ones]
    wanted[crossref_titles.NAME] = titles
    return wanted


def _unknown_to_crossref(dois: Sequence[str], network: Network) -> list[str]:
    answer_of_doi = network.answers.known(crossref_works.SOURCE, dois)
    return [doi for doi in dois if doi in answer_of_doi and answer_of_doi[doi].state == "unknown"]
