"""JSON lines on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.model.errors import DataError


def read_json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file, one a line, in order.

    Raises DataError, with the line, where the file is missing or damaged.
    """
    remedy = f"Run `digest-graph build INPUT... -o {path.parent}` first."
    try:
        # Not splitlines: a title may hold U+2028, which ends no line of JSON lines.
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except FileNotFoundError as error:
        raise DataError(path, "no such file", remedy) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(path, f"cannot be read ({error})", remedy) from error
    objects = []
    for number, line in enumerate(lines, 1):
        try:
            objects.append(json.loads(line))
        except ValueError as error:
            raise DataError(f"{path}:{number}", f"not JSON ({error})", remedy) from error
    return objects
