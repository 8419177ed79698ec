"""TOML as a table of plain values, where it is not made to take for ever."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_PART = r"(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+"
_DEEP = re.compile(rf"[\[{{]{{50}}|(?<![\w.-])(?<!\.[ \t]){_PART}(?:\.[ \t]*+{_PART}){{500}}")
"""Tables within tables; also keys of many parts (`a.b.c`), which take ever longer to read."""


def table_of(source: str) -> dict[str, Any]:
    """The table that a text is; its broken numbers as they are written, as ids end in zeros.

    Raises ValueError where it is no TOML or nested too deep, and RecursionError.
    """
    if _DEEP.search(source):
        raise ValueError("it is nested too deep")
    return tomllib.loads(source, parse_float=str)
