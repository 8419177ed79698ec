"""`make bench`: every benchmark, one after another."""

from __future__ import annotations

from benchmarks import (
    catalogue,
    enrichment,
    graph_files,
    jupyter,
    layout,
    litstudy_networks,
    measures,
    people_speed,
    start,
    tables,
    whole_build,
)

ALL = (
    start, tables, graph_files, jupyter, measures, litstudy_networks, layout, catalogue,
    people_speed, enrichment, whole_build,
)  # fmt: skip

for benchmark in ALL:
    print(f"\n{(benchmark.__doc__ or '').splitlines()[0]}\n")
    for line in benchmark.measured():
        print(line)
