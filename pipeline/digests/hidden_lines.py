"""Code, formulas, scripts and comments in a text: from a mark up to the one that ends it."""

from __future__ import annotations

from collections.abc import Sequence

_FENCES = ("```", "~~~", "$$")
_MARKS = ("`", "~", "$", "<")
_WHOLE = (*_FENCES, "<!--")
_HIDING = (
    *((fence, fence) for fence in _FENCES),
    ("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"),
)  # fmt: skip


class HiddenLines:
    """The lines of code, formulas, scripts and comments: from a mark up to the one that ends it."""

    def __init__(self, lines: Sequence[str | None]) -> None:
        self._lines = lines
        self._last = 0
        self._none_after: set[str] = set()

    def holds(self, number: int, text: str) -> bool:
        """Whether the line of this number is hidden. To be asked line by line, in order."""
        if number <= self._last:
            return True
        if text[:1] not in _MARKS:
            return False
        for begins, end in _HIDING:
            if text.startswith(begins) and not (len(text) > 3 and end in text[len(begins) :]):
                self._last = self._end(end, number) or self._last
                return number <= self._last
        return len(text) > 3 and text.startswith(_WHOLE) and text.endswith((*_FENCES, "-->"))

    def _end(self, mark: str, number: int) -> int | None:
        """The line that ends what begins at `number`; None where nothing does."""
        if mark in self._none_after:
            return None
        for below in range(number, len(self._lines)):
            line = (self._lines[below] or "").strip()
            if line.startswith(mark) if mark in _FENCES else mark in line:
                return below + 1
        self._none_after.add(mark)
        return None
