"""The tags file: what it may say, and what is refused with the file and the line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.model.identities import Suggestion
from pipeline.settings.tags import (
    TagRules,
    TagsFileError,
    folded_tag,
    tag_rules,
    tags_paths,
    toml_lines,
)


def rules_of(folder: Path, *texts: str) -> TagRules:
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.toml")
        paths[-1].write_text(text, encoding="utf-8")
    return tag_rules(paths)


def test_no_file_is_no_rules_but_the_usual_meta_tags(tmp_path: Path) -> None:
    assert tags_paths([tmp_path]) == []
    assert tag_rules([]) == TagRules(meta=frozenset({"news", "review", "offtopic"}))


def test_the_file_is_found_beside_inputs_and_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("here", "notes"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "tags.toml").touch()
    monkeypatch.chdir(tmp_path / "here")
    note = tmp_path / "notes" / "may.txt"
    found = tags_paths([note, tmp_path / "notes", tmp_path / "here"])
    assert [path.resolve() for path in found] == [
        tmp_path / "here" / "tags.toml", tmp_path / "notes" / "tags.toml",
    ]  # fmt: skip


def test_aliases_fold_as_tags_do_and_an_alias_of_an_alias_leads_to_the_end(tmp_path: Path) -> None:
    rules = rules_of(
        tmp_path, '[alias]\nLM = "language-model"\nlanguage_model = "#lm2"\n"언어모델" = "lm"'
    )
    assert {rules.tag_of(tag) for tag in ("lm", "Language Model", "언어-모델")} == {"lm2"}
    assert rules.tag_of("llm") == "llm"


def test_broader_and_related_tags_are_those_that_aliases_lead_to(tmp_path: Path) -> None:
    rules = rules_of(
        tmp_path,
        '[alias]\nlm = "language-model"\n[broader]\nllm = ["lm", "nlp"]\nlm = "nlp"\n'
        '[relates_to]\ngan = ["diffusion"]\n',
    )
    assert rules.broader == {"llm": ("languagemodel", "nlp"), "languagemodel": ("nlp",)}
    assert rules.related == {"gan": ("diffusion",)}


def test_meta_tags_are_those_of_the_files_or_none_where_one_says_so(tmp_path: Path) -> None:
    assert rules_of(tmp_path, "meta = []").meta == frozenset()
    both = rules_of(tmp_path, 'meta = ["To-Read"]', 'meta = ["news"]\n[alias]\nnews = "press"')
    assert both.meta == {"toread", "press"}


def test_files_add_up_and_may_say_the_same(tmp_path: Path) -> None:
    rules = rules_of(tmp_path, '[alias]\na = "b"', '[alias]\nA = "B"\nc = "a"')
    assert rules.aliases == {"a": "b", "c": "b"}


def test_an_alias_of_its_own_fold_says_how_the_tag_is_written(tmp_path: Path) -> None:
    rules = rules_of(tmp_path, '[alias]\npretraining = "pre-training"')
    assert rules.aliases == {}
    assert rules.spellings["pretraining"] == ("pretraining", "pre-training")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[alias]\nlm = ", 2, "not TOML"),
        ("[alias]\n언어 = 'lm'", 2, "in quotes"),
        ('\n[alias]\nlm = ["a"]', 3, "lm cannot be used"),
        ("[alias]\nlm = 1", 2, "lm cannot be used"),
        ('[alias]\nlm = ""', 2, "not all tags"),
        ('[broader]\nllm = ["lm", 3]', 2, "not all tags"),
        ("[broader]\nllm = { lm = 1 }", 2, "llm cannot be used"),
        ('[aliases]\nlm = "a"', 1, "'aliases' is none of the tables"),
        ('alias = "a"', 1, "'alias' is none of the tables"),
        ('meta = "news"', 1, "not all tags"),
        ('[broader]\nllm = ["lm"]\nmeta = ["news"]', 3, "above the first"),
        ('[alias]\nlm = "a"\nLM = "b"', 3, "LM is an alias of a already"),
        ('[alias]\na = "b"\nb = "c"\nc = "A"', 4, "c is an alias of a is an alias of b"),
        ('[broader]\na = ["b"]\nb = ["a"]', 3, "b is narrower than a is narrower than b"),
        ('[broader]\n"A-B" = ["ab"]', 2, "A-B and ab are one tag"),
        ('[alias]\nlm = "llm"\n[relates_to]\nlm = ["llm"]', 4, "lm and llm are one tag"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int | None, what: str
) -> None:
    with pytest.raises(TagsFileError) as refused:
        rules_of(tmp_path, text)
    assert (refused.value.path, refused.value.line) == (tmp_path / "0.toml", line)
    assert what in refused.value.what
    assert str(refused.value).startswith(f"{tmp_path / '0.toml'}:")
    assert refused.value.exit_code == 2


def test_a_file_that_is_not_utf8_or_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tags.toml").write_bytes(b"\xff")
    for path in (tmp_path / "tags.toml", tmp_path):
        with pytest.raises(TagsFileError) as refused:
            tag_rules([path])
        assert refused.value.path == path


def test_a_tag_called_meta_is_one_in_quotes(tmp_path: Path) -> None:
    assert rules_of(tmp_path, '[broader]\n"meta" = ["company"]').broader == {"meta": ("company",)}


def test_suggestions_can_be_pasted_whole(tmp_path: Path) -> None:
    suggestions = [
        Suggestion("acronym", "lm", "language_model", "its initials"),
        Suggestion("co_occurrence", "language model", "lm", "a line\nbreak"),
        Suggestion("typo", "lm", "other", "a second line for one tag"),
        Suggestion("typo", 'a"\\b', "언어", "quotes"),
    ]
    lines = list(toml_lines(suggestions))
    assert tomllib.loads("\n".join(lines))["alias"] == {"lm": "language_model", 'a"\\b': "언어"}
    assert rules_of(tmp_path, "\n".join(lines)).tag_of("lm") == folded_tag("language_model")
    assert sum("#" in line for line in lines) == len(suggestions) + 1
