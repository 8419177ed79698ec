"""Records of a catalogue that is made up, with sequels and near-identical titles among them."""

from __future__ import annotations

import json
import random

WORDS = """attention bandits bounds calibration clouds coding compression contrast decoding
diffusion distillation drift editing embeddings exploration fairness features flows forests fusion
gradients graphs grounding kernels lattices matching memory merging mixtures networks noise optics
ordering parsing planning policies priors proofs pruning ranking reasoning retrieval robots routing
sampling scaling search sensing speech splines summaries tracking transfer translation trees vision
""".split()
HEADS = (
    "Towards",
    "Rethinking",
    "On",
    "A Survey of",
    "Scalable",
    "Robust",
    "Learning",
    "Efficient",
)
GIVEN = ("Ada", "Bo", "Carla", "Dmitri", "Elif", "Farid", "Grace", "Hana", "Ivo", "Jun", "Kofi")
FAMILY = (
    "Abbott",
    "Brandt",
    "Costa",
    "Duarte",
    "Eriksen",
    "Fujita",
    "Greco",
    "Haddad",
    "Ito",
    "Kim",
)
AGAIN = 0.1
"""The share of titles that are another's with one word changed or a number behind."""


def invented_records(count: int) -> bytes:
    """JSON lines of a snapshot, 90 a month from January 2021, the same each time."""
    chance = random.Random(7)
    titles: list[str] = []
    for _ in range(count):
        again = titles and chance.random() < AGAIN
        titles.append(_near(chance, chance.choice(titles)) if again else _title(chance))
    return b"".join(_line(chance, number, title) for number, title in enumerate(titles))


def as_printed(title: str, at: int) -> str:
    """A title as the entry at this place of a list prints it.

    Every fourth has lost a letter of its longest word, every seventh is but a name of two words.

    >>> [as_printed("Learning Kernels for Flows", at) for at in (0, 3, 6)]
    ['Learning Kernels for Flows', 'Learnig Kernels for Flows', 'Learning Kernels']
    """
    words = title.split()
    if at % 7 == 6:
        return " ".join(words[:2])
    longest = max(words, key=len)
    slip = f"{longest[:-2]}{longest[-1]}"
    return title.replace(longest, slip, 1) if at % 4 == 3 else title


def _title(chance: random.Random) -> str:
    one, two, three = chance.sample(WORDS, 3)
    head = chance.choice(HEADS)
    return f"{head} {one.title()} for {two.title()} with {three.title()}"


def _near(chance: random.Random, title: str) -> str:
    *rest, last = title.split()
    if last.isdigit() or chance.random() < 0.5:
        return " ".join([*rest, chance.choice(WORDS).title()])
    return f"{title} 2"


def _line(chance: random.Random, number: int, title: str) -> bytes:
    months, of_month = divmod(number, 90)
    year, month = 21 + months // 12, months % 12 + 1
    names = [f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}" for _ in range(chance.randint(1, 5))]
    made = {"version": "v1", "created": f"Mon, 1 {_MONTHS[month - 1]} 20{year} 10:00:00 GMT"}
    record = {
        "id": f"{year}{month:02}.{of_month + 1:05}",
        "title": title,
        "authors": ", ".join(dict.fromkeys(names)),
        "abstract": f"We study {title.lower()}.",
        "categories": "cs.LG",
        "versions": [made],
        "update_date": f"20{year}-{month:02}-02",
    }
    return json.dumps(record).encode() + b"\n"


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
