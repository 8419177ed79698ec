"""Names that many people bear, known before any paper is read."""

from __future__ import annotations

from pipeline.identity.names import person_name
from pipeline.identity.rarity import rarity_of

COMMON = """
Richard Taylor, David Brown, Luke Davies, Jun Zhang, Ge Liu, Chi Wai Chan, Kim Min-jun, Minsoo
Kim, Kenji Sato, Minh Nguyen, Manish Gupta, Arnab Mondal, Christoph Becker, Claire Laurent, Juan
Pérez, Pedro da Silva, Maria Rossi, Nikita Smirnov, Olena Shevchenko, Tamás Nagy, Ion Popescu,
Joost de Jong, Jonas Andersson, Mikko Korhonen, Alper Çelik, Alireza Mohammadi, Imran Ahmad,
Yael Cohen, Nikos Papadopoulos
"""


def test_a_name_that_is_common_in_some_language_is_known_to_be() -> None:
    nothing = rarity_of(())
    rare = max(nothing.expected(person_name(name)) for name in ("Fenella Quvelic", "Wil O'Mullane"))
    for name in COMMON.split(","):
        assert nothing.expected(person_name(name.strip())) > 20 * rare, name
