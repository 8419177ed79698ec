"""A file of settings in TOML, as its text and its content, or why it is neither."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.model.errors import UsageError


def text_and_content(
    path: Path, refused: Callable[[Path, int | None, str], UsageError], advice: str
) -> tuple[str, dict[str, Any]]:
    """The text of a file, without a byte order mark, and its tables.

    What cannot be read is raised as `refused(path, line, what)`: `line` counts from 1, and is the
    last where the file ends too early; `advice` ends what is said of a file that is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(path, None, f"not UTF-8 ({error.reason}). Save it as UTF-8.") from None
    except OSError as error:
        raise refused(path, None, f"{error.strerror}. Make it readable.") from None
    try:
        return text, tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else len(text.splitlines())
        raise refused(path, line, f"not TOML: {error}. {advice}") from None
