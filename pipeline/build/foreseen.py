"""What follows from answers, foreseen: papers behind titles, published versions, cited works.

By shares that hold for arXiv as a whole, so that a plan is told whole before anything is asked. It
is right to a factor of two or so, and more than is asked where a field or a vault is unlike most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.build.citing import MOST_TITLES, TITLES_A_PAPER
from pipeline.build.network import Network
from pipeline.build.questions import GIVING_REFERENCES
from pipeline.build.venues import MOST_SEARCHED
from pipeline.model.services import Source
from pipeline.sources import (
    SERVICES,
    TITLE_SEARCHES,
    VENUES,
    acl_anthology,
    arxiv_titles,
    crossref,
    crossref_titles,
    crossref_works,
    datacite,
    dblp,
    inspire,
    opencitations,
    openreview,
    semantic_scholar_titles,
)

FOUND = 0.8
"""Of the titles that a digest prints without an id, those that arXiv has."""
WITH_DOI = 1 / 3
"""Of papers at arXiv, those of which a published DOI is known: 32 of 100 in a recorded feed."""
IN_PHYSICS = 0.3
"""Those that INSPIRE may have, where nothing tells their archives yet."""
NOWHERE = 0.5
"""Those of which neither a DOI nor a venue is known once OpenAlex has answered."""
WORKS_OF_A_LIST = 20
"""Works of a publisher's list that bear a DOI and no title."""
TITLES_OF_NO_PAPER = 0.8
"""Of titles in reference lists, those that arXiv does not have."""

QuestionCounts = Mapping[Source, int]


def foreseen(known: Mapping[Source, Sequence[str]], network: Network) -> dict[Source, int]:
    """How many more keys than those that are `known` each service is likely to be asked for."""
    counts = {source: len(keys) for source, keys in known.items()}
    titles = counts.get(arxiv_titles.SOURCE, 0)
    found = round(FOUND * max(counts.get(source, 0) for source in TITLE_SEARCHES))
    about_papers = [s for s in SERVICES if s.keyed_by == "arxiv_id" and s not in VENUES]
    new = max((counts.get(s, 0) for s in about_papers), default=0) + found
    more = dict.fromkeys(about_papers, found)
    more[inspire.SOURCE] = round(IN_PHYSICS * new) - counts.get(inspire.SOURCE, 0)
    more[semantic_scholar_titles.SOURCE] = max(0, titles - found)
    published = max(0, round(WITH_DOI * new) - counts.get(crossref.SOURCE, 0))
    more |= dict.fromkeys((crossref.SOURCE, opencitations.SOURCE), published)
    more |= _about_venues(new, counts)
    if any(s.name in GIVING_REFERENCES and network.has(s) for s in SERVICES):
        more |= _about_works(new, published if network.has(crossref.SOURCE) else 0, counts)
    return {s: number for s, number in more.items() if number > 0 and network.has(s)}


def _about_venues(new: int, counts: QuestionCounts) -> dict[Source, int]:
    nowhere = round(NOWHERE * new)
    searched = {
        s: min(nowhere, MOST_SEARCHED - counts.get(s, 0)) for s in (dblp.SOURCE, openreview.SOURCE)
    }
    without_doi = round((1 - WITH_DOI) * new)
    return {datacite.SOURCE: without_doi, acl_anthology.SOURCE: nowhere, **searched}


def _about_works(new: int, lists_of_publishers: int, counts: QuestionCounts) -> dict[Source, int]:
    already = counts.get(crossref_titles.SOURCE, 0)
    titles = max(0, min(MOST_TITLES, TITLES_A_PAPER * new) - already)
    return {
        arxiv_titles.SOURCE: titles,
        crossref_titles.SOURCE: round(TITLES_OF_NO_PAPER * titles),
        crossref_works.SOURCE: WORKS_OF_A_LIST * lists_of_publishers,
    }
