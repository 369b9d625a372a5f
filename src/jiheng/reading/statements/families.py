"""Which names together make a whole, and which overlap.

**Basis** 《政府收支分类科目》 and the forms of 部门预决算公开: 支出 = 基本支出 + 项目支出 + 上缴上级 + 经营 + 对附属单位补助;
基本支出 = 人员经费 + 公用经费; 总收入 = 本年收入 + 上年结转, 总支出 = 本年支出 + 结余分配 + 年末结转; “三公”经费 = 因公出国（境）+ 公务用车购置及运行 + 公务接待; 采购 = 货物 + 工程 + 服务.
"""

from __future__ import annotations

from collections.abc import Sequence

_FAMILIES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("基本支出", "项目支出"), ("其他支出", "经营支出", "上缴上级", "附属单位", "事业单位经营")),
    (("人员经费", "公用经费"), ()),
    (("人员经费|人员支出", "公用经费|公用支出", "项目支出"), ("其他支出", "经营支出", "上缴上级", "附属单位")),
    (("收入合计|本年收入", "上年结转|年初结转"), ("使用非财政拨款结余", "使用专用结余", "用事业基金")),
    (("支出合计|本年支出", "年末结转|结转下年"), ("结余分配",)),
    (("出国", "公务用车|公务车|用车购置", "接待"), ()),
    (("购置", "运行"), ()),
    (("货物", "工程", "服务"), ()),
    (("一般公共预算", "政府性基金", "国有资本经营"), ("财政专户",)),
    (("财政拨款", "单位资金"), ("专户",)),
    (("结转", "结余"), ()),
    (("行政", "事业"), ("工勤", "参照公务员", "机关", "其他")),
)
_OVERLAPPING = (("中小", "小微"), ("中小", "小型"), ("党员", "女"), ("采购", "中小"))


def is_whole_family(names: Sequence[str]) -> bool:
    """Whether the names are all members of one family and none is wanting.

    >>> is_whole_family(["基本支出", "项目支出"]), is_whole_family(["基本支出"]), is_whole_family(["货物采购", "工程采购", "服务采购"])
    (True, False, True)
    """
    return is_complement(names) or any(_fits(names, needed, allowed) for needed, allowed in _FAMILIES)


def is_complement(names: Sequence[str]) -> bool:
    """Whether the second of two names denies the first.

    >>> is_complement(["计税面积", "不计税面积"]), is_complement(["办公面积", "业务面积"])
    (True, False)
    """
    return len(names) == 2 and names[1] in (f"{word}{names[0]}" for word in ("不", "非", "未", "没有"))


def _fits(names: Sequence[str], needed: Sequence[str], allowed: Sequence[str]) -> bool:
    taken: set[int] = set()
    for words in needed:
        at = next((i for i, n in enumerate(names) if i not in taken and any(w in n for w in words.split("|"))), None)
        if at is None:
            return False
        taken.add(at)
    return all(i in taken or any(word in name for word in allowed) for i, name in enumerate(names))


def overlaps(names: Sequence[str]) -> bool:
    """Whether one name is part of another, so that they must not be added.

    >>> overlaps(["中小企业合同金额", "小微企业合同金额"]), overlaps(["货物", "工程"])
    (True, False)
    """
    return any(
        any(wide in name for name in names) and any(narrow in name and wide not in name for name in names)
        for wide, narrow in _OVERLAPPING
    )
