"""Which words are a title: not the name of a section, of a link or of a file."""

from __future__ import annotations

import re
from pathlib import PurePath

from pipeline.digests.dates import is_date_line, is_day_alone
from pipeline.digests.fields import field_of
from pipeline.digests.markdown import is_label, unmarked
from pipeline.digests.publication import VENUE
from pipeline.digests.quotes import unquoted

_SECTIONS = frozenset(
    """introduction intro background motivation conclusion conclusions discussion results result
    experiments experiment evaluation method methods methodology approach architecture related
    relatedwork relatedworks relatedpapers seealso references reference bibliography furtherreading
    contents tableofcontents toc tldr keypoints keyideas keyidea keytakeaways
    keyfindings mainpoints mainfindings takeaways takeaway summary
    overview details analysis limitations futurework questions question thoughts mythoughts
    mynotes notes comments pros cons strengths weaknesses contributions contribution abstract links
    resources appendix miscellaneous misc other others papers paper reading readinglist toread
    bookmarks metadata info information citation bibtex what how why problem solution idea ideas
    main mainidea index home todo log journal
    요약 한줄요약 초록 개요 서론 소개 배경 방법 방법론 실험 결과 결론 토의 논의 한계 참고 참고문헌
    참고자료 관련연구 관련논문 링크 목차 메모 의견 느낀점 생각 질문 내용 핵심 핵심내용 정리
    摘要 引言 简介 介绍 背景 动机 方法 实验 实验结果 结果 结论 总结 讨论 参考文献 参考 相关工作
    相关论文
    目录 笔记 想法 问题 思考 创新点 贡献 局限 链接 其他
    一言でいうと 一言で言うと どんなもの 新規性 新規性差分 手法の概要 評価方法 有効性の検証
    次に読む論文
    はじめに 概要 要約 背景 手法 提案手法 実験 結果 結論 まとめ 考察 感想 参考文献 関連研究 目次
    メモ
    リンク 議論 課題
    einleitung zusammenfassung hintergrund methode methoden ergebnisse fazit diskussion literatur
    quellen inhalt verwandtearbeiten notizen
    introducción introdução introduzione resumen resumo métodos metodología resultados conclusiones
    conclusões conclusioni antecedentes discusión referencias referências notas comentarios
    введение методы метод результаты выводы заключение обсуждение литература заметки резюме
    信息 基本信息 论文信息 概括 正文 总览 基本情報 論文情報 정보 논문정보 들어가며 시작하며 마치며
    résumé contexte méthode méthodes résultats discussion références bibliographie sommaire notes
    """.split()
)
_INFORMATION = frozenset(
    "info information metadata meta paperinfo paperinformation details 信息 基本信息 论文信息"
    " 基本情報 論文情報 정보 논문정보 informationen daten informations données".split()
)
_REFERENCES = re.compile(
    r"(?<![^\W\d_])(?:references?|related|see ?also|further|bibliograph(?:y|ie|ies|ic)"
    r"|cit(?:ed|ations?)|links?$|similar|follow-?ups?|literatur|verwandte?[rs]?"
    r"|références?|backlinks?|prior works?"
    r"|resources|read next|next reads?)(?![^\W\d_])"
    r"|次に読|다음에 읽|接下来读|참고|관련|参考|相关|関連",
    re.IGNORECASE,
)
_WORDS_OF_REFERENCES = 6
_LISTS = re.compile(
    r"\bawesome\b|\bpapers\b|\b(?:paper|reading) ?list|\blist of|\bweekly\b|\bdaily\b|\bdigest\b"
    r"|\b(?:week|kw|woche|semaine|semana|settimana) ?\d{1,2}\b|\d{1,2}주차|第\d{1,2}周"
    r"|논문 ?(?:목록|리스트|모음)|论文(?:列表|合集|清单|汇总)|論文(?:一覧|リスト)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:\(?\d{1,4}[.)、](?!\d)|(?![0-9])\d{1,3}[-–](?=\s)|\d{1,3}/(?=\s)|#\d{1,4}|\[\d{1,4}\]"
    r"|第?[一二三四五六七八九十]{1,3}[、.]"
    r"|(?:TOP|Item|Agenda item|Punkt|議題|议题|안건)\s?\d{1,2}\s?[:：.)–-])\s*(?=\S)"
)
_PRINTED_ID = re.compile(r"^\[?(?:arXiv:)?\d{4}\.\d{4,5}(?:v\d+)?\]?[\s:–—-]*", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:(?<!\s)\s++)?`[A-Za-z .'’-]{0,20}(?:(?:19|20)\d\d|['’]\d\d)(?:[-./]\d\d?){0,2}`$|"
    r"(?:(?<!\s)\s++)?[(\[](?:19|20)\d\d(?:[-./]\d\d?){0,2}[)\]]$"
    r"|(?<!\s)\s++[-–—]\s+by\s[^-–—]{3,80}$"
    rf"|(?:(?<!\s)\s++)?[(\[]{VENUE}[^()\[\]\d]{{0,60}}"
    r"(?:(?:19|20)\d\d|['’]\d\d)[^()\[\]\d]{0,20}[)\]]$"
)
_PRESENTED = r"(?:[Oo]ral|[Pp]oster|[Ss]potlight)"
_MEETING = rf"(?:{_PRESENTED}(?: at| in)? )?{VENUE}[^()\[\]\d]{{0,20}}(?:(?:19|20)\d\d|['’]\d\d)"
_SERVER = r"(?:arXiv|(?:[Bb]io|[Mm]ed|[Cc]hem)R?r?xiv|(?:Psy|Soc|Eco)ArXiv|[Ee]ng[Rr]xiv|SSRN)"
_MEETING_BEFORE = re.compile(
    rf"{_SERVER}(?:\s?[:：|]|\s[-–—])\s+(?=[^\W\d])"
    rf"|(?:\[|\()(?:{_SERVER}|{_MEETING}[^()\[\]\d]{{0,20}})(?:\]|\))\s*(?:[-–—:|]\s+)?"
    rf"|{VENUE}[ -](?:19|20)\d\d(?: {_PRESENTED}| \(\?\))?\s+[-–—|]\s+"
    r"|[A-Z][\w&/.-]{1,20}(?: [A-Z][\w&/.-]{1,20}){0,2} ?['’]\d\d\s+[-–—:|]\s+"
)
_MEETING_BEHIND = re.compile(rf"(?<!\s)\s++[(\[]{_MEETING}[^()\[\]\d]{{0,20}}[)\]]$")
_RATED = re.compile(
    r"(?<![\s(\[★☆⭐✩✭🌟])[\s(\[]*+[★☆⭐✩✭🌟]++[\s)\]]*+$|\s\[(?:arXiv:)?\d{4}\.\d{4,5}(?:v\d+)?\]$"
)
"""Stars that a reader gives, or an id, behind a title."""
_WHERE_AND_WHEN = re.compile(
    rf",\s+(?:{VENUE}[\w .&/-]{{0,40}}?(?:, |[ -]))?['’]?(?:(?:19|20)\d\d|(?<=['’])\d\d)"
    r"(?: (?:[Oo]ral|[Pp]oster|[Ss]potlight|[Ww]orkshop|Findings))?$"
)
_TRANSLATED = re.compile(
    r"(?P<title>[^\u0400-\u04ff\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af()（）]++)"
    r"[(（](?P<translation>(?=[^)）]{0,40}[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2})"
    r".{2,200})[)）]"
)
"""A title in Latin letters, and behind it in brackets what it is in others."""
_ABOUT = "(?:review|summary|notes?|reading|리뷰|정리|요약|读|笔记|阅读|解读|精读|メモ|まとめ|紹介)"
_PAPER = r"(?:paper|article|arxiv|논문|论文|論文|文献)"
_READING = re.compile(
    r"\[\d{1,2}(?:[.,]\d)?/\d{1,2}\]\s|(?:paper|article|논문|论文|論文) \d{1,2}\s?[—–:-]\s"
    r"|(?:오늘의 논문|今日の論文|今日论文|paper of the (?:day|week))\s?[:：]\s?"
    rf"|[\[【(]?\s?(?:{_PAPER}\s?{_ABOUT}|fiche de lecture|작성 ?중|미완성|wip|draft)\s?"
    r"(?:[\]】)]|[:：|])\s?",
    re.IGNORECASE,
)
"""What a reader writes before the title: `[9/10] `, `Paper 2 — `, `[논문 리뷰]`, `论文笔记：`."""
_REVIEWS = ("review", "리뷰", "정리", "요약", "笔记", "解读", "精读", "メモ", "まとめ")
_REVIEWED = re.compile(
    r"(?<!\ba)(?<!systematic)(?<!comprehensive)(?<!critical)(?<!literature)(?<!brief)"
    rf"(?<!short)\s(?:[-–—|]\s)?{_PAPER}?\s?(?:{'|'.join(_REVIEWS)})$"
)
_CITED = re.compile(
    r"(?<![\w'’-])[A-Z][\w'’-]+(?:(?:,| &| and)* [A-Z][\w'’-]+){0,4}(?: et al\.?)?,? "
    r"\(?(?:19|20)\d\d[a-z]?\)?"
    r"(?:, [A-Z][\w&. ]{1,30})?\s+[-–—]\s+(?=\S+\s+\S)"
)
"""`Green et al. 2016 - `: who wrote a paper and when, before its title."""
_SUMMARY_OF = re.compile(
    r"(?:summary|review|notes?|reading notes?|report|zusammenfassung"
    r"|résumé|resumen|resumo|riassunto) (?:of|on|for|von|zu|de|di|do) "
    r"[\"“„«](?P<title>[^\"“”„«»]{3,300})[\"”“»]",
    re.IGNORECASE,
)
"""`Summary of "Slow Cooking of Models"`."""
_SITE = re.compile(
    r"(?<!\s)\s++[|·–—-]\s+(?:arXiv|OpenReview|Hugging Face|ACL Anthology).{0,30}$", re.IGNORECASE
)
_FILE_ID = re.compile(
    r"(?:arxiv[-_ .:]?)?\d{4}\.\d{4,5}(?:v\d{1,2})?(?![\d.])[-_ ]*", re.IGNORECASE
)
_FILE_DATE = re.compile(r"^(?:\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{6}|\d{4}[-_.]\d{2})(?=\D|$)[\s_.-]*")
_FILE_WORDS = frozenset(
    "readme index notes note main list papers paper untitled digest digests reading todo new home"
    " stdin contents journal".split()
)
_CAPITAL = re.compile(r"[A-Z0-9]|[^\x00-\x7f]")
MOST_CHARACTERS = 300
_ACRONYM = re.compile(r"\b[A-Z]{2,}|[a-z][A-Z]|^(?:Nature|Science|Physical|Journal|Proceedings)\b")
"""What names of meetings and journals have, and two words of a title hardly."""
_ASIDE = re.compile(r"[(（][^()（）]{1,40}[)）]")
"""A remark in brackets that stands where a title could: `(unfinished)`."""
_WORDS_OF_NAME = 2


def is_section_name(text: str) -> bool:
    """Whether a heading is the name of a part, in any of ten languages, and no title."""
    plain = without_number(text.strip(" *_:：#.")).strip(" *_:：#.")
    words = re.sub(r"[\W_]+", "", plain.casefold())
    aside = _ASIDE.fullmatch(plain) is not None and plain.count(" ") < _WORDS_OF_NAME
    return not words or aside or words.isdigit() or words in _SECTIONS or is_label(plain)


def is_information(text: str) -> bool:
    """Whether a heading announces what is known of the paper: `Metadata`, `基本信息`."""
    return re.sub(r"[\W_]+", "", without_number(text).casefold()) in _INFORMATION


def is_reference_section(text: str) -> bool:
    """Whether what stands under a heading are other papers: `References`, `関連研究`."""
    is_short = len(text) <= 60 and len(text.split()) <= _WORDS_OF_REFERENCES
    return is_short and _REFERENCES.search(text) is not None


def is_list_name(text: str) -> bool:
    """Whether a heading is the name of a list: `Awesome Papers`, `论文列表`."""
    return _LISTS.search(text) is not None


def is_title(text: str) -> bool:
    """Whether a text could be a title: it has letters, and is no label, link or sentence chain."""
    letters = any(character.isalpha() for character in text)
    return letters and len(text) <= MOST_CHARACTERS and not is_label(text) and "://" not in text


def looks_like_title(text: str, *, words: int = 4) -> bool:
    """Whether a line is written as titles are: some words, most of the long ones with capitals."""
    plain = unmarked(text)
    plain_words = [word.strip("\"'“”‘’(:,") for word in plain.split()]
    if (
        not words <= len(plain_words) <= 40
        or plain.endswith((".", "。", "!", ":", "："))
        or "://" in plain
    ):
        return False
    long_words = [word for word in plain_words if len(word) > 3]
    capitals = sum(_CAPITAL.match(word) is not None for word in long_words)
    return bool(long_words) and capitals * 3 >= len(long_words) * 2 and field_of(plain) is None


def stated_title(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The title of a field, a link or a heading, and the nicknames that stand beside it.

    >>> stated_title("1. Title: A Longer Title of a Paper"), stated_title("PDF")
    (('A Longer Title of a Paper', ()), (None, ()))
    """
    if is_date_line(text) or is_day_alone(text):
        return None, ()
    text = _SITE.sub("", _PRINTED_ID.sub("", without_number(" ".join(text.split()))))
    label, mark, value = _label(text)
    if mark and field_of(label) in ("title", "paper") and value:
        text = value
    text = _without_reader(text)
    text = text.strip().removeprefix("[[").removesuffix("]]").removeprefix("@")
    text = without_meeting(unquoted(text.strip()).rstrip(" ,;:："))
    text = _BEHIND.sub("", _RATED.sub("", text))
    text = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    text, names = without_aside(text)
    return (text, names) if is_title(text) and not is_section_name(text) else (None, ())


def without_aside(title: str) -> tuple[str, tuple[str, ...]]:
    """A title without the venue and year behind it, and its translation, which is a name.

    >>> without_aside("Sorting Small Stones, ICML-2017"), without_aside("Sorting Stones Now, 2018")
    (('Sorting Small Stones', ()), ('Sorting Stones Now', ()))
    >>> without_aside("Sorting Small Stones(给小石子排序)")
    ('Sorting Small Stones', ('给小石子排序',))
    """
    if len(shorter := _WHERE_AND_WHEN.sub("", title)) < len(title):
        words = shorter.split()
        named = len(words) == _WORDS_OF_NAME and "," in title and not _ACRONYM.search(shorter)
        title = shorter if len(words) > _WORDS_OF_NAME or named else title
    match = _TRANSLATED.fullmatch(title)
    if not match or match["title"].count(" ") < _WORDS_OF_NAME:
        return title, ()
    return match["title"].strip(), (match["translation"].strip(),)


def without_meeting(title: str) -> str:
    """A title without the mark of where it was posted or shown, before or behind it.

    >>> without_meeting("[arXiv] Sorting Small Stones"), without_meeting("CVPR 2018 - Sorting Nets")
    ('Sorting Small Stones', 'Sorting Nets')
    >>> without_meeting("Sorting Small Stones (Oral at CVPR 2018)"), without_meeting("[Re] Nets")
    ('Sorting Small Stones', '[Re] Nets')
    """
    before = _MEETING_BEFORE.match(title)
    shorter = _MEETING_BEHIND.sub("", title[before.end() :] if before else title)
    return shorter if shorter.count(" ") else title


def summed_up(text: str) -> str | None:
    """The title that a heading says it is a summary of; None for any other.

    >>> summed_up('Summary of "Slow Cooking"'), summed_up("Summary of Models")
    ('Slow Cooking', None)
    """
    match = _SUMMARY_OF.fullmatch(text.strip())
    return match["title"] if match else None


def _without_reader(text: str) -> str:
    """A title without what a reader wrote around it: `Paper review: `, `Green et al. 2016 - `."""
    text = summed_up(text) or text
    for form in (_READING, _CITED):
        match = form.match(text)
        text = text[match.end() :] if match and len(text) > match.end() else text
    if not text.endswith(_REVIEWS):
        return text
    shorter = _REVIEWED.sub("", text)
    return shorter if len(shorter.split()) > _WORDS_OF_NAME else text


def without_number(text: str) -> str:
    """A text without the number that it has in a list: `3) `, `[12] `, `一、`."""
    match = _NUMBER.match(text)
    return text[match.end() :] if match else text


def file_title(file: str) -> str | None:
    """The title that a file's name is, without its date; None where it is `README` and the like."""
    path = PurePath(file.replace("\\", "/"))
    name = path.name
    stem = name[: -len(path.suffix)] if re.fullmatch(r"\.\w{1,8}", path.suffix) else name
    if path.suffix.casefold() in (".canvas", ".enex", ".mbox"):
        return None
    if stem.casefold() == "index" and path.parent.name:
        stem = path.parent.name
    # A PDF that is named by its id has no title.
    stem = _FILE_ID.sub("", stem) if _FILE_ID.match(stem) else _FILE_DATE.sub("", stem)
    stem = stem if " " in stem else re.sub(r"[-_]+", " ", stem)
    title, _ = stated_title(stem)
    return None if title is None or title.casefold() in _FILE_WORDS else title


def _label(text: str) -> tuple[str, str, str]:
    label, mark, value = text.partition(":")
    if not mark or len(label) > 20:
        label, mark, value = text.partition("：")
    return label, mark, value.strip()
