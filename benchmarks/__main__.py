"""`make bench`: every benchmark, one after another."""

from __future__ import annotations

from benchmarks.commands import enrichment, first_day, growth, jupyter, start, whole_build
from benchmarks.graph import files, layout, litstudy_networks, measures, tables
from benchmarks.matching import catalogue
from benchmarks.people import speed

ALL = (
    start, tables, files, jupyter, measures, litstudy_networks, layout, catalogue, speed,
    enrichment, first_day, growth, whole_build,
)  # fmt: skip

for benchmark in ALL:
    print(f"\n{(benchmark.__doc__ or '').splitlines()[0]}\n")
    for line in benchmark.measured():
        print(line)
