"""What the libraries under a catalogue raise, as errors that say which file, and what to do."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from pipeline.catalogue.folder import REMEDY, ROOM
from pipeline.model.errors import DataError, OutputError

_NUMBERED = re.compile(r"(?:os error |code: )(\d{1,4})\b")
"""How Rust names what the operating system told, the second within another error."""


@contextmanager
def checked(build: Path) -> Iterator[None]:
    """What libraries raise where a file of the catalogue is damaged, as a DataError."""
    try:
        yield
    except (OSError, ValueError, TypeError, LookupError, pa.ArrowException) as error:
        raise DataError(build, f"damaged ({error})", REMEDY) from error
    except BaseException as error:
        if not _is_panic(error):
            raise
        raise DataError(build, f"damaged ({error})", REMEDY) from None


@contextmanager
def made(index: Path) -> Iterator[None]:
    """What the index raises where a file of it cannot be written, as an OutputError."""
    try:
        yield
    except ValueError as error:
        raise OutputError(index, f"cannot be written ({_reason(error)})", ROOM) from error
    except BaseException as error:
        if not _is_panic(error):
            raise
        raise OutputError(index, f"cannot be written ({error})", ROOM) from None


def _is_panic(error: BaseException) -> bool:
    """Whether Rust, which reads and writes the index, gave up: its panics are no Exception."""
    return type(error).__name__ == "PanicException"


def _reason(error: ValueError) -> str:
    number = _NUMBERED.search(str(error))
    return os.strerror(int(number[1])) if number else str(error)
