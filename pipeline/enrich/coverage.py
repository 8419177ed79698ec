"""Which source said what of each paper, so that silence is never taken for an empty list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

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
    id_of_key = {paper.id.removeprefix("arxiv:"): paper.id for paper in papers}
    # A million rows: a mapping of each source takes half of what one by both would.
    answers_of: dict[str, dict[str, LookupResult]] = defaultdict(dict)
    for answer in told:
        paper_id = id_of_key.get(answer.key.partition(" ")[0])
        if paper_id and paper_id.startswith("arxiv:") and not answer.source.endswith("_titles"):
            answers_of[answer.source][paper_id] = answer
    sources = sorted(answers_of)
    keys = [
        (paper_id, source)
        for paper_id in sorted(set().union(*answers_of.values()))
        for source in sources
        if paper_id in answers_of[source]
    ]
    answers = [answers_of[source][paper_id] for paper_id, source in keys]
    columns = {
        "paper": [paper for paper, _ in keys],
        "source": [source for _, source in keys],
        "state": [answer.state for answer in answers],
        "day": [answer.day for answer in answers],
        "references": list(map(listed.get, keys)),
        "reason": [answer.reason for answer in answers],
    }
    return pa.table(columns, schema=COVERAGE.schema())
