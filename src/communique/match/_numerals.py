"""Small numbers as words: two to twelve, and second to twelfth, in the languages that most of the press writes in.

A word that means two numbers in two languages, or is a common word in another ("on", "once", "six" is none), is left
out by `NUMERALS` itself: only words with one meaning in all of the lists below count.
"""

from __future__ import annotations

from collections.abc import Mapping

_FIRST = 2
# One line for each language: cardinals; ordinals in the form that stands in most sentences.
_LISTS = (
    # en
    "two three four five six seven eight nine ten eleven twelve",
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    # de
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
    # fr
    "deux trois quatre cinq six sept huit neuf dix onze douze",
    "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième",
    # es
    "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "segunda tercera cuarta quinta sexta séptima octava novena décima undécima duodécima",
    # it
    "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "secondo terzo quarto quinto sesto settimo ottavo nono decimo undicesimo dodicesimo",
    # pt
    "dois três quatro cinco seis sete oito nove dez onze doze",
    "segunda terceira quarta quinta sexta sétima oitava nona décima undécima duodécima",
    # nl
    "twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde",
    # sv
    "två tre fyra fem sex sju åtta nio tio elva tolv",
    "andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte",
    # da
    "to tre fire fem seks syv otte ni ti elleve tolv",
    "anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte",
    # fi
    "kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista",
    "toinen kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs kymmenes yhdestoista kahdestoista",
    # pl
    "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście",
    "druga trzecia czwarta piąta szósta siódma ósma dziewiąta dziesiąta jedenasta dwunasta",
    # ru
    "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "второй третий четвёртый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый",
    # el
    "δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα έντεκα δώδεκα",
    "δεύτερη τρίτη τέταρτη πέμπτη έκτη έβδομη όγδοη ένατη δέκατη ενδέκατη δωδέκατη",
    # tr
    "iki üç dört beş altı yedi sekiz dokuz on onbir oniki",
    "ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu onbirinci onikinci",
)
# Endings that other genders and cases of an ordinal put in place of the one listed.
_ENDINGS = {
    "ième": ("ièmes",), "te": ("ter", "ten", "tes"), "a": ("o", "as", "os"), "o": ("a", "i", "e"),
    "ой": ("ая", "ое", "ого"), "ый": ("ая", "ое", "ого"), "ий": ("ья", "ье"), "η": ("ο", "ος", "ης"),
}  # fmt: skip
# Common words of another language, which would be read as numbers everywhere.
_COMMON = "on once to fire sex sei elf ti ni die as dos tre second seconda segundo"


def _forms(word: str) -> tuple[str, ...]:
    for ending, others in _ENDINGS.items():
        if word.endswith(ending):
            return (word, *(word.removesuffix(ending) + other for other in others))
    return (word,)


def _numerals() -> Mapping[str, int]:
    meanings: dict[str, set[int]] = {}
    for line in _LISTS:
        for value, word in enumerate(line.split(), _FIRST):
            for form in _forms(word):
                meanings.setdefault(form.casefold(), set()).add(value)
    return {word: min(found) for word, found in meanings.items() if len(found) == 1 and word not in _COMMON.split()}


NUMERALS = _numerals()
