"""The overrides file as the review writes it, and what speaks against a candidate, in words."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import PROJECT
from hypothesis import given
from hypothesis import strategies as st
from patience import SOON_S

from pipeline.match.reasons import why_not
from pipeline.model.errors import OverridesError
from pipeline.model.records import Override
from pipeline.settings.overrides import read_overrides
from pipeline.store.overrides import write_override

WRITING = """
import sys
from pathlib import Path
from pipeline.store.overrides import write_override
from pipeline.model.records import Override
for number in range(10_000):
    write_override(Path(sys.argv[1]), Override(f"Title {number}", None, None, None, ""))
"""


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4),
    st.sampled_from(["", "# mine\n", "# mine", "[[entry]]\r\ntitle = 'a'\r\narxiv_id='1001.0001'"]),
)
def test_any_title_is_read_back_as_it_was_and_all_before_it_stays(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str], text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "overrides.toml"
    path.write_bytes(text.encode())
    for title in titles:
        write_override(path, Override(title, None, None, None, "", ("2001.00001",)))
    assert path.read_bytes().startswith(text.encode())
    found = read_overrides(path)
    assert [one.title for one in found][-len(titles) :] == titles
    assert all(one.place.startswith(f"{path}:") for one in found)


def test_a_byte_order_mark_stays_before_all_that_is_written(tmp_path: Path) -> None:
    path = tmp_path / "overrides.toml"
    path.write_bytes(b'\xef\xbb\xbf[[entry]]\ntitle = "A"\narxiv_id = "2001.00001"\n')
    (first,) = read_overrides(path)
    write_override(path, Override("A", None, None, "2001.00002", ""), first)
    write_override(path, Override("B", None, None, "2001.00003", ""))
    ids = {one.title: one.arxiv_id for one in read_overrides(path)}
    assert ids == {"A": "2001.00002", "B": "2001.00003"}
    assert path.read_bytes().startswith(b'\xef\xbb\xbf[[entry]]\ntitle = "A"\n')
    assert path.read_text(encoding="utf-8").count("\ufeff") == 1


def test_brackets_without_end_are_an_error_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "overrides.toml"
    path.write_text("[[entry]]\ntitle = " + "[" * 5_000)
    with pytest.raises(OverridesError) as caught:
        read_overrides(path)
    assert (caught.value.path, caught.value.line) == (path, 2)


def test_a_table_is_changed_in_place_and_keeps_its_comments_and_its_neighbours(
    tmp_path: Path,
) -> None:
    path = tmp_path / "overrides.toml"
    path.write_text(
        "# mine\n[[entry]] # one\n  rejected = [ # not these\n"
        '    "arXiv:2001.00001v3", # it\'s "B"\n  ]\n'
        'title = """\nrejected, all"""\n# between\n\n[[entry]]\ntitle = "C"\n'
        'rejected = ["2001.00001"]  # so\n# end'
    )
    first, second = read_overrides(path)
    changed = Override(first.title, None, None, "2002.00002", "", ("2001.00001", "2003.00003"))
    write_override(path, changed, first)
    assert path.read_text() == (
        "# mine\n[[entry]] # one\n"
        '  rejected = ["2001.00001", "2003.00003"]  # not these  # it\'s "B"\n'
        'title = """\nrejected, all"""\n# between\narxiv_id = "2002.00002"\n\n'
        '[[entry]]\ntitle = "C"\nrejected = ["2001.00001"]  # so\n# end'
    )
    write_override(path, Override("C", None, None, "2001.00001", ""), read_overrides(path)[1])
    assert path.read_text().endswith(
        '[[entry]]\ntitle = "C"\n# end\narxiv_id = "2001.00001"  # so\n'
    )
    assert second.title == "C"


def test_a_table_between_others_is_changed_where_it_stands_line_ends_and_all(
    tmp_path: Path,
) -> None:
    path = tmp_path / "overrides.toml"
    whole = (
        '[[person]]\r\nname = "X Y"\r\n[[entry]]\r\ntitle = "C"\r\n'
        'arxiv_id = "2001.00001"  # why\r\n\r\n[[person]]\r\nname = "Z Y"\r\n'
    )
    path.write_bytes(whole.encode())
    (entry,) = read_overrides(path)
    write_override(path, Override("C", None, None, "2001.00002", ""), entry)
    assert path.read_bytes().decode() == whole.replace("00001", "00002")


def test_a_file_that_cannot_be_added_to_stays_and_the_table_is_given_to_the_reader(
    tmp_path: Path,
) -> None:
    path = tmp_path / "overrides.toml"
    path.write_text('entry = [{title = "A", arxiv_id = "2001.00001"}]\n')
    with pytest.raises(OverridesError, match=r'by hand:\n\[\[entry\]\]\ntitle = "B"\narxiv_id'):
        write_override(path, Override("B", None, None, None, ""))
    assert [one.title for one in read_overrides(path)] == ["A"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_at_any_moment_and_after_a_kill_finds_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "overrides.toml"
    seen = [""]
    with subprocess.Popen([sys.executable, "-c", WRITING, str(path)], cwd=PROJECT) as process:
        while not path.exists():
            time.sleep(0.01)
        end = time.monotonic() + SOON_S
        while len(set(seen)) <= 50 and time.monotonic() < end:
            seen.append(path.read_text())
        process.kill()
    assert all(after.startswith(before) for before, after in pairwise(seen))
    found = [one.title for one in read_overrides(path)]
    assert found == [f"Title {number}" for number in range(len(found))]
    assert len(set(seen)) > 10


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ('file = "a"\nline = true\narxiv_id = "2409.01524"', "cannot be used"),
        ('rejected = "2409.01524"', "rejected is no list"),
        ("rejected = [2409.01524]", "2409.01524 among the rejected is no arXiv id"),
        ('rejected = ["2409.0152"]', "'2409.0152' among the rejected"),
        ("rejected = []", "cannot be used"),
        ('arxiv_id = "2409.01524"\nrejected = ["arXiv:2409.01524v2"]', "is both"),
    ],
)
def test_what_cannot_be_used_is_an_error_with_its_line(
    tmp_path: Path, keys: str, what: str
) -> None:
    path = tmp_path / "overrides.toml"
    named = "" if keys.startswith("file") else 'title = "A"\n'
    path.write_text(f"\n[[entry]]\n{named}{keys}\n")
    with pytest.raises(OverridesError, match=what) as raised:
        read_overrides(path)
    assert raised.value.line == 2


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({"title": 0.62}, "another title, 62% alike"),
        ({"title": 0.999, "numbers": 0.0}, "the numbers differ; another title, 99% alike"),
        ({"title": 0.95, "slips": 1.0, "authors": 0.0}, "none of the authors"),
        ({"title": 0.6, "part": 1.0, "months": -14.0}, "only a part of the title; 14 months apart"),
        ({"title": 1.0, "length": 0.0}, "so short a title could be another's"),
        ({"title": 1.0, "authors": 0.25}, "only 25% of the authors"),
        ({"title": 1.0, "authors": 1.0, "abstract": 0.1}, "the abstract is another"),
        ({"title": 1.0, "authors": 1.0, "abstract": 0.3}, "only 30% of the abstract"),
        ({"title": None}, "no title to compare"),
        ({"title": 1.0, "authors": 1.0, "months": 2.0}, "nothing"),
        ({"title": 1.0}, "nothing, but neither authors nor abstract can be compared"),
    ],
)
def test_what_speaks_against_a_candidate_is_said(
    scores: dict[str, float | None], said: str
) -> None:
    assert why_not(scores) == said
