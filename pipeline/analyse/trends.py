"""Which tags rise, which decline, and which took the place of another."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.joining import excluded_connectors
from pipeline.analyse.tag_lives import Uses, lives_of, successors, uses_of

FEWEST_PERIODS = 3
_NORMAL_99 = 2.5758
STEADY_WITHIN = 4.0
"""A share that may have grown or shrunk by more than this in a year is not known to be steady."""
_MOST_TIMES = 1_000.0
_ROUNDS = 60
_UNCLEAR = 2
_NAMES = {0: "steady", 1: "rise", -1: "decline", _UNCLEAR: "unclear"}
_MEASURES = ("growth", "low", "high")


class _TrendFit(NamedTuple):
    """The logarithm of how many times the share grows in a year, and its standard error."""

    slope: np.ndarray
    error: np.ndarray


def tag_trends(
    nodes: pa.Table,
    edges: pa.Table,
    by: Literal["month", "year"] = "month",
    at_least: int = 5,
    connectors: Collection[str] = (),
) -> pa.Table:
    """`id, label, papers, first, last, early, late, growth, low, high, trend, successor`.

    A row for each tag. `early` and `late` are its share of the papers of the earlier and of the
    later half of the time, from 0 to 1. `growth` is by how much the share is multiplied in a year,
    by a Poisson regression of its papers on time with the papers of each period as exposure
    (https://doi.org/10.2307/2344614), and one more paper spread over all periods, so that a few
    papers prove nothing. `low` and `high` hold it 99 times in 100, wider where a tag comes in
    bursts (https://doi.org/10.1093/biomet/61.3.439). `trend` is `rise` or `decline` where 1 lies
    outside of them, and `steady` where neither is more than four times away from it; else it is
    `unclear`, its papers too few or in bursts, and the three numbers are missing. All four are
    where fewer than three periods have papers; none is told beyond a thousandfold. `successor` is
    the id of the tag that is used first within a year after this one is used last, by three papers
    each, and whose papers have most in common with its papers: the cosine of the works that they
    cite and the other tags that they bear, the rarer the weightier, 0.3 at least, from three of
    them. Rises come first, then declines, each the steepest first, what is unclear last; ties by
    id. A day is that of the entry that bears the tag; tags of entries without a day are not
    counted.

    Parameters
    ----------
    nodes, edges
        The tables of a build, or of a part of one.
    by
        The periods: all `month`s or `year`s with papers.
    at_least
        Only tags with so many papers, a paper of two entries counted twice.
    connectors
        Meta tags are left out, unless `meta` is named.

    Examples
    --------
    >>> from pipeline.analyse.examples import RISING
    >>> tag_trends(*RISING).select(["id", "papers", "trend"]).to_pylist()
    [{'id': 'tag:agent', 'papers': 50, 'trend': 'rise'}, \
{'id': 'tag:gan', 'papers': 50, 'trend': 'decline'}]
    """
    uses = uses_of(nodes, edges, excluded_connectors(nodes, connectors, known=("meta",)))
    lives = lives_of(uses)
    shares = _shares(uses, lives.tag, by)
    fit = _fit(*shares)
    halves = _halves(*shares)
    ids, rows = nodes["id"], pa.array(lives.tag)
    trends = pa.table(
        {
            "id": ids.take(rows),
            "label": nodes["label"].take(rows),
            "papers": lives.papers,
            "first": lives.first,
            "last": lives.last,
            **dict(zip(("early", "late"), halves, strict=True)),
            **_trend_columns(fit),
            "successor": ids.take(successors(nodes, edges, uses, lives)),
        }
    ).take(pa.array(_in_order(fit)))
    return trends.filter(pc.greater_equal(trends["papers"], at_least))


def _shares(
    uses: Uses, tags: np.ndarray, by: Literal["month", "year"]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Papers of each tag and period, papers of each period, its time in years from the first."""
    unit: Literal["M", "Y"] = "M" if by == "month" else "Y"
    time = uses.day.astype(f"datetime64[{unit}]").astype(np.int64)
    times, period = np.unique(time, return_inverse=True)
    entries = np.unique(np.column_stack((period, uses.paper, uses.day.astype(np.int64))), axis=0)
    papers = np.zeros((len(tags), len(times)))
    np.add.at(papers, (np.searchsorted(tags, uses.tag), period), 1)
    exposure = np.bincount(entries[:, 0], minlength=len(times)).astype(float)
    return papers, exposure, (times - times[:1]) / (12 if by == "month" else 1)


def _halves(
    papers: np.ndarray, exposure: np.ndarray, time: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The share of each tag in the periods up to the middle of the time, and after it."""
    late = time > time.max(initial=0) / 2
    early, late = (
        papers[:, half].sum(axis=1) / max(exposure[half].sum(), 1) for half in (~late, late)
    )
    return early.round(4), late.round(4)


def _fit(papers: np.ndarray, exposure: np.ndarray, time: np.ndarray) -> _TrendFit:
    """Newton's method on the slopes of all tags at once; not a number below three periods."""
    slope = np.zeros(len(papers))
    if len(exposure) < FEWEST_PERIODS:
        return _TrendFit(slope + np.nan, slope + np.nan)
    seen = papers + exposure / exposure.sum()
    total = seen.sum(axis=1, keepdims=True)
    for _ in range(_ROUNDS):
        share, mean, spread = _expected(slope, exposure, time)
        step = (seen @ time - total[:, 0] * mean) / (total[:, 0] * spread)
        slope += np.clip(step, -1, 1)
    share, mean, spread = _expected(slope, exposure, time)
    expected = total * share
    burst = ((seen - expected) ** 2 / expected).sum(axis=1) / (len(exposure) - 2)
    return _TrendFit(slope, np.sqrt(np.maximum(burst, 1) / (total[:, 0] * spread)))


def _expected(
    slope: np.ndarray, exposure: np.ndarray, time: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How a tag's papers should lie over the periods, their mean time, its variance."""
    share = exposure * np.exp(slope[:, None] * (time - time.mean()))
    share /= share.sum(axis=1, keepdims=True)
    mean = share @ time
    return share, mean, np.maximum((share * (time - mean[:, None]) ** 2).sum(axis=1), 1e-12)


def _trend(fit: _TrendFit) -> np.ndarray:
    """1 for a rise, -1 for a decline, 0 for a steady tag, 2 where it is unclear."""
    reach = _NORMAL_99 * fit.error
    is_steady = np.abs(fit.slope) + reach <= np.log(STEADY_WITHIN)
    unclear = np.where(is_steady, 0, _UNCLEAR)
    return np.where(np.abs(fit.slope) > reach, np.sign(fit.slope), unclear).astype(np.int64)


def _trend_columns(fit: _TrendFit) -> dict[str, pa.Array]:
    is_fitted = np.isfinite(fit.slope)
    trends = _trend(fit)
    trend = [_NAMES[n] if k else None for n, k in zip(trends, is_fitted, strict=True)]
    ends = [fit.slope + side * _NORMAL_99 * fit.error for side in (0, -1, 1)]
    most = np.log(_MOST_TIMES)
    bounded = [np.exp(np.clip(end, -most, most)) for end in ends]
    untold = ~is_fitted | (trends == _UNCLEAR)
    columns = {n: pa.array(e, mask=untold) for n, e in zip(_MEASURES, bounded, strict=True)}
    return columns | {"trend": pa.array(trend, pa.string())}


def _in_order(fit: _TrendFit) -> np.ndarray:
    rank = np.array([2, 0, 3, 1])[_trend(fit)]
    return np.lexsort((-np.abs(np.nan_to_num(fit.slope)), rank))
