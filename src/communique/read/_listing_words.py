"""Words that a reader of lists must know: names of no entry, names of the next page, marks of what is pinned.

All are compared folded (lower case, without accents) and as a whole, without arrows and punctuation at their ends.
"""

from __future__ import annotations

import re
from functools import lru_cache

from communique.kit.text import folded

# The end is looked for once in each run of signs: else a long text of many runs takes a square of its length.
_ENDS = re.compile(r"^[\W_]+|(?<![\W_])[\W_]+$")

# fmt: off
# A link that is called one of these leads to an entry but does not name it.
_NAMELESS = """
read more|more|continue|continue reading|read|read on|learn more|full text|full story|full article|details|view|
view details|view document|view opinion|view pdf|open|download|download pdf|pdf|html|doc|docx|text|link|here|
click here|permalink|see more|show more|go|print|comments|share|english|opinion|order|decision|document|file|
weiterlesen|mehr|mehr lesen|lesen|mehr erfahren|zum artikel|hier|herunterladen|ansehen|
lire la suite|lire plus|la suite|en savoir plus|plus|voir|telecharger|ici|suite|
leer mas|mas|seguir leyendo|ver mas|ver|leer|mas informacion|descargar|aqui|sigue leyendo|
leia mais|saiba mais|mais|ler mais|continue lendo|continuar lendo|ver mais|baixar|aqui|
leggi tutto|leggi|continua|continua a leggere|altro|scarica|approfondisci|
lees meer|meer|lees verder|verder lezen|download|bekijk|
las mer|mer|les mer|laes mere|mere|lue lisaa|lisaa|
czytaj wiecej|wiecej|czytaj dalej|czytaj|pobierz|cist dal|vice|cely clanek|viac|citaj viac|tovabb|bovebben|
citeste mai mult|mai mult|detalii|procitaj vise|vise|vec|preberi vec|
подробнее|далее|читать|читать далее|читать дальше|ещё|еще|скачать|детальніше|докладніше|читати далі|далі|
прочети още|още|повече|опширније|више|περισσοτερα|διαβαστε περισσοτερα|συνεχεια|
devami|devamini oku|oku|daha fazla|detay|incele|indir|tumu|
المزيد|اقرأ المزيد|اقرا المزيد|التفاصيل|تحميل|קרא עוד|עוד|להמשך קריאה|ادامه مطلب|بیشتر|
続きを読む|詳細|詳しく|もっと見る|更多|阅读更多|閱讀更多|详情|查看|자세히|더보기|더 보기|
selengkapnya|baca selengkapnya|baca|xem them|doc tiep|chi tiet|อ่านต่อ|अधिक|और पढ़ें|soma zaidi|zaidi
"""
# What leads to the next (older) page of a list.
_NEXT = """
next|next page|next posts|next entries|older|older posts|older entries|older articles|older news|older stories|
previous entries|previous posts|more posts|more news|load more|show more results|more results|more articles|
nachste|nachste seite|weiter|vor|altere|altere beitrage|altere artikel|altere eintrage|naechste|naechste seite|
suivant|suivante|page suivante|articles plus anciens|articles precedents|plus anciens|
siguiente|siguientes|pagina siguiente|proximo|proxima|proxima pagina|entradas antiguas|mas antiguas|anteriores|
entradas anteriores|noticias anteriores|seguinte|pagina seguinte|avancar|postagens mais antigas|mais antigas|
posts antigos|successivo|successiva|pagina successiva|prossimo|prossima|avanti|articoli precedenti|post piu vecchi|
meno recenti|volgende|volgende pagina|oudere berichten|ouder|nasta|nasta sida|aldre|aldre inlagg|neste|neste side|
eldre|naeste|naeste side|aeldre|seuraava|seuraava sivu|vanhemmat|vanhempia|
nastepna|nastepne|nastepny|nastepna strona|dalej|starsze|starsze wpisy|dalsi|dalsi strana|nasledujici|starsi|
starsi prispevky|dalsia|nasledujuca|starsie|kovetkezo|regebbi|regebbi bejegyzesek|urmatoarea|urmator|inainte|
articole mai vechi|sljedeca|sledeca|starije|naslednja|starejse|
следующая|следующая страница|вперед|вперёд|дальше|далее|раньше|предыдущие записи|наступна|далі|вперед|старіші|
следваща|напред|по стари|следећа|επομενη|επομενο|επομενα|παλαιοτερα|παλαιοτερες|
sonraki|sonraki sayfa|ileri|daha eski|onceki yazilar|eski yazilar|novbeti|
التالي|التالية|الصفحة التالية|الاقدم|مشاركات اقدم|הבא|הבאה|העמוד הבא|לעמוד הבא|ישנים יותר|بعدی|صفحه بعد|قدیمی تر|
次へ|次の記事|次ページ|次のページ|次|過去の記事|以前の記事|古い記事|
下一页|下一頁|下页|后页|下一張|다음|다음 페이지|이전 글|
berikutnya|selanjutnya|halaman berikutnya|pos lama|trang sau|tiep|tiep theo|trang ke|ถัดไป|หน้าถัดไป|अगला|inayofuata|
go to next page|go to the next page|zur nachsten seite|aller a la page suivante|ir a la pagina siguiente|
ir para a proxima pagina|vai alla pagina successiva|naar de volgende pagina|
seguent|pagina seguent|hurrengoa|kitas|kitas puslapis|nakama|nakama lapa|jargmine|jargmine leht|naesta|naesta sida|
nesaf|ar aghaidh|tjetra|faqja tjetra|след|следна|следна страница|келесі|keyingi|дараах|наступная|հաջորդ|
հաջորդը|შემდეგი|পরবর্তী|அடுத்து|அடுத்த|తదుపరి|അടുത്തത്|आगे|अगला पृष्ठ|पुढील|अर्को|اگلا|اگلا صفحہ|ቀጣይ|နောက်|
ukurasa unaofuata|następna strona|kovetkezo oldal|pagina urmatoare|επομενη σελιδα
"""
# What leads to the page before, of newer entries: never the next one, whatever a template calls it.
_NEWER = """
newer|newer posts|newer entries|newer articles|newer news|newer stories|neuere|neuere beitrage|neuere artikel|
neuere eintrage|plus recents|articles plus recents|articles suivants plus recents|mas recientes|mas nuevas|
entradas mas recientes|entradas siguientes|mais recentes|postagens mais recentes|posts mais recentes|piu recenti|
post piu recenti|articoli piu recenti|nieuwer|nieuwere berichten|nyare|nyare inlagg|nyere|nyere indlaeg|nyere innlegg|
uudemmat|uudemmat artikkelit|nowsze|nowsze wpisy|novejsi|novejsi prispevky|novsie|novsie prispevky|ujabb|
ujabb bejegyzesek|mai noi|articole mai noi|novije|novejse|новее|более новые|новые записи|следующие записи|новіші|
новіші записи|по нови|по нови публикации|νεοτερα|νεοτερες|νεοτερα αρθρα|daha yeni|yeni yazilar|sonraki yazilar|
الاحدث|احدث|مشاركات احدث|חדשים יותר|פוסטים חדשים יותר|جدیدتر|نوشته های تازه تر|新しい投稿|新しい記事|次の投稿|較新文章|
较新文章|최근 글|새 글|lebih baru|pos baru|pos lebih baru|moi hon|bai moi hon|ใหม่กว่า|เรื่องใหม่กว่า|नई पोस्ट|नए
"""
# Of the names of the next page those that leave no doubt which way they lead.
_OLDER = """
older|older posts|older entries|older articles|older news|older stories|altere|altere beitrage|altere artikel|
altere eintrage|plus anciens|articles plus anciens|mas antiguas|entradas antiguas|mais antigas|postagens mais antigas|
posts antigos|post piu vecchi|meno recenti|ouder|oudere berichten|aldre|aldre inlagg|eldre|aeldre|vanhemmat|vanhempia|
starsze|starsze wpisy|starsi|starsi prispevky|starsie|regebbi|regebbi bejegyzesek|articole mai vechi|starije|starejse|
старіші|по стари|παλαιοτερα|παλαιοτερες|daha eski|eski yazilar|onceki yazilar|الاقدم|مشاركات اقدم|ישנים יותר|
قدیمی تر|過去の記事|古い記事|以前の記事|過去の投稿|이전 글|pos lama
"""
# The word before the number of a page.
_PAGE = """
page|pg|p|pagina|pag|seite|strona|str|strana|stranka|stran|sayfa|sida|sidan|side|sivu|oldal|ukurasa|halaman|hal|
trang|puslapis|lapa|leht|faqe|orrialdea|стр|страница|страницы|сторінка|старонка|бет|σελιδα|σελ|صفحة|الصفحة|صفحه|
עמוד|דף|ページ|頁|页|페이지|หน้า|पृष्ठ|पेज|পৃষ্ঠা|பக்கம்|გვერდი|էջ
"""
# A link that begins or ends with one of these, and asks for a page by number, leads on.
_MORE = """
more|older|further|mehr|weitere|altere|plus|autres|anciens|anciennes|mas|otros|anteriores|mais|outros|antigos|altri|
altre|piu|meer|oudere|flere|fler|aldre|eldre|lisaa|vanhemmat|wiecej|starsze|dalsi|starsi|tovabbi|regebbi|alte|
еще|ранее|старее|більше|давніші|още|более|περισσοτερα|παλαιοτερα|daha|diger|المزيد|اقدم|עוד|بیشتر|zaidi|lainnya|them
"""
_PINNED = """
pinned|sticky|featured|important|angeheftet|angepinnt|wichtig|epingle|a la une|fijado|destacado|fixado|destaque|
in evidenza|fissato|vastgezet|uitgelicht|fast|klistrad|przypiete|pripnuto|pripnute|закреплено|важно|закріплено|
sabitlenmis|sabit|one cikan|مثبت|مهم|נעוץ|置顶|置頂|固定|고정|공지|お知らせ固定|disematkan|ghim
"""
# fmt: on


def core(text: str) -> str:
    """Yield the text folded and without what is no word at its ends: arrows, brackets, dots, counts in brackets."""
    return _ENDS.sub("", folded(text))


def _table(words: str) -> frozenset[str]:
    return frozenset(core(word) for word in words.replace("\n", "").split("|") if word.strip())


NAMELESS = _table(_NAMELESS)
NEXT = _table(_NEXT)
NEWER = _table(_NEWER)
OLDER = _table(_OLDER)
PAGE = _table(_PAGE)
MORE = _table(_MORE)
PINNED = _table(_PINNED)


@lru_cache(maxsize=8192)  # the same few words stand beside every entry, and each is asked about several times
def is_nameless(text: str) -> bool:
    """Tell whether a link's text names nothing: "Read more", "PDF", "Read more »", "PDF (120 kB)"."""
    inner = core(re.sub(r"\([^()]*\)|\[[^\[\]]*\]|\b\d+([.,]\d+)?\s*[kKmM]i?[bB]\b", " ", text))
    return not inner or inner in NAMELESS
