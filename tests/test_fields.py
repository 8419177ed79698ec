"""One dictionary says what a column, a key or a label is, in the languages of its readers."""

from __future__ import annotations

import pytest

from pipeline.digests.fields import field_of


@pytest.mark.parametrize(
    ("field", "names"),
    [
        (
            "title",
            "Title, **Paper Title**, 논문 제목, 标题, タイトル, Titel, titre, original-title",
        ),
        ("authors", "Authors, 저자, 作者：, 著者, Autoren, auteurs"),
        ("link", "URL, PaperURL, pdf_url, 论文链接, 논문 링크, リンク, lien, ROAM_REFS"),
        ("paper", "Paper, 📄 Paper, 논문, 论文, 論文, Papier"),
        ("arxiv", "arXiv, arxiv_id, arXiv ID, eprint"),
        ("tags", "Tags, keywords, 태그, 关键词, タグ, Schlagwörter, mots-clés, #+filetags"),
        ("added", "Date Added, Created time, 읽은 날짜"),
        ("published", "Publish Date, publishedAt, 发表日期"),
        ("elsewhere", "Code, code link, TweetURL, Project Page, 代码链接, 깃허브"),
        ("notes", "Notes, Description, 备注, メモ, Bemerkungen, TL;DR"),
    ],
)
def test_names_of_fields_are_known_in_any_language_and_spelling(field: str, names: str) -> None:
    assert {name: field_of(name) for name in names.split(", ")} == dict.fromkeys(
        names.split(", "), field
    )


def test_a_name_with_a_word_that_is_of_no_field_is_none_unless_it_is_read_loosely() -> None:
    assert field_of("Why I like the title") is None
    assert field_of("PDF (mirror)") is None
    assert field_of("A Title") is None
    assert field_of("PDF (mirror)", loose=True) == "link"
    assert field_of("Introduction", loose=True) is None
    assert field_of("title " * 20, loose=True) is None
