"""Keys: where each service wants its own, and how none of them is ever logged."""

from __future__ import annotations

import logging
import re
from typing import Literal, NamedTuple

from pipeline.settings.keys import MASK


class KeyLocation(NamedTuple):
    """Where a service looks for a key: in a header, or in the query of the address."""

    kind: Literal["header", "query"]
    name: str


KEY_LOCATIONS = {
    "semantic_scholar": KeyLocation("header", "x-api-key"),
    "openalex": KeyLocation("query", "api_key"),
    "opencitations": KeyLocation("header", "authorization"),
}
"""By the name of the host group. Another service is never sent a key."""


class _Masking(logging.Filter):
    """Masks what stands in an address in the place of a key, in every record of a logger."""

    _names = "|".join(place.name for place in KEY_LOCATIONS.values() if place.kind == "query")
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
