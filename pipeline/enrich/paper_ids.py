"""Which paper each entry is: the id of its node, by arXiv id, DOI, or title and first author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.model.folding import family_name, folded_title
from pipeline.model.ids import note_name, work_id
from pipeline.model.records import Entry, Facts, Match
from pipeline.model.tables import own_link


def paper_ids(
    matches: Sequence[Match], facts: Mapping[str, Sequence[Facts]], everything: bool
) -> Iterator[str | None]:
    """The id of the paper that each match is about; None where there is nothing to make one of.

    `facts` are by paper id. A DOI is that of the paper at hand which bears it, if there is one. An
    entry without DOI is the work of the one DOI that entries of its title and author print.
    """
    bearers: dict[str, set[str]] = defaultdict(set)
    for paper_id, known in facts.items():
        for each in known:
            bearers[(each.doi or "").casefold()].add(paper_id)
    printed: dict[str | None, set[str]] = defaultdict(set)
    for match in matches:
        of_entry = (match.entry.doi or "").casefold()
        if match.arxiv_id:
            bearers[of_entry].add(f"arxiv:{match.arxiv_id}")
        elif of_entry:
            printed[_work_of(match, everything)].add(of_entry)
    for match in matches:
        if match.arxiv_id:
            yield f"arxiv:{match.arxiv_id}"
            continue
        work = _work_of(match, everything)
        stated = {match.entry.doi.casefold()} if match.entry.doi else printed[work]
        doi = next(iter(stated)) if work and len(stated) == 1 else None
        of_doi = bearers[doi] if doi else set()
        yield next(iter(of_doi)) if len(of_doi) == 1 else f"doi:{doi}" if doi else work


def _work_of(match: Match, everything: bool) -> str | None:
    """The id that an entry without arXiv id and DOI has."""
    if not (may_be_paper(match) or everything):
        return None
    entry = match.entry
    link, mentioned = own_link(entry), first_id_mentioned(entry)
    if entry.title and (entry.authors or not link or everything or mentioned or is_doubted(match)):
        author = family_name(entry.authors[0]) if entry.authors else ""
        # The year of the note is not the paper's: read twice over New Year, it is one paper.
        return work_id(folded_title(entry.title), author, None)
    if mentioned:
        return work_id(note_name(entry.file), mentioned, None)
    return work_id(link, "", None) if link and everything else None


def first_id_mentioned(entry: Entry) -> str | None:
    """The first arXiv id that an entry mentions; None if it mentions no paper by its id."""
    return next((mention.arxiv_id for mention in entry.mentions if mention.arxiv_id), None)


def is_doubted(match: Match) -> bool:
    """Whether an entry prints the id of a known paper that it is not taken for."""
    printed = match.entry.arxiv_id
    is_candidate = any(candidate.arxiv_id == printed for candidate in match.candidates)
    return match.verdict == "undecided" and printed is not None and is_candidate


def may_be_paper(match: Match) -> bool:
    """Whether the reader has not said that the entry is about no paper."""
    return match.override is None or match.override.is_paper
