"""What stands before a title on its line: boxes, days, marks, labels, numbers and its bare link."""

from __future__ import annotations

import re

from pipeline.digests import markdown
from pipeline.digests.cited import cited_in
from pipeline.digests.dates import MONTH
from pipeline.digests.reading_days import without_day_before, without_day_in_front
from pipeline.digests.titles import looks_like_title, without_number

_KINDS = "papers?|articles?|preprints?|논문|论文|論文|文献"
_STATE_OR_DAY = (
    r"\[(?i:to-?read|read|skimmed|skim|reading|unread|done|todo|finished|started|queued?)\]\s+"
    r"|(?:TODO|DONE|DOING|(?:LATER|NOW|WAITING)(?=\s+\[))\s+(?:\[#[A-C]\]\s+)?"
    r"(?=[\[\"“„«「『《*]|[^\W\d_a-z][^\WA-Z])"
    r"|\d{1,2}[./]\d{1,2}[./](?:\d\d)?\d\d\s*[·|–—:-]\s+(?=\S)"
    rf"|(?i:{MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?[.:,]\s+(?:[Rr]ead\s+)?"
    r"(?=[A-Z\d\"“*_\[])(?!(?:19|20)\d\d)"
    rf"|(?i:\[\[(?:{_KINDS})\]\]:?|\#(?:{_KINDS}))\s+(?=[^\W_]|[\"“«„「『*\[])"
)
"""`[READ] `, `DONE `, `22.11.2023 · `, `Aug 5. Read `, `[[Paper]] `: how far, when, or what."""
_BEFORE_TITLE = re.compile(rf"(?:{_STATE_OR_DAY})+")
_LEAD = re.compile(
    rf"{_STATE_OR_DAY}"
    r"|\*\*[^*\s]{2,12}\*\*\s+[–—:-]\s+(?=\[[^\[\]]{20})"
    r"|\[[ xX]\]\s+|\*\*\[\d{1,4}\]\*\*\s+"
    r"|\[\d\d?:\d\d(?::\d\d)?\]\s+[\w.'’-]{1,30}(?: [\w.'’-]{1,30}){0,2}:\s+(?=\S)"
    r"|(?::[a-z0-9_+-]{2,40}:\s*)+|[^\w\s\[\](){}<>*_\"'“‘„«`#$@&!|\\/-]+\s+"
    r"|(?:\*\*)?[\[(`]{1,2}\*{0,2}[\w .'’/&-]{0,30}\d\d[\w .'’/&-]{0,20}\*{0,2}[\])`]{1,2}(?:\*\*)?"
    r"(?=[\s:,*])[\s:,|-]*|(?:19|20)\d\d\s+[·|–—]\s+(?=\S)|(?:\*\*)?(?:19|20)\d\d[-./]\d\d?(?:[-./]\d\d?)?(?:\*\*)?[\s:,|-]+(?=\S)"
    r"|\[[^\[\]()]{1,40}\]\s*[|·]\s*(?=\[[^\[\]]{8,400}\]\()"
    r"|\*\*(?:[A-Z]\d\d-\d{4}|(?:19|20)\d\d\.[a-z0-9]+(?:-[a-z0-9]+)?\.\d{1,4})\*\*[\s:,|-]*(?=\S)"
    r"|(?:arXiv:)?(?:\d{4}\.\d{4,5}|[a-z-]{2,9}/\d{7})(?:v\d\d?)?(?![\w\]])[\s:,|-]*(?=\S)"
    r"|\[(?:arXiv:)?(?:\d{4}\.\d{4,5}|[a-z-]{2,9}/\d{7})(?:v\d\d?)?\](?!\()[\s:,|-]*(?=\S)"
)
_SAID_FIRST = re.compile(
    r"[^\W\d_][^\W\d_]*(?: [^\W\d_]{1,12}){0,3}\s(?=\*\*(?P<title>[^*]{12,300})\*\*)"
)
"""A word or two before a title in bold: `Finished **Slow Cooking of Models**`."""
_BEFORE_MARKED = re.compile(
    r"[^\W\d_]{1,20}(?: (?-i:(?![A-Z]))[^\W\d_]{1,20}){0,4} "
    r"(?=(?P<title>\*\*[^*\s][^*]{1,300}\*\*|\*[^*\s][^*]{1,300}\*(?!\*)"
    r"|[\"“„«《][^\"“”»》]{2,300}[\"“”»》]|\[[^\[\]]{2,300}\](?=\(http))"
    r"[\s(\[<,:–—-]{0,5}(?:https?://|arxiv:|\d{4}\.\d{4}|[\w ]{1,12}\]\(http))",
    re.IGNORECASE,
)
"""Some words before a title that is marked, its link right behind: `Leí **Tortillas** (https:…`."""
_DAY_LEAD = re.compile(
    r"(?:(?:read )?(?:today|yesterday|tomorrow|next (?:week|time|up|meeting|session)"
    r"|this week|last week"
    r"|heute|gestern|morgen|nächste woche|nächstes mal|diese woche|letzte woche"
    r"|hoy|ayer|mañana|(?:la )?próxima semana|esta semana|la próxima vez"
    r"|aujourd['’]hui|hier|demain|(?:la )?semaine prochaine|cette semaine|la prochaine fois"
    r"|oggi|ieri|domani|(?:la )?prossima settimana|hoje|ontem|amanhã|(?:a )?próxima vez"
    r"|сегодня|вчера|завтра|на следующей неделе|vandaag|gisteren|volgende week"
    r"|i dag|i går|dziś|jutro"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\s?:\s+"
    r"|(?:今天|昨天|明天|今日|昨日|明日|来週|下周|오늘|어제|내일|다음 ?주)\s?[:：]\s*)(?=\S)",
    re.IGNORECASE,
)
"""`Heute: `, `Next week: `: when something is or was read."""
_PRESENTER = re.compile(r"[A-Z][\w'’-]{1,15}, (?=[A-Z][\w-]{2,40}\b[^,]{0,3}$|[A-Z][\w-]{2,40} \()")
"""Who will speak, before a paper's name: `Chen, ReAct (2210.03629)`."""
_SPEAKER = re.compile(
    r"[A-Z][\w'’-]{1,15}: (?:but|and|also|then|however|maybe|what about|try|see|read"
    r"|aber|auch|und|mais|aussi|pero|también|mas|ma) (?=\S)"
)
"""Somebody who says something of a paper: `Bo: but Self-Consistency`."""
_VERDICTS = frozenset(
    """a again amazing and bad boring but classic clear confusing cool done easy excellent fine
    finished fun good great hard important interesting it later long maybe meh must must-read
    nice no not ok okay old overhyped please quick quite rather re-read read reading really
    reread short simple skim skimmed skimming slow so solid strong todo too try unclear unread
    useful useless very weak well worth wow yes""".split()
)
"""Words of which alone a reader's verdict is made, and hardly ever a title in small letters."""
_PRAISE = frozenset(
    "amazing bad boring cool excellent good great interesting meh nice quite really very".split()
)
"""Words that a remark begins with."""
_LONGEST_LEAD = 20
_LEADS_ON = re.compile(
    r"(?:(?:^|[\s(])(?:in|of|from|by|on|with|to|at|via|per|than|like|and|or|the|is|was|cf\.?|vgl\.?"
    r"|siehe|von|aus|bei|voir|dans|chez|véase|ver|según|de|em|vedi|zie|см\.?|в|из|для)"
    r"|(?:^|[,;–—-]\s{0,3})(?i:(?:and |also )?(?:see|voir|siehe|véase|vedi|zie)(?: also)?))\s*\Z"
)
"""Words in lower case that a sentence goes on from to an id, right behind them."""
_SHORT = 6
"""A word of fewer letters is no title in a script that parts no words."""
_ID_LEAD = re.compile(r"(?:\[[ xX]\]\s+)?\[?(?:arXiv:)?\d{4}\.\d{4,5}(?:v\d\d?)?", re.IGNORECASE)
_BOX = re.compile(r"\[[ xX]\]\s")
_DASH = re.compile(r"\s[-–—|]\s")
_WORDS_OF_NAME = 3
_BOLD_LABEL = re.compile(r"\*\*[^*]{2,20}[.:]\*\*\s+|\*\*[^*]{2,20}\*\*[.:]\s+")
"""What a reader writes before a reference: a day, `Required.`"""
_LINK_FIRST = re.compile(
    r"(?:to-?do|to-?read|read|todo read)?:?\s?<?(?P<url>https?://[^\s<>]+)>?\s[-–—:|]?\s?(?P<title>[^\s\[(].*)",
    re.IGNORECASE,
)
NAMED_FIRST = re.compile(
    r"(?P<names>[^*_\"“\[\]]{3,300}+)(?<=\s)(?P<mark>\*\*|__|\*|_)(?P<title>[^*_]{8,400}+)(?P=mark)"
)
FRAME = markdown.EDGES + "*_().[]"


def without_label(text: str) -> str:
    """A reference without the day or the word in bold before it, or words before a bold title."""
    day = _DAY_LEAD.match(text[:100])
    text = text[day.end() :] if day else text
    presenter = _PRESENTER.match(text[:100]) if day else _SPEAKER.match(text[:100])
    text = text[presenter.end() :] if presenter else text
    said = _BEFORE_MARKED.match(text[:1000])
    titled = said and looks_like_title(said["title"].strip('*[]"“”„«»《》'), words=2)
    if said and titled and markdown.is_paper_link(text[:1000]):
        return text[said.end() :]
    said = _SAID_FIRST.match(text[:1000])
    if said and looks_like_title(said["title"]) and markdown.is_paper_link(text[:1000]):
        return text[said.end() :]
    label = _BOLD_LABEL.match(text)
    cited = cited_in(markdown.unmarked(text[label.end() :])) if label else None
    named = label and (NAMED_FIRST.match(text[label.end() :][:1000]) or (cited and cited.authors))
    return text[label.end() :] if label and named else text


def without_link_first(text: str, *, boxed: bool = False) -> str:
    """A title behind the bare link of its paper as one that is linked; any other text as it is.

    In a list of boxes to tick (`boxed`) what stands behind a link is a name, however short.
    """
    first = _LINK_FIRST.match(text[:1000])
    if not first or not markdown.is_paper_link(first["url"]):
        return text
    if looks_like_title(first["title"], words=3):
        return f"[{first['title']}]({first['url']})"
    name, *remark = _DASH.split(first["title"], maxsplit=1)
    short = len(name.split()) <= _WORDS_OF_NAME and not name.endswith((".", "!", "?"))
    if not boxed or not short or not name[:1].isupper():
        return text
    return " - ".join([f"[{name}]({first['url']})", *remark])


def is_said_behind_id(body: str, words: str) -> bool:
    """Whether the words of a line that begins with an id are a remark, and no title.

    >>> is_said_behind_id("2401.00011 good", "good"), is_said_behind_id("2401.00011 llama", "llama")
    (True, False)
    """
    if words.isascii():
        said_words = [word.strip(".,;:!?()") for word in words.split()]
        said = {*said_words} <= _VERDICTS or said_words[0] in _PRAISE
    else:
        said = " " not in words.strip() and len(words) < _SHORT
    return said and _ID_LEAD.match(body) is not None


def leads_on(text: str) -> bool:
    """Whether a sentence leads to what comes next: `as they do in`, `Talked about scaling, see`."""
    return _LEADS_ON.search(text[-_LONGEST_LEAD:]) is not None


def is_boxed(body: str) -> bool:
    """Whether a line begins with a box to tick."""
    return _BOX.match(body) is not None


def without_state(text: str) -> str:
    """A title without a mark of how far its reader is, or a day, before it.

    >>> without_state("[READ] Slow Cooking"), without_state("5.8.2023 · Slow Cooking")
    ('Slow Cooking', 'Slow Cooking')
    """
    text = without_day_in_front(text)
    mark = _BEFORE_TITLE.match(text)
    return text[mark.end() :] if mark else text


def without_lead(text: str) -> str:
    """The text without boxes, emoji, years in brackets and labels before the title."""
    text = without_day_in_front(without_day_before(text))
    for _ in range(6):
        link = next(iter(markdown.markdown_links(text[:3000])), None)
        end = lead.end() if (lead := _LEAD.match(text)) else 0
        is_open = lead and lead[0].startswith("**") and lead[0].count("**") == 1
        if not end and link and not markdown.is_labels(text):
            is_labelled = markdown.is_label(text[: link.start].strip(FRAME))
            end = (link.start or link.end * markdown.is_label(link.label)) * is_labelled
        if not end:
            break
        text = ("**" if is_open else "") + text[end:].lstrip(markdown.EDGES) or text
    return without_number(text)
