"""Matches and facts to papers: one paper each, every field with the source that decided it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import PurePath
from typing import Any

from pipeline.enrich.paper_ids import first_id_mentioned, is_doubted, may_be_paper, paper_ids
from pipeline.enrich.whole_titles import with_whole_title
from pipeline.model.folding import folded_name, folded_text, folded_title
from pipeline.model.ids import ARXIV_ID, earliest_day, month_of, note_name
from pipeline.model.plain_tex import printed_title
from pipeline.model.records import Claim, Entry, Facts, Match, Mention, Paper, ReferenceList, Skip

DIGEST = "digest"
MONTHS_FROM_ID = 1
"""An id may be given a month after the paper was sent in; a day further off is the journal's."""
_ARXIV = ("bundled", "arxiv", "catalogue", "arxiv_dump")
_DUMPS = ("semantic_scholar_dump", "openalex_dump")
_INDEXES = ("semantic_scholar", "openalex", "inspire", "crossref", *_DUMPS)
_FOUND_BY_TITLE = ("acl_anthology", "dblp")
PRECEDENCE: Mapping[str, tuple[str, ...]] = {
    "title": (*_ARXIV, *_INDEXES, DIGEST),
    "authors": (*_ARXIV, *_INDEXES, DIGEST),
    "abstract": (*_ARXIV, *_INDEXES, DIGEST),
    "categories": (*_ARXIV, *_INDEXES),
    "published": (*_ARXIV, *_INDEXES, ARXIV_ID),
    "updated": _ARXIV,
    "venue": (
        *("bundled", "crossref", "arxiv", "semantic_scholar", "openalex", *_DUMPS),
        *(*_FOUND_BY_TITLE, "openreview", "catalogue", "arxiv_dump", DIGEST),
    ),
    "doi": (*_ARXIV, *_INDEXES, "datacite", *_FOUND_BY_TITLE, DIGEST),
    "comment": _ARXIV,
    "topics": ("openalex",),
    "repository": ("hugging_face",),
    "upvotes": ("hugging_face",),
}
"""Which source decides which field: the first of these that is not silent; others come last."""
_SILENT: dict[str, Any] = dict.fromkeys(PRECEDENCE)

NO_PAPER = (
    "Without an arXiv id it needs a title, with authors if it has a link; "
    "--everything puts it into the graph as it is."
)

_COMPARED: Mapping[str, Callable[[Any], object]] = {
    "title": lambda value: folded_title(str(value)),
    "authors": lambda names: tuple(map(folded_name, names)),
    "abstract": lambda value: folded_text(str(value)),
    "venue": lambda value: folded_text(str(value)),
    "doi": lambda value: str(value).casefold(),
}


def papers(
    matches: Iterable[Match], facts: Iterable[Facts], everything: bool = False
) -> Iterator[Paper | Skip]:
    """The papers that entries are, by id, and those that they mention; each one once.

    Entries of one arXiv id are one paper, and so are those of one DOI. An entry without an id is a
    paper of its own if it has a title, and authors where it links to another place, or if it
    mentions a paper by its id, which would be lost else; with `everything`, if it has a title or a
    link; else it is skipped.
    """
    facts_of: dict[str, list[Facts]] = defaultdict(list)
    for fact in facts:
        facts_of[f"arxiv:{fact.arxiv_id}"].append(fact)
    entries: dict[str, list[Entry]] = defaultdict(list)
    matched = list(matches)
    for match, paper_id in zip(matched, paper_ids(matched, facts_of, everything), strict=True):
        if paper_id is None:
            place = f"{match.entry.file}:{match.entry.line_start}"
            way = NO_PAPER if may_be_paper(match) else "That is your word, and holds."
            yield Skip("enrich", place, f"kept in entries.csv alone: {match.reason}. {way}")
            continue
        entries[paper_id].append(_in_graph(match))
    mentioned = {
        f"arxiv:{mention.arxiv_id}"
        for written in entries.values()
        for entry in written
        for mention in entry.mentions
        if mention.arxiv_id
    }
    for paper_id in sorted(entries.keys() | mentioned):
        yield _merged(paper_id, entries.get(paper_id, []), facts_of.get(paper_id, []))


def _in_graph(match: Match) -> Entry:
    """The entry; one that has no title and mentions papers, by the name of its file.

    Where its link is doubted, it mentions the paper that the link names.
    """
    entry = match.entry
    if not (match.arxiv_id or entry.title or entry.doi) and first_id_mentioned(entry):
        return replace(entry, title=PurePath(entry.file).stem)
    if not is_doubted(match):
        return entry
    mention = Mention(entry.arxiv_id, None, entry.title or "")
    return replace(entry, mentions=(*entry.mentions, mention))


def paper_of_note(papers: Iterable[Paper]) -> dict[str, str]:
    """The paper id of each note by the note's name; of several papers in one note, the first."""
    first_paper_of: dict[str, tuple[int, str]] = {}
    for paper in papers:
        for entry in paper.entries:
            line_and_id = (entry.line_start, paper.id)
            first_paper_of[note_name(entry.file)] = min(
                line_and_id, first_paper_of.get(note_name(entry.file), line_and_id)
            )
    return {name: paper_id for name, (_, paper_id) in first_paper_of.items()}


def _merged(paper_id: str, entries: Sequence[Entry], facts: Sequence[Facts]) -> Paper:
    arxiv_id = paper_id.removeprefix("arxiv:") if paper_id.startswith("arxiv:") else None
    if arxiv_id and not (entries or facts):
        return _mentioned_alone(paper_id, arxiv_id)
    written = sorted(entries, key=lambda e: (e.date or date.min, e.file, e.line_start))
    own = [_as_facts(arxiv_id or "", entry) for entry in written]
    stated = [*facts, *own]
    all_facts = [*stated, *_of_id(arxiv_id)]
    asked = _precedence(frozenset(f.source for f in all_facts))
    decided = {f: chosen for f, sources in asked if (chosen := _chosen(f, sources, all_facts))}
    signed = max((e for e in written if e.authors), key=_authors_known, default=None)
    if signed and decided["authors"].source == DIGEST:
        decided["authors"] = own[written.index(signed)]
    fields = _SILENT | {f: getattr(chosen_facts, f) for f, chosen_facts in decided.items()}
    fields["title"] = fields["title"] and printed_title(fields["title"])
    whole = signed is not None and _is_whole(signed, written)
    return Paper(
        id=paper_id,
        arxiv_id=arxiv_id,
        **fields,
        authors_complete="authors" in decided and (decided["authors"].source != DIGEST or whole),
        year=_year(fields["published"], written),
        cited_by=tuple((f.source, n) for f in facts if (n := f.citation_count) is not None),
        reference_lists=tuple(_reference_lists(facts)),
        citations=tuple((f.source, cited) for f in facts for cited in f.citations or ()),
        authorships=tuple((f.source, people) for f in facts if (people := f.authorships)),
        entries=tuple(written),
        decided=_once(tuple((field, chosen.source) for field, chosen in decided.items())),
        disagreements=tuple(_disagreements(decided, stated)),
    )


def _mentioned_alone(paper_id: str, arxiv_id: str) -> Paper:
    """A paper of which nothing is known but its id, as most are that entries mention."""
    published = earliest_day(arxiv_id)
    return Paper(
        id=paper_id,
        arxiv_id=arxiv_id,
        **_SILENT | {"published": published},
        authors_complete=False,
        year=published.year,
        cited_by=(),
        reference_lists=(),
        citations=(),
        authorships=(),
        entries=(),
        decided=_once((("published", ARXIV_ID),)),
        disagreements=(),
    )


def _authors_known(entry: Entry) -> tuple[bool, int]:
    """How much an entry tells of the authors: all of them rather than some, more than fewer."""
    return entry.authors_complete, len(entry.authors or ())


def _is_whole(signed: Entry, written: Sequence[Entry]) -> bool:
    """Whether a list is whole, and no entry that names as many of the authors says `et al.`"""
    signers = len(signed.authors or ())
    cut = (e for e in written if e.authors and not e.authors_complete)
    return signed.authors_complete and all(len(entry.authors or ()) < signers for entry in cut)


def _reference_lists(facts: Iterable[Facts]) -> Iterator[ReferenceList]:
    for paper_facts in facts:
        if paper_facts.references is not None:
            yield ReferenceList(
                paper_facts.source, paper_facts.references, paper_facts.references_complete
            )


def _as_facts(arxiv_id: str, entry: Entry) -> Facts:
    stated = ("title", "authors", "abstract", "venue", "doi")
    return Facts(DIGEST, arxiv_id, **{field: getattr(entry, field) for field in stated})


def _of_id(arxiv_id: str | None) -> Iterator[Facts]:
    """What an id says by itself."""
    if arxiv_id:
        yield Facts(ARXIV_ID, arxiv_id, published=earliest_day(arxiv_id))


@lru_cache(maxsize=1024)
def _precedence(sources: frozenset[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What `PRECEDENCE` says of these sources: of each field, those that could decide it.

    Those that stand nowhere in it come last, by name, for every field.
    """
    others = sorted(sources - set(chain.from_iterable(PRECEDENCE.values())))
    among = (
        (field, (*filter(sources.__contains__, of), *others)) for field, of in PRECEDENCE.items()
    )
    return tuple((field, of) for field, of in among if of)


@lru_cache(maxsize=1024)
def _once(decided: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """One mapping for all papers whose fields are decided alike."""
    return dict(decided)


def _chosen(field: str, sources: Sequence[str], all_facts: Sequence[Facts]) -> Facts | None:
    for source in sources:
        for facts in all_facts:
            if facts.source == source and _decides(field, facts):
                return with_whole_title(facts, all_facts, DIGEST) if field == "title" else facts
    return None


def _decides(field: str, facts: Facts) -> bool:
    """Whether a source says something of a field that it can know."""
    value = getattr(facts, field)
    if (
        field == "published"
        and isinstance(value, date)
        and facts.arxiv_id
        and facts.source not in _ARXIV
    ):
        months = value.year * 12 + value.month - 1 - month_of(facts.arxiv_id)
        return abs(months) <= MONTHS_FROM_ID
    return value is not None


def _disagreements(decided: Mapping[str, Facts], stated: Sequence[Facts]) -> Iterator[Claim]:
    if len(stated) < 2:
        return
    for field, chosen in decided.items():
        accepted = getattr(chosen, field)
        values_by_source = [
            (f.source, value) for f in stated if (value := getattr(f, field)) is not None
        ]
        # Sources mostly say the very same, which need not be folded to be compared.
        others = [claim for claim in values_by_source if claim[1] != accepted]
        if others and field == "authors" and chosen.source == DIGEST:
            families = _family_names(accepted)
            others = [claim for claim in others if not _family_names(claim[1]) <= families]
        if not others:
            continue
        compared = _COMPARED.get(field, str)
        seen = {compared(accepted)}
        for source, value in others:
            if (folded := compared(value)) not in seen:
                seen.add(folded)
                shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
                yield Claim(field, source, shown)


def _family_names(authors: Any) -> set[str]:
    """The last words of names: a list that names fewer of the authors says nothing else."""
    return {folded_name(name.rpartition(" ")[2]) for name in authors}


def _year(published: date | None, entries: Sequence[Entry]) -> int | None:
    if published:
        return published.year
    # The year in which it was read is not the paper's.
    return next((int(entry.published[:4]) for entry in entries if entry.published), None)
