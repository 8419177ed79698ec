"""What a work without a title is called by those who link to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build.run import Inputs, build


@pytest.mark.parametrize(
    ("link", "label"),
    [
        ("[IPO](https://arxiv.org/abs/2310.12036)", "IPO"),
        ("[[TTT layers]](https://arxiv.org/abs/2310.12036v2)", "TTT layers"),
        ("[**RLHF**](<https://arxiv.org/pdf/2310.12036.pdf>)", "RLHF"),
        ("[선호 최적화](https://arxiv.org/abs/2310.12036)", "선호 최적화"),
        ("[here](https://arxiv.org/abs/2310.12036)", "2310.12036"),
        ("[the Paper](https://arxiv.org/abs/2310.12036)", "2310.12036"),
        ("[2310.12036](https://arxiv.org/abs/2310.12036)", "2310.12036"),
        ("[논문 링크](https://arxiv.org/abs/2310.12036)", "2310.12036"),
        ("[KTO](https://kto.example) and 2310.12036", "2310.12036"),
        ("how IPO (arXiv:2310.12036) does it", "IPO"),
        ("*A General Paradigm* (https://arxiv.org/abs/2310.12036)", "A General Paradigm"),
        ("선호 최적화는 Identity Mapping을 (https://arxiv.org/abs/2310.12036)", "Identity Mapping"),
        ("why it fails on Llama (2310.12036)", "2310.12036"),
        ("Azar and Guo (2310.12036)", "2310.12036"),
        ("KTO and IPO (2310.12036)", "IPO"),
        ("what OpenAI에서 (2310.12036) said", "2310.12036"),
    ],
)
def test_a_work_without_a_title_is_called_as_its_link(
    tmp_path: Path, link: str, label: str
) -> None:
    (tmp_path / "dpo.md").write_text(
        f"# Direct Preference Optimization (2305.18290)\n\nSee {link}, it is close.\n", "utf-8"
    )
    nodes = build(Inputs((tmp_path,))).nodes.to_pylist()
    labels = {row["id"]: (row["label"], row["title"]) for row in nodes}
    assert labels["arxiv:2310.12036"] == (label, None)
