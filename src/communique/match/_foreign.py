"""Foreign names in Chinese: written with some two hundred letters that are read for their sound alone.

海伦娜·布兰德维克 is Helena Brandvik. The table has the letters that the press uses for it, by the consonants that they
stand for in foreign names: of a final n or ng, n.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTERS = (
    "a阿艾奥埃伊欧乌亚耶约尤雅 n安恩昂因延扬永 b巴贝比波布勃鲍柏伯白拜别彼毕 bn班本宾 p帕佩皮珀普坡派 pn潘"
    " m马玛梅米莫穆迈麦姆默摩密蜜 mn门曼蒙明 f法费菲弗福佛夫 fn芬凡丰方 d达德迪多杜代戴黛 dn丹登顿邓"
    " t塔特蒂托图泰提 tn汤坦滕通廷 n纳娜内尼诺努奈妮 nn南宁 l拉莱利洛卢鲁罗里雷莉丽列勒劳尔 ln琳林伦兰朗龙隆"
    " k卡凯基科库克考奎肯 kn坎康昆 g加盖吉戈古格高 gn甘根贡冈 h哈海赫希霍胡 hn汉亨洪 j贾杰朱乔 jn金"
    " ch查切楚恰奇丘 s萨塞索苏斯丝夏谢西 sn桑森松孙辛欣 z扎泽佐祖兹茨 zn曾赞 sh沙舍绍舒什尚 shn申 r日让任"
    " v瓦韦维沃武文 vn温万"
)
# At least so many in a row: two of them make a word by chance too often.
_RUN = 3
READINGS = {
    letter: "".join(latin for latin in block if latin.isascii())
    for block in _LETTERS.split()
    for letter in block
    if not letter.isascii()
}
_NAME = re.compile(f"[{''.join(READINGS)}]{{{_RUN},}}")


def foreign_names(text: str) -> Iterator[tuple[str, int]]:
    """Yield a Latin reading of each run of letters that is written for its sound, and where it begins."""
    for found in _NAME.finditer(text):
        yield "a".join(READINGS[letter] for letter in found[0]), found.start()
