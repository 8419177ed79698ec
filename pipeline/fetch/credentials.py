"""Keys: where each service wants its own, and how none of them is ever shown."""

from __future__ import annotations

import logging
import re
from typing import Literal, NamedTuple
from urllib.parse import quote, quote_plus

from pipeline.errors import UsageError

MASK = "***"


class Place(NamedTuple):
    """Where a service looks for a key: in a header, or in the query of the address."""

    kind: Literal["header", "query"]
    name: str


PLACES = {
    "semantic_scholar": Place("header", "x-api-key"),
    "openalex": Place("query", "api_key"),
    "opencitations": Place("header", "authorization"),
}
"""By the name of the host group. Another service is never sent a key."""


class Secret:
    """A key. Only `revealed()` has its text; `str`, `repr` and pickles have none of it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        stripped = text.strip()
        # The text of the error cannot hold what was given, nor can its traceback's locals.
        text = MASK
        if not re.fullmatch(r"[!-~]+( [!-~]+)*", stripped):
            stripped = MASK
            raise UsageError("A key holds characters that no key has. Copy it again, alone.")
        self._text = stripped

    def revealed(self) -> str:
        """The key itself, for the one line that sends it."""
        return self._text

    def hidden(self, content: bytes) -> bytes:
        """The content without the key, wherever it stands there as it is or percent-encoded."""
        for form in {self._text, quote(self._text), quote_plus(self._text)}:
            content = content.replace(form.encode(), MASK.encode())
        return content

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        return (Secret, (MASK,))


class _Masking(logging.Filter):
    """Masks what stands in an address in the place of a key, in every record of a logger."""

    _names = "|".join(place.name for place in PLACES.values() if place.kind == "query")
    _pattern = re.compile(rf"\b({_names})=[^&\s'\"]+")

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = self._pattern.sub(rf"\1={MASK}", record.getMessage())
        record.args = None
        return True


_MASKING = _Masking()


def mask_logs() -> None:
    """Keeps the addresses that urllib3 logs free of keys. Doing it twice does no harm."""
    for name in ("urllib3.connectionpool", "urllib3.util.retry"):
        logging.getLogger(name).addFilter(_MASKING)
