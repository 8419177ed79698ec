"""Documents to entries: decode, look at the content, and let the likest format read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.digests.decoding import text_of
from pipeline.records import Document, Entry, Format, Skip


def entries(
    documents: Iterable[Document | Skip], formats: Sequence[Format]
) -> Iterator[Entry | Skip]:
    """The entries of documents, in order; a skip for each file, line or entry that holds none.

    Every document gives at least one record. An entry without title, link and commentary has
    nothing to find it by, and is skipped.
    """
    for document in documents:
        yield from [document] if isinstance(document, Skip) else _of_document(document, formats)


def _of_document(document: Document, formats: Sequence[Format]) -> Iterator[Entry | Skip]:
    text = text_of(document)
    if isinstance(text, Skip):
        yield text
        return
    format_ = max(formats, key=lambda candidate: candidate.likeness(text))
    found = False
    for record in format_.read(text):
        found = True
        yield _skip_if_bare(record) if isinstance(record, Entry) else record
    if not found:
        yield Skip("digests", document.file, "no entry found: it holds no line of text.")


def _skip_if_bare(entry: Entry) -> Entry | Skip:
    if entry.title or entry.arxiv_id or entry.links or entry.commentary or entry.abstract:
        return entry
    place = f"{entry.file}:{entry.line_start}"
    return Skip("digests", place, "an entry of tags alone. Give it a title, a link or a text.")
