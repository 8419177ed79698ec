"""What other programs export, invented: the same first paper in each format."""

from __future__ import annotations

from pipeline.digests import (
    arxiv_mail,
    clippings,
    endnote_xml,
    feed,
    flash_cards,
    json_records,
    link_export,
    tagged_fields,
    toml_records,
    yaml_records,
)

MAIL = r"""------------------------------------------------------------------------------
 received from  Tue 3 Sep 24 18:00:00 GMT  to  Wed  4 Sep 24 18:00:00 GMT
------------------------------------------------------------------------------
\\
arXiv:2409.02326
Date: Tue, 3 Sep 2024 22:36:42 GMT   (300kb)

Title: Arctic-SnowCoder: Demystifying High-Quality Data in Code
  Pretraining
Authors: Yuxiang Wei (UIUC), Hojae Han and Rajhans Samdani
Categories: cs.CL cs.AI
Journal-ref: Invented Journal 3 (2024)
DOI: 10.1000/xyz
\\
  Recent studies demonstrate that data
  is crucial.
\\ ( https://arxiv.org/abs/2409.02326 ,  300kb)
------------------------------------------------------------------------------
\\
arXiv:2409.02392 (*cross-listing*)
Date: Wed, 4 Sep 2024 02:41:04 GMT   (200kb)

Title: A Second Paper
Authors: Wei Xiong
Categories: cs.LG
\\ ( https://arxiv.org/abs/2409.02392 ,  200kb)
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--
"""

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>Results</title>
  <entry>
    <id>http://arxiv.org/abs/2409.02326v1</id>
    <published>2024-09-03T22:36:42Z</published>
    <title>Arctic-SnowCoder: Demystifying High-Quality Data in Code
      Pretraining</title>
    <summary>Recent studies demonstrate that data is crucial.</summary>
    <author><name>Yuxiang Wei</name></author><author><name>Hojae Han</name></author>
    <arxiv:doi>10.1000/xyz</arxiv:doi>
    <arxiv:journal_ref>Invented Journal 3 (2024)</arxiv:journal_ref>
    <link href="http://arxiv.org/abs/2409.02326v1" rel="alternate" type="text/html"/>
    <link href="http://arxiv.org/pdf/2409.02326v1" rel="related" type="application/pdf"/>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/2409.02392v1</id>
    <title>A Second Paper</title>
  </entry>
</feed>
"""

RSS = """<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<item><title>Arctic-SnowCoder: Demystifying. (arXiv:2409.02326v1 [cs.CL])</title>
<link>https://arxiv.org/abs/2409.02326</link>
<description>arXiv:2409.02326v1 Announce Type: new
Abstract: Recent studies demonstrate that data is crucial.</description>
<pubDate>Thu, 05 Sep 2024 00:00:00 -0400</pubDate>
<dc:creator>Yuxiang Wei, Hojae Han</dc:creator></item>
</channel></rss>
"""

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE>
<DL><p>
    <DT><H3>papers</H3>
    <DL><p>
        <DT><A HREF="https://arxiv.org/abs/2409.02326" ADD_DATE="1725500000" TAGS="code,llm">\
[2409.02326] Arctic-SnowCoder: &amp; Demystifying</A>
        <DD>a good one, like arXiv:2310.10638
        <DT><A HREF="https://arxiv.org/pdf/2409.02392.pdf" ADD_DATE="1725500001000">\
2409.02392.pdf</A>
        <DT><A HREF="https://example.org/news">News</A>
    </DL><p>
</DL><p>
"""

POCKET = """<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><ul>
<li><a href="https://arxiv.org/abs/2409.02326" time_added="1725500000" tags="code,llm">\
Arctic-SnowCoder: Demystifying | arXiv</a></li>
</ul></body></html>
"""

OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Papers">
<outline text="&lt;b&gt;Arctic-SnowCoder&lt;/b&gt; https://arxiv.org/abs/2409.02326" \
_note="good #code #llm"/>
</outline></body></opml>
"""

SCHOLAR = """{"total": 2, "data": [
  {
    "paperId": "a1", "externalIds": {"ArXiv": "2409.02326", "DOI": "10.1000/xyz"},
    "title": "Arctic-SnowCoder: Demystifying", "year": 2024, "venue": "Invented Journal",
    "publicationDate": "2024-09-03", "abstract": "Recent studies demonstrate that.",
    "authors": [{"authorId": "1", "name": "Yuxiang Wei"}, {"authorId": "2", "name": "Hojae Han"}],
    "references": [{"title": "Another", "externalIds": {"ArXiv": "2401.00001"}}]
  },
  {"paperId": "b2", "title": "A Second Paper", "authors": []}
]}
"""

DAILY = """[
 {"paper": {"id": "2409.02326", "title": "Arctic-SnowCoder: Demystifying",
   "summary": "Recent studies demonstrate that.", "authors": [{"name": "Yuxiang Wei"},
   {"name": "Hojae Han"}]}, "publishedAt": "2024-09-03T00:00:00.000Z"}
]
"""

LINES = """{"id": "2409.02326", "title": "Arctic-SnowCoder: Demystifying", "tags": ["code", "llm"],\
 "authors": "Yuxiang Wei, Hojae Han", "note": "A good one, like arXiv:2310.10638."}
{"links": {"pdf": "https://arxiv.org/pdf/2409.02392"}, "title": "A Second Paper"}
"""

YAML = """# reading
- title: "Arctic-SnowCoder: Demystifying"
  authors: [Yuxiang Wei, Hojae Han]
  arxiv: 2409.02326
  tags: [code, llm]
  note: a good one, like arXiv:2310.10638
- title: A Second Paper
  links:
    pdf: https://arxiv.org/pdf/2409.02320
"""

TOML = """# reading
[[paper]]
title = "Arctic-SnowCoder: Demystifying"
authors = ["Yuxiang Wei", "Hojae Han"]
arxiv = 2409.02326
tags = ["code", "llm"]
note = "a good one, like arXiv:2310.10638"

[[paper]]
title = "A Second Paper"
links = { pdf = "https://arxiv.org/pdf/2409.02320" }
"""

CLIPPINGS = """[2409.02326] Arctic-SnowCoder: Demystifying (Yuxiang Wei; Hojae Han)
- Your Note on page 4 | location 55 | Added on Sunday, 8 September 2024 21:14:55

a good one, like arXiv:2310.10638
==========
A Second Paper (Bo Kim)
- Your Note on page 5 | location 60 | Added on Sunday, 8 September 2024 21:15:55

A good one too.
==========
"""

CARDS = """#separator:tab
#html:true
#tags column:3
Arctic-SnowCoder: Demystifying\ta good one, like arXiv:2310.10638<br>arXiv:2409.02326\tcode llm
A Second Paper\thttps://arxiv.org/abs/2409.02320\tcode
"""

WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Wei, YX
   Han, HJ
AF Wei, Yuxiang
   Han, Hojae
TI Arctic-SnowCoder: Demystifying
   High-Quality Data
SO Invented Journal
DE code; llm
AB Recent studies demonstrate that.
DI 10.48550/arXiv.2409.02326
PY 2024
PD SEP
ER

EF
"""

ENDNOTE = """%0 Journal Article
%A Wei, Yuxiang
%A Han, Hojae
%T Arctic-SnowCoder: Demystifying
%J Invented Journal
%D 2024
%K code
llm
%X Recent studies demonstrate that.
%U https://arxiv.org/abs/2409.02326
%Z a good one

%0 Book
%T A Second Paper
"""

PUBMED = """PMID- 39001234
OWN - NLM
TI  - Arctic-SnowCoder: Demystifying
      High-Quality Data
AB  - Recent studies demonstrate that.
FAU - Wei, Yuxiang
AU  - Wei Y
FAU - Han, Hojae
OT  - code
OT  - llm
DP  - 2024 Sep 3
JT  - Invented Journal
AID - 10.48550/arXiv.2409.02326 [doi]
"""

ENDNOTE_XML = """<?xml version="1.0" encoding="UTF-8" ?>
<xml><records>
<record><contributors><authors><author><style face="normal">Wei, Yuxiang</style></author>
<author>Han, Hojae</author></authors></contributors>
<titles><title><style face="normal">Arctic-SnowCoder: Demystifying</style></title>
<secondary-title>Invented Journal</secondary-title></titles>
<keywords><keyword>code</keyword><keyword>llm</keyword></keywords>
<dates><year>2024</year></dates><abstract>Recent studies demonstrate that.</abstract>
<urls><related-urls><url>https://arxiv.org/abs/2409.02326</url></related-urls></urls></record>
<record><titles><title>A Second Paper</title></titles></record>
</records></xml>
"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <bib:Article rdf:about="#item_1">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1"/>
    <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Lee</foaf:surname>
      <foaf:givenName>Ann</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
    <dcterms:isReferencedBy rdf:resource="#item_2"/>
    <link:link rdf:resource="#item_3"/>
    <dc:subject><z:AutomaticTag><rdf:value>Computer Science - Heat</rdf:value></z:AutomaticTag>
    </dc:subject>
    <dc:subject>ovens</dc:subject>
    <dc:title>Slow Cooking of Models</dc:title>
    <dcterms:dateSubmitted>2024-01-25 10:11:12</dcterms:dateSubmitted>
  </bib:Article>
  <bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;Like arXiv:2401.00012.&lt;/p&gt;</rdf:value>
  </bib:Memo>
  <z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType>
    <dc:identifier><dcterms:URI><rdf:value>https://arxiv.org/abs/2401.00011</rdf:value></dcterms:URI></dc:identifier>
  </z:Attachment>
  <bib:Journal rdf:about="urn:issn:1"><dc:title>Journal of Heat</dc:title>
    <dc:identifier>DOI 10.1000/heat.1</dc:identifier></bib:Journal>
  <bib:Memo rdf:about="#item_4"><rdf:value>Ask Bo.</rdf:value></bib:Memo>
  <z:Collection rdf:about="#c1"><dc:title>Thesis</dc:title><dcterms:hasPart rdf:resource="#c2"/>
  </z:Collection>
  <z:Collection rdf:about="#c2"><dc:title>Chapter 2</dc:title>
    <dcterms:hasPart rdf:resource="#c1"/><dcterms:hasPart rdf:resource="#item_1"/></z:Collection>
</rdf:RDF>
"""

EXPORTS = {
    "mail": (arxiv_mail.FORMAT, MAIL),
    "atom": (feed.FORMAT, ATOM),
    "rss": (feed.FORMAT, RSS),
    "bookmarks": (link_export.FORMAT, BOOKMARKS),
    "pocket": (link_export.FORMAT, POCKET),
    "opml": (link_export.FORMAT, OPML),
    "scholar": (json_records.FORMAT, SCHOLAR),
    "daily": (json_records.FORMAT, DAILY),
    "lines": (json_records.FORMAT, LINES),
    "yaml": (yaml_records.FORMAT, YAML),
    "toml": (toml_records.FORMAT, TOML),
    "clippings": (clippings.FORMAT, CLIPPINGS),
    "cards": (flash_cards.FORMAT, CARDS),
    "wos": (tagged_fields.FORMAT, WOS),
    "endnote": (tagged_fields.FORMAT, ENDNOTE),
    "pubmed": (tagged_fields.FORMAT, PUBMED),
    "endnote_xml": (endnote_xml.FORMAT, ENDNOTE_XML),
}
"""Samples by name, with the format that reads each; the first of a format has most in it."""
