"""Ids that arXiv does not know, told apart from an empty feed of a server that is busy."""

from __future__ import annotations

from random import Random

from asking import FakeTime
from fake_arxiv import ATOM, query_reply
from fake_papers import World, papers
from told_keys import DAY, KEYS, Kept

from pipeline.enrich.gathering import Asking, gathered
from pipeline.enrich.queue import SourceQueue
from pipeline.fetch.exchange import TransportReply
from pipeline.fetch.retry import with_retries
from pipeline.fetch.validation import with_validation
from pipeline.model.services import Reply, Request
from pipeline.sources import arxiv_api

ASKED = KEYS[1:21]
PAPER = next(iter(papers(1).values()))
THE_KNOWN = {arxiv_api.KNOWN: PAPER._replace(arxiv_id=arxiv_api.KNOWN)}


def states_at_arxiv(world: World, empty_feeds: int = 0) -> tuple[set[str], Kept, list[int]]:
    """The states told of twenty ids, what is kept, and how many ids each request named."""
    sizes: list[int] = []

    def transport(request: Request) -> TransportReply:
        sizes.append(len(request.keys))
        asked_world = {} if len(sizes) <= empty_feeds else world
        content = query_reply(asked_world, request.url.partition("?")[2]).content
        return TransportReply(Reply(200, ATOM, content), {})

    memory = Kept()
    queue = SourceQueue(arxiv_api.SOURCE, memory, DAY)
    queue.add(ASKED)
    fetch = with_retries(with_validation(transport), FakeTime().clock, Random(1), 4, 2)
    told = list(gathered([queue], Asking(fetch, memory, DAY)))
    assert sorted(answer.key for answer in told) == ASKED
    return {answer.state for answer in told}, memory, sizes


def test_ids_that_arxiv_does_not_know_take_two_requests_not_one_each() -> None:
    states, memory, sizes = states_at_arxiv(THE_KNOWN)
    assert (states, sizes) == ({"unknown"}, [20, 21])
    assert sorted(memory.rows) == ASKED


def test_a_server_that_sends_empty_feeds_for_a_while_is_not_believed() -> None:
    world = THE_KNOWN | {key: PAPER._replace(arxiv_id=key) for key in ASKED}
    states, _, sizes = states_at_arxiv(world, empty_feeds=3)
    assert (states, sizes) == ({"found"}, [20, 21, 21, 21])


def test_what_a_server_knows_nothing_of_beside_a_paper_of_arxiv_is_not_kept() -> None:
    states, memory, sizes = states_at_arxiv({})
    assert (states, sizes) == ({"unknown"}, [20, 21, 21, 21, 21, 20])
    assert memory.rows == {}
