"""Names in author lists that are no person: companies, teams, collaborations, institutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_WORDS = frozenset(
    """
    academy association center centre collaboration college consortium corporation department
    foundation group hospital inc institute institut instituto laboratories laboratory lab labs
    ltd network organisation organization project school society team teams universidad
    universite university universitat working research
    """.split()
)
_COMPANIES = frozenset(
    """
    01.ai adobe ai2 alibaba amazon anthropic apple baichuan baidu bigcode bigscience bytedance
    cohere databricks deepmind deepseek deepseek-ai eleutherai google huawei ibm intel meituan meta
    kaist kakao microsoft minimax mistral moonshot naver nvidia openai openbmb qwen salesforce
    samsung sensetime snowflake stepfun tencent xai xiaomi zhipu
    """.split()
)
_ALSO_GIVEN_NAMES = frozenset("adobe ai2 apple huawei meta mistral moonshot qwen".split())
_OF_COMPANIES = frozenset(
    "ai asia brain china cloud fair gemini inc labs llm ml noah's reality research".split()
)
_NOBODY = frozenset(("al", "authors", "contributors", "more", "others", "collaborators", "members"))
_ENDS_IN_AI = re.compile(r"(?:\w[-.]|\w{3} )AI$")

_ANY_WORD = "|".join(map(re.escape, sorted(_WORDS | _COMPANIES | _NOBODY)))
HINT = rf"(?i)ai$|(?:^|[\s,.])(?:{_ANY_WORD})(?:[\s,.]|$)"
"""A pattern that is in every organisation's name, and in few others, for looking through many."""


@lru_cache(maxsize=1 << 20)
def is_organisation(name: str) -> bool:
    """Whether a name in an author list is an organisation's.

    It is one that ends in `AI` or `-AI`, holds a word such as Team, Lab, University or
    Collaboration, or begins with a company that is known to sign papers alone. `et al.` and
    `other contributors` are nobody either.

    >>> [is_organisation(name) for name in ("Qwen Team", "DeepSeek-AI", "Kai Chen", "Yi Ai")]
    [True, True, False, False]
    """
    words = name.casefold().split()
    if "." in name or "," in name:
        words = [word.strip(".,") for word in words]
    if not words:
        return False
    if not _WORDS.isdisjoint(words) or _is_nobody(words):
        return True
    if words[0] in _COMPANIES and _is_company(words):
        return True
    return words[-1].endswith("ai") and bool(_ENDS_IN_AI.search(name.strip()))


def _is_company(words: Sequence[str]) -> bool:
    """Whether a company signs, not a person whose given name is one's, such as Huawei Shen."""
    named_so = words[0] in _ALSO_GIVEN_NAMES and len(words) == 2
    return not named_so or words[1] in _OF_COMPANIES


def _is_nobody(words: Sequence[str]) -> bool:
    """Whether a list was cut here: `et al.`, `and others`, `additional authors not shown`."""
    first = words[0].strip("([")
    return first in {"et", "other", "others", "additional", "and", "many"} and (
        len(words) == 1 or not _NOBODY.isdisjoint(words[1:])
    )
