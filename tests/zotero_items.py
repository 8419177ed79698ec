"""A library of Zotero, invented: its collections and items as Zotero's API gives them."""

from __future__ import annotations

from typing import Any

USER, GROUP, FEED = 1, 2, 3

COLLECTIONS: dict[int, list[dict[str, Any]]] = {
    USER: [
        {"key": "COLLAAAA", "name": "Language models", "parentCollection": False},
        {"key": "COLLBBBB", "name": "Code", "parentCollection": "COLLAAAA"},
        {"key": "COLLCCCC", "name": "Thrown away", "parentCollection": False, "deleted": 1},
    ],
    GROUP: [{"key": "COLLAAAA", "name": "Circle", "parentCollection": False}],
}
SNOW = {
    "key": "SNOWAAAA",
    "itemType": "preprint",
    "dateAdded": "2024-09-05T22:15:00Z",
    "title": "Arctic-SnowCoder: Demystifying High-Quality Data in Code Pretraining",
    "shortTitle": "Arctic-SnowCoder",
    "date": "2024-09-03",
    "abstractNote": "Recent studies show that data is what matters.",
    "url": "http://arxiv.org/abs/2409.02326",
    "archiveID": "arXiv:2409.02326",
    "extra": "arXiv:2409.02326 [cs]",
    "creators": [
        {"creatorType": "author", "firstName": "Yuxiang", "lastName": "Wei"},
        {"creatorType": "author", "firstName": "Hojae", "lastName": "Han"},
        {"creatorType": "editor", "firstName": "Ed", "lastName": "Itor"},
    ],
    "tags": [
        {"tag": "code"},
        {"tag": "Computer Science - Computation and Language", "type": 1},
    ],
    "collections": ["COLLBBBB", "COLLCCCC"],
    "relations": {"dc:relation": ["http://zotero.org/users/5/items/OCRAAAAA"]},
}
ITEMS: dict[int, list[dict[str, Any]]] = {
    USER: [
        SNOW,
        {
            "key": "FILEAAAA",
            "itemType": "attachment",
            "parentItem": "SNOWAAAA",
            "title": "Full Text PDF",
            "note": "<p>Figure 3 is the best.</p>",
            "path": "storage:Wei and Han - 2024 - Arctic-SnowCoder.pdf",
        },
        {
            "key": "MARKBBBB",
            "itemType": "annotation",
            "parentItem": "FILEAAAA",
            "annotationType": "note",
            "annotationComment": "See https://arxiv.org/abs/2409.01704 too.",
            "annotationPageLabel": "9",
            "annotationSortIndex": "00008|000100|00000",
        },
        {
            "key": "MARKAAAA",
            "itemType": "annotation",
            "parentItem": "FILEAAAA",
            "annotationType": "highlight",
            "annotationText": "Phase two uses 50B tokens",
            "annotationComment": "So few!",
            "annotationPageLabel": "2",
            "annotationSortIndex": "00001|000100|00000",
            "tags": [{"tag": "data"}],
        },
        {
            "key": "NOTEAAAA",
            "itemType": "note",
            "parentItem": "SNOWAAAA",
            "note": '<div class="zotero-note znv1"><p>Good data beats much data, a &lt; b.</p>'
            '<p>Like <span class="citation" data-citation="%7B%22citationItems%22%3A%5B%7B%22uris'
            '%22%3A%5B%22http%3A%2F%2Fzotero.org%2Fusers%2F5%2Fitems%2FOCRAAAAA%22%5D%7D%5D%7D">'
            '(Wei, 2024)</span>, and <a href="https://arxiv.org/abs/2409.02908">this</a>.</p></div>',
        },
        {
            "key": "OCRAAAAA",
            "itemType": "journalArticle",
            "dateAdded": "2024-09-06T01:00:00Z",
            "title": "General OCR Theory",
            "publicationTitle": "Journal of Reading",
            "DOI": "10.1000/ocr.7",
            "extra": "Citation Key: wei2024\narXiv: 2409.01704 [cs.CV]\nRead it twice.",
            "creators": [{"creatorType": "author", "name": "The OCR Team"}],
        },
        {
            "key": "BAREAAAA",
            "itemType": "attachment",
            "dateAdded": "2024-09-07T01:00:00Z",
            "title": "2409.02908v1.pdf",
            "path": "storage:2409.02908v1.pdf",
            "collections": ["COLLAAAA"],
        },
        {"key": "BAREBBBB", "itemType": "attachment", "title": "scan", "path": "storage:scan.pdf"},
        {
            "key": "ALONEAAA",
            "itemType": "note",
            "dateAdded": "2024-09-08T01:00:00Z",
            "note": '<p><a href="https://arxiv.org/abs/2409.00997">DataSculpt: Crafting Data '
            "Landscapes</a></p><p>Packs documents well.</p>",
            "tags": [{"tag": "data"}],
        },
        {
            "key": "TRASHAAA",
            "itemType": "preprint",
            "title": "Thrown away",
            "url": "https://arxiv.org/abs/2409.01893",
            "deleted": 1,
        },
        {
            "key": "TRASHBBB",
            "itemType": "note",
            "parentItem": "TRASHAAA",
            "note": "<p>Not good.</p>",
        },
    ],
    GROUP: [
        {
            "key": "SNOWAAAA",
            "itemType": "conferencePaper",
            "dateAdded": "2024-10-01T00:00:00Z",
            "title": "In-Context Pretraining: Language Modeling Beyond Document Boundaries",
            "proceedingsTitle": "ICLR 2024",
            "url": "https://arxiv.org/abs/2310.10638",
            "collections": ["COLLAAAA"],
        }
    ],
    FEED: [{"key": "FEEDAAAA", "itemType": "journalArticle", "title": "From a feed"}],
}
