"""Months by their names: in English, and in many more languages by their first four letters."""

from __future__ import annotations

MONTHS = (
    "january february march april may june july august september october november december".split()
)
OTHER_MONTHS = {
    name[:4]: number
    for number, names in enumerate(
        (
            (
                "januar jänner janvier enero gennaio janeiro januari января янв ocak stycznia ene "
                "ianuarie gener tammikuuta січня ιανουαρίου يناير sausio"
            ),
            (
                "februar février fevrier febrero febbraio fevereiro februari февраля фев şubat "
                "lutego luty fév helmikuuta лютого φεβρουαρίου فبراير vasario"
            ),
            (
                "märz maerz mars marzo março maart марта мар mart marca mrt maret maaliskuuta "
                "березня március μαρτίου مارس kovo"
            ),
            (
                "avril abril aprile april апреля апр nisan kwietnia avr abr huhtikuuta квітня "
                "április απριλίου أبريل balandžio"
            ),
            (
                "mai mayo maggio maio mei мая май mayıs maja maj maig toukokuuta травня május "
                "μαΐου مايو gegužės"
            ),
            (
                "juni juin junio giugno junho июня июнь июн haziran czerwca juny iunie kesäkuuta "
                "червня június ιουνίου يونيو birželio"
            ),
            (
                "juli juillet julio luglio julho июля июль июл temmuz lipca lipiec iulie "
                "heinäkuuta липня július ιουλίου يوليو liepos"
            ),
            (
                "august août aout agosto augustus августа авг ağustos sierpnia ago elokuuta "
                "серпня αυγούστου أغسطس rugpjūčio"
            ),
            (
                "september septembre septiembre settembre setembro сентября сен eylül września "
                "set syyskuuta вересня szeptember σεπτεμβρίου سبتمبر rugsėjo"
            ),
            (
                "oktober octobre octubre ottobre outubro октября окт ekim października okt "
                "lokakuuta жовтня október οκτωβρίου أكتوبر spalio"
            ),
            (
                "november novembre noviembre novembro ноября ноя kasım listopada noiembrie "
                "marraskuuta листопада νοεμβρίου نوفمبر lapkričio"
            ),
            (
                "dezember décembre decembre diciembre dicembre dezembro декабря дек aralık "
                "grudnia dic déc dez desember joulukuuta грудня δεκεμβρίου ديسمبر gruodžio"
            ),
        ),
        1,
    )
    for name in names.split()
}
"""The months of many more languages, also cut short, by their first four letters."""


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
