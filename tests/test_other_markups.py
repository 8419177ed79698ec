"""Web pages, LaTeX and TOML that hold a reader's notes are read, and those of others are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_exports_of_others import kept, read

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.digests.toml_tables import table_of
from pipeline.model.records import Entry, Skip
from pipeline.store.inputs import documents

LETTER = """<!DOCTYPE html>
<html><head><title>Letter</title><style>p { color: #fff3a3 }</style></head><body>
<nav><a href="https://arxiv.org/abs/2401.00099">A Paper of the Menu</a></nav>
<table><tr><td><h1>Letter 12</h1>
<h2><a href="https://arxiv.org/abs/2401.00011">Slow Cooking of Large Models</a></h2>
<p><em>Ann Lee, Bo Kim</em></p>
<p>Heat &amp; time, after <a href="https://arxiv.org/abs/2401.00012">ovens</a>.</p>
<p>#ovens</p>
<hr>
<h2><a href="https://m.example/?url=https%3A%2F%2Farxiv.org%2Fabs%2F2401.00013">Fast Cooking of
Small Models</a></h2>
<p>Too hot.</p></td></tr></table>
<footer>Bye 2401.00098</footer></body></html>
"""
LIST = r"""\documentclass{article}
\newcommand{\ax}[1]{\href{https://arxiv.org/abs/#1}{arXiv:#1}}
\begin{document}
\begin{itemize}
  \item \textbf{Slow Cooking
    of Large Models}, A.~Lee and B.~G\"odel, \ax{2401.00011}.
    Heat and ``time'', unlike \ax{2401.00012}.
  % \item left out, 2401.00099
  \item \textbf{Fast Cooking of Small Models}, C.~Oh, \ax{2401.00013}.
\end{itemize}
\end{document}
"""
TABLE = """# what I read
[[paper]]
title = "Slow Cooking of Large Models"
arxiv = 2401.00110
comment = \"\"\"
Heat, unlike 2401.00012.
\"\"\"
[[paper]]
title = "Fast Cooking of Small Models
[[paper]]
title = "Fast Cooking of Small Models"
url = "https://arxiv.org/abs/2401.00013"
"""


def shown(entry: Entry) -> tuple[str | None, str | None, list[str | None]]:
    return entry.arxiv_id, entry.title, [mention.arxiv_id for mention in entry.mentions]


def test_a_letter_in_html_is_read_as_what_it_shows() -> None:
    first, second = kept(LETTER)
    assert shown(first) == ("2401.00011", "Slow Cooking of Large Models", ["2401.00012"])
    assert (first.authors, first.tags) == (("Ann Lee", "Bo Kim"), ("ovens",))
    assert (first.commentary or "").startswith("Heat & time")
    assert (first.line_start, second.line_start) == (5, 10)
    assert shown(second) == ("2401.00013", "Fast Cooking of Small Models", [])


def test_a_page_made_of_lines_reads_as_its_lines() -> None:
    lines = "Slow Cooking of Large Models|Ann Lee, Bo Kim|https://arxiv.org/abs/2401.00011|Good."
    blocks = "".join(f"<p class=x><span>{line}</span></p>" for line in lines.split("|"))
    (entry,) = kept(f"<html><body>{blocks}</body></html>")
    assert (entry.title, entry.commentary) == ("Slow Cooking of Large Models", "Good.")
    assert entry.authors == ("Ann Lee", "Bo Kim")


def test_a_table_of_data_is_one_and_a_table_of_layout_is_none() -> None:
    rows = (
        "<tr><th>Title</th><th>Link</th><th>Tags</th></tr><tr><td>Slow Cooking of Large Models</td>"
        "<td><a href='https://arxiv.org/abs/2401.00011'>arXiv</a></td>"
        "<td><span>a b</span><span>c</span></td></tr>"
    )
    (entry,) = kept(f"<html><table>{rows}</table></html>")
    assert shown(entry) == ("2401.00011", "Slow Cooking of Large Models", [])
    assert entry.tags == ("a b", "c")


@pytest.mark.parametrize(
    "page",
    [
        "<p>As <a href='https://arxiv.org/abs/2401.00011'>Slow Cooking</a> says, heat matters.</p>",
        (
            "<h1>On Ovens</h1><p>Many, as <a href='https://arxiv.org/abs/2401.00011'>Lee et al. "
            "2024</a>, said so.</p><h2>References</h2><ul><li><a "
            "href='https://arxiv.org/abs/2401.00012'>Fast Cooking of Small Models</a></li></ul>"
        ),
    ],
)
def test_a_page_that_cites_papers_in_sentences_is_no_digest(page: str) -> None:
    (skip,) = read(f"<html><body>{page}</body></html>")
    assert isinstance(skip, Skip)
    assert "a web page that names no paper" in skip.reason


def test_latex_is_read_with_its_own_macros_on_its_own_lines() -> None:
    first, second = kept(LIST)
    assert shown(first) == ("2401.00011", "Slow Cooking of Large Models", ["2401.00012"])
    assert first.authors == ("A. Lee", "B. Gödel")
    assert (first.commentary or "").startswith("Heat and “time”")
    assert (first.line_start, first.line_end, second.line_start) == (5, 7, 9)
    assert second.arxiv_id == "2401.00013"


def test_a_macro_that_stands_for_itself_ends() -> None:
    text = r"\documentclass{a}\newcommand{\x}{\x\x\x 2401.00011}\begin{document}" + r"\x" * 5_000
    assert len(read(text)) < 10


def test_toml_keeps_the_zero_of_an_id_and_a_damaged_table_costs_itself() -> None:
    damaged, first, second = sorted(read(TABLE), key=lambda record: isinstance(record, Entry))
    assert isinstance(damaged, Skip)
    assert damaged.key == "notes:8"
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert shown(first) == ("2401.00110", "Slow Cooking of Large Models", ["2401.00012"])
    assert second.arxiv_id == "2401.00013"


@pytest.mark.parametrize(
    "source", ["a." * 500 + "a = 1", "[a{}]".format(' . "a b"' * 500), "a = " + "[" * 50 + "]" * 50]
)
def test_toml_in_too_many_tables_is_refused_before_it_is_read(source: str) -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        table_of(source)


def test_toml_in_fewer_tables_and_with_many_short_sentences_is_read() -> None:
    assert table_of("a." * 499 + "a = 1")
    text = "Short. " * 60 + "And 2.50."
    assert table_of(f'title = "{text}"\nversion = 2401.00110') == {
        "title": text,
        "version": "2401.00110",
    }


OTHERS = {
    "abs.html": "<html><head><meta name='citation_title' content='Slow Cooking of Models'></head>"
    "<h1>Slow Cooking of Models</h1><a href='https://arxiv.org/abs/2401.00011'>arXiv page</a>",
    "paper.tex": r"\documentclass{article}\begin{abstract}Heat\end{abstract}"
    r"\cite{a} arXiv:2401.00011 \bibliography{b}",
    "pyproject.toml": '[project]\nname = "a"\nauthors = [{name = "b"}]\nurl = "arxiv.org"\n',
    "wiki.htm": '<html><meta name="generator" content="MediaWiki 1.4"><h1>A Paper</h1>'
    "<a href='https://arxiv.org/abs/2401.00011'>Slow Cooking of Models</a></html>",
}


def test_papers_manuals_and_settings_are_told_in_one_line(tmp_path: Path) -> None:
    for name, content in OTHERS.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "letter.html").write_text(LETTER)
    (tmp_path / "list.tex").write_text(LIST)
    (tmp_path / "papers.toml").write_text(TABLE.replace("Models\n[", 'Models"\n['))
    records = list(entries(documents([tmp_path]), FORMATS))
    files = [Path(r.file).name for r in records if isinstance(r, Entry)]
    assert sorted(set(files)) == ["letter.html", "list.tex", "papers.toml"]
    passed_over = next(r for r in records if isinstance(r, Skip) and "passed over" in r.reason)
    assert passed_over.reason.endswith(": LaTeX sources (1), settings (1), web pages (2).")
