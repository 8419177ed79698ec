"""The name that a sentence writes before a printed id: `as Code Llama (2308.12950) does`."""

from __future__ import annotations

import re
from itertools import takewhile

_REACH = 300
_BEFORE_ID = re.compile(
    r"(?<![\s,:–—-])[\s,:–—-]*+[(\[（]?+\s*+(?:(?:see|cf\.?|arxiv)\s*+:?+\s*+)*+"
    r"(?:<?https?://(?=[^\s()<>])[^\s()<>]*+(?<=/))?\Z",
    re.IGNORECASE,
)
"""What may stand between a name and the id."""

_MARKED = re.compile(
    r"(?:\*\*(?P<bold>[^*\n]{2,160})\*\*|\*(?P<italic>[^*\n]{2,160})\*|_(?P<line>[^_\n]{2,160})_"
    r"|[\"“「『](?P<quoted>[^\"“”「」『』\n]{2,160})[\"”」』])[.,]?\Z"
)
_PARTICLE = re.compile(r"(?<=[A-Za-z0-9+*])[가-힣]{1,4}\Z")
_PLACE = ("에서", "에게", "에서는", "에서도")
"""Particles of who or what does something: `StepFun에서` names the laboratory."""

_WITHIN = frozenset("a an as at by for from in is of on the to via with".split())
_OPENS_SENTENCE = frozenset(
    "also as based builds but by compare compared compares contrast extends first follow following "
    "follows for from in it like next read related see similar since so then they this unlike use "
    "uses using we when while with".split()
)
_PEOPLE = ("and", "&", "al.", "et")


def written_name(arxiv_id: str, sentence: str) -> str | None:
    """What a sentence calls the paper whose id it prints: words that are set apart, or a name.

    A name is the capitalised words before the id; of one word it needs a second capital or a
    figure, unless the sentence is in letters that have no capitals.

    >>> written_name("2308.12950", "As Code Llama (https://arxiv.org/abs/2308.12950) does.")
    'Code Llama'
    >>> written_name("2309.13638", "Embers of Autoregression을 (arXiv:2309.13638) 평가해봤군요.")
    'Embers of Autoregression'
    >>> written_name("1706.03762", "We tried *Attention Is All You Need* 1706.03762.")
    'Attention Is All You Need'
    >>> written_name("1907.05600", "It is shown by Song & Ermon (1907.05600).")
    """
    at = sentence.find(arxiv_id)
    text = sentence[max(0, at - _REACH) : at] if at > 0 else ""
    between = _BEFORE_ID.search(text)
    text = text[: between.start()] if between else ""
    if marked := _MARKED.search(text):
        return str(next(filter(None, marked.groups()))).strip()
    words = text.split()
    if not words or words[-1].endswith(_PLACE):
        return None
    return _named(words, has_capitals=not re.search(r"[가-힣぀-ヿ一-鿿]", sentence))


def _named(words: list[str], has_capitals: bool) -> str | None:
    backwards = [_PARTICLE.sub("", words[-1]), *reversed(words[:-1])]
    run = list(takewhile(_is_of_name, backwards))
    before = words[-1 - len(run)].lower() if len(run) < len(words) else ""
    run.reverse()
    while run and run[0].lower() in _OPENS_SENTENCE | _WITHIN:
        run.pop(0)
    name = " ".join(run).strip("*_`'\"([")
    is_marked = any(sum(map(_marks_name, word)) > 1 for word in run)
    is_name = is_marked or (before not in _PEOPLE and (len(run) > 1 or not has_capitals))
    return name if name and run[-1] not in _WITHIN and is_name else None


def _is_of_name(word: str) -> bool:
    if word in _WITHIN:
        return True
    return word.isprintable() and word[0].isupper() and not re.search(r"[,.;:!?)\]가-힣]|//", word)


def _marks_name(letter: str) -> bool:
    return letter.isupper() or letter.isdigit() or letter in "-+"
