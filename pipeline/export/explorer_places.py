"""Where the explorer draws nodes, in steps of a 65,535th, and how far that is from the tables."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from pipeline.export.explorer_columns import Packed, packed_numbers, packed_texts

_PLACES = 65_535
_PARTS = 100
"""Places in the tables have two decimals."""

_WHOLE_WITHIN = 1e-6


def box_of(nodes: pa.Table) -> list[float]:
    """The least x, the greatest y, and the longer side of what all nodes lie in."""
    if not nodes.num_rows:
        return [0.0, 0.0, 1.0]
    x, y = nodes["x"].to_numpy(), nodes["y"].to_numpy()
    side = max(float(np.ptp(x)), float(np.ptp(y)))
    return [float(x.min()), float(y.max()), side or 1.0]


def places(nodes: pa.Table, box: list[float]) -> dict[str, Packed]:
    """Steps to the right and downwards from a corner of the box."""
    right, down = _steps(nodes, box)
    return {"x": packed_numbers(right, "<u2"), "y": packed_numbers(down, "<u2")}


def place_rests(nodes: pa.Table, box: list[float]) -> dict[str, Packed]:
    """How many hundredths each place is from that which is drawn, rounded; none is empty."""
    left, top, side = box
    right, down = _steps(nodes, box)
    # As the page reads them, to the last bit: viewer/decoding.js.
    x = (left + right * side / _PLACES).astype(np.float32)
    y = -(down * side / _PLACES - top).astype(np.float32)
    return {"x": _rests(nodes["x"].to_numpy(), x), "y": _rests(nodes["y"].to_numpy(), y)}


def _steps(nodes: pa.Table, box: list[float]) -> tuple[np.ndarray, np.ndarray]:
    left, top, side = box
    right = (nodes["x"].to_numpy() - left) / side * _PLACES
    down = (top - nodes["y"].to_numpy()) / side * _PLACES
    return np.rint(right), np.rint(down)


def _rests(exact: np.ndarray, drawn: np.ndarray) -> Packed:
    hundredths = exact * _PARTS
    whole = np.rint(hundredths)
    hundredths = np.where(np.abs(hundredths - whole) < _WHOLE_WITHIN, whole, hundredths)
    rests = hundredths - np.floor(drawn.astype(np.float64) * _PARTS + 0.5)
    return packed_texts(pa.array(rests, mask=rests == 0).cast(pa.string()))
