"""What is remembered of names while people are told apart, and may be forgotten afterwards."""

from __future__ import annotations

from pipeline.identity.name_order import without_particles
from pipeline.identity.names import drop_names
from pipeline.identity.other_forms import other_keys, sounds
from pipeline.identity.signatures import name_key
from pipeline.identity.spelling import spelling
from pipeline.model.organisations import is_organisation


def forget_keys(most: int) -> None:
    """Forgets what was found of whole names, if they are more than this."""
    for remembered in (name_key, is_organisation):
        if remembered.cache_info().currsize > most:
            remembered.cache_clear()


def forget_names() -> None:
    """Forgets how names were taken apart: of half a million, that is as much as their graph."""
    drop_names()
    for remembered in (name_key, without_particles, spelling, other_keys, sounds, is_organisation):
        remembered.cache_clear()
