"""Files of notes to entries. The table of formats; each is one file beside this one."""

from pipeline.digests import (
    arxiv_mail,
    bibtex,
    clippings,
    csl_json,
    csv_table,
    endnote_xml,
    feed,
    flash_cards,
    json_records,
    link_export,
    ris,
    tagged_fields,
    toml_records,
    written,
    yaml_records,
    zotero,
    zotero_rdf,
)
from pipeline.model.plug_ins import plugged_formats

OWN = (
    bibtex.FORMAT,
    ris.FORMAT,
    tagged_fields.FORMAT,
    endnote_xml.FORMAT,
    zotero_rdf.FORMAT,
    feed.FORMAT,
    link_export.FORMAT,
    arxiv_mail.FORMAT,
    clippings.FORMAT,
    flash_cards.FORMAT,
    zotero.FORMAT,
    json_records.FORMAT,
    csl_json.FORMAT,
    yaml_records.FORMAT,
    toml_records.FORMAT,
    csv_table.FORMAT,
    written.FORMAT,
)
"""The formats of this package, in the order in which a text is looked at for them."""

FORMATS = (*plugged_formats([own.name for own in OWN]), *OWN)
"""The formats that can be read; those of other packages are looked at first."""
