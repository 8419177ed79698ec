"""Works that papers cite: printed ids checked by title, titles looked up, bare ids named.

A title is looked up, and an id checked, by the rules of matching: in the catalogue first, then in
what arXiv and Crossref answered about titles and ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from pipeline.build.citing import Sought, citations, is_bare, sought, sought_titles
from pipeline.build.local_sources import LocalSources
from pipeline.build.matching import matches
from pipeline.build.network import Network
from pipeline.match.candidates import CandidateIndex
from pipeline.match.printed import another_work
from pipeline.match.titles import same_title
from pipeline.model.doubted_ids import doubt
from pipeline.model.folding import family_name, folded_title
from pipeline.model.records import Entry, Facts, Reference
from pipeline.sources import (
    WORKS,
    arxiv_api,
    arxiv_titles,
    bundled,
    crossref,
    crossref_titles,
    eprint,
)
from pipeline.store.memory import Memory, key_of

EVIDENCE = "its title, authors and year are that paper's"
TYPED = (eprint.NAME, crossref.NAME)
"""The sources whose lists are as authors and publishers typed them."""
YEARS_APART = 1


class Cited(NamedTuple):
    """Facts whose references say all that is known of the works, and what is yet to be asked."""

    facts: list[Facts]
    sought: Sought


class _CatalogueAnswer(NamedTuple):
    arxiv_id: str | None


class CitedWorks:
    """What is known of the works that papers cite; each title is looked up in a place once.

    What the catalogue gave is remembered in `memory`, where there is one.
    """

    def __init__(
        self, local: LocalSources, memory: Memory | None = None, network: Network | None = None
    ) -> None:
        self._local = local
        self._places = local.catalogue_places()
        self._memory = memory
        self._network = network
        self._ids: dict[Reference, str | None] = {}
        self._doubted: dict[Reference, bool] = {}
        self._catalogued: dict[str, Facts | None] = {}

    def completed(self, facts: Iterable[Facts]) -> Cited:
        """The facts, with what is known of the works that they name.

        A reference whose printed id is another paper's is named by its title.
        """
        listed = list(facts)
        # Lists that ship are as whole as they can be.
        by_services = [f for f in listed if f.source != bundled.NAME]
        distinct = list(dict.fromkeys(work for f in listed for work in f.references or ()))
        printed = {work.arxiv_id for work in distinct if work.arxiv_id}
        papers = self._papers(listed, printed)
        works = [self._checked(work, papers) for work in distinct]
        self._look_up(list(dict.fromkeys(filter(is_bare, works))))
        works = [_with_id(w, self._ids.get(w)) if is_bare(w) else w for w in works]
        titles, names = dict[str, str](), dict[str, Reference]()
        if self._network:
            titles = sought_titles(citations(by_services, _changed(distinct, works)))
            searched = self._searched(list(dict.fromkeys(filter(is_bare, works))), titles)
            works = [searched.get(w, w) if is_bare(w) else w for w in works]
            names = self._names({w.doi for w in works if w.doi and not w.title})
        papers |= self._papers(listed, {w.arxiv_id for w in works if w.arxiv_id})
        works = [_named(work, papers, names) for work in works]
        changed = _changed(distinct, works)
        cited = citations(by_services, changed) if self._network else ()
        asked = sought(cited, _printed_by_people(listed) - papers.keys(), list(titles.values()))
        return Cited([_with(f, changed) for f in listed] if changed else listed, asked)

    def _papers(self, listed: Sequence[Facts], arxiv_ids: Iterable[str]) -> dict[str, Facts]:
        """What is known of papers: in the facts at hand, in the catalogue, by answers of arXiv."""
        papers = {f.arxiv_id: f for f in reversed(listed) if f.title}
        others = sorted(set(arxiv_ids) - papers.keys())
        new = [arxiv_id for arxiv_id in others if arxiv_id not in self._catalogued]
        self._catalogued |= dict.fromkeys(new) | {
            f.arxiv_id: f for f in self._local.catalogued(new) if f.title
        }
        papers |= {i: f for i in others if (f := self._catalogued[i])}
        if self._network and self._network.has(arxiv_api.SOURCE):
            unknown = [arxiv_id for arxiv_id in others if arxiv_id not in papers]
            of_arxiv = self._network.answers.facts_of(arxiv_api.SOURCE, unknown)
            papers |= {f.arxiv_id: f for f in of_arxiv if f.title}
        return papers

    def _checked(self, work: Reference, papers: Mapping[str, Facts]) -> Reference:
        """The work; without its printed id, if title and people are of another paper than it is."""
        paper = papers.get(work.arxiv_id or "")
        if not paper or not work.title or same_title(work.title, paper.title or ""):
            return work
        if work not in self._doubted:
            entry = replace(_as_entry(work), arxiv_id=work.arxiv_id)
            places = [CandidateIndex([paper]).candidates_of, *self._places]
            (match,) = matches([entry], (), places)
            scores = next(c.scores for c in match.candidates if c.arxiv_id == work.arxiv_id)
            self._doubted[work] = match.verdict == "undecided" or another_work(scores)
        if not self._doubted[work]:
            return work
        return replace(work, arxiv_id=None, evidence=doubt(work.arxiv_id or ""))

    def _look_up(self, bare: Sequence[Reference]) -> None:
        """Finds the ids of references of a title in the catalogue, each once."""
        works = [work for work in bare if work not in self._ids] if self._places else []
        encode = msgspec.msgpack.Encoder().encode
        keys = [key_of("reference", self._local.mark(), encode(work)) for work in works]
        answer_of_key = self._memory.of(keys, _CatalogueAnswer) if self._memory else {}
        new = [number for number, key in enumerate(keys) if key not in answer_of_key]
        matched = matches((_as_entry(works[number]) for number in new), (), self._places)
        made = {
            keys[n]: _CatalogueAnswer(match.arxiv_id) for n, match in zip(new, matched, strict=True)
        }
        if self._memory:
            self._memory.keep(made)
        answer_of_key |= made
        self._ids |= {w: answer_of_key[key].arxiv_id for w, key in zip(works, keys, strict=True)}

    def _searched(
        self, bare: Sequence[Reference], titles: Mapping[str, str]
    ) -> dict[Reference, Reference]:
        """Those of the works that services found by title, with their ids or DOIs."""
        if self._network is None or not titles:
            return {}
        answers = self._network.answers
        asked = {w: t for w in bare if (t := titles.get(folded_title(w.title or "")))}
        hits = answers.known(arxiv_titles.SOURCE, titles.values())
        open_ones = [work for work, title in asked.items() if title in hits and hits[title].facts]
        places = [*self._places, answers.by_title(arxiv_titles.SOURCE)]
        entries = [_as_entry(replace(work, title=asked[work])) for work in open_ones]
        matched = zip(open_ones, matches(entries, (), places), strict=True)
        with_ids = {
            work: _with_id(work, match.arxiv_id) for work, match in matched if match.arxiv_id
        }
        works = answers.known(crossref_titles.SOURCE, titles.values())
        for work, title in asked.items():
            hit = works.get(title)
            same = {w.doi: w for w in hit.works if _is_it(work, w)} if hit else {}
            if work not in with_ids and len(same) == 1:
                ((doi, named),) = same.items()
                with_ids[work] = replace(work, doi=doi, evidence=named.evidence)
        return with_ids

    def _names(self, dois: Iterable[str]) -> dict[str, Reference]:
        """What services say that works of these DOIs are called."""
        if self._network is None:
            return {}
        of_services = (self._network.answers.known(s, sorted(dois)) for s in reversed(WORKS))
        every = (answer for of_service in of_services for answer in of_service.items())
        return {doi: work for doi, answer in every for work in answer.works if work.title}


def _printed_by_people(listed: Iterable[Facts]) -> set[str]:
    """The ids beside titles in lists that were typed, which nobody looked up before."""
    works = (w for f in listed if f.source in TYPED for w in f.references or ())
    return {work.arxiv_id for work in works if work.arxiv_id and work.title}


def _with_id(work: Reference, arxiv_id: str | None) -> Reference:
    if not arxiv_id:
        return work
    doubt = f" ({work.evidence})" if work.evidence else ""
    return replace(work, arxiv_id=arxiv_id, evidence=f"{EVIDENCE}{doubt}")


def _is_it(printed: Reference, work: Reference) -> bool:
    """Whether a work of the printed title is by the printed first author, and of about the year."""
    if not printed.first_author or not work.first_author or not work.doi:
        return False
    apart = abs(printed.year - work.year) if printed.year and work.year else 0
    same_author = family_name(printed.first_author) == family_name(work.first_author)
    return same_author and apart <= YEARS_APART


def _named(
    work: Reference, papers: Mapping[str, Facts], names: Mapping[str, Reference]
) -> Reference:
    """A work that has an id alone, with its title, first author and year where these are known."""
    if work.title:
        return work
    paper, name = papers.get(work.arxiv_id or ""), names.get(work.doi or "")
    if paper:
        first = paper.authors[0] if paper.authors else None
        year = paper.published.year if paper.published else None
        named = (paper.title, first, year)
    elif name:
        named = (name.title, name.first_author, name.year)
    else:
        return work
    title, first_author, year = named
    return replace(
        work,
        title=title,
        first_author=work.first_author or first_author,
        year=work.year or year,
    )


def _changed(works: Sequence[Reference], known: Sequence[Reference]) -> dict[Reference, Reference]:
    """What is known of works, of those that more is known of than was said."""
    return {work: now for work, now in zip(works, known, strict=True) if now is not work}


def _with(facts: Facts, changed: Mapping[Reference, Reference]) -> Facts:
    works = facts.references or ()
    if not any(work in changed for work in works):
        return facts
    return replace(facts, references=tuple(changed.get(work, work) for work in works))


def _as_entry(reference: Reference) -> Entry:
    author = reference.first_author
    return Entry(
        file="",
        line_start=0,
        line_end=0,
        date=None,
        title=reference.title,
        authors=(author,) if author else None,
        authors_complete=False,
        abstract=None,
        commentary=None,
        tags=(),
        arxiv_id=None,
        links=(),
        mentions=(),
        published=str(reference.year) if reference.year else None,
    )
