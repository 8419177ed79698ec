"""Whether a line says something of a paper, in running words, or is the head of one.

Slow Cooking of Models, Lee, 2401.00011          a head: a title, as titles are written
I liked it less than SmolQ (2401.00011), which   running words
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line, title_before_names
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.leads import without_lead
from pipeline.digests.markdown import without_badges
from pipeline.digests.names import SENTENCE
from pipeline.digests.titles import looks_like_title

_CHARACTERS = 2000
PLACE = re.compile(
    r"\]\(|<?https?://|[(\[]?\barxiv\b|[(\[]?(?<![\w./-])(?:\d{4}\.\d{4,5}|[a-z-]{2,9}/\d{7})",
    re.IGNORECASE,
)
"""Where a line begins to say where a paper is."""
_MARKED = re.compile(
    r"[\W_]{0,3}(?:\*\*|__|[*_](?=\w)|\[(?!\[)|[\"“„«《「『])(?P<inner>[^\]*\"“”»》」』]{8,})"
)
_OF_SPEECH = frozenset(
    """i we my me our us you it its this that these those they he she is are was were be been has
    have had do does did will would could should can not no but so then also there here if because
    just only than like same which who whose what when where while still already now later again
    see compare cf vs too very much more less most some any another other both between paper work
    one ones thing idea version authors
    el la los las lo que con por para un una unos es son como más pero según muy sin sobre se
    le les des du une est sont qui dans pour avec plus mais sur sans aux au ce cette pas
    der die das ist sind und nicht ein eine mit auch zu von im wie aber danach bei als noch nur
    os um uma não mais são muito ao gli che per è non più anche della del di
    het een van niet ook dat voor met się nie na jest że jak och att som det är på og
    ikke""".split()
)
"""Words in lower case that sentences are made of, and titles of papers hardly are."""
_TITLES_TOO = frozenset("is are do can not no more than like on what when how which one".split())
"""Those that stand in titles too, where these are written in lower case."""
_OPENS = re.compile(
    r"(?:see|cf|compare[ds]?|vgl|siehe|voir|ver|véase|vedi|zie|like|unlike|reminds?|similar|related"
    r"|also|both|but|and|so|if|then|next|it|this|that|they|he|she|we|i|i'm|you|not|did|reread"
    r"|according|based|follows?|contrast|builds?|uses?|cites?|relates?|beats?|better|worse"
    r"|erinnert|anders|ähnlich|rappelle|comme|selon|según|igual|como|segundo|rispetto)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[\s)\]>*_]*(?:,\s*)?(?:(?-i:[a-z])[^\W\d_]*(?:['’][a-z]*)?)\s+[^\W\d_]")
_PARTICLE = re.compile(
    r"[)\]]{0,2}(?:은|는|이|가|을|를|와|과|랑|이랑|의|에|에서|처럼|보다|도|で|に|を|が|は|の|と|や|也|和|的|里|中)"
)
_UNCASED = re.compile(r"[가-힣ぁ-ヿ一-鿿]")
_READ = re.compile(r"(?:[Rr]ead|Reading|Finished|Skimmed)\s+(?=[A-Z])")
_I = {"I", "I'm", "I’m", "I'd", "I've"}
_LINK_END = re.compile(r"[^\s)\]>]*")
_HEAD = -2.0
"""The weight of what is surely a head."""
_SAID = 0.4
"""From here on a line is running words: of 870 heads and 220 mentions of six sets of notes by
people who knew no rule, 1 % and 66 % are above."""
_WORDS_OF_NAME = 3
_TITLE_IN = re.compile(
    r"\*\*([^*]{8,300})\*\*|(?<![\w*])[*_]([^*_]{8,300})[*_](?!\w)|\[([^\[\]]{8,300})\]\("
    r"|[\"“„«《「『]([^\"”“»》」』]{8,300})[\"”“»》」』]"
)
_EDGES = markdown.EDGES + '()[]<>*_"“„'


@lru_cache(maxsize=256)
def is_running(body: str) -> bool:
    """Whether a line that prints an id is running words that hold no title and no authors of it."""
    return running_score(body) > _SAID and not _names_paper(body[:_CHARACTERS])


def _names_paper(body: str) -> bool:
    """Whether a line, of whatever words, holds a paper's title as titles are marked, or authors."""
    inner = (next(filter(None, match.groups())) for match in _TITLE_IN.finditer(body))
    if any(looks_like_title(text) for text in inner):
        return True
    if _READ.match(body) or names_of_line(body) or title_before_names(body):
        return True
    head = head_of_line(body)
    return head.authors is not None and looks_like_title(head.title or "", words=2)


def running_score(body: str) -> float:
    """How much a line that prints an id is running words: below 0 it is rather a head."""
    if body.startswith("|") or is_link_line(body) or fields_of_line(body):
        return _HEAD
    body = without_lead(without_badges(body[:_CHARACTERS]).strip())
    place = PLACE.search(body)
    marked = _MARKED.match(body)
    if not place or (marked and len(marked["inner"].split()) > _WORDS_OF_NAME):
        return _HEAD
    lead, behind, is_labelled = _around(body, place)
    words = _words(markdown.unmarked(lead))
    return (
        _of_words(words, lead)
        + (_HEAD - 1 if marked else -1)
        + (1 if is_labelled and len(words) > 1 and not marked else 0)
        + (1 if SENTENCE.search(markdown.unmarked(lead)) else 0)
        + (1.5 if _GOES_ON.match(behind) else 0)
        + (2.5 if _PARTICLE.match(behind) else 0)
    )


def speaks(text: str) -> bool:
    """Whether a text has words that titles hardly have, as sentences do."""
    words = _words(text)
    return sum(map(_is_spoken, words)) > 1 or bool(_OPENS.match(text)) or "I" in words


def _around(body: str, place: re.Match[str]) -> tuple[str, str, bool]:
    """What stands before and behind the link or the id at a place, and whether it has a label."""
    if place[0] == "](":
        end = body.find(")", place.end())
        return body[: place.start()], body[end + 1 :] if end > 0 else "", True
    end_of_link = _LINK_END.match(body, place.end())
    return body[: place.start()], body[end_of_link.end() if end_of_link else place.end() :], False


def _words(text: str) -> list[str]:
    return [bare for word in text.split() if (bare := word.strip(_EDGES + ".,:;?!'’"))]


def _is_spoken(word: str) -> bool:
    return word in _OF_SPEECH and word not in _TITLES_TOO


def _of_words(words: Sequence[str], lead: str) -> float:
    """What the words before an id weigh: those of speech, how many are small, how they begin."""
    several, opened = len(words) > _WORDS_OF_NAME - 1, lead.strip(_EDGES)
    small = sum(word[:1].islower() for word in words)
    return (
        min(2.0, 0.7 * sum(map(_is_spoken, words)))
        + (0.4 if several and small * 2 > len(words) else 0)
        + (1.0 if opened[:1].islower() else 0)
        + (1.5 if len(words) > 1 and _OPENS.match(opened) else 0)
        + (1.5 if _I & {*words} else 0)
        + (0.5 if several and _UNCASED.search(lead) else 0)
    )
