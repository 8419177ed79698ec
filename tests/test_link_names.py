"""What a work without a title is called by those who link to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build.run import Inputs, build

IN_NOTE = "2310.12036 in “Direct Preference Optimization”"


@pytest.mark.parametrize(
    ("link", "label"),
    [
        ("[IPO](https://arxiv.org/abs/2310.12036)", "IPO"),
        ("[[TTT layers]](https://arxiv.org/abs/2310.12036v2)", "TTT layers"),
        ("[**RLHF**](<https://arxiv.org/pdf/2310.12036.pdf>)", "RLHF"),
        ("[선호 최적화](https://arxiv.org/abs/2310.12036)", "선호 최적화"),
        ("[here](https://arxiv.org/abs/2310.12036)", IN_NOTE),
        ("[the Paper](https://arxiv.org/abs/2310.12036)", IN_NOTE),
        ("[2310.12036](https://arxiv.org/abs/2310.12036)", IN_NOTE),
        ("[논문 링크](https://arxiv.org/abs/2310.12036)", IN_NOTE),
        ("[KTO](https://kto.example) and 2310.12036", IN_NOTE),
        ("how IPO (arXiv:2310.12036) does it", "IPO"),
        ("*A General Paradigm* (https://arxiv.org/abs/2310.12036)", "A General Paradigm"),
        ("선호 최적화는 Identity Mapping을 (https://arxiv.org/abs/2310.12036)", "Identity Mapping"),
        ("why it fails on Llama (2310.12036)", IN_NOTE),
        ("Azar and Guo (2310.12036)", IN_NOTE),
        ("by Azar and Zhaohan Guo (2310.12036)", IN_NOTE),
        ("KTO and IPO (2310.12036)", "IPO"),
        ("what OpenAI에서 (2310.12036) said", IN_NOTE),
    ],
)
def test_a_work_without_a_title_is_called_as_its_link_else_by_the_note_with_it(
    tmp_path: Path, link: str, label: str
) -> None:
    (tmp_path / "dpo.md").write_text(
        f"# Direct Preference Optimization (2305.18290)\n\nSee {link}, it is close.\n", "utf-8"
    )
    nodes = build(Inputs((tmp_path,))).nodes.to_pylist()
    labels = {row["id"]: (row["label"], row["title"]) for row in nodes}
    assert labels["arxiv:2310.12036"] == (label, None)
