"""The unit that stands right behind a number, with the words that bound or blur it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jiheng.values import Bound, Dimension, Unit, unit_named
from jiheng.values.units import UNITS, WAN_YUAN

# What a unit of one letter may not be followed by, because then it begins another word.
_NOT_BEFORE = {
    "分": "别之钟为类批布管局公司配工解期步享母散红会税支布开离析",
    "人": "民大社工力才口物事防为们机文居均员",
    "次": "要级日年",
    "项": "目",
    "元": "旦素件",
    "方": "面案式便法向",
    "台": "账湾阶",
    "处": "理置于在罚",
    "份": "额",
    "条": "件例线",
    "家": "庭长属具里园",
    "本": "年级部单局乡街次市区地项身报办着科期表级",
    "批": "复准评次",
    "期": "间末初限",
    "部": "门分署委队级",
    "组": "织建成合",
    "支": "出付持部队撑",
    "种": "植子",
    "类": "款别型似",
    "档": "案",
    "回": "复访应收",
    "节": "能约点目日余",
    "场": "所地馆景",
    "户": "籍外主口",
    "名": "称录单义额词",
    "间": "接",
    "例": "如",
    "级": "别",
    "座": "谈",
    "块": "状",
    "起": "草止始来",
    "册": "子",
    "周": "边年期转",
    "天": "然气津",
    "日": "常益前均内本",
    "月": "度",
    "米": "粉",
    "吨": "",
    "把": "握关",
    "套": "取用",
    "对": "于口象外接照应比标",
    "班": "子",
    "点": "",
    "轮": "换流",
    "篇": "幅",
    "张": "贴",
    "只": "是有能要",
    "盏": "",
}
_NEVER = {"等", "t", "m", "w", "方", "对", "把", "万", "亿", "%", "‰", "百分比", "百分点", "个百分点"}
_MORE = (
    "小时",
    "分钟",
    "学时",
    "公顷",
    "亩",
    "平方公里",
    "万平方米",
    "车次",
    "人天",
    "千瓦时",
    "度",
    "位",
    "标段",
    "宗",
    "趟",
    "所",
)
_WORDS = sorted((set(UNITS) | set(_MORE)) - _NEVER, key=lambda word: (-len(word), word))
_LATIN = "|".join(re.escape(word) for word in _WORDS if word.isascii())
_CHINESE = "|".join(re.escape(word) for word in _WORDS if not word.isascii())
_BEHIND = re.compile(
    r" ?(?P<blur>[余多来])?"
    r"(?: ?(?P<percent>%|‰|个? ?百分点)"
    r"| ?(?P<many>百万|千万|万亿|万|亿|千(?=元|米|克|瓦|人))?(?P<late>[余多])? ?"
    rf"(?:(?P<unit>{_CHINESE})|(?P<latin>(?:{_LATIN}|m|t)(?![A-Za-z0-9])))?)"
    r"(?P<after> ?\(?(?:及?以上|及?以下|以内|之内|左右|上下|余)\)?)?"
)
_W = re.compile(r" ?[Ww](?P<yuan>元)?(?![A-Za-z0-9])")
_SCALE = {"百万": 10**6, "千万": 10**7, "万亿": 10**12, "万": 10**4, "亿": 10**8, "千": 10**3}
_MONEY_BEFORE = re.compile(
    r"花费|投入|资金|经费|支出|收入|预算|决算|费用?|款|补贴|补助|金额|安排|拨付|支付|成本|造价|投资|合同|价值?|元|工资|奖金"
)
_MONEY_REACH = 16
_BEFORE = re.compile(
    r"(?:(?P<least>≥|>=|>|不低于|不少于|不小于|至少|超过|超|逾|大于等于|大于|高于|多于|突破|以上)"
    r"|(?P<most>≤|<=|<|不高于|不超过|不大于|不多于|低于|小于等于|小于|少于|不足|至多|最多|控制在)"
    r"|(?P<near>大约|约为|约|近|接近|将近|左右))[ :：为在到达]{0,3}$"
)


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a number: how long it is, the unit, and what it does to the number."""

    length: int = 0
    unit: Unit | None = None
    scale: Decimal = Decimal(1)
    bound: Bound = Bound.EXACT
    near: str = ""
    doubt: str = ""


def unit_behind(text: str, at: int) -> Behind:
    """The unit behind the number that ends at `at`; of a narrow text.

    >>> [str(unit_behind(text, 3).unit) for text in ("100万元", "109个", "100%以上", "100分别为", "121057平方米")]
    ['万元', '个', '%', 'None', 'None']
    >>> unit_behind("花费57万进行装修", 4).unit.symbol, unit_behind("57万平方米", 2).scale, unit_behind("30余人", 2).near
    ('万元', Decimal('10000'), '余')
    """
    if found := _W.match(text, at):
        money = _money_before(text, at)
        if found["yuan"] or money:
            doubt = "" if found["yuan"] else "以“W”作“万元”读"
            return Behind(found.end() - at, WAN_YUAN, doubt=doubt)
    found = _BEHIND.match(text, at)
    if found is None:
        return Behind()
    blur = found["blur"] or found["late"] or ""
    after = (found["after"] or "").strip(" ()")
    bound = Bound.EXACT
    if blur or after in ("以上", "及以上", "余"):
        bound = Bound.AT_LEAST
    elif after in ("以下", "及以下", "以内", "之内"):
        bound = Bound.AT_MOST
    near = blur or (after if after in ("左右", "上下", "余") else "")
    if percent := found["percent"]:
        symbol = "百分点" if "点" in percent else percent
        return Behind(found.end() - at, unit_named(symbol), bound=bound, near=near)
    many, word, end = found["many"] or "", found["unit"] or found["latin"] or "", found.end()
    if word and (found.end("unit") if found["unit"] else 0) and _begins_a_word(text, word, found.end("unit")):
        word, end = "", found.end("many") if many else at
        bound, near = (bound, near) if many else (Bound.EXACT, "")
    if not word and not many:
        if blur or not after:
            return Behind()
        return Behind(found.end() - at, None, bound=bound, near=near)
    if not word:
        if _money_before(text, at):
            return Behind(end - at, unit_named(f"{many}元"), bound=bound, near=near)
        scale = Decimal(_SCALE[many])
        return Behind(end - at, None, scale, bound, near, f"“{many}”后面没有写单位")
    together = UNITS.get(f"{many}{word}")
    if together is not None:
        return Behind(end - at, together, bound=bound, near=near)
    scale = Decimal(_SCALE[many]) if many else Decimal(1)
    if many and word == "元":
        return Behind(end - at, unit_named("元"), scale, bound, near)
    return Behind(end - at, unit_named(word), scale, bound, near)


def bound_before(text: str, at: int) -> tuple[Bound, str]:
    """The limit and the blurring word before the number that begins at `at`.

    >>> bound_before("满意度不低于90", 6), bound_before("约90", 1)
    ((<Bound.AT_LEAST: '>='>, ''), (<Bound.EXACT: '='>, '约'))
    """
    found = _BEFORE.search(text[max(at - 10, 0) : at])
    if found is None:
        return Bound.EXACT, ""
    if found["least"]:
        return Bound.AT_LEAST, ""
    return (Bound.AT_MOST, "") if found["most"] else (Bound.EXACT, found["near"])


def unit_alone(text: str) -> Unit | None:
    """The unit that a text names and nothing else; None when it names none.

    >>> unit_alone(" 万元 ").symbol, unit_alone("平方米").dimension.value, unit_alone("项目")
    ('万元', '面积', None)
    """
    word = text.strip().strip("()（）")
    if word in ("%", "‰", "百分比", "百分点", "万", "亿"):
        return unit_named(word)
    return unit_named(word) if word in UNITS or word in _MORE else None


def is_money(unit: Unit | None) -> bool:
    """Whether a unit is one of money."""
    return unit is not None and unit.dimension is Dimension.MONEY


def _begins_a_word(text: str, word: str, end: int) -> bool:
    return end < len(text) and len(word) == 1 and text[end] in _NOT_BEFORE.get(word, "")


def _money_before(text: str, at: int) -> bool:
    clause = re.split(r"[，。；;！？\n]", text[max(at - _MONEY_REACH, 0) : at])[-1]
    return _MONEY_BEFORE.search(clause) is not None
