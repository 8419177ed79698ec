"""Names in author lists that are no person: companies, teams, collaborations, institutes."""

from __future__ import annotations

import re

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
_ENDS_IN_AI = re.compile(r"(?:\w[-.]|\w{3,} )AI$")


def is_organisation(name: str) -> bool:
    """Whether a name in an author list is an organisation's.

    It is one that ends in `AI` or `-AI`, holds a word such as Team, Lab, University or
    Collaboration, or begins with a company that is known to sign papers alone.

    >>> [is_organisation(name) for name in ("Qwen Team", "DeepSeek-AI", "Kai Chen", "Yi Ai")]
    [True, True, False, False]
    """
    words = [word.strip(".,") for word in name.casefold().split()]
    if not words:
        return False
    if words[0] in _COMPANIES or not _WORDS.isdisjoint(words):
        return True
    return words[-1].endswith("ai") and bool(_ENDS_IN_AI.search(name.strip()))
