"""Colours and sizes of the explorer that a reader gives: by a column, or by values of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.export.explorer_data import NO_COLOUR, OwnColours
from pipeline.model.errors import UsageError

CATEGORIES = (
    0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0x8F7A00, 0x6A51A3, 0x7F3B08,
    0x35978F,
)  # fmt: skip
"""Okabe and Ito's palette and three more: https://jfly.uni-koeln.de/color/"""
RAMP = (0x2C4370, 0x4B596E, 0x66707A, 0x828679, 0xA39E72, 0xC7B866, 0xF0D64A)
"""From the least to the most: cividis, even in lightness to every eye."""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_FEW = 7
_OTHERS = (0x9A9FA8, "others")
_SIZES = (5.0, 40.0)


def own_colours(nodes: pd.DataFrame, asked: object, id_of: Callable[[str], str]) -> OwnColours:
    """The colours of nodes by a column of theirs, or by a Series of values by node.

    Values are colours (`#rrggbb`); numbers, of which more than seven become a ramp; or kinds, of
    which the ten most frequent have a colour each. What has no value is grey. Raises UsageError
    where there is no such column, or a value is of none of these.
    """
    title, values = _values(nodes, asked, id_of, "color")
    present = values.dropna()
    if len(present) and present.map(lambda value: bool(_HEX.fullmatch(str(value)))).all():
        names = list(dict.fromkeys(present.astype(str).str.lower()))[:NO_COLOUR]
        key = [(int(name[1:], 16), name) for name in names]
        return _placed(title, key, values.astype("string").str.lower(), names)
    numbers = _numbers(present)
    if numbers is not None and numbers.nunique() > _FEW:
        edges = np.linspace(float(numbers.min()), float(numbers.max()), len(RAMP) + 1)
        steps = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, len(RAMP) - 1)
        key = [
            (colour, f"{low:,.4g} to {high:,.4g}")
            for colour, low, high in zip(RAMP, edges[:-1], edges[1:], strict=True)
        ]
        return _placed(title, key, pd.Series(steps, numbers.index).reindex(values.index), None)
    texts = values.map(str, na_action="ignore")
    named = [str(name) for name in texts.value_counts().index[: len(CATEGORIES)]]
    key = [*zip(CATEGORIES, named, strict=False)]
    if texts.nunique() > len(named):
        key.append(_OTHERS)
        texts = texts.where(texts.isin(named) | texts.isna(), _OTHERS[1])
        named.append(_OTHERS[1])
    return _placed(title, key, texts, named)


def own_sizes(nodes: pd.DataFrame, asked: object, id_of: Callable[[str], str]) -> pa.Array:
    """The diameters of nodes, in units of the layout, by a column of numbers or a Series.

    The area grows with the number; what has none is smallest. Raises UsageError as `own_colours`.
    """
    _, values = _values(nodes, asked, id_of, "size")
    numbers = _numbers(values.dropna())
    if numbers is None or (numbers < 0).any():
        raise UsageError(
            f"size: {asked!r} holds no numbers of 0 or more. Give a column of numbers."
        )
    share = numbers.reindex(values.index).fillna(0.0) / max(float(numbers.max() or 0.0), 1e-9)
    least, more = _SIZES
    return pa.array(least + more * np.sqrt(share.to_numpy(float)), pa.float64())


def coloured(nodes: pa.Table, own: OwnColours) -> pa.Table:
    """The nodes in these colours; those without one are grey."""
    colours = [f"#{colour:06x}" for colour, _ in own.key]
    grey = f"#{_OTHERS[0]:06x}"
    made = [grey if place == NO_COLOUR else colours[place] for place in own.of.tolist()]
    return nodes.set_column(
        nodes.schema.get_field_index("color"), nodes.schema.field("color"), pa.array(made)
    )


def _values(
    nodes: pd.DataFrame, asked: object, id_of: Callable[[str], str], name: str
) -> tuple[str, pd.Series[Any]]:
    """What the values tell of, and the values by id, in the order of the nodes."""
    if isinstance(asked, str):
        if asked not in nodes.columns:
            columns = ", ".join(sorted(map(str, nodes.columns)))
            raise UsageError(f'{name}: there is no column "{asked}". Give one of {columns}.')
        return asked, nodes[asked]
    if not isinstance(asked, pd.Series):
        raise UsageError(f"{name}={asked!r} gives no {name}. Give a column, or a Series by node.")
    here = set(nodes.index)
    index = [each if each in here else id_of(each) for each in asked.index]
    given = pd.Series(asked.to_numpy(), index=index)
    title = "given" if asked.name is None else str(asked.name)
    return title, given[~given.index.duplicated()].reindex(nodes.index)


def _numbers(values: pd.Series[Any]) -> pd.Series[Any] | None:
    """The values as numbers; None where one is none. Truth values are kinds."""
    if values.empty or values.map(lambda value: isinstance(value, bool | np.bool_)).any():
        return None
    try:
        return pd.to_numeric(values).astype(float)
    except (TypeError, ValueError):
        return None


def _placed(
    title: str, key: list[tuple[int, str]], values: pd.Series[Any], names: list[str] | None
) -> OwnColours:
    places = {name: place for place, name in enumerate(names)} if names is not None else None
    of = [
        NO_COLOUR
        if pd.isna(value)
        else int(value)
        if places is None
        else places.get(value, NO_COLOUR)
        for value in values
    ]
    return OwnColours(title, key, np.array(of, np.uint8))
