"""Services that gave a run nothing: each told once, with what that means for the graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from pipeline.model.counting import counted
from pipeline.model.services import LookupResult
from pipeline.sources import SOURCES

_GIVES = {source.name: source.gives for source in SOURCES}


def silent_services(results: Iterable[LookupResult]) -> Iterator[str]:
    """A sentence for each service that was asked and gave nothing, in order of name.

    Those that were not asked for want of time, or as somebody stopped the run, are not silent.
    """
    of_service: dict[str, list[LookupResult]] = defaultdict(list)
    for result in results:
        if not result.kept:
            of_service[result.source].append(result)
    for name in sorted(of_service):
        failed = [result for result in of_service[name] if result.state == "failed"]
        if not failed or len(failed) < sum(r.state != "not asked" for r in of_service[name]):
            continue
        reason = Counter(result.reason or "no answer" for result in failed).most_common(1)[0][0]
        papers = counted(len(of_service[name]), "paper")
        yield f"{name} gave nothing ({reason}): {_GIVES[name]} of {papers} stay as they were."
