"""重复、对应关系、管理情况、报告文字。"""

from dataclasses import replace
from decimal import Decimal

from jiheng.model import DepartmentYear

from .case import Case, clear, fails, lacks, put, repeat, rounding, silent, without
from .cases_goals import ROADS, indicator
from .right_year import figure, wan, yuan

MISUSED, CARDS, IN_USE, PROJECTS_WITH_GOALS = 3, 9, 10, 12


def empty(year):
    """Nothing but whose year it is."""
    return DepartmentYear(profile=year.profile)


def fact(row, **values):
    """Change one answer."""
    return put("management_facts", row, **values)


def passage(text):
    """Other words in the report."""
    return put("passages", 0, text=text)


TABLES: tuple[Case, ...] = (
    fails("duplicates.rows", "人员类别", repeat("staffing", 0), "warning 人员情况!A7",
          says="“人员情况”表第 7 行与第 4 行重复：“行政编制”。"),
    fails("duplicates.rows", "预算执行的行", repeat("budget_lines", 3), "warning 预算执行!A12",
          says="“预算执行”表第 12 行与第 7 行重复：其他支出。"),
    fails("duplicates.rows", "管理情况答了两次", repeat("management_facts", 0, answer=False),
          "warning 管理情况!A19",
          says="“管理情况”表第 19 行与第 4 行重复：“财务管理制度健全”。"),
    fails("duplicates.rows", "指标", repeat("indicators", ROADS, code="", weight=Decimal(0)),
          "warning 绩效指标!E15",
          says="“绩效指标”表第 15 行与第 4 行重复：指标“保洁道路条数”。"),
    silent("duplicates.rows", "同一任务下名称不同", repeat("indicators", ROADS, code="", weight=Decimal(0), name="绿化道路条数")),
    lacks("duplicates.rows", empty, "任何一张表的内容"),
    fails("duplicates.codes", "编号相同", put("policies", 1, code="Y1"), "warning 政策依据!A5",
          says="“政策依据”表第 5 行的编号“Y1”与第 4 行相同。"),
    lacks("duplicates.codes", empty, "各表的编号"),
    fails("references.unknown", "没有这份材料", put("achievements", 0, evidence=("C9",)),
          "warning 主要成效!E4",
          says="“主要成效”表第 4 行引用的佐证材料“C9”，在“佐证材料”表里没有。"),
    fails("references.unknown", "没有这个指标", put("monitoring", 1, indicator="I99"),
          "warning 运行监控!D5",
          says="“运行监控”表第 5 行引用的指标“I99”，在“绩效指标”表里没有。"),
    lacks("references.unknown", without("evidence"), "“佐证材料”表"),
    lacks("references.unknown", empty, "各表引用的职责、依据、目标、指标和佐证材料编号"),
    fails("references.office", "写成简称", indicator(ROADS, office="城管科"), "hint 绩效指标!U4",
          says="“绩效指标”表第 4 行的责任科室“城管科”不在“内设机构”表里。"),
    lacks("references.office", without("offices"), "“内设机构”表"),
    fails("management.contradiction", "专款专用又有挪用", fact(MISUSED, answer=True),
          "warning 管理情况!B7", "warning 管理情况!B7",
          says="“管理情况”表“专款专用”填“是”，“存在截留挤占挪用或虚列支出”填“是”，应为“否”。"),
    fails("management.contradiction", "在用资产多于账面", fact(IN_USE, figure=wan("870.00")),
          "warning 管理情况!B14",
          says="“管理情况”表“在用固定资产原值”填 870万元，应不大于“固定资产账面原值”的 860万元。"),
    fails("management.contradiction", "项目个数写不写单位都一样", fact(PROJECTS_WITH_GOALS, figure=figure("4", "个")),
          "warning 管理情况!B16",
          says="“管理情况”表“设定绩效目标的项目数”填 4个，应不大于“项目总数”的 3。"),
    silent("management.contradiction", "金额没有单位的不比", fact(IN_USE, figure=figure("8600001"))),
    *rounding("management.contradiction", fact(CARDS, figure=yuan("8600050.00")),
              fact(CARDS, figure=yuan("8600050.01")), "warning 管理情况!B13"),
    lacks("management.contradiction", lambda year: replace(year, management_facts=year.management_facts[1:2]),
          "“管理情况”表里互相勾稽的事项"),
    fails("management.project_goals", "所属项目都清空了", clear("indicators", "project"),
          "warning 管理情况!B16", "goals.weights error 绩效指标!I4",
          says="“管理情况”表“设定绩效目标的项目数”填 3个，“绩效指标”表却没有一个指标写明“所属项目”。"),
    lacks("management.project_goals", fact(PROJECTS_WITH_GOALS, figure=None), "“管理情况”表的“设定绩效目标的项目数”"),
    fails("management.staffing", "超编", put("staffing", 0, employed=Decimal(41)), "warning 人员情况!C4",
          says="行政编制年末实有 41 人，超过编制数 40 人。"),
    lacks("management.staffing", clear("staffing", "authorised"), "同一类人员的编制数和年末实有人数"),
    fails("passages.unknown_name", "没有这个名称", passage("预算执行比例为{执行比例}。"), "warning 报告文字!B4",
          says="“报告文字”表“当年预算执行情况”一段写了 {执行比例}，没有这个名称，或者账表里还没有这个数。"),
    lacks("passages.unknown_name", without("passages"), "“报告文字”表"),
    fails("passages.unit_twice", "百分号写了两次", passage("预算执行率为{执行率}%。"), "warning 报告文字!B4",
          says="“报告文字”表“当年预算执行情况”一段在 {执行率} 后面又写了“%”，报告里会印成“98.29%%”。"),
    silent("passages.unit_twice", "带入的数字自己有单位", passage("执行{执行数}，执行率{执行率}，万元以下不计。")),
    lacks("passages.unit_twice", without("passages"), "“报告文字”表"),
    fails("passages.typed_figure", "与账表不同", passage("全年执行数1130.00万元。"), "warning 报告文字!B4",
          says="“报告文字”表“当年预算执行情况”一段直接写了“1130.00万元”，账表里的执行数是 1120.5万元。"),
    silent("passages.typed_figure", "名称前面的那个数", passage("执行数1120.50万元，比年初预算数1000.00万元有所增加。")),
    silent("passages.typed_figure", "上年的、一个项目的、差额",
           passage("2023年执行率97.50%，道路保洁项目执行率99.00%，执行数比年初预算数1000.00万元多120.50万元。")),
    silent("passages.typed_figure", "前一分句的名称", passage("全年预算数已批复，支付1120.50万元。")),
    *rounding("passages.typed_figure", passage("执行率98.3%。"), passage("执行率98.30%。"), "warning 报告文字!B4"),
    lacks("passages.typed_figure", without("passages"), "“报告文字”表"),
)  # fmt: skip

CASES = TABLES
