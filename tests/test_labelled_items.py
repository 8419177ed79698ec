"""Lists whose items are titles in scripts without capitals, with labels below each."""

from __future__ import annotations

import pytest
from test_exports_of_others import kept

TITLES = ("LLMの推論を高速化する手法", "拡散モデルの新手法")
KOREAN = ("대규모 언어 모델의 추론을 빠르게 하는 방법", "확산 모델의 새로운 방법")
IDS = ("2504.00321", "2504.01111")


@pytest.mark.parametrize("day", ["", "2025年4月1日（火）\n", "2025-04-01\n\n"])
@pytest.mark.parametrize("sign", ["■", "●", "-", "◆", "1."])
@pytest.mark.parametrize(
    ("titles", "labels"),
    [(TITLES, ("著者", "リンク", "メモ")), (KOREAN, ("저자", "링크", "메모"))],
)
def test_each_item_is_a_paper_with_what_is_labelled_below_it(
    day: str, sign: str, titles: tuple[str, ...], labels: tuple[str, ...]
) -> None:
    author, link, note = labels
    text = day + "\n".join(
        f"{sign} {title}\n{author}：山田太郎、鈴木花子\n{link}：https://arxiv.org/abs/{arxiv_id}\n"
        f"{note}：Lee et al. (arXiv:2211.17192)\n"
        for title, arxiv_id in zip(titles, IDS, strict=True)
    )
    found = kept(text, "digest.txt")
    assert [(entry.title, entry.arxiv_id, entry.authors) for entry in found] == [
        (title, arxiv_id, ("山田太郎", "鈴木花子"))
        for title, arxiv_id in zip(titles, IDS, strict=True)
    ]
    assert all([m.arxiv_id for m in entry.mentions] == ["2211.17192"] for entry in found)
