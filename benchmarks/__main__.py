"""`make bench`: every benchmark, one after another."""

from __future__ import annotations

from benchmarks import (
    catalogue,
    enrichment,
    graph_files,
    layout,
    measures,
    people_speed,
    start,
)

for benchmark in (start, graph_files, measures, layout, catalogue, people_speed, enrichment):
    print(f"\n{(benchmark.__doc__ or '').splitlines()[0]}\n")
    for line in benchmark.measured():
        print(line)
