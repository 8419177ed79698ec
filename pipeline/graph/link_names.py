"""What readers call the papers that their sentences point at: a name until a source has a title."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from pipeline.graph.written_names import written_name
from pipeline.model.records import Paper

_MARKDOWN = re.compile(r"\[\[?(?P<text>[^\[\]\n]{2,80})\]\]?\(<?(?P<address>[^()\s]*)\)")
_ORG = re.compile(r"\[\[(?P<address>[^\[\]\s]*)\]\[(?P<text>[^\[\]\n]{2,80})\]\]")
_LONGER = re.compile(r"[\d.]*\d")
"""What goes on with the digits of an id is another id."""

MOST_TITLE = 48
"""So many characters of a title tell which note it is."""

_OF_ANY_LINK = frozenset(
    "a abs abstract an article arxiv code demo doc github here hier html ici link links lien "
    "papier paper papers pdf post preprint quelle repo see source that the their this url website "
    "링크 논문 여기 원문 코드 출처".split()
)
"""Words of which a text that names nothing is made."""


def link_names(papers: Iterable[Paper], nameless: Container[str]) -> dict[str, str]:
    """The text of the first link to each paper that entries mention, by the paper's id.

    Of the `nameless` alone, as a paper that has a title is called by that.

    Without such a text, the first name written before the id; without one too, the id and the
    title of the first paper whose notes mention it. A text that any link could bear (`here`,
    `paper`), an address or a number is no name, and neither is one without a capital, a figure or
    a letter of a script that has no capitals.
    """
    linked: dict[str, str] = {}
    written: dict[str, str] = {}
    in_notes: dict[str, str] = {}
    readers_of_names = ((linked, _link_name), (written, written_name))
    entries = ((paper, entry) for paper in papers for entry in paper.entries)
    for paper, entry in entries:
        for arxiv_id, sentence in ((m.arxiv_id, m.sentence) for m in entry.mentions):
            mentioned = f"arxiv:{arxiv_id}"
            if arxiv_id is None or mentioned not in nameless:
                continue
            for names, name_in in readers_of_names:
                if name := name_in(arxiv_id, sentence):
                    names.setdefault(mentioned, name)
            if title := _beginning(paper.title or entry.title or ""):
                in_notes.setdefault(mentioned, f"{arxiv_id} in “{title}”")
    return in_notes | written | linked


def _beginning(title: str) -> str:
    words = " ".join(title.split())
    return words if len(words) <= MOST_TITLE else f"{words[: MOST_TITLE - 1].rstrip()}…"


def _link_name(arxiv_id: str, sentence: str) -> str | None:
    for form in (_MARKDOWN, _ORG):
        for link in form.finditer(sentence) if arxiv_id in sentence else ():
            name = " ".join(link["text"].strip(" *_`~").split())
            if _leads_to(arxiv_id, link["address"]) and _is_name(name):
                return name
    return None


def _leads_to(arxiv_id: str, address: str) -> bool:
    parts = address.split(arxiv_id)
    behind = (arxiv_id.join(parts[place:]) for place in range(1, len(parts)))
    return not all(map(_LONGER.match, behind))


def _is_name(text: str) -> bool:
    words = re.findall(r"[^\W_]+", text.lower())
    if "://" in text or not text or all(word.isdigit() or word in _OF_ANY_LINK for word in words):
        return False
    return any(letter.isalpha() and letter == letter.upper() for letter in text) or any(
        letter.isdigit() for letter in text
    )
