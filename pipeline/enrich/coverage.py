"""Which source said what of each paper, so that silence is never taken for an empty list."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.records import Facts, Paper
from pipeline.model.services import LookupResult, State
from pipeline.model.tables import COVERAGE


def told_at_hand(
    source: str, arxiv_ids: Iterable[str], facts: Iterable[Facts]
) -> Iterator[LookupResult]:
    """What a source on this machine says of each paper."""
    ids_with_facts = {of_paper.arxiv_id for of_paper in facts if of_paper.source == source}
    for arxiv_id in arxiv_ids:
        state: State = "found" if arxiv_id in ids_with_facts else "unknown"
        yield LookupResult(source, arxiv_id, state)


def coverage(told: Iterable[LookupResult], papers: Sequence[Paper]) -> pa.Table:
    """A row for each source and paper, as `tables.COVERAGE`. Searches by title are left out."""
    listed = {
        (paper.id, reference_list.source): len(reference_list.references)
        for paper in papers
        for reference_list in paper.reference_lists
    }
    id_of_key = {paper.arxiv_id: paper.id for paper in papers if paper.arxiv_id}
    place_of = {paper_id: place for place, paper_id in enumerate(sorted(id_of_key.values()))}
    answers_of: dict[str, list[LookupResult]] = defaultdict(list)
    for answer in told:
        if not answer.source.endswith("_titles"):
            answers_of[answer.source].append(answer)
    # There may be a million rows, so that only those of one source are held as records.
    tables, places = [COVERAGE.schema().empty_table()], array("q")
    sources = sorted(answers_of)
    for number, source in enumerate(sources):
        keyed = ((answer.key.partition(" ")[0], answer) for answer in answers_of.pop(source))
        answer_of = {id_of_key[key]: answer for key, answer in keyed if key in id_of_key}
        tables.append(_of_source(source, answer_of, listed))
        places.extend(place_of[paper_id] * len(sources) + number for paper_id in answer_of)
    by_paper = pa.array(places, pa.int64())
    return pa.concat_tables(tables).combine_chunks().take(pc.sort_indices(by_paper))


def _of_source(
    source: str, answer_of: Mapping[str, LookupResult], listed: Mapping[tuple[str, str], int]
) -> pa.Table:
    answers = answer_of.values()
    columns = {
        "paper": [*answer_of],
        "source": [source] * len(answer_of),
        "state": [answer.state for answer in answers],
        "day": [answer.day for answer in answers],
        "references": [listed.get((paper_id, source)) for paper_id in answer_of],
        "reason": [answer.reason for answer in answers],
    }
    return pa.table(columns, schema=COVERAGE.schema())
