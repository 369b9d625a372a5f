"""项目、期间。"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from jiheng.model import ProjectStatus
from jiheng.values import Bound

from .case import Case, actual, all_of, clear, fails, lacks, put, rounding, silent, stated, without
from .cases_goals import NO_INDICATORS, ROADS
from .right_year import figure, wan, yuan

STREETS, STATIONS, SERVICES = range(3)


def project(row, **values):
    """Change one project."""
    return put("projects", row, **values)


def paid(row, amount):
    """Another payment of a use."""
    return put("sub_items", row, paid=yuan(amount))


def of_kind(row, count):
    """Another count of a kind."""
    return put("quantities", row, count=count)


PROJECTS: tuple[Case, ...] = (
    fails("projects.over_budget", "超出预算", project(SERVICES, annual_budget=wan("207.00")),
          "warning 项目!H6",
          says="项目“便民服务采购”执行数 207.5万元，大于全年预算数 207万元，多 0.5万元。"),
    *rounding("projects.over_budget", project(SERVICES, annual_budget=wan("207.49")),
              project(SERVICES, annual_budget=wan("207.48")), "warning 项目!H6"),
    lacks("projects.over_budget", clear("projects", "executed"), "项目的执行数"),
    fails("projects.unfinished_reason", "两张表都没有写",
          all_of(project(STATIONS, reason=""), put("self_evaluations", 1, deviation_note="")),
          "warning 项目!J5",
          says="项目“社区服务站装修”部分完成，没有写原因。"),
    silent("projects.unfinished_reason", "项目自评表写了", project(STATIONS, reason="")),
    lacks("projects.unfinished_reason", clear("projects", "status"), "项目的完成情况"),
    fails("projects.sub_items_over", "子项支付超出项目", paid(2, "1500000.00"), "warning 项目!H5",
          says="项目“社区服务站装修”的 1 个子项支付金额相加是 150万元，大于项目执行数的 140万元，多 10万元。"),
    fails("projects.sub_items_over", "子项预算超出项目", put("sub_items", 2, budget=yuan("1600000")),
          "warning 项目!G5",
          says="项目“社区服务站装修”的 1 个子项预算金额相加是 160万元，大于项目全年预算数的 150万元，多 10万元。"),
    *rounding("projects.sub_items_over", paid(2, "1400050.00"), paid(2, "1400050.01"), "warning 项目!H5"),
    lacks("projects.sub_items_over", clear("sub_items", "budget", "paid"),
          "子项的金额"),
    fails("projects.remainder", "一成没有列明", paid(0, "1300000.00"), "hint 项目!H4",
          says="项目“道路保洁服务”执行 198万元，列明用途的 2 个子项相加 179万元（90.4%），其余 19万元 没有列明用途。"),
    *rounding("projects.remainder", paid(0, "1391000.00"), paid(0, "1390000.00"), "hint 项目!H4"),
    lacks("projects.remainder", clear("sub_items", "paid"), "子项的支付金额"),
    fails("projects.payments", "支付多于执行", put("payments", 3, paid=wan("60.00")), "warning 支付进度!D4",
          says="项目“道路保洁服务”各月实际支付相加是 208万元，比执行数 198万元 多 10万元。"),
    silent("projects.payments", "计划照年初预算排的",
           all_of(*(put("payments", row, planned=wan("45.00")) for row in range(4)))),
    *rounding("projects.payments", put("payments", 3, paid=wan("50.02")), put("payments", 3, paid=wan("50.03")),
              "warning 支付进度!D4"),
    lacks("projects.payments", clear("payments", "planned", "paid"), "各月支付金额"),
    fails("projects.quantities", "一类多一项", of_kind(0, figure("31", "项")), "error 分类数量!D7",
          says="“便民服务事项”合计 70项，但 生活服务 31项、家电维修 25项、健康咨询 15项 相加是 71项。"),
    silent("projects.quantities", "其中项不另加", all_of(put("quantities", 1, kind="其中：家电维修"),
                                                     of_kind(0, figure("55", "项")))),
    *rounding("projects.quantities", of_kind(2, figure("14", "项", Bound.AT_LEAST)), of_kind(2, figure("14", "项")),
              "error 分类数量!D7"),
    lacks("projects.quantities", of_kind(1, None), "“便民服务事项”的各类数量"),
    lacks("projects.quantities", lambda year: replace(year, quantities=year.quantities[:3]),
          "分类数量的合计行"),
    fails("projects.which_count", "合计达到，一类没有达到", put("quantities", 0, kind="便民服务事项数量较多的一类"),
          "hint 分类数量!D4",
          says="指标“便民服务事项数量”的目标 ≥60项，数的是合计（70项）还是其中“便民服务事项数量较多的一类”一类（30项），结论不同，请说明。"),
    lacks("projects.which_count", clear("quantities", "indicator"), "合计行的对应指标"),
    fails("projects.unknown", "没有这个项目", put("monitoring", 0, project="X09"), "warning 运行监控!C4",
          says="“运行监控”表里的项目“X09”不在“项目”表里。"),
    fails("projects.unknown", "调整里的项目", put("adjustments", 0, project="X09"), "warning 预算调整!F4",
          says="“预算调整”表里的项目“X09”不在“项目”表里。"),
    silent("projects.unknown", "写名称也可以", put("monitoring", 0, project="道路保洁服务")),
    lacks("projects.unknown", without("projects"), "项目表"),
    fails("projects.unlisted", "自报三个", stated(unfinished_projects=Decimal(3)), "warning 自报结果!B12",
          says="自报未完成的项目 3 个，“项目”表里没有完成的是 0 个。"),
    fails("projects.unlisted", "自报少于标出的",
          all_of(project(STATIONS, status=ProjectStatus.NOT_DONE), stated(unfinished_projects=Decimal(0))),
          "warning 自报结果!B12",
          says="自报未完成的项目 0 个，“项目”表里没有完成的是 1 个：社区服务站装修。"),
    silent("projects.unlisted", "部分完成的不算进去", stated(unfinished_projects=Decimal(0))),
    lacks("projects.unlisted", stated(unfinished_projects=None), "自报未完成项目数"),
)  # fmt: skip

PERIODS: tuple[Case, ...] = (
    fails("periods.sub_item", "从上年开始", put("sub_items", 1, starts=date(2023, 10, 1)),
          "warning 子项任务!F5",
          says="子项“垃圾清运”（490000元）的费用期间是 2023年10月1日至2024年12月31日，跨出了 2024 年。"),
    lacks("periods.sub_item", clear("sub_items", "starts", "ends"), "子项的费用期间"),
    fails("periods.reversed", "开始晚于结束", project(STREETS, starts=date(2025, 1, 1)), "error 项目!K4",
          says="“道路保洁服务”的开始日期 2025年1月1日，晚于结束日期 2024年12月31日。"),
    fails("periods.reversed", "失效早于生效", put("policies", 1, valid_from=date(2027, 1, 1)),
          "error 政策依据!F5", "periods.policy warning 政策依据!F5",
          says="“社区服务站建设办法”的生效日期 2027年1月1日，晚于失效日期 2026年12月31日。"),
    lacks("periods.reversed",
          all_of(*(clear(table, "starts") for table in ("sub_items", "projects", "surveys")),
                 clear("policies", "valid_from")),
          "成对的开始日期和结束日期"),
    fails("periods.actual", "上年的数", actual(ROADS, as_of=date(2023, 12, 31)), "warning 绩效指标!K4",
          says="指标“保洁道路条数”的取值日期是 2023年12月31日，不在 2024 年，也不在次年上半年的评价期内。"),
    silent("periods.actual", "次年评价时的数", actual(ROADS, as_of=date(2025, 6, 30))),
    lacks("periods.actual", NO_INDICATORS, "“绩效指标”表"),
    fails("periods.survey", "上年的调查", put("surveys", 0, starts=date(2023, 11, 1), ends=date(2023, 11, 20)),
          "warning 满意度调查!G4",
          says="调查“居民满意度调查”的日期是 2023年11月1日至2023年11月20日，不是 2024 年的调查。"),
    silent("periods.survey", "次年年初的调查", put("surveys", 0, starts=date(2025, 1, 6), ends=date(2025, 1, 20))),
    lacks("periods.survey", clear("surveys", "starts", "ends"), "调查的开始日期、结束日期"),
    fails("periods.policy", "已经失效", put("policies", 1, valid_to=date(2023, 12, 31)), "warning 政策依据!G5",
          says="政策依据“社区服务站建设办法”在 2024 年已经失效。"),
    silent("periods.policy", "年内失效", put("policies", 1, valid_to=date(2024, 3, 31))),
    lacks("periods.policy", clear("policies", "valid_from", "valid_to"), "政策依据的生效日期、失效日期"),
)  # fmt: skip

CASES = (*PROJECTS, *PERIODS)
