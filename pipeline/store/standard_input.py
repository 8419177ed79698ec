"""Standard input, which is given as `-`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from pipeline.model.errors import UsageError

STANDARD_INPUT = Path("-")


def standard_input(remedy: str) -> BinaryIO:
    """The bytes of standard input; a UsageError that ends in the remedy where it is closed."""
    if sys.stdin is None:
        raise UsageError(f"-: standard input is closed. {remedy}")
    return sys.stdin.buffer
