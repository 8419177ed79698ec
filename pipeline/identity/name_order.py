"""Which words of a printed name are the family name, where they are not simply the last.

Asian scripts, `KIM Minjun`, `Kim Min-jun`, `Nguyễn Văn An` and `Lindegren L.` print it first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from pipeline.model.common_names import FAR_MORE, family_share, given_by_family, languages
from pipeline.model.folding import folded_name

FAMILY_FIRST = ("Chinese", "Korean", "Vietnamese")
_LONG_FAMILIES = frozenset("ouyang situ sima shangguan zhuge xiahou dongfang huangfu".split())
"""Chinese family names of two syllables, which are no given names."""
LEAST_SHARE = 0.001
"""Of the people of a language; rarer family names are too often given names elsewhere."""
LISTED = 3e-4
"""The share of all authors from which on a family name is known for one."""
_VOWEL = re.compile("[aeiouy]")
_ASIAN = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]")
_NOTHING_ELSE = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3\s]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_TWO_SIGNS = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 夏侯 东方 尉迟 公孙 皇甫 慕容 "
    "남궁 제갈 황보 선우 사공 독고".split()
)
_HANGUL_FAMILIES = dict(
    zip(
        "김 이 박 정 최 조 강 윤 장 임 한 오 서 신 권 황 안 송 류 유 홍 전 고 문 양 손 배 백 허 노 "
        "남 심 하 곽 성 차 주 우 구 민 나 진 지 엄 채 원 천 방 공 현 함".split(),
        "kim lee park jung choi cho kang yoon jang lim han oh seo shin kwon hwang ahn song ryu yoo "
        "hong jeon ko moon yang son bae baek heo noh nam shim ha kwak sung cha joo woo koo min na "
        "jin ji um chae won cheon bang kong hyun ham".split(),
        strict=True,
    )
)
"""As most who bear them spell them; the other signs of a name are spelt out one by one."""
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_VIETNAMESE_MIDDLE = ("Van", "Thi")
"""Behind a Vietnamese family name that is printed first, of a man and a woman, without accents."""
_SOME_PARTICLES = (
    r"(?:vander|vanden|vande|van|von|der|den|del|de|dos|du|di|da|al|el|le|la|mac|mc|o)+"
)
_PARTICLES = re.compile(rf"{_SOME_PARTICLES}(?=\w{{3}})")
_TWO_SYLLABLES = re.compile(r"\w+-[^\W\d_A-Z]+")
"""`Min-jun`, which is a given name; `Smith-Jones` is a family name."""
_BARE = re.compile(r"[^\W\d_a-z]{1,3}|(?:[^\W\d_a-z]\.-?)+")
"""Initials as a bibliography prints them behind a family name: `J`, `JA`, `J.A.`, `J.-P.`"""


def family_words(words: Sequence[str]) -> int:
    """How many of the first words are the family name; 0 where it is not printed first."""
    first, last = words[0], words[-1]
    if len(words) < 2:
        return 0
    if _ASIAN.search(first):
        return 1
    if behind := _before_initials(words):
        return behind
    if first.isupper() and len(first) > 1 and "." not in first:
        mixed = not any(word.isupper() and len(word) > 1 for word in words[1:])
        return int(mixed and (len(first) > 3 or is_family_first(first)))
    middle = len(words) > 2 and words[1] in _VIETNAMESE_MIDDLE and is_vietnamese(first)
    if middle or _VIETNAMESE.search("".join(words)):
        families = _families("Vietnamese")
        return int(folded_name(first) in families and folded_name(last) not in families)
    given = bool(_TWO_SYLLABLES.fullmatch(last)) or _is_given_of_two(last)
    given = (given and is_family_first(first)) or folded_name(first) in _LONG_FAMILIES
    return int(given and not is_family_first(last))


def without_second_initial(words: list[str]) -> list[str]:
    """The words of a name without the initial of a second Spanish or Portuguese family name.

    >>> [without_second_initial(text.split()) for text in ("Lucía García M.", "Lindegren L.")]
    [['Lucía', 'García'], ['Lindegren', 'L.']]
    """
    *others, last = words
    second = len(others) > 1 and len(last.rstrip(".")) == 1 and last.isupper()
    if second and given_by_family(others[0]) > FAR_MORE and _is_iberian(others[-1]):
        return others
    return words


def _is_iberian(word: str) -> bool:
    folded = folded_name(word)
    return any(folded in _families(language) for language in ("Spanish", "Portuguese"))


@lru_cache(maxsize=1 << 18)
def without_particles(family: str) -> str:
    """A folded family name without the particles before it, be they written in one word or not.

    It is for finding names that may be one: of `lavigne` nothing is left but `vigne`.

    >>> without_particles("lecun"), without_particles("cun"), without_particles("almansour")
    ('cun', 'cun', 'mansour')
    """
    particles = _PARTICLES.match(family)
    return family[particles.end() :] if particles else family


def are_particles(folded: str) -> bool:
    """Whether what stands before the last word of a family name is particles: `vander`, `dela`."""
    return re.fullmatch(_SOME_PARTICLES, folded) is not None


def spelt_apart(text: str) -> list[str]:
    """The words of a name in Chinese signs or Hangul, given name last, Korean families as Latin.

    >>> spelt_apart("김민준"), spelt_apart("王小明")
    (['kim', '민준'], ['王', '小明'])
    """
    words = text.split()
    if len(words) == 1:
        long = text[:2] in _TWO_SIGNS or len(text) > 3
        words = [text[: 1 + long], text[1 + long :]]
    if _HANGUL.fullmatch(words[0]):
        words[0] = _HANGUL_FAMILIES.get(words[0], words[0])
    return [word for word in words if word]


def is_asian(text: str) -> bool:
    """Whether a name is written in Chinese signs or Hangul, and in nothing else."""
    return not text.isascii() and bool(_NOTHING_ELSE.fullmatch(text))


def capital_initials(word: str) -> list[str]:
    """The letters of `JP`, `J-P` or `J-P.`, in `JP Serre`; any other word is left whole."""
    letters = word.removesuffix(".").replace("-", "")
    short = 1 < len(letters) <= 3 and word.isupper() and letters.isalpha()
    return list(letters) if short and not is_family_first(word) else [word]


def _is_given_of_two(word: str) -> bool:
    """Whether a word with a hyphen is a given name of two syllables, as `Wei-Qiang`, `Min-Jun`."""
    if word.count("-") != 1:
        return False
    syllables = [folded_name(part) for part in word.split("-")]
    given = _given_names()
    return "".join(syllables) in given or given.issuperset(syllables)


def _before_initials(words: Sequence[str]) -> int:
    """How many words are a family name written out that initials stand behind; 0 if none do."""
    last = words[-1]
    if not (last.isupper() and _BARE.fullmatch(last)):
        return 0
    if len(last) > 1 and is_family_first(last):
        return 0
    count = len(words) - 1
    while count > 1 and len(words[count - 1].rstrip(".")) == 1 and words[count - 1].isupper():
        count -= 1
    before = words[:count]
    written_out = all(len(w) > 1 and "." not in w for w in before)
    told = not any(map(str.isupper, before)) or _is_no_name(last, before[-1])
    return count if written_out and told else 0


def _is_no_name(capitals: str, family: str) -> bool:
    """Whether capitals behind others are initials: `J`, `J.`, `JH` behind a common family name."""
    if "." in capitals or len(capitals) == 1:
        return True
    return not _VOWEL.search(folded_name(capitals)) and family_share(folded_name(family)) > LISTED


@lru_cache(maxsize=8)
def _families(language: str) -> frozenset[str]:
    (language_named,) = (candidate for candidate in languages() if candidate.name == language)
    return frozenset(name for name, share in language_named.family.items() if share >= LEAST_SHARE)


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    named = (language for language in languages() if language.name in FAMILY_FIRST)
    return frozenset(chain.from_iterable(language.given for language in named))


def is_vietnamese(word: str) -> bool:
    """Whether a word is a common Vietnamese family name, before which `Van` is a middle name."""
    return folded_name(word) in _families("Vietnamese")


def is_family_first(word: str) -> bool:
    """Whether a word is a common family name of a language that prints it first."""
    folded = folded_name(word)
    return any(folded in _families(language) for language in FAMILY_FIRST)
