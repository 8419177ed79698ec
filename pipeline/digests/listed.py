"""The papers of lists, tables and paragraphs, each with what is nested in it or follows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from pipeline.digests import markdown
from pipeline.digests.author_years import is_author_year
from pipeline.digests.dates import Dated
from pipeline.digests.document import Columns, Piece
from pipeline.digests.heads import head_of_line
from pipeline.digests.lines import Line, cells_of
from pipeline.digests.placing import Block, are_titles, begins_above_link, place_of, titled_lines
from pipeline.digests.prose import links
from pipeline.digests.stanzas import stanzas
from pipeline.digests.table import columns_of, holds_papers
from pipeline.digests.titled_items import with_links_behind


def loose_pieces(lines: Sequence[Line], day: Dated | None) -> Iterator[Piece]:
    """The papers of lines that no heading opened: of their tables, lists and paragraphs."""
    for run in runs(lines):
        if run[0].kind in ("head", "row"):
            yield from rows(run, day)
            continue
        papers = stanzas(tuple(run))
        for paper in papers:
            if paper.head:
                yield Piece("item", paper.lines, day, is_title=True)
            elif any(markdown.is_paper_link(line.body) for line in paper.lines):
                yield from listed_pieces(paper.lines, day)
        yield from () if papers else listed_pieces(run, day)


def runs(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines in runs: those of tables, and those between them."""
    run: list[Line] = []
    in_table = False
    for line in lines:
        of_table = line.kind in ("head", "row") or (in_table and line.kind == "rule")
        if of_table != in_table and run:
            yield run
            run = []
        run.append(line)
        in_table = of_table
    if run:
        yield run


def rows(lines: Sequence[Line], day: Dated | None) -> Iterator[Piece]:
    """The rows of a table that are papers: all if its columns say so, else those with an id."""
    columns: Columns = {}
    for line in lines:
        if line.kind == "head":
            columns = columns_of(line)
        elif line.kind == "row" and (holds_papers(columns) or markdown.ids_in(line.body)):
            parts = _papers_of_row(line, columns)
            if parts and not holds_papers(columns):
                yield from (Piece("item", (part,), day) for part in parts)
            else:
                yield from (Piece("row", (part,), day, columns=columns) for part in parts or [line])


def _papers_of_row(line: Line, columns: Columns) -> Sequence[Line]:
    """A line for each paper that one cell links by its title, with the row's other words."""
    cells = cells_of(line.body[:20_000])
    at = columns.get("title")
    if at is None and not holds_papers(columns):
        looked_at = tuple(range(len(cells)))
    else:
        looked_at = (at,) if at is not None and at < len(cells) else ()
    links_of = [link for at in looked_at for link in markdown.markdown_links(cells[at])]
    title_links = [link for link in links_of if _is_named(link)]
    if (
        len({ids[0] if (ids := markdown.ids_in(link.url)) else link.url for link in title_links})
        < 2
    ):
        return ()
    if holds_papers(columns):
        return [_with_cell(line, cells, looked_at[0], link) for link in title_links]
    others = [text for at, text in enumerate(cells) if at not in looked_at or "](" not in text]
    remark = ", ".join(words for text in others if (words := markdown.unmarked(text)))
    return [
        _part(line, " - ".join([f"[{link.label}]({link.url})", *([remark] if remark else [])]))
        for link in title_links
    ]


def _with_cell(line: Line, cells: Sequence[str], at: int, link: markdown.MarkdownLink) -> Line:
    """A row with one of the links of a cell in it; what stands in its other cells is of each."""
    of_one = [*cells[:at], f"[{link.label}]({link.url})", *cells[at + 1 :]]
    return _part(line, f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in of_one)} |")


def _is_named(link: markdown.MarkdownLink) -> bool:
    """Whether a link is a paper's: by its id and a title, or called after who wrote it and when."""
    titled = bool(markdown.ids_in(link.url)) and not markdown.is_label(link.label)
    return titled or is_author_year(link.label)


def listed_pieces(lines: Sequence[Line], day: Dated | None) -> Iterator[Piece]:
    """The papers of a list or of paragraphs, each with what is nested in it or follows it."""
    lines = with_links_behind(lines)
    titles = are_titles(lines)
    block: Block = Block()
    above: tuple[Line, ...] = ()
    for line, below in zip_longest(lines, lines[1:]):
        if below and begins_above_link(line, block, below):
            yield from _closed(block.lines, day, titles=titles)
            block, above = Block(), (line,)
            continue
        kind = place_of(line, block, above[0] if above else None, titles=titles)
        if kind == "more":
            block.add(line)
            continue
        if kind == "prose":
            if line.parted:
                yield from _closed(block.lines, day, titles=titles)
                block = Block()
            above = titled_lines(above, line)
            continue
        yield from _closed(block.lines, day, titles=titles)
        # An opinion right above its paper, in a paragraph of the two.
        first = above if kind == "entry" and not block.lines and _ends(line, below) else ()
        stolen = above if kind == "below" else ()
        block, above = Block([*stolen, line, *first] if kind != "frame" else ()), ()
    yield from _closed(block.lines, day, titles=titles)


def _ends(line: Line, below: Line | None) -> bool:
    """Whether a line of text ends its paragraph and does not begin it."""
    return line.kind == "text" and not line.parted and (below is None or below.parted)


def _closed(block: Sequence[Line], day: Dated | None, *, titles: bool) -> Iterator[Piece]:
    """The piece that a block is, several where its one line is a row of papers; none of a group."""
    if not block:
        return
    parts = _parts(block[0]) if len(block) == 1 else ()
    if parts:
        yield from (Piece("item", (part,), day) for part in parts)
    elif titles or head_of_line(block[0].body).authors or any(map(_is_of_paper, block)):
        yield Piece("item", tuple(block), day, is_title=titles)


def _is_of_paper(line: Line) -> bool:
    return line.kind == "record" or "://" in line.body or bool(markdown.ids_in(line.body))


def _parts(line: Line) -> Sequence[Line]:
    """A line of several ids or of several named links and nothing else, as a line for each."""
    ids = markdown.ids_in(line.body[:4000])
    if len(ids) < 2:
        return ()
    paper_links = [link for link in markdown.markdown_links(line.body) if markdown.ids_in(link.url)]
    outside = re.sub(r"[\W_]+", "", markdown.MARKDOWN_LINK.sub("", line.body))
    titled_links = [link for link in paper_links if not markdown.is_label(link.label)]
    if len(titled_links) == len(ids) and len(outside) < 5:
        return [_part(line, f"[{link.label}]({link.url})") for link in titled_links]
    words = [word for word in line.body.split() if not markdown.ids_in(word.strip("[](),;:<>"))]
    if titled_links or len(words) > 2 or markdown.names_ids_in_words(line.body):
        return ()
    return [_part(line, " ".join([f"arXiv:{ids[0]}", *words])), *_links_of(line, ids[1:])]


def _links_of(line: Line, ids: Sequence[str]) -> Iterator[Line]:
    """A line for each of the ids, the link that leads to it or the id itself."""
    urls = {arxiv_id: url for url in links(line.body) for arxiv_id in markdown.ids_in(url)}
    return (_part(line, urls.get(arxiv_id, f"arXiv:{arxiv_id}")) for arxiv_id in ids)


def _part(line: Line, body: str) -> Line:
    return line._replace(body=body, text=body)


def leftover(lines: Iterable[Line], taken_ids: set[str], day: Dated | None) -> Iterator[Piece]:
    """A piece for each line with an id that no entry has taken, so that none is lost."""
    for line in lines:
        new_ids = set(markdown.ids_in(line.body)) - taken_ids
        if new_ids:
            taken_ids |= new_ids
            yield Piece("item", (line,), day)
