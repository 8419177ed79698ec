"""What of a dump touches some papers: relational, so that it runs wherever the dump lies.

A frame of a dump has a column `problem`; rows that have one come back with those that are looked
for, so that they are counted without reading the dump once more.
"""

from __future__ import annotations

import narwhals as nw

from pipeline.model.engines import Frame


def found_or_bad(rows: Frame, wanted: Frame, key: str) -> Frame:
    """The rows whose `key` is among `wanted` (a column of that name), and those with a problem."""
    marked = wanted.select(key).unique().with_columns(is_wanted=nw.lit(1))
    marked_rows = rows.join(marked, on=key, how="left")
    return marked_rows.filter(~nw.col("is_wanted").is_null() | ~nw.col("problem").is_null()).drop(
        "is_wanted"
    )


def links_at(links: Frame, works: Frame) -> Frame:
    """The links that begin or end at one of `works` (a column `work`), and those with a problem."""
    marked = works.select("work").unique().with_columns(at=nw.lit(1))
    begin = marked.rename({"work": "citing", "at": "begins"})
    end = marked.rename({"work": "cited", "at": "ends"})
    marked_links = links.join(begin, on="citing", how="left").join(end, on="cited", how="left")
    touches = ~nw.col("begins").is_null() | ~nw.col("ends").is_null()
    return marked_links.filter(touches | ~nw.col("problem").is_null()).drop("begins", "ends")
