"""Whether a confidence is how often it is right: shares by bin, and the expected error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.shares import table
from pipeline.model.records import Match

BINS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.0))


class Judgement(NamedTuple):
    """A confidence, whether what it speaks of was right, and how much it counts."""

    confidence: float
    right: bool
    weight: float = 1.0


class Bin(NamedTuple):
    """What a bin of confidences holds: how many, the mean confidence, and the share right."""

    judgements: int
    weight: float
    confidence: float
    right: float


def judgement(match: Match, arxiv_id: str | None, *, on_arxiv: bool) -> Judgement:
    """Whether a match is what the entry is; of an undecided one, whether its first candidate is."""
    if match.verdict == "matched":
        return Judgement(match.confidence, match.arxiv_id == arxiv_id)
    if match.verdict == "not_on_arxiv":
        return Judgement(match.confidence, not on_arxiv)
    first = match.candidates[0].arxiv_id if match.candidates else None
    return Judgement(match.confidence, first is not None and first == arxiv_id)


def binned(judgements: Iterable[Judgement]) -> list[Bin]:
    """The judgements by `BINS`; the upper end belongs to the next bin, but for the last."""
    kept = list(judgements)
    return [
        _bin([j for j in kept if low <= j.confidence < high or (high == 1 and j.confidence == 1)])
        for low, high in BINS
    ]


def _bin(inside: Sequence[Judgement]) -> Bin:
    weight = sum(j.weight for j in inside)
    if not weight:
        return Bin(0, 0.0, 0.0, 0.0)
    confidence = sum(j.confidence * j.weight for j in inside) / weight
    return Bin(len(inside), weight, confidence, sum(j.weight for j in inside if j.right) / weight)


def calibration_error(bins: Iterable[Bin]) -> float:
    """The mean distance of confidence and share right, each bin by its weight."""
    held = list(bins)
    total = sum(b.weight for b in held)
    return sum(b.weight * abs(b.confidence - b.right) for b in held) / total if total else 0.0


def reliability(name: str, judgements: Iterable[Judgement]) -> Iterator[str]:
    """Lines of the table, and the expected calibration error."""
    bins = binned(judgements)
    yield from table(
        f"reliability: {name}",
        {
            f"[{low:g}, {high:g}{']' if high == 1 else ')'}": (
                (b.judgements, b.confidence, b.right) if b.judgements else (0, "-", "-")
            )
            for (low, high), b in zip(BINS, bins, strict=True)
        },
        ("entries", "confidence", "right"),
    )
    yield f"  expected calibration error {calibration_error(bins):.4f}"
