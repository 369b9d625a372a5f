"""Names of departments and regions in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.rulebook.regions import region_codes
from jiheng.values.region import PROVINCE_NAMES

_KIND = (
    "人民政府办公厅|人民政府办公室|常务委员会办公室|街道办事处|地区办事处|办事处|镇人民政府|乡人民政府|人民政府|委员会办公室|管理委员会|委员会"
    "|人民法院|人民检察院|管理局|监督局|保障局|局|厅|部|办公室|街道|镇|乡|管委会|法院|检察院|总工会|研究院|研究所|中心|学校|中学|小学|幼儿园|医院|大学|学院|支队|总队|大队|党校|联合会|协会|团委|妇联"
)
_ORGANISATION = re.compile(rf"[\u4e00-\u9fff（）()]{{2,28}}?(?:{_KIND})(?:[（(](?:本级|部门|本部|汇总)[)）])?")
_NO_NAME = re.compile(
    r"^(?:本|我|各|该|其|区|市|县|有关|相关|上级|主管|财政|预算|部门|内部|全|由|对|以|和|与|按|为)(?:财政)?(?:部门|单位|局|街道|乡|镇|委|部)?$"
)
_PLACEHOLDER = re.compile(r"[X×ＸxＯ○〇*＊]{2,}|某某|_{2,}")
_PROVINCES = sorted(PROVINCE_NAMES, key=len, reverse=True)
_REGION = re.compile(
    rf"(?P<province>{'|'.join(_PROVINCES)})"
    r"(?P<city>[\u4e00-\u9fff]{2,8}?(?:市|自治州|地区|盟))?(?P<county>[\u4e00-\u9fff]{1,8}?(?:自治县|自治旗|区|县|旗|市))?"
)
_CITY = re.compile(r"^(?P<city>[\u4e00-\u9fff]{2,5}市)(?P<county>[\u4e00-\u9fff]{1,6}?(?:区|县))?")
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_NOT_A_COUNTY = re.compile(r"(?:市|地|社|片|辖|校|园|小|新|老|郊|城)区$|^(?:政府|人民|财政|级)")


def has_placeholder(text: str) -> bool:
    """Whether a name was left open (XX局, 某某街道).

    >>> has_placeholder("上海市 XX 局"), has_placeholder("上海市财政局")
    (True, False)
    """
    return _PLACEHOLDER.search(text) is not None


def organisations(text: str) -> Iterator[tuple[int, int]]:
    """The spans of names of departments, as long as they go.

    >>> [("甲市乙区财政局2024年度"[a:b]) for a, b in organisations("甲市乙区财政局2024年度")]
    ['甲市乙区财政局']
    """
    at = 0
    while found := _ORGANISATION.search(text, at):
        end = found.end()
        # 人民政府某街道办事处: a name that goes on is one name.
        while further := _ORGANISATION.match(text, found.start()) and _further(text, end):
            end = further
        name = text[found.start() : end]
        if not _NO_NAME.match(name):
            yield found.start(), end
        at = end


def _further(text: str, end: int) -> int:
    after = re.compile(rf"(?!内设|机构|部门|下设|关于|印发)[\u4e00-\u9fff]{{0,8}}?(?:{_KIND})").match(text, end)
    return after.end() if after else 0


def region_in(text: str) -> tuple[str, str, int, int] | None:
    """The region that a text names from its province on: name, code ("" when unknown), start, end.

    >>> region_in("上海市普陀区财政局")[:2], region_in("某局")
    (('上海市普陀区', '310107'), None)
    """
    best: tuple[str, str, int, int] | None = None
    for found in _REGION.finditer(text):
        name, end = _province_region(found)
        candidate = (name, region_codes().get(name, ""), found.start(), end)
        if best is None or len(candidate[0]) > len(best[0]):
            best = candidate
    return best


def _province_region(found: re.Match[str]) -> tuple[str, int]:
    province, city, county = found["province"], found["city"], found["county"]
    if province in _MUNICIPALITIES:
        # No city stands between a municipality and its districts.
        whole = re.match(r"(?:市)?([\u4e00-\u9fff]{2,4}?(?:区|县))", found.string[found.end("province") :])
        if whole and not _NOT_A_COUNTY.search(whole[1]) and not whole[1].startswith(("人民", "财政", "政府")):
            return province + whole[1], found.end("province") + whole.end()
        return province, found.end("province")
    end = found.end("province")
    name = province
    if city:
        name, end = name + city, found.end("city")
        if county and not _NOT_A_COUNTY.search(county) and found.start("county") == found.end("city"):
            name, end = name + county, found.end("county")
    return name, end


def city_in(name: str) -> str:
    """The city (and county) that a name begins with, when it names no province.

    >>> city_in("甲乙市人力资源局"), city_in("财政局")
    ('甲乙市', '')
    """
    found = _CITY.match(name)
    if not found:
        return ""
    county = found["county"] or ""
    return found["city"] + (county if county and not _NOT_A_COUNTY.search(county) else "")
