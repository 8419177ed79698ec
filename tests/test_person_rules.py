"""What the reader says of people in overrides.toml, from the file to who is who."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import built_from
from test_people import groups, paper, with_ids, yang

from pipeline.identity.people import disambiguate_authors, unused
from pipeline.model.errors import OverridesError
from pipeline.model.identities import PersonRule
from pipeline.settings.overrides import read_overrides, read_person_rules


def rule(*names: str, papers: Sequence[str] | None = None, orcid: str | None = None) -> PersonRule:
    ids = None if papers is None else tuple(f"arxiv:{arxiv_id}" for arxiv_id in papers)
    return PersonRule(names, ids, orcid, "overrides.toml:1")


def test_the_reader_has_the_last_word() -> None:
    papers = [yang("2401.1", "Ana Brandt"), yang("2402.1", "Ana Brandt"), yang("2403.1")]
    together = disambiguate_authors(papers, rules=[rule("Yang Liu", papers=["2401.1", "2403.1"])])
    assert groups(together, "Yang Liu") == [["2401.1", "2402.1", "2403.1"]]
    every = disambiguate_authors(papers, rules=[rule("Yang Liu")])
    assert groups(every, "Yang Liu") == [["2401.1", "2402.1", "2403.1"]]
    one_each = [rule("Yang Liu", papers=[known]) for known in ("2401.1", "2402.1", "2403.1")]
    apart = disambiguate_authors(papers, rules=one_each)
    assert len(groups(apart, "Yang Liu")) == 3
    assert not any(creator.ambiguous for creator in apart)
    assert all(creator.same_as == () for creator in (*together, *apart))


def test_a_rule_of_some_papers_goes_before_one_of_the_name() -> None:
    papers = [yang("2401.1", "Ana Brandt"), yang("2402.1", "Ana Brandt"), yang("2403.1")]
    rules = [rule("Yang Liu"), rule("Yang Liu", papers=["2402.1"])]
    assert groups(disambiguate_authors(papers, rules=rules), "Yang Liu") == [
        ["2401.1", "2403.1"],
        ["2402.1"],
    ]


def test_the_reader_joins_two_orcids_and_two_names_and_says_which_to_show() -> None:
    papers = [with_ids(paper("2401.1", "Ana Brandt"), ("orcid:1",)),
              with_ids(paper("2402.1", "Olga Greco"), ("orcid:2",))]  # fmt: skip
    (one,) = disambiguate_authors(papers, rules=[rule("Olga Greco", "Ana Brandt")])
    assert (one.reason, one.name) == ("the reader says so", "Olga Greco")
    assert one.spellings == ("Ana Brandt", "Olga Greco")


def test_an_orcid_of_the_reader_joins_what_a_source_names_so() -> None:
    papers = [with_ids(yang("2401.1"), ("orcid:1",)), yang("2402.1")]
    (one,) = disambiguate_authors(
        papers, rules=[rule("Yang Liu", papers=["2402.1"], orcid="orcid:1")]
    )
    assert [elsewhere.source for elsewhere in one.same_as] == ["openalex", "overrides"]


def test_a_rule_that_fits_no_signature_is_found() -> None:
    rules = [rule("Yang Liu", papers=["2402.1"]), rule("Bo Li"), rule("yang liu")]
    assert unused([yang("2401.1")], rules) == rules[:2]


def written(folder: Path, text: str) -> Path:
    path = folder / "overrides.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_people_of_the_overrides_file_are_read_with_their_lines(tmp_path: Path) -> None:
    text = """
[[entry]]
title = "T"
arxiv_id = "2409.01524"

[[person]]
name = "Yang Liu"
also = ["Y. Liu"]
papers = ["https://arxiv.org/abs/2409.01524v2", "work:1234"]
orcid = "https://orcid.org/0000-0002-1825-0097"
[[person]]
name = "Bo Li"
"""
    path = written(tmp_path, text)
    assert len(read_overrides(path)) == 1
    assert read_person_rules(path) == (
        PersonRule(
            ("Yang Liu", "Y. Liu"), ("arxiv:2409.01524", "work:1234"),
            "orcid:0000-0002-1825-0097", f"{path}:6",
        ),
        PersonRule(("Bo Li",), None, None, f"{path}:11"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "table",
    ["", 'name = ""', "name = 7", 'name = "A"\nalso = "B"', 'name = "A"\nalso = [1]',
     'name = "A"\npapers = []', 'name = "A"\npapers = "2409.01524"', 'name = "A"\norcid = "12"',
     'name = "A"\norcid = 7', 'name = "A"\nids = []'],
)  # fmt: skip
def test_a_person_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, table: str) -> None:
    path = written(tmp_path, f"# people\n[[person]]\n{table}\n")
    with pytest.raises(OverridesError, match=r"overrides.toml:2: .*Write \[\[person\]\]"):
        read_person_rules(path)


def test_a_build_follows_the_reader_and_says_which_rule_fits_nobody(tmp_path: Path) -> None:
    rule_of_liu = '[[person]]\nname = "Yang M. Liu"\nalso = ["yang liu"]\n'
    written(tmp_path, f'{rule_of_liu}[[person]]\nname = "Nobody Here"\n')
    text = "*A Title of Its Own* (Yang Liu, Bo Li)\n\nGood.\n\n#vision\n"
    found = built_from(tmp_path, text, "240902.txt")
    assert "Yang M. Liu" in {creator.name for creator in found.creators}
    assert [(s.stage, s.key) for s in found.skips] == [
        ("identity", f"{tmp_path / 'overrides.toml'}:4")
    ]
