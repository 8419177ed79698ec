"""Logs of meetings: who was there or speaks, and several papers below one heading."""

from __future__ import annotations

from pipeline.digests import markdown
from pipeline.digests.bylines import named_paper
from pipeline.digests.dates import has_day
from pipeline.digests.document import Section
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line


def is_meeting(section: Section) -> bool:
    """Whether lines say who was there, and several lead to papers or it has a day: it is none."""
    fields = [field for line in section.lines[:40] for field in fields_of_line(line.body)]
    stated = {field.name for field in fields if field.value}
    if "people" not in stated or stated & {"title", "paper"}:
        return False
    heading = section.heading
    leading = sum(map(_leads_to_paper, section.lines))
    return heading is None or has_day(heading.body) or leading > 1


def _leads_to_paper(line: Line) -> bool:
    """Whether a line is the link of a paper, states it, or has a title and its link."""
    leads = is_link_line(line.body) or states_link(line) or named_paper(line.body)
    return leads and markdown.is_paper_link(line.body)


def states_link(line: Line) -> bool:
    """Whether a line states a link behind its label."""
    return any(
        field.name in ("link", "paper", "arxiv", "doi") for field in fields_of_line(line.body)
    )
