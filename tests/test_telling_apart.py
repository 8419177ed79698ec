"""People told apart by two processes where that is worth it, and what need not be loaded for it."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice, product

import pytest

from pipeline.build.forking import CAN_FORK
from pipeline.build.long_work import silent
from pipeline.build.telling_apart import FEWEST_NAMES, know_names_by_two, told_by_two
from pipeline.identity.clusters import Cluster
from pipeline.identity.forgetting import forget_names
from pipeline.identity.kept_blocks import NameBlock
from pipeline.identity.names import person_name
from pipeline.identity.signatures import SignatureRef

LIGHT = """
import sys
import pipeline.cli.disambiguate

print(*sorted({"pyarrow", "pipeline.store.inputs", "pipeline.build.finding"} & sys.modules.keys()))
"""


def signed_by_this_process(_block: NameBlock) -> list[Cluster]:
    return [Cluster([SignatureRef(0, 0, str(os.getpid()))], {0}, frozenset())]


@pytest.mark.skipif(not CAN_FORK, reason="no second processor, or no Linux")
@pytest.mark.parametrize(("names", "processes"), [(7, 1), (8, 2)])
def test_few_blocks_of_many_names_are_worth_a_second_process(names: int, processes: int) -> None:
    blocks = [frozenset(map(str, range(names)))] * 50
    told = told_by_two(silent)(signed_by_this_process, blocks)
    assert len({clusters[0].marks[0].text for clusters in told}) == processes


def test_names_taken_apart_by_two_processes_hold_each_word_once() -> None:
    letters = product("abcdefghijklmno", repeat=3)
    names = [f"Ana{''.join(word)} Brandt" for word in islice(letters, FEWEST_NAMES)]
    know_names_by_two(names)
    assert len({id(person_name(name).family) for name in names}) == 1
    assert person_name(names[1])[:3] == ("anaaabbrandt", ("anaaab",), "brandt")
    forget_names()


def test_plain_lists_of_authors_load_neither_tables_nor_what_finds_digests() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True
    )
    assert ended.stdout.split() == []
