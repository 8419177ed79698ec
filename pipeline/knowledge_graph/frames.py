"""Tables in pandas."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

_TYPES = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def frame(table: pa.Table) -> pd.DataFrame:
    """A table in pandas: what is missing stays missing, and no whole number turns into a float."""
    in_pandas: pd.DataFrame = table.to_pandas(types_mapper=_TYPES.get)
    days = [field.name for field in table.schema if field.type == pa.date32()]
    return in_pandas.astype(dict.fromkeys(days, "datetime64[s]"))
