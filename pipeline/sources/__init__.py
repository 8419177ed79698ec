"""The services that know facts about papers. The table; each is one file beside this one."""

from pipeline.model.plug_ins import plugged_sources
from pipeline.sources import (
    acl_anthology,
    arxiv_api,
    arxiv_titles,
    bulk,
    bundled,
    catalogue,
    crossref,
    crossref_titles,
    crossref_works,
    datacite,
    dblp,
    eprint,
    hugging_face,
    inspire,
    openalex,
    opencitations,
    openreview,
    semantic_scholar,
    semantic_scholar_citations,
    semantic_scholar_titles,
    semantic_scholar_works,
)

LOCAL = (bundled.SOURCE, catalogue.SOURCE, *bulk.SOURCES)
"""Those that need no network."""

OWN_SERVICES = (
    arxiv_api.SOURCE,
    semantic_scholar.SOURCE,
    openalex.SOURCE,
    inspire.SOURCE,
    opencitations.SOURCE,
    crossref.SOURCE,
    semantic_scholar_citations.SOURCE,
    datacite.SOURCE,
    acl_anthology.SOURCE,
    dblp.SOURCE,
    openreview.SOURCE,
    hugging_face.SOURCE,
    eprint.SOURCE,
)
"""Those of this package that say what is known of a paper."""

SERVICES = (*OWN_SERVICES, *plugged_sources([own.name for own in (*LOCAL, *OWN_SERVICES)]))
"""Those that say what is known of a paper, those of other packages last."""

TITLE_SEARCHES = (arxiv_titles.SOURCE, semantic_scholar_titles.SOURCE)
"""Those that say which papers a title could be."""

WORKS = (crossref_works.SOURCE, semantic_scholar_works.SOURCE)
"""Those that say what works are called, by DOI; each is asked for what those before do not know."""

WORK_SEARCHES = (crossref_titles.SOURCE,)
"""Those that say which works the title of a reference could be."""

SOURCES = (*LOCAL, *SERVICES, *TITLE_SEARCHES, *WORKS, *WORK_SEARCHES)
"""All of them."""

VENUES = (datacite.SOURCE, acl_anthology.SOURCE, dblp.SOURCE, openreview.SOURCE)
"""Services that say where a paper appeared, asked where those before do not."""

BY_CHOICE = (hugging_face.SOURCE, eprint.SOURCE)
"""Services that are asked only where the reader says so."""

_LAST = (semantic_scholar_citations.SOURCE, *WORKS, *VENUES, *BY_CHOICE, *WORK_SEARCHES)
IN_ORDER_OF_WORTH = (*(s for s in SERVICES if s not in _LAST), *TITLE_SEARCHES, *_LAST)
"""What a host is asked first, where several of these are its own: ids, references, titles."""
