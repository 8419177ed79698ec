"""`make bench`: every benchmark, one after another."""

from __future__ import annotations

from benchmarks import catalogue, enrichment, files, start, tables

for benchmark in (start, files, tables, catalogue, enrichment):
    print(f"\n{(benchmark.__doc__ or '').splitlines()[0]}\n")
    for line in benchmark.measured():
        print(line)
