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


def is_organisation(name: str) -> bool:
    """Whether a name in an author list is an organisation's.

    It is one that ends in `AI` or `-AI`, holds a word such as Team, Lab, University or
    Collaboration, or begins with a company that is known to sign papers alone.

    >>> [is_organisation(name) for name in ("Qwen Team", "DeepSeek-AI", "Kai Chen", "Yi Ai")]
    [True, True, False, False]
    """
    words = [word.strip(".,").casefold() for word in name.split()]
    if not words:
        return False
    ends_in_ai = bool(re.search(r"(?:\w[-.]|\w{3,} )AI$", name.strip()))
    return ends_in_ai or words[0] in _COMPANIES or any(word in _WORDS for word in words)
