"""Items that are a title without capitals, with who wrote it and its link labelled below.

■ 拡散モデルの新手法                          Title: 拡散モデルの新手法
著者：高橋 一郎                               著者：高橋 一郎
リンク：https://arxiv.org/abs/2401.00011      リンク：https://arxiv.org/abs/2401.00011
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.digests import markdown
from pipeline.digests.labels import fields_of_line
from pipeline.digests.lines import Line
from pipeline.digests.titles import looks_like_title

_LINES_BELOW = 6


def with_labelled_titles(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, those items stated as titles; of a title with capitals its words tell enough."""
    return [_titled(line) if _is_title(lines, at) else line for at, line in enumerate(lines)]


def _titled(line: Line) -> Line:
    text = f"Title: {line.body}"
    return line._replace(kind="text", text=text, body=text)


def _is_title(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if line.kind != "item" or line.depth or line.quoted:
        return False
    if (
        line.body.isascii()
        or looks_like_title(line.body)
        or fields_of_line(line.body)
        or markdown.is_paper_link(line.body)
    ):
        return False
    stated = [field for below in _below(lines, at) for field in fields_of_line(below.body)]
    linked = [field.value for field in stated if markdown.is_paper_link(field.value)]
    return bool(linked) and any(field.name == "authors" and field.value for field in stated)


def _below(lines: Sequence[Line], at: int) -> Iterator[Line]:
    for line in lines[at + 1 : at + _LINES_BELOW]:
        if line.parted or line.kind != "text":
            return
        yield line
