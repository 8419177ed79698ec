"""What to do next, from what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.doctor.findings import CatalogueState, Finding, ServiceState, Setup
from pipeline.settings.keys import EMAIL_VARIABLE, VARIABLES

MOST = 2
_NOT_ASKED = {"not_asked", "resting"}
_OUT_OF_REACH = {"unreachable", "late"}


def advice(findings: Iterable[Finding]) -> list[str]:
    """What to do next: at most two sentences or so, the most urgent first."""
    all_findings = list(findings)
    services = [finding for finding in all_findings if isinstance(finding, ServiceState)]
    sentences = [
        *_of_faults(all_findings), *_of_network(services), *_of_keys(services),
        *_of_the_rest(all_findings),
    ]  # fmt: skip
    return sentences[:MOST] or ["Nothing: all is as it should be."]


def _of_faults(findings: Iterable[Finding]) -> Iterator[str]:
    faults = sum(len(finding.faults) for finding in findings if isinstance(finding, Setup))
    if faults:
        what = "the setting that counts" if faults == 1 else f"the {faults} settings that count"
        yield f"Mend {what} for nothing, above: every other command stops at it."


def _of_network(services: Sequence[ServiceState]) -> Iterator[str]:
    asked = [s.outcome.state for s in services if s.outcome.state not in _NOT_ASKED]
    if asked and set(asked) <= _OUT_OF_REACH:
        yield "No service was reached: look at the network, and at HTTPS_PROXY if you have a proxy."
    if asked.count("web_page") > 1:
        yield "Open any page in a browser: this network may want a log-in, or its proxy shuts out."


def _of_keys(services: Sequence[ServiceState]) -> Iterator[str]:
    by_name = {service.name: service for service in services}
    for service in services:
        if service.outcome.state == "wrong_key":
            yield f"Copy the key of {service.name} again, into {service.key}."
    openalex, scholar = by_name["openalex"], by_name["semantic_scholar"]
    if openalex.key is None and "credits" in openalex.outcome.said:
        yield f"Set {VARIABLES['openalex'][0]}: a key is free and has ten times the credits."
    if scholar.key is None:
        variable = VARIABLES["semantic_scholar"][0]
        yield f"Set {variable}: without a key about one request a minute is answered."


def _of_the_rest(findings: Sequence[Finding]) -> Iterator[str]:
    if any(isinstance(finding, CatalogueState) and finding.papers is None for finding in findings):
        yield "Run `digest-graph catalogue build FILE`, to match without the network."
    if any(isinstance(finding, Setup) and not finding.email for finding in findings):
        yield f"Set {EMAIL_VARIABLE}, so that services can write before they shut you out."
