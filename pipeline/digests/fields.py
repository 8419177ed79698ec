"""The one dictionary of field names: what readers call a title, authors, a link, in many languages.

Every format asks `field_of`: label lines, front matter, column headers, JSON keys, properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, get_args

FieldName = Literal[
    "elsewhere", "title", "authors", "organisation", "abstract", "summary", "tags", "doi",
    "arxiv", "added", "published", "date", "year", "month", "venue", "notes", "id", "nickname",
    "link", "paper", "people", "aside",
]  # fmt: skip
"""What a value is. Where a name holds words of several, the first of these is meant.

`elsewhere` are links to code, data and pages beside the paper; `paper` is its title or its link;
`added` is when the reader read or kept it, `published` when it came out, `date` does not say
which; `nickname` is what a reader calls it; `people` were there or spoke of it, and did not write
it; `aside` is known and tells nothing of it.
"""

_WORDS: Mapping[FieldName, str] = {
    "elsewhere": """code github git repo repository implementation project homepage demo video
        slides dataset datasets data model models weights blog tweet twitter youtube website
        site leaderboard poster colab supplementary supplement media huggingface zotero
        library image cover hf hugging face facebook post bib supp star x notebook git reddit
        linkedin podcast talk tutorial lecture 코드 깃허브 깃헙 프로젝트 데모 영상 데이터
        데이터셋 블로그 홈페이지 모델 代码 代碼 源码 项目 項目 主页 主頁 数据集 数据 博客 视频
        解读 模型 开源 コード プロジェクト デモ 動画 データセット ソースコード 実装 projekt
        projet dépôt""",
    "title": """title papertitle headline titel titre 제목 논문명 題目 题目 标题 標題 题名
        タイトル 題名 論文名 name título titulo titolo название заголовок
        tiêuđề tựađề başlık العنوان عنوان tytuł tittel otsikko název τίτλος judul cím titlul
        назва शीर्षक כותרת""",
    "authors": """author authors authorships autor autoren verfasser auteur auteurs creator creators
        writer writers 저자 저자들 저자명 지은이 작성자 作者 著者 著者名 执筆者 autores
        autoría autores autori авторы автор who schrijver schrijvers autorzy författare
        tácgiả yazar yazarlar المؤلفون المؤلف المؤلفين مؤلف مؤلفون autorka forfatter forfattere
        författarna tekijät tekijä autoři συγγραφείς συγγραφέας penulis szerző szerzők автори
        लेखक מחברים נویسنده نویسندگان auteure auteures autora autoras kirjoittajat""",
    "organisation": """organisation organization institution institute institutions
        affiliation affiliations organisations organizations company lab university team 기관
        소속 机构 機構 单位 單位 所属 所属機関 institut einrichtung établissement""",
    "abstract": """abstract abstractnote abstracts 초록 摘要 アブストラクト 要旨 抄録 抄录
        zusammenfassung kurzfassung résumé resumé resumen resumo аннотация
        tómtắt özet الملخص ملخص streszczenie abstrakt sammendrag sammanfattning tiivistelmä
        περίληψη abstrak kivonat анотація аннотации samenvatting""",
    "summary": """summary excerpt 요약 总结 總結 概要 まとめ 要約 내용 概述 简介 簡介 overview
        síntesis riassunto резюме краткое содержание""",
    "tags": """tag tags manualtags documenttags keyword keywords topic topics category categories
        label labels subject subjects filetags area areas field fields theme themes 태그 키워드 분류
        카테고리 주제 분야 标签 標籤 关键词 關鍵詞 关键字 分类 分類 类别 類別 领域 主题 方向
        タグ キーワード カテゴリ カテゴリー 分野 schlagwort schlagwörter schlagworte stichwort
        stichwörter thema themen étiquette étiquettes motsclés mots-clés catégorie catégories
        kategorie kategorien concepts roamtags etiquetas palabrasclave palavraschave
        parolechiave теги тег ключевыеслова tagged trefwoord trefwoorden słowakluczowe
        nyckelord
        thẻ từkhóa etiket etiketler anahtarkelimeler الوسوم وسوم etykiety tagi
        emneord stikord avainsanat klíčováslova λέξειςκλειδιά katakunci címkék kulcsszavak
        ключовіслова метки     onderwerp
        onderwerpen ämnen""",
    "venue": """venue conference journal booktitle publication proceedings workshop publisher
        학회 저널 학술지 컨퍼런스 게재 会议 會議 期刊 学会 発表 会議 掲載 投稿 konferenz
        zeitschrift tagung conférence revue publicationtitle conf 출처 revista congreso
        conferencia rivista журнал конференция
        hộinghị tạpchí dergi konferans onde where dónde المجلة konferencja czasopismo
        tidsskrift lehti časopis περιοδικό jurnal folyóirat""",
    "doi": "doi",
    "arxiv": "arxiv arxivid arxivnumber eprint 아카이브",
    "added": """added read readon dateread dateadded addedon created accessed accessdate
        clipped saved modified updated closed 읽은날짜 읽은날 읽은 추가일 작성일 등록일 阅读
        阅读日期 读于 添加 読了日 読了 作成日 gelesen hinzugefügt lu ajouté leído lido letto
        прочитано""",
    "published": """published publish publishdate submission released release submitted issued
        발행일 게재일 출판일 발표일 출판 발행 发布 发表 發表 发布日期 发表日期 出版 公開 発行
        投稿日 発表日 出版日 veröffentlicht erschienen publié parution publicado publicação
        pubblicato опубликовано""",
    "date": """date datum day time timestamp 날짜 일자 日期 时间 時間 日付 日時 datetime fecha
        дата
        ngày tarih التاريخ dato päivämäärä ημερομηνία tanggal dátum""",
    "year": """year jahr année annee 연도 년도 年份 年度 年 발표연도 año ano anno год
        năm yıl السنة rok år vuosi έτος tahun év рік jaar""",
    "month": "month monat mois 월 月份",
    "notes": """note notes comment comments commentary memo remark remarks review opinion
        thoughts description extra highlight highlights tldr takeaway takeaways explanation
        reason idea 메모 의견 노트 코멘트 감상 비고 설명 한줄 한줄평 한줄요약 총평 备注 備註
        笔记 筆記 评论 評論 点评 感想 描述 说明 說明 一句话总结 メモ 備考 コメント ノート 説明
        一言 ひとこと bemerkung bemerkungen anmerkung anmerkungen notiz notizen kommentar
        beschreibung remarque remarques commentaire commentaires avis notas comentarios
        comentário comentários anotação anotações observação observações opinião desc verdict
        verdicts impression impressions opinión commenti commento uwagi opmerking opmerkingen
        comentario заметки заметка комментарий комментарии
        nhậnxét ghichú ýkiến yorum yorumlar notlar ملاحظات ملاحظة رأي رأيي تعليق komentarz uwagi
        notatki opinia merknader notat kommentarer kommentti huomioita muistiinpanot poznámky
        poznámka σχόλια catatan komentar megjegyzés jegyzetek нотатки коментар opinião opinión
        opinione opinions мнение mening opmerking opmerkingen oordeel indruk verdict verdicts
        observações observaciones osservazioni commento commenti impressionen eindruck
        einschätzung meinung 후기 소감 평가 단상 感想文 所感 コメ
        一言コメント 评价 點評 心得 我的看法 看法""",
    "id": "id identifier key citekey citationkey",
    "nickname": """nickname nick alias aliases acronym abbreviation shorttitle shortname
        method 별칭 약칭 약어 简称 簡稱 缩写 方法 略称 手法 kurztitel abkürzung surnom
        abréviation""",
    "link": """link links url urls uri pdf abs html href weblink source address openreview acl
        pmlr cvf aclanthology doc 링크 주소 원문 출처링크 链接 鏈接 連結 连接 地址 网址 原文
        リンク アドレス lien liens adresse quelle verweis roamrefs hyperlink cite enlace
        enlaces vínculo ссылка ссылки 보러가기 바로가기 bron koppeling odnośnik länk fonte
        fuente
        liênkết đườngdẫn bağlantı bağlantılar الرابط رابط روابط linki lenke lenker linkki
        odkaz odkazy
        σύνδεσμος tautan hivatkozás посилання""",
    "paper": """paper papers article preprint manuscript reference 논문 论文 論文 文章 文献
        papier artikel aufsatz article articles artículo artigo articolo статья статьи статью
        статье
        bài bàibáo makale الورقة ورقة البحث artykuł praca artikkel artikkeli článek άρθρο
        makalah cikk стаття paperi""",
    "people": """attendee attendees attending attendance participant participants present
        presenter presenters presentedby speaker speakers host hosts hostedby moderator chair
        discussant discussants scribe notetaker absent apologies regrets facilitator organizer
        organizers assignee assigned owner addedby sharedby recommendedby suggestedby
        anwesend anwesende teilnehmer teilnehmende teilnehmerinnen entschuldigt abwesend
        vortragende vortragender referent referentin moderation protokollant présents absents
        excusés présentateur présentatrice orateur oratrice animateur asistentes participantes
        presentes ausentes ponente ponentes presentador presentadora apresentador apresentadora
        presenti partecipanti assenti relatore relatrice присутствовали участники докладчик
        докладчики отсутствовали aanwezig aanwezigen afwezig obecni uczestnicy prelegent
        katılımcılar 참석 참석자 참가자 참여자 발표자 진행자 사회자 불참 불참자 서기 담당자
        参加者 出席者 発表者 司会 司会者 欠席 欠席者 書記 担当者 紹介者 参会者 参会人员
        与会者 与会人员 出席 主讲 主讲人 汇报人 分享者 分享人 主持人 记录人 缺席 报告人 讲者""",
    "aside": """type status rating priority stars star score language lang layout draft rank
        itemtype volume issue pages page number citations bibtex series publishdir slug
        permalink 상태 평점 중요도 状态 評価 ステータス 评分 重要度""",
}
"""The words of each field: English, Korean, Chinese, Japanese, German, French, and the commonest
of Spanish, Portuguese, Italian and Russian."""

_FILLERS = frozenset(
    "the of to for on in and or is full original official view see read here"
    " version org com der die das zum zur le la les de du et 원 의 및 的 の 原 及 和"
    " preprint publication time at this am il dia en ko zh ja fr short long ids 번호 编号 番号"
    " their its page online text download click vers zu dem el los las del al en"
    " ver aquí aqui ici hier qui тут здесь на"
    " 원본 전문 보기 다운로드 여기 이곳 여기서 查看 全文 下载 点击 这里 此处 本文 は こちら"
    " ここ 読む へ".split()
)
"""Words that may stand beside those of a field: `Link to the paper`, `論文のリンク`."""

_FIELD_OF: Mapping[str, FieldName] = {
    re.sub(r"[\W_]+", "", word): field
    for field, words in reversed([*_WORDS.items()])
    for word in words.split()
}
_RANK = {field: rank for rank, field in enumerate(get_args(FieldName))}
_KNOWN_WORDS = _FIELD_OF.keys() | _FILLERS
_LONGEST = max(map(len, _FIELD_OF))
_SPACED = re.compile(r"[A-Za-zÀ-ÿ]+|[^\W\d_A-Za-zÀ-ÿ]+")
_CAMEL = re.compile(r"(?<=[a-z])(?<!ar)(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ELIDED = re.compile(r"\b[ld]['’](?=\w)", re.IGNORECASE)
"""`l'article`"""
_MOST_CHARACTERS = 60


@lru_cache(maxsize=4096)
def field_of(name: str, *, loose: bool = False) -> FieldName | None:
    """The field that a name is of; None where it is of none.

    Case, emphasis, marks and digits beside the words make no difference. Each word has to be
    known, but in `loose` ones, as of a column, one is enough.

    >>> [field_of(name) for name in ("**Paper URL**", "논문 제목", "论文链接", "Created time")]
    ['link', 'title', 'link', 'added']
    >>> field_of("My day at the sea"), field_of("PDF (mirror)", loose=True)
    (None, 'link')
    """
    if not name or len(name) > _MOST_CHARACTERS:
        return None
    exact_field = _FIELD_OF.get(re.sub(r"[\W_]+", "", name.casefold()))
    if exact_field:
        return exact_field
    fields: list[FieldName] = []
    for word in _words(name):
        field = _FIELD_OF.get(word)
        if field:
            fields.append(field)
        elif not loose and word not in _FILLERS:
            return None
    if fields[:1] == ["notes"] and "authors" in fields:
        # `Comments to the authors`
        return "notes"
    return min(fields, key=_RANK.__getitem__, default=None)


def is_pointer(name: str) -> bool:
    """Whether a name says nothing but where something is: `here`, `여기`, `こちら`.

    >>> is_pointer("here"), is_pointer("this way")
    (True, False)
    """
    words = list(_words(name)) if len(name) <= _MOST_CHARACTERS else []
    return bool(words) and all(word in _FILLERS for word in words)


def _words(name: str) -> Iterator[str]:
    """The words of a name; where a script writes none apart, the longest ones known."""
    for match in _SPACED.finditer(_CAMEL.sub(" ", _ELIDED.sub("", name))):
        word = match[0].casefold()
        if word.isascii() or word in _FIELD_OF or match[0][0] <= "ÿ":
            yield word
        else:
            yield from _segments(word)


def _segments(run: str) -> Iterator[str]:
    start = 0
    while start < len(run):
        lengths = range(min(_LONGEST, len(run) - start), 0, -1)
        word_lengths = (n for n in lengths if run[start : start + n] in _KNOWN_WORDS)
        length = next(word_lengths, 1)
        yield run[start : start + length]
        start += length
