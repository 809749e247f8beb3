"""Words that pages use around a statement, in the languages met: names of elements, labels of days, ends of mails."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Yield the words of a table that is written as text."""
    return frozenset(text.split())


# Names of meta elements that give the day of publication, with how far each is believed: names that say "published"
# before names that say only "date", which templates also fill with the day of the last change.
_SURE = """article:published_time article:published datepublished og:published_time rnews:datepublished dcterms.issued
    citation_publication_date dc.date.issued prism.publicationdate"""
_LIKELY = """pubdate publishdate publish-date publish_date published-date published_date publication_date
    publicationdate publication-date sailthru.date parsely-pub-date cxenseparse:recs:publishtime
    dc.date.published date.published citation_online_date article.published originalpublicationdate
    bt:pubdate article:post_date created_at shareaholic:article_published_time
    dcterms.created dc.date.created dc:date.created og:pubdate article:publication_date pub_date release_date
    vr:published_time dcsext.articlefirstpublished analytics:date timestamp_published"""
_VAGUE = """date datecreated dc.date dcterms.date dc:date article.created og:article:published_time og:regdate created
    citation_date rbpubdate displaydate time"""
PUBLISHED_META = {
    name: weight for weight, names in ((0.95, _SURE), (0.9, _LIKELY), (0.75, _VAGUE)) for name in words(names)
}
UPDATED_META = words(
    """article:modified_time datemodified og:updated_time last-modified lastmod dcterms.modified dc.date.modified
    modified article:modified revision_date updated_time lastmodified date.modified article:updated_time revised
    dateupdate dateupdated date-updated updatedate update_date last-update last_update last_modified date-modified"""
)

# Microdata of what others wrote under a text (schema.org)
OTHERS_ITEMTYPE = re.compile(r"/(?:UserComments?|Comment|Review|Answer|ClaimReview|Rating|AggregateRating)$", re.I)
# What is said before the day on which an author looked something up
RETRIEVED = re.compile(
    r"\b(?:retrieved|accessed|last visited|abgerufen|zuletzt (?:besucht|geprüft)|consult(?:é|ée|ado|ada|ato)s?"
    r"|acess(?:o|ado) em|geraadpleegd|hämtad|hentet|besøkt|viitattu|dostęp|дата обращения|erişim tarihi"
    r"|ngày truy cập|diakses)\b|引用日期|閲覧|访问日期|تاريخ الوصول|بازبینی",
    re.I,
)

ITEMPROP = re.compile(r"\bdate(?:published|created)\b", re.I)
MODIFIED = re.compile(r"date-?modified|\b(?:last-?)?(?:updated?|modified|edited)\b|lastmod", re.I)
# Classes and ids of elements that hold a day
DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:pub)?(?:date|datum|fecha|data|dato|datetime|time|timestamp|published|posted|publish|created"
    r"|dateline|byline|meta|submitted|entry-date|post-date|pubdate|artikeldatum|tarih)(?:$|[\s_-])",
    re.I,
)
# Classes and ids of what is another text, or the frame of the site
FOREIGN = re.compile(
    r"comment|related|sidebar|widget|footer|copyright|teaser|recommend|popular|most-?read|latest|archive|calendar"
    r"|weather|newsletter|breaking|ticker|read-?more|more-?news",
    re.I,
)
UPDATED = re.compile(
    r"updat|modifi|last (?:change|edit|review)|edited|aktualis|geändert|stand:|mis(?:e)? à jour|actualiza|atualiza"
    r"|aggiorna|bijgewerkt|gewijzigd|oppdatert|opdateret|uppdater|päivitetty|zmienion|aktualiz|обновлен|оновлен|güncel"
    r"|τελευταία ενημέρωση|更新|修改|수정|최종|تحديث|به‌روز|diperbarui|cập nhật",
    re.I,
)
PUBLISHED = re.compile(
    r"publish|posted|released?\b|issued|press release|veröffentlicht|erstellt|gepostet|publié|publicad|pubblicat"
    r"|geplaatst|publicerad|publisert|offentliggjort|julkaistu|opublikowan|опубликован|опубліковано|yayın|δημοσ|发布|發布|掲載|公開"
    r"|입력|등록|نشر|منتشر|انتشار|dated|udgivet|utgitt|objavljen|publikován|zveřejněn|vydán|uverejnen|megjelen|közzét"
    r"|publicat|avaldatud|paskelbt|publicēt|đăng (?:ngày|lúc)|diterbitkan|प्रकाशित|প্রকাশ|เผยแพร่|פורסם|פרסום"
    r"|გამოქვეყნ|հրապարակ",
    re.I,
)

# What precedes the page's own clock, in the frame of the site
CLOCK = re.compile(
    r"\b(?:today|now|heute|aujourd.?hui|hoy|hoje|oggi|vandaag|i dag|idag|dziś|dzisiaj|dnes|danes|danas|astăzi|azi|ma"
    r"|bugün|сегодня|сьогодні|днес|σήμερα)\b|今天|今日|오늘|اليوم|امروز",
    re.I,
)
# Classes and ids of what stands within or behind a text and is not of it
INTRUDER = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|footer|sidebar|cookies?|consent|share|sharing|social|newsletter|breadcrumbs?"
    r"|copyright|pagination|disclaimer|subscribe|paywall|post-?ratings)(?:$|[\s_-])",
    re.I,
)

# How the line of rights begins in which a page ends
COPYRIGHT = re.compile(r"^(?:©|\(c\)\s|copyright\b|&copy;)|^.{0,80}\s©\s?(?:19|20)\d\d\b", re.I)

CAPTION = re.compile(
    r"(?:^|[\s_-])(?:captions?|credits?|image|picture|photo|foto|bild|media|gallery|video)(?:$|[\s_-])", re.I
)

# How a text begins that has a dateline in front: "Accra, 3 May 2021 – "; what is above is no part of it
OPENING = re.compile(r"^[^.!?:;]{2,60}\d{4}\s*\)?\s*[–—:/-]")

# What asks for leave to show a part of the page
CONSENT = re.compile(
    r"cookie|\bconsent\b|personal data|einverstanden|persönliche[nr]? daten|personenbezogen|données personnelles"
    r"|datos personales|dados pessoais|dati personali|persoonsgegevens|persoonlijke gegevens|dane osobowe"
    r"|danych osobowych|osobní údaje|personuppgifter|personoplysninger|personopplysninger|henkilötie|персональн"
    r"|kişisel veri|προσωπικ[άώ]ν? δεδομέν",
    re.I,
)

# How a line begins that says whose a picture is, or how it ends: "Photo: Name", "The square at noon. © Name"
CREDIT = re.compile(
    r"^(?:(?:titel|beitrags|symbol|archiv)?(?:bild|foto)(?:er|s|nachweis|credits?|rechte)?|(?:photo|image|picture|cover)s?"
    r"(?: credits?)?|photographie|crédits? photo|im[aá]gen(?:es)?|imagem|imagens|foto's|zdj[eę]cie|fot\.?|kuva|фото"
    r"|صورة|图片|写真)"
    r"\s*(?::|©|\(c\)|via\b)|[.!?]\s*(?:©|\(c\)).{2,60}$",
    re.I,
)

STANDFIRST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|lead|lede|dek|deck|subtitle|sub-?title|sub-?head(?:line|ing)?|intro(?:duction)?"
    r"|teaser-?text|excerpt|summary|chapo|chapeau|entradilla|bajada|vorspann|untertitel|sottotitolo|sommario|ingress"
    r"|manchet|abstract)(?:$|[\s_-])",
    re.I,
)
BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|author|autor|auteur|autore|writer|article-author|entry-author)(?:$|[\s_-])", re.I
)
BY = re.compile(
    r"^(?:written |posted |story )?(?:by|von|par|por|di|da|door|av|af|автор|από|بقلم|作者|文)\b[\s:]*", re.I
)
# Accounts, roles and addresses that stand where a name is expected
NOT_A_NAME = re.compile(
    r"https?:|www\.|@|^\W*(?:admin(?:istrator)?|webmaster|editor|redak\w*|staff|author|root|user|guest|none|null|\d+)\W*$",
    re.I,
)

# Lines after which a mail is no longer its sender's text: signatures, and how to leave the list
MAIL_ENDS = re.compile(
    r"^(?:-- ?$|_{10,}$|(?:if you (?:no longer|do not) wish|to unsubscribe|unsubscribe\b|you (?:are )?receiv\w+ this"
    r"|view (?:this|in) .{0,30}browser|um sich (?:vom|aus)|newsletter ab(?:bestellen|melden)|abmelden\b"
    r"|se d[ée]sabonner|si vous ne souhaitez plus|pour vous d[ée]sinscrire|darse de baja"
    r"|para (?:darse de baja|cancelar)|cancelar (?:a )?subscri|per cancellar|afmelden|avregistrera"
    r"|отписаться|отказаться от (?:подписки|рассылки)|abonelikten|退订|配信停止|إلغاء الاشتراك))",
    re.I | re.M,
)
REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw|i|r)\s*:\s*)+", re.I)
