"""`make eval`: how well digests are read and matched and people told apart, with targets.

`EVAL_CATALOGUE=FOLDER` names a built catalogue to match against, instead of building one from
`../shared/corpus`; `EVAL_ENTRIES=N` says how many of its records are asked for as entries.
"""

from __future__ import annotations

from benchmarks import matching_quality, people_quality, reading_quality

measured = reading_quality.measured
"""The part that needs no catalogue, and takes less than a second."""

if __name__ == "__main__":
    for part in (reading_quality, people_quality, matching_quality):
        print(f"\n{(part.__doc__ or '').splitlines()[0]}\n")
        for line in part.measured():
            print(line, flush=True)
