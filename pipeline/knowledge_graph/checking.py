"""What a notebook gives, checked: an error that says what to give, in the place of Arrow's."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import Any

from pipeline.model.errors import UsageError


def text_of(value: object, example: str) -> str:
    """A text. Raises UsageError, with an example, for anything else.

    >>> text_of("ocr", "'ocr'")
    'ocr'
    """
    if not isinstance(value, str):
        raise UsageError(f"{value!r} is no text. Give one, such as {example}.")
    return value


def texts_of(value: object) -> list[str]:
    """Several texts. Raises UsageError for anything else."""
    if not isinstance(value, Iterable):
        raise UsageError(f"{value!r} is no text and no list of texts. Give 'ocr' or ['ocr', 'rl'].")
    return [text_of(each, "'ocr'") for each in value]


def years_of(value: object) -> list[int] | None:
    """Years of one or of several; None for None. Raises UsageError for what is none.

    >>> years_of(2024), years_of(range(2020, 2022)), years_of(None)
    ([2024], [2020, 2021], None)
    """
    if value is None:
        return None
    years = [value] if isinstance(value, str) or not isinstance(value, Iterable) else [*value]
    for year in years:
        if isinstance(year, bool) or not isinstance(year, Integral):
            raise UsageError(f"year={year!r} is no year. Give 2024, or range(2020, 2025).")
    return [int(str(year)) for year in years]


def count_of(name: str, value: Any) -> Any:
    """A count, 0 or more, or None for None. Raises UsageError, by its name, for what is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Integral) or int(str(value)) < 0:
        raise UsageError(f"{name}={value!r} is no count. Give 0, 1, 2 or more.")
    return int(str(value))
