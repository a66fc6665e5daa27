"""Invented things that villagers tell, by the thousand: same kinds of matters, other facts. Nobody in them exists."""

import random

_WHO = ("会计", "村主任", "支书", "文书", "组长", "镇农服中心的经办人", "承包鱼塘的那家", "修路的工头")
_NAMES = ("孟大河", "周小满", "石来福", "何水生", "柳春芽", "康有田", "苗青山", "于望雨", "田禾", "江小渡")
_MATTERS = (
    "种粮补贴公示写了 {a} 亩，{who}家土地证上只有 {b} 亩多，多出来的是搬走的{name}家的，钱一直由别人领着。",
    "去年医保费收了两次，{m} 月收过一次，{n} 月又说没交，每人补交 {c} 元，两次都没有票，{who}说票在镇里。",
    "集体鱼塘租金 {y} 年没有公开，合同看不到，一年该有 {c} 元，问过{who}两次，都说在会计那里。",
    "征地补偿按 {b} 亩算，我们自己量是 {a} 亩，差的那些每亩 {c} 元，要求重量，{who}一直没有来。",
    "机耕路牌子上写 {y} 米宽，有两段只有 2 米多，水泥只铺了 {a} 厘米，验收是{who}签的字。",
    "危房改造款 {c} 元只到了一半，{name}家同批的都到了，{who}说再等等，一等又是 {m} 个月。",
    "低保名单里有{name}，他家在县城有 {y} 套房，我家 {a} 口人两个病人评不上，{who}说名额用完了。",
    "{who}给儿子办酒摆了 {a} 桌，收了村里 {b} 户的礼，礼金从 {c} 元起，不去的评优就没有份。",
    "水管 {m} 月就断了，报修 {y} 次没有人来，水费每月照收 {b} 元，{who}说等上面拨款。",
    "村务公开栏 {y} 年没换过，选举那天{who}拿着票箱挨户走，{name}家的票是别人代写的，{a} 张票对不上。",
)
_ENDINGS = (
    "这件事村里人都知道，没有人敢说。",
    "单子我留着，需要的时候可以拿给你们看。",
    "问过镇里，说早就拨到村里了。",
    "希望来人看一看账。",
    "请不要让他们知道是我说的。",
)
_BEFORE = ("我是{unit}的。", "{unit}这边有一件事。", "想说一下{unit}的事情。", "反映{unit}的一个问题：")


def invent(dice: random.Random, unit: str) -> str:
    """About two hundred characters in two or three paragraphs: a matter, how it went on, an ending."""
    first, second = dice.sample(_MATTERS, 2)
    told = [dice.choice(_BEFORE) + first, "还有，" + second, dice.choice(_ENDINGS)]
    return "\n".join(_with_facts(dice, line, unit) for line in told)


def person(dice: random.Random) -> tuple[str, str]:
    """A name, and a number that rings nowhere."""
    return dice.choice(_NAMES), f"0000-{dice.randrange(10**7):07d}"


def _with_facts(dice: random.Random, line: str, unit: str) -> str:
    return line.format(
        unit=unit,
        who=dice.choice(_WHO),
        name=dice.choice(_NAMES),
        a=dice.randrange(3, 40),
        b=round(dice.uniform(1, 20), 1),
        c=dice.randrange(5, 900) * 10,
        m=dice.randrange(1, 13),
        n=dice.randrange(1, 13),
        y=dice.randrange(2, 9),
    )
