"""Author lists as people print them: in parentheses, after a label, in a cell, in any script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from sys import intern
from typing import NamedTuple

from pipeline.digests.turned_names import given_names_first, suffixes_joined
from pipeline.model.cut_lists import CUT, CUT_END, CUT_ITEM
from pipeline.model.seen_lines import of_seen_lines

HANGUL = re.compile(r"[가-힣ᄀ-ᇿ㄰-㆏]")
LATIN = re.compile(r"[A-Za-z]")
SENTENCE = re.compile(r"(?<=\w\w\w)[.?!]\s+\w\w|[。！？]\s*\w")

_GAP = re.compile(r"(?<=\w)[,\s]*+(?:\.\.\.|…)[,\s]*+(?:(?:and|&)\s)?")
"""Where a list leaves out names: `Ann Lee, ..., Bo Kim`."""
_MARKS = re.compile(
    r"(?:(?<!\s)\s++)?(?:\[[\d,*†‡§¶ ]{1,12}\]|\([\d,*†‡§¶ ]{1,12}\)|[*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰]{1,6})$"
)
_AFFILIATION = re.compile(
    r"(?<=[\w.])[ \t]?[(（][^()（）]{2,120}(?:[)）](?=[,;、，；]|\s*$|\s+(?:and|&)\s)|$)"
)
"""Where somebody works, behind a name: `Ann Lee (MIT, Oven Lab)`."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ORGANISATION = re.compile(r"^([^,:()]{2,60}):\s+(?=\S)")
AND = re.compile(
    r"(?:(?<!\s)\s++)?[,;、，；،؛]\s*(?:and\s+|&\s*)?"
    r"|(?<!\s)\s++(?:(?:and|&|und|et)\s+(?!al\b)|·\s+)"
)
_BAR = re.compile(r"\s[|/]\s|(?<=[가-힣一-鿿])(?:\s?[·・]\s?|/)(?=[가-힣一-鿿])")
_OTHER_AND = re.compile(
    r"\s(?:y|e|i|a|og|och|en|ve|và|dan|și|şi|ja|és|ir|un|eta|agus|dhe|na|[^\x00-\u024f\W\d_]\S{0,9})\s"
)
"""`And` in other languages; in another script any word that stands between two full names."""
_ORGANISED = re.compile(r"[A-Z]\w*[a-z][A-Z][\w-]*")
"""An organisation that signs first, by a name with capitals inside: `OpenAI, Ann Lee, Bo Kim`."""
_PARTICLES = frozenset(
    "van von der den de da di dos del la le el al bin ibn ten ter du zu zur zum af av".split()
)
_ATTACHED = re.compile(r"(?:[dl]['’]|[ae]l-|bin-|ibn-)[^\W\d_]{2}")
"""A particle that is written together with what follows: `d'Alembert`, `al-Farabi`."""
NOT_NAMES = frozenset(
    "accepted algorithm analysis and answering approach are arxiv attention award benchmark best "
    "blog book chapter code conference course data dataset deep detection diffusion evaluation "
    "findings for framework from generation generative google image inference international "
    "introduction journal language large learning letters method methods model modeling models "
    "multimodal nature network networks neural open optimization oral our page paper papers "
    "poster preprint proceedings project question reasoning report research review scaling "
    "science source spotlight survey system systems task technical text the this training "
    "transactions transformer transformers translation tutorial under understanding university "
    "using via video vision with without workshop".split()
)
_HAN_OR_KANA = re.compile(r"[一-鿿々ぁ-ヿ]")
_CJK_NAME = re.compile(r"[가-힣]{2,5}|[一-鿿々]{2,4}|[一-鿿々ぁ-ヿ]{1,6}[ 　][一-鿿々ぁ-ヿ]{1,6}")
MOST_CHARACTERS = 200_000
"""Of a list of authors: the longest on arXiv have 3,000 names."""
_LOOKED_AT = 5_000
"""So much is looked at of what may be no list at all."""
_DAYS = re.compile(
    r"(?=.*\d)(?:[\d.,/\s–—-]|(?:to|bis|au|a)\b"
    r"|(?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]{0,6}\b)+",
    re.IGNORECASE,
)
"""`27 Jan - 2 Feb`, `27.1. – 2.2.`: days, which stand in parentheses as authors do."""
_LIST_END = re.compile(r"\. |\s(?:--|[—–|·])\s")
_DIGITS = re.compile(r"\d{4}")
_GROUPS = {"Collaboration", "Collaborations", "Consortium", "Team"}
_MOST_FAMILIES = 3
_INITIAL = 3
_AND_OF = {
    mark: re.compile(rf"(?:{mark}|(?<![\s{mark}]))\s++(?:and|&)\s+(?=[^\s])") for mark in ",;"
}


class AuthorList(NamedTuple):
    """An author list: the names, whether all are there, and the text after the last one."""

    names: tuple[str, ...]
    complete: bool
    after: str = ""


# A list is looked at as a line, behind a title and as what comes next.
@of_seen_lines(2_048)
def names_of_group(inner: str) -> AuthorList | None:
    """The names of what stands in parentheses: `Qwen: A, B` begins with the organisation."""
    if len(inner) > MOST_CHARACTERS or "://" in inner or SENTENCE.search(inner):
        return None
    inner = _ORGANISATION.sub(lambda match: f"{match[1]}, ", inner)
    cut = CUT_END.search(inner)
    inner = given_names_first(_barred(inner[: cut.start()] if cut else inner))
    separator = ";" if ";" in inner else ","
    inner = _with_last_separated(inner, separator)
    items = [item.strip() for item in _top_level_items(inner)]
    items = list(filter(None, items))
    full_names = [_MARKS.sub("", item) for item in items if not CUT_ITEM.fullmatch(item)]
    names = suffixes_joined([name for name in full_names if name])
    if not names or _YEAR.search(inner) or not _could_be_names(names):
        return None
    # Who signs many papers is in memory once.
    complete = cut is None and not any(map(CUT_ITEM.fullmatch, items))
    return AuthorList(tuple(map(intern, names)), complete)


def _with_last_separated(inner: str, separator: str) -> str:
    """A list whose last names are separated as the others are: `A, B and C` as `A, B, C`."""
    last = max(inner.rfind(separator), inner.rfind(";")) + 1
    before = inner[:last].removesuffix(separator)
    own = separator if last > len(before) else ""
    return before + _AND_OF[separator].sub(f"{separator} ", own + inner[last:])


def names_in(text: str, *, sure: bool = False) -> AuthorList | None:
    """The author list that a text begins with; None where it is not clearly one.

    Two names, or one before `et al.`, are clear. With `sure`, where the place says that it
    holds names, any are.

    >>> names_in("Ann Lee, Bo van Kim, et al., ICML 2023")
    AuthorList(names=('Ann Lee', 'Bo van Kim'), complete=False, after='ICML 2023')
    >>> names_in("01.AI: yelong shen (1), 王小明 等 4 位作者", sure=True).names
    ('01.AI', 'yelong shen', '王小明')
    """
    if (gap := with_gap_closed(text[:_LOOKED_AT])) is not None:
        authors = names_in(gap, sure=sure)
        return authors._replace(complete=False) if authors else None
    text = beginning(text, MOST_CHARACTERS if sure else _LOOKED_AT).strip(" .,;*_")
    if sure:
        text = _AFFILIATION.sub("", _ORGANISATION.sub(lambda x: f"{x[1]}, ", _barred(text)))
    cut = CUT.search(text)
    inner, after = (text[: cut.start()], text[cut.end() :]) if cut else (text, "")
    inner = given_names_first(inner.removeprefix("and "))
    items = [_MARKS.sub("", item.strip()) for item in AND.split(inner)]
    items = [name.strip(" *_()") for item in items if item for name in _both(item)]
    listed = items[1:] if len(items) > 2 and _ORGANISED.fullmatch(items[0]) else items
    # `Reminds me of Ho et al.` names nobody of three words.
    alone = len(items) == 1 and not any(map(_is_lower, items[0].split()))
    single = sure or (bool(cut) and (alone or _are_families(items)))
    families = sure and cut is not None
    fits = (_is_name(name, single) or (families and _is_han_family(name)) for name in listed)
    count = next((at for at, fit in enumerate(fits) if not fit), None)
    count = count if count is None or not count else count + len(items) - len(listed)
    names = tuple(filter(None, items[:count]))
    if count is not None:
        last, stop, beyond = _up_to_end(items[count])
        if names and stop and len(last) > _INITIAL and _is_name(last, single=False):
            names, items[count] = (*names, last), beyond
        cut, after = None, ", ".join(items[count:])
    if not names or not (sure or len(names) > 1 or cut):
        return None
    return AuthorList(names, cut is None, after.strip(" .,;()*_"))


def _barred(text: str) -> str:
    """A list with bars, slashes or, in Korean and Chinese, dots between names with semicolons.

    >>> _barred("Ann Lee | Bo Kim"), _barred("김민준·박지우"), _barred("Ann Lee, Bo Kim | ICML")
    ('Ann Lee;Bo Kim', '김민준;박지우', 'Ann Lee, Bo Kim | ICML')
    """
    return text if any(sign in text for sign in ",;、，；،؛") else _BAR.sub(";", text)


def with_gap_closed(text: str) -> str | None:
    """A list of names without the dots that leave some out; None where there are no such dots.

    >>> with_gap_closed("Ann Lee, Bo Kim, ..., Cy Ng"), with_gap_closed("Ann Lee, Bo Kim")
    ('Ann Lee, Bo Kim, Cy Ng', None)
    """
    if "..." not in text and "…" not in text:
        return None
    closed, gaps = _GAP.subn(", ", text)
    return closed.replace("...", " ").replace("…", " ").strip(" ,") if gaps else None


def _is_han_family(name: str) -> bool:
    """Whether a name is one Chinese character: `王等` names a family where names are expected."""
    return len(name) == 1 and _HAN_OR_KANA.match(name) is not None


def _up_to_end(item: str) -> tuple[str, str, str]:
    """What stands before the end of a list of names, a full stop or a dash; that; what follows."""
    end = _LIST_END.search(item)
    return (item[: end.start()], end[0], item[end.end() :]) if end else (item, "", "")


def _both(item: str) -> Sequence[str]:
    """Two full names that a language's own word for `and` joins, else the item as it is.

    >>> _both("Stefan Wager y Susan Athey"), _both("Santiago Ramón y Cajal")
    (['Stefan Wager', 'Susan Athey'], ['Santiago Ramón y Cajal'])
    """
    names = _OTHER_AND.split(item)
    full = all(" " in name and not name[0].islower() for name in names)
    return names if full else [item]


def _are_families(items: Sequence[str]) -> bool:
    """Whether a few names before `et al.` are family names alone."""
    return len(items) <= _MOST_FAMILIES and all(
        item[:1].isupper() and " " not in item for item in items
    )


def beginning(text: str, most: int) -> str:
    """So many characters of a text; a list of names that goes on ends with its last whole one."""
    if len(text) <= most:
        return text
    names, comma, _ = text[:most].rpartition(", ")
    return f"{names}, et al." if comma else text[:most]


def is_name(text: str) -> bool:
    """Whether a text is one full name: two to four words as names are written, or initials."""
    words = text.split()
    # In a script without capitals any few words look like one name.
    if not any(map(str.isupper, text)) and not _HAN_OR_KANA.search(text):
        return False
    if words and words[-1] in _GROUPS:
        return len(words) < 8 and words[0][:1].isupper()
    return 1 < len(words) < 5 and _is_name(text, single=False) and not text.endswith(".")


def is_particle(word: str) -> bool:
    """Whether a word is one that family names begin with: `van`, `de`."""
    return word.casefold() in _PARTICLES


def _is_lower(word: str) -> bool:
    return word[0].islower() and not is_particle(word) and not _ATTACHED.match(word)


def is_group(name: str) -> bool:
    """Whether a name is that of a collaboration, a consortium or a team."""
    return name.rpartition(" ")[2] in _GROUPS


def _top_level_items(text: str) -> list[str]:
    """The parts between commas outside parentheses; between semicolons, where there are any."""
    separators = ";；؛" if any(sign in text for sign in ";；؛") else ",、，،"
    if "(" not in text and ")" not in text:
        return re.split(f"[{separators}]", text)
    items, depth, start = [], 0, 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character in separators and depth == 0:
            items.append(text[start:at])
            start = at + 1
    return [*items, text[start:]]


def _could_be_names(names: Sequence[str]) -> bool:
    """Whether each could be a name; one in lower case could, beside others that are not."""
    if len(names) == 1 and {word.lower() for word in names[0].split()} & NOT_NAMES:
        return False
    shapes = [_could_be_name(name) for name in names]
    lower = sum(shape is None for shape in shapes)
    return all(shape is not False for shape in shapes) and lower * 2 < len(names)


def _could_be_name(item: str) -> bool | None:
    """Whether a text could be a name; None where only its lower case speaks against it."""
    if not item.isascii() and HANGUL.search(item):
        return re.fullmatch(r"[가-힣]{2,5}", item) is not None
    if not item.isascii() and _HAN_OR_KANA.search(item):
        return _CJK_NAME.fullmatch(item) is not None
    words = item.split()
    capital = any(word[0].isupper() or not word[0].isascii() for word in words)
    if len(words) > 8 or len(item) > 80 or _DAYS.fullmatch(item):
        return False
    if capital or re.fullmatch(r"\d[\w.]*[A-Z][\w.]*", item):
        return True
    shaped = len(words) in (2, 3) and all(word.isalpha() and len(word) > 1 for word in words)
    return None if shaped and not NOT_NAMES & set(words) else False


def _is_name(item: str, single: bool) -> bool:
    words = item.split()
    if HANGUL.search(item):
        return single and len(item) <= 12
    if not item.isascii() and _HAN_OR_KANA.search(item):
        return _CJK_NAME.fullmatch(item) is not None
    excluded = {word.lower().strip(".") for word in words if len(word) > 2} & NOT_NAMES
    if not 2 - single <= len(words) <= 5 or len(item) > 60 or (excluded and not single):
        return False
    if single:
        closed = ":" not in item and item.count("(") == item.count(")")
        return any(map(str.isalpha, item)) and closed and not _DIGITS.search(item)
    shaped = all(re.fullmatch(r"[^\W\d_](?:[^\W\d_]|[.'’‘`-])*", word) for word in words)
    owned = any(word.endswith(("'s", "’s")) for word in words)
    return (
        shaped
        and not owned
        and all(
            not word[0].islower() or word.lower() in _PARTICLES or _ATTACHED.match(word)
            for word in words
        )
    )
