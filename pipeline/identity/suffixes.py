"""What stands behind a family name and tells a son from his father: `Jr.`, `III`, `Filho`."""

from __future__ import annotations

from pipeline.model.folding import folded_name

SUFFIXES = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    **dict.fromkeys(("ii", "2nd"), "2"),
    **dict.fromkeys(("iii", "3rd"), "3"),
    **dict.fromkeys(("iv", "4th"), "4"),
}
_PORTUGUESE = frozenset(("filho", "neto", "sobrinho"))
"""Son, grandson, nephew of one of the same name: https://en.wikipedia.org/wiki/Portuguese_name."""


def without_suffix(words: list[str], others: int = 2) -> tuple[list[str], str | None]:
    """The words of a name and its suffix; a Portuguese one is a name behind fewer than `others`.

    >>> without_suffix(["Martin", "King", "Jr."]), without_suffix(["Pedro", "Balage", "Filho"])
    ((['Martin', 'King'], 'jr'), (['Pedro', 'Balage'], 'filho'))
    >>> without_suffix(["Ana", "Neto"])
    (['Ana', 'Neto'], None)
    """
    last = folded_name(words[-1]) if len(words) > 1 else ""
    if last in _PORTUGUESE and len(words) > others:
        return words[:-1], last
    return (words[:-1], SUFFIXES[last]) if last in SUFFIXES else (words, None)
