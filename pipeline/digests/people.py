"""Who wrote a paper, as the fields of bibliographies and tables print it."""

from __future__ import annotations

import re

from pipeline.digests.turned_names import given_names_first
from pipeline.model.cut_lists import without_others

_PLACE = re.compile(
    r"\b(?:University|Universität|Université|Universidad|Institute|College|Corporation|Inc"
    r"|Laborator(?:y|ies)|Department|School of)\b"
)
"""Where people work, which some list among them."""
_SUFFIX = re.compile(r"(?:jr|sr)\.?|[ivx]{2,4}", re.IGNORECASE)


def person(name: str) -> str:
    """A name with the first name first; a name without comma as it is.

    >>> person("Lee, Ann"), person("King, Martin Luther, Jr."), person("OpenAI")
    ('Ann Lee', 'Martin Luther King Jr.', 'OpenAI')
    """
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
        parts = [parts[0], parts[2], parts[1]]
    if len(parts) == 2 or (len(parts) == 3 and _SUFFIX.fullmatch(parts[2])):
        return " ".join([parts[1], parts[0], *parts[2:]])
    return name.strip()


def people_of(text: str) -> list[str]:
    """The names of a field that holds authors in one text, each with the first name first.

    Two single Latin words are one person, family name first; people have first names. Where others
    are left out, the last item is `et al.`

    >>> people_of("Lee, Ann; Kim, Bo"), people_of("Lee, A., Kim, B., u.a."), people_of("Lee et al")
    (['Ann Lee', 'Bo Kim'], ['A. Lee', 'B. Kim', 'et al.'], ['Lee', 'et al.'])
    """
    text, is_cut = without_others(text.strip().removeprefix("(").removesuffix(")"))
    names = _names_of(text, alone=not is_cut)
    people = [name for name in names if not _PLACE.search(name)]
    return [*(people or names), *(["et al."] if is_cut else [])]


def _names_of(text: str, *, alone: bool) -> list[str]:
    if ";" in text or "\n" in text:
        parts = (part.strip().removeprefix("and ") for part in re.split(r"[;\n]", text))
        return [person(part) for part in parts if part]
    if (turned := given_names_first(text)) != text:
        return turned.split("; ")
    names = [
        name.strip().removeprefix("and ") for name in re.split(r"\s+(?:and|&)\s+|[,、，،]", text)
    ]
    names = [name.strip() for name in names if name.strip()]
    if len(names) == 3 and _SUFFIX.fullmatch(names[2]):
        return [person(text)]
    single = (
        alone and len(names) == 2 and all(re.fullmatch(r"[A-Za-z.'-]+", name) for name in names)
    )
    return [person(text)] if single and "," in text else names
