"""Notes on one paper that print neither an id nor a link: a title, and what notes say below it.

The title is the first heading, or the name of the file. That a text is about a paper, and no page
of a manual, is told by its sections (`Main Contribution`, `实验结论`) and words (`the authors`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.digests import markdown
from pipeline.digests.dates import Dated
from pipeline.digests.document import Document, Piece, Section
from pipeline.digests.file_names import cited_name, is_marked_up
from pipeline.digests.lines import Line
from pipeline.digests.titles import (
    file_title,
    is_list_name,
    is_reference_section,
    is_section_name,
    looks_like_title,
    stated_title,
    summed_up,
)
from pipeline.model.folding import folded_title

_PART = re.compile(
    r"\b(?:contributions?|related works?|(?:previous|prior) works?|experiments?|ablations?"
    r"|experimental results|limitations?|proposed (?:method|approach|model)s?|problem statement"
    r"|(?:key|main) (?:ideas?|ingredients?|insights?|findings|results)|strengths|weaknesses"
    r"|future works?|abstract|novelty|take-?aways?|methodology|conclusions?"
    r"|beitr[aä]ge?|verwandte arbeiten|experimente|ergebnisse|contribuições|contribuciones"
    r"|trabalhos (?:correlatos|relacionados)|trabajos relacionados|pontos (?:fortes|fracos)"
    r"|points (?:forts|faibles)|expériences|travaux connexes|вклад|эксперименты|результаты)\b"
    r"|创新点|贡献|研究背景|本文|实验|结论|相关工作|局限"
    r"|先行研究|提案手法|実験|どんなもの|実験結果|貢献|新規性"
    r"|기여|관련 ?연구|제안 ?(?:방법|기법)|실험|한계|선행 ?연구",
    re.IGNORECASE,
)
"""What the sections of a note on a paper are called."""
_SPOKEN_OF = re.compile(
    r"\b(?:this|the) (?:paper|article)\b|\bthe authors\b|\bthe paper's\b"
    r"|\b(?:das|dieses|die) paper\b|\bdie autoren\b|\bcet article\b|\bles auteurs\b"
    r"|\b(?:o|este) artigo\b|\bos autores\b|\b(?:el|este) artículo\b|\blos autores\b"
    r"|\bl'articolo\b|\bgli autori\b|\bстать[еяи]\b|\bавторы\b"
    r"|本文|本論文|論文では|这篇(?:论文|文章)"
    r"|该论文|論文中|논문(?:은|에서|의|이)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[(\[（【][^()\[\]（）【】]{1,40}[)\]）】]")
"""A remark in brackets that stands where a title could: `(unfinished)`."""
_KINDS = frozenset(
    "paper papers article literature literaturenote literaturenotes paperreading papernote"
    " papernotes 논문 论文 論文 文献".split()
)
"""What the front matter of a note on a paper says that it is."""
_PDF = re.compile(r"(?<!\s)\.pdf(?=[)\]|\s]|$)", re.IGNORECASE)
_FEWEST_SIGNS = 2
_SECTIONS_OF_NOTE = 3
_MOST_IDS = 2
_WORDS, _WORDS_OF_SENTENCE_CASE = 3, 5
_LOOKED_AT_LINES = 400
_SAID_FIRST = 3


def titled_piece(document: Document, every: Sequence[Line], day: Dated | None) -> Piece | None:
    """The note that a text is by its title and its sections; None for any other text."""
    if not every or any(section.day for section in document.sections):
        return None
    heading = _title_heading(document) or _named_by_file(document, every[0])
    if heading is None or not _is_about_paper(document, every, heading.body):
        return None
    others = tuple(line for line in every if line is not heading)
    first = 1 if document.matter.fields else None
    # A title is not taken apart: what stands behind its commas are no names.
    title = markdown.unmarked(heading.body)
    plain = title == heading.body and "(" not in title
    whole = heading._replace(body=f"**{title}**") if plain else heading
    return Piece("note", (whole, *others), day, document.matter, first)


def _title_heading(document: Document) -> Line | None:
    """The heading that is the title: the first, above all others but for names of sections."""
    headings = [s.heading for s in document.sections if s.heading and s.heading.kind == "heading"]
    said = (heading for heading in headings if not _ASIDE.fullmatch(heading.body.strip()))
    first = next(said, None)
    if first is None or _said_before(document, first) > _SAID_FIRST:
        return None
    beside = [h for h in headings if h is not first and h.depth <= first.depth]
    apart = all(
        is_section_name(h.body) or _PART.search(h.body) or _ASIDE.fullmatch(h.body.strip())
        for h in beside
    )
    return first if apart and _is_title(markdown.unmarked(first.body)) else None


def _said_before(document: Document, heading: Line) -> int:
    lines = (line for section in document.sections for line in section.lines)
    return sum(line.number < heading.number and line.kind != "rule" for line in lines)


def _is_title(text: str) -> bool:
    if summed_up(text):
        return True
    if is_list_name(text) or is_section_name(text) or is_reference_section(text):
        return False
    words = text.split()
    cased = len(words) >= _WORDS_OF_SENTENCE_CASE and text[:1].isupper()
    plain = cased and text.isascii() and not text.endswith((".", "!", ":"))
    return looks_like_title(text, words=_WORDS) or (plain and stated_title(text)[0] is not None)


def _named_by_file(document: Document, first: Line) -> Line | None:
    """A heading that says the title which the name of the file is."""
    if document.matter.all("title"):
        return None
    cited = cited_name(document.file)
    title = cited or (file_title(document.file) or "")
    named = cited is not None or looks_like_title(title)
    if not named or (first.kind == "heading" and _is_title(markdown.unmarked(first.body))):
        return None
    return Line(first.number, f"# {title}", "heading", 1, title, parted=True)


def _is_about_paper(document: Document, every: Sequence[Line], title: str) -> bool:
    if _is_of_several(document):
        return False
    kinds = document.matter.all("aside", "tags")
    stated = any(re.sub(r"[\W_]+", "", word.casefold()) in _KINDS for word in _words(kinds))
    if stated or is_marked_up(document.file, (f.label for f in document.matter.fields)):
        return True
    headings = [s.heading.body for s in document.sections if s.heading]
    parts = {match[0].casefold() for body in headings if (match := _PART.search(body))}
    text = "\n".join(line.body for line in every[:_LOOKED_AT_LINES] if line.kind != "heading")
    spoken = len(_SPOKEN_OF.findall(text[:100_000]))
    usual = sum(is_section_name(body) or _PART.search(body) is not None for body in headings)
    signs = len(parts) + min(spoken, _FEWEST_SIGNS) + (usual >= _SECTIONS_OF_NOTE)
    signs += _is_called(document.file, title) + _leads_to_pdf(every)
    return signs >= _FEWEST_SIGNS


def _is_called(file: str, title: str) -> bool:
    """Whether a file is called as the paper is, or as who wrote it, when and what."""
    is_same = folded_title(file_title(file) or "") == folded_title(title)
    return is_same or cited_name(file) is not None


def _leads_to_pdf(every: Sequence[Line]) -> bool:
    return any(_PDF.search(line.text) for line in every[:_SAID_FIRST])


def _words(values: Sequence[str]) -> Iterator[str]:
    for value in values:
        yield from re.split(r"[,;\s#\[\]\"']+", value)


def _is_of_several(document: Document) -> bool:
    """Whether a text names several papers by their ids outside the lists of what it refers to."""
    ids = {
        arxiv_id
        for section in document.sections
        if not _is_of_references(section)
        for line in section.lines
        if line.kind != "code"
        for arxiv_id in markdown.ids_in(line.body)
    }
    return len(ids) > _MOST_IDS


def _is_of_references(section: Section) -> bool:
    return section.heading is not None and is_reference_section(section.heading.body)
