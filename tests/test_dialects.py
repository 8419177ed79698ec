"""Links, headings and fields of other markups, as Markdown, line by line."""

from __future__ import annotations

import pytest

from pipeline.digests.dialects import plain_markdown

URL = "https://arxiv.org/abs/2401.00001"
OTHER = "https://arxiv.org/abs/2401.00002"


@pytest.mark.parametrize(
    ("lines", "plain"),
    [
        # A definition that some line uses is said there; one that none uses stays as it is.
        (["[Ovens][one]", f"[one]: {URL}"], [f"[Ovens]({URL})", ""]),
        (["Ovens", f"[one]: {URL}"], ["Ovens", f"[one]: {URL}"]),
        (["[Ovens][]", f"[OVENS]: <{URL}>"], [f"[Ovens]({URL})", ""]),
        (["[Ovens][two]", f"[one]: {URL}"], ["[Ovens][two]", f"[one]: {URL}"]),
        (["so[^1] it is", f"[^1]: {URL}"], [f"so [1]({URL}) it is", ""]),
        (["# So[^1]", f"[^1]: {URL}"], [f"# So [link]({URL})", ""]),
        (["Of `Ovens`_.", f".. _Ovens: {URL}"], [f"Of [Ovens]({URL}).", ""]),
        (["Of `Pans`_.", f".. _Ovens: {URL}"], ["Of `Pans`_.", f".. _Ovens: {URL}"]),
        (
            ["[A][a] and `b`_", f"[a]: {URL}", f".. _b: {OTHER}"],
            [f"[A]({URL}) and [b]({OTHER})", "", ""],
        ),
        ([f"[{URL} Ovens]"], [f"[Ovens]({URL})"]),
        ([f"`Ovens <{URL}>`_"], [f"[Ovens]({URL})"]),
        ([f"link:{URL}[Ovens]"], [f"[Ovens]({URL})"]),
        (["Ovens", "====="], ["# Ovens", ""]),
        (["Ovens of the North", "---"], ["Ovens of the North", "---"]),
        (["It is over.", "==========="], ["It is over.", "==========="]),
        (["== Ovens =="], ["## Ovens"]),
        ([":Authors: Ann Lee"], ["Authors: Ann Lee"]),
        ([":Nonsense: Ann Lee"], [":Nonsense: Ann Lee"]),
        (["Term", ": its words"], ["Term", "  - its words"]),
        (["", ": its words"], ["", ": its words"]),
        ([".Ovens", "****", "in it", "****"], ["**Ovens**", "", "in it", ""]),
        (["[PDF] Ovens"], ["Ovens"]),
    ],
)
def test_other_markups_say_the_same_in_markdown(lines: list[str], plain: list[str]) -> None:
    assert list(plain_markdown(lines, 0)) == plain


def test_lines_above_the_start_stay_but_give_their_places() -> None:
    lines = [f"[one]: {URL}", "== Read ==", "[Ovens][one]"]
    assert list(plain_markdown(lines, 1)) == [lines[0], "## Read", f"[Ovens]({URL})"]
