"""What follows from answers, foreseen: papers behind titles, published versions, cited works.

By shares that hold for arXiv as a whole, so that a plan is told whole before anything is asked. It
is right to a factor of two or so, and more than is asked where a field or a vault is unlike most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.build.citing import MOST_TITLES, TITLES_A_PAPER
from pipeline.build.network import Network
from pipeline.build.questions import GIVING_REFERENCES, OpenQuestions
from pipeline.build.venues import MOST_SEARCHED
from pipeline.model.services import Source
from pipeline.sources import (
    SERVICES,
    TITLE_SEARCHES,
    VENUES,
    acl_anthology,
    arxiv_api,
    arxiv_titles,
    crossref,
    crossref_titles,
    crossref_works,
    datacite,
    dblp,
    inspire,
    openalex,
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


class Foreseen(NamedTuple):
    """How many keys a service is asked for, and how many of them once `again`, to be believed."""

    keys: int
    again: int = 0


def foreseen(questions: OpenQuestions, network: Network) -> dict[Source, Foreseen]:
    """How many more keys than those that are known each service is likely to be asked for.

    Of papers, what follows from titles that are found, and from what arXiv and OpenAlex have not
    told yet; of works, what follows from lists that are not known yet.
    """
    of_papers = questions.papers
    titles = of_papers.get(arxiv_titles.SOURCE, 0)
    found = round(FOUND * max(of_papers.get(source, 0) for source in TITLE_SEARCHES))
    about_papers = [s for s in SERVICES if s.keyed_by == "arxiv_id" and s not in VENUES]
    more = dict.fromkeys(about_papers, found)
    more[inspire.SOURCE] = round(IN_PHYSICS * (found + of_papers.get(arxiv_api.SOURCE, 0)))
    more[semantic_scholar_titles.SOURCE] = titles - found
    untold = found + max(of_papers.get(s, 0) for s in (arxiv_api.SOURCE, openalex.SOURCE))
    published = max(0, round(WITH_DOI * untold) - of_papers.get(crossref.SOURCE, 0))
    more |= dict.fromkeys((crossref.SOURCE, opencitations.SOURCE), published)
    more |= _about_venues(found + of_papers.get(openalex.SOURCE, 0), of_papers)
    again = {arxiv_titles.SOURCE: titles - found}
    listing = [s for s in about_papers if s.name in GIVING_REFERENCES and network.has(s)]
    if listing:
        lists = found + max(of_papers.get(s, 0) for s in listing)
        on_works = _about_works(lists, questions)
        on_works[crossref_works.SOURCE] = WORKS_OF_A_LIST * published
        more |= on_works
        again[arxiv_titles.SOURCE] += round(
            TITLES_OF_NO_PAPER
            * (on_works[arxiv_titles.SOURCE] + questions.works.get(arxiv_titles.SOURCE, 0))
        )
    foretold = {s: Foreseen(max(0, n), max(0, again.get(s, 0))) for s, n in more.items()}
    return {s: each for s, each in foretold.items() if any(each) and network.has(s)}


def _about_venues(unsettled: int, counts: QuestionCounts) -> dict[Source, int]:
    """Who is asked where papers appeared of which OpenAlex has not told yet what it knows."""
    nowhere = round(NOWHERE * unsettled)
    searched = {
        s: min(nowhere, MOST_SEARCHED - counts.get(s, 0)) for s in (dblp.SOURCE, openreview.SOURCE)
    }
    without_doi = round((1 - WITH_DOI) * unsettled)
    return {datacite.SOURCE: without_doi, acl_anthology.SOURCE: nowhere, **searched}


def _about_works(lists: int, questions: OpenQuestions) -> dict[Source, int]:
    """The titles of works in so many lists that are not known yet, and of those that are."""
    titles = max(0, min(MOST_TITLES - questions.titles, TITLES_A_PAPER * lists))
    waiting = titles + questions.works.get(arxiv_titles.SOURCE, 0)
    return {
        arxiv_titles.SOURCE: titles,
        crossref_titles.SOURCE: round(TITLES_OF_NO_PAPER * waiting),
    }
