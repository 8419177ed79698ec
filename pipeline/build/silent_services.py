"""Services that gave a run nothing: each told once, with what that means for the graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from pipeline.model.services import LookupResult
from pipeline.sources import (
    acl_anthology,
    arxiv_api,
    arxiv_titles,
    crossref,
    datacite,
    dblp,
    eprint,
    hugging_face,
    inspire,
    openalex,
    opencitations,
    openreview,
    semantic_scholar,
    semantic_scholar_citations,
    semantic_scholar_titles,
)

LACKING = {
    arxiv_api.NAME: "titles, authors and dates",
    arxiv_titles.NAME: "the ids of entries that print none",
    semantic_scholar.NAME: "references, citations and counts",
    semantic_scholar_citations.SOURCE.name: "who cites them",
    semantic_scholar_titles.NAME: "the ids of entries that print none",
    openalex.NAME: "ids of people, venues and topics",
    inspire.NAME: "references in physics",
    opencitations.NAME: "references of published papers",
    crossref.NAME: "references and venues of published papers",
    hugging_face.NAME: "code and upvotes",
    datacite.NAME: "DOIs of published versions",
    acl_anthology.NAME: "venues and DOIs",
    dblp.NAME: "venues and DOIs",
    openreview.NAME: "venues and DOIs",
    eprint.NAME: "references that papers print",
}
"""What a graph has less of where a service said nothing."""


def silent_services(told: Iterable[LookupResult]) -> Iterator[str]:
    """A sentence for each service that was asked and gave nothing, in order of name.

    Those that were not asked for want of time, or as somebody stopped the run, are not silent.
    """
    results: dict[str, list[LookupResult]] = defaultdict(list)
    for result in told:
        if not result.kept:
            results[result.source].append(result)
    for name in sorted(results):
        failed = [result for result in results[name] if result.state == "failed"]
        if not failed or len(failed) < sum(r.state != "not asked" for r in results[name]):
            continue
        reason = Counter(result.reason or "no answer" for result in failed).most_common(1)[0][0]
        lacking = LACKING.get(name, "what it knows")
        papers = len(results[name])
        told_of = f"{papers:,} {'paper' if papers == 1 else 'papers'}"
        yield f"{name} gave nothing ({reason}): {lacking} of {told_of} stay as they were."
