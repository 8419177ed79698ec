"""Months by their names: in English, and in ten more languages by their first four letters."""

from __future__ import annotations

MONTHS = (
    "january february march april may june july august september october november december".split()
)
OTHER_MONTHS = {
    name[:4]: number
    for number, names in enumerate(
        (
            "januar jänner janvier enero gennaio janeiro januari января ocak stycznia",
            "februar février fevrier febrero febbraio fevereiro februari февраля şubat lutego luty",
            "märz maerz mars marzo março maart марта mart marca",
            "april avril abril aprile апреля nisan kwietnia",
            "mai mayo maggio maio mei мая май mayıs maja",
            "juni juin junio giugno junho июня июнь haziran czerwca",
            "juli juillet julio luglio julho июля июль temmuz lipca lipiec",
            "august août aout agosto augustus августа ağustos sierpnia",
            "september septembre septiembre settembre setembro сентября eylül września",
            "oktober octobre octubre ottobre outubro октября ekim października",
            "november novembre noviembre novembro ноября kasım listopada",
            "dezember décembre decembre diciembre dicembre dezembro декабря aralık grudnia",
        ),
        1,
    )
    for name in names.split()
}
"""The months of ten more languages, by their first four letters."""


def month_of(name: str) -> int:
    """The number of a month by its name in any known language, or the first letters of it.

    Raises ValueError for another word.

    >>> month_of("Sept"), month_of("März")
    (9, 3)
    """
    return OTHER_MONTHS.get(name.casefold()[:4]) or month_number(name)


def month_number(name: str) -> int:
    """The number of a month by its English name or the first letters of it; else ValueError."""
    begins = name.casefold()[:3]
    for number, month in enumerate(MONTHS, 1):
        if len(begins) == len(month[:3]) and month.startswith(begins):
            return number
    raise ValueError(name)
