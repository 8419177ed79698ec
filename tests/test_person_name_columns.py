"""Authors in reference managers: many names apart at once are what each is by itself."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.export.person_names import names_apart

WORDS = st.sampled_from(
    [
        "Ana",
        "van der",
        "Berg",
        "Jr.",
        "李",
        "O'Neil",
        "\u00a0",
        "\x1f",
        ",",
        "",
        "Team",
        "de",
        "\x85",
    ]
)
NAMES = st.lists(WORDS, max_size=5).map(" ".join)


def apart(names: list[str], are_whole: list[bool]) -> list[tuple[str, str | None]]:
    family, given_names = names_apart(pa.array(names, pa.string()), pa.array(are_whole, pa.bool_()))
    return list(zip(family.to_pylist(), given_names.to_pylist(), strict=True))


def test_a_name_is_parted_before_its_family_name() -> None:
    names = ["Ruibin Xiong", "Laurens van der Maaten", "Xu, Wei", "Plato", "Qwen Team", "A  Lee"]
    assert apart(names, [False] * 4 + [True, False]) == [
        ("Xiong", "Ruibin"),
        ("van der Maaten", "Laurens"),
        ("Xu", "Wei"),
        ("Plato", None),
        ("Qwen Team", None),
        ("Lee", "A"),
    ]


@given(NAMES, st.booleans())
@example("A\u00a0 Lee", False)
@example("A \x85 Lee", False)
def test_no_name_is_lost_or_changed_by_being_parted(name: str, is_whole: bool) -> None:
    ((family, given_names),) = apart([name], [is_whole])
    if given_names is None:
        assert family == name
        return
    assert given_names == given_names.strip() != ""
    assert family in name
    assert given_names in name


def test_a_name_is_what_it_is_beside_any_other() -> None:
    names = ["Ana Berg", "Berg, Ana", "Ana van der Berg", "李 明", "Qwen Team"]
    whole = [name == "Qwen Team" for name in names]
    alone = [apart([name], [is_whole])[0] for name, is_whole in zip(names, whole, strict=True)]
    assert apart(names, whole) == alone
