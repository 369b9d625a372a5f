"""总体资金、预算执行、预算调整、各项比率."""

from dataclasses import replace
from datetime import date

from jiheng.model import FundBlock
from jiheng.values import Dimension, Figure

from .case import Case, all_of, clear, fails, form, lacks, put, repeat, rounding, silent, stated, without
from .right_year import figure, percent, wan, yuan

TOTAL, BASIC, PROJECT, OTHER, BY_SOURCE, OTHER_SOURCE = range(6)


def line(row, **amounts):
    """Change amounts of a budget line."""
    return put("budget_lines", row, **amounts)


def block(**amounts):
    """Change amounts of the fund block."""
    return form("fund_block", **amounts)


def own_funds(amount):
    """财政拨款 rounded to 万元, 单位资金 as given: together 基本支出 6000000元 give or take 50元."""
    return block(basic_fiscal=wan("590.00"), basic_own=yuan(amount))


def goal_table_total(total, project, fiscal):
    """A fund block that adds up to another total."""
    return block(total=yuan(total), project=yuan(project), project_fiscal=yuan(fiscal))


def sources(fiscal, other):
    """项目支出's execution by source."""
    return all_of(line(BY_SOURCE, executed=wan(fiscal)), line(OTHER_SOURCE, executed=wan(other)))


def transfer_in(amount, added):
    """Another amount of 调剂增加, evened out by 追加, so that the bridge holds."""
    return all_of(put("adjustments", 2, amount=wan(amount)), put("adjustments", 0, amount=wan(added)))


def no_initial_budget(year):
    """年初预算 is given nowhere, not even by the goal table."""
    return all_of(clear("budget_lines", "initial_budget"), lambda y: replace(y, fund_block=FundBlock()))(year)


FUND: tuple[Case, ...] = (
    fails("fund.sum", "一项资金来源多填", block(project_fiscal=yuan("4900000.00")), "error 总体资金!B9",
          says="“总体资金”表项目支出合计填 4000000元，财政拨款 4900000元、单位资金 100000元相加是 5000000元，比合计多 1000000元。"),
    fails("fund.sum", "基本支出填成了总额", block(basic=yuan("10000000.00")),
          "error 总体资金!B5", "error 总体资金!B5",
          says="“总体资金”表总体资金合计填 10000000元，基本支出合计 10000000元、项目支出合计 4000000元相加是 14000000元，比合计多 4000000元。“基本支出合计”应为 6000000元，像是把合计填在了这里。"),
    fails("fund.sum", "一项来源没有填，差额也许在那里", block(basic_own=None), "warning 总体资金!B5",
          says="“总体资金”表基本支出合计填 6000000元，财政拨款 5900000元、专户资金 0元相加是 5900000元，比合计少 100000元。“单位资金”没有填，差额也许在那里。"),
    silent("fund.sum", "没有的来源空着", block(basic_special_account=None)),
    *rounding("fund.sum", own_funds("100050.00"), own_funds("100050.01"), "error 总体资金!B5"),
    lacks("fund.sum", lambda year: replace(year, fund_block=FundBlock()), "“总体资金”表"),
    lacks("fund.sum", clear("fund_block", "total"), "总体资金：总体资金合计"),
)  # fmt: skip

EXECUTION: tuple[Case, ...] = (
    fails("execution.sum", "一类支出多填", line(OTHER, executed=wan("21.00")), "error 预算执行!F4",
          says="“预算执行”表执行数合计 1120.5万元，但基本支出 555万元、项目支出 545.5万元、其他支出 21万元相加是 1121.5万元，比合计多 1万元。"),
    fails("execution.sum", "项目支出填成了合计", line(PROJECT, final_accounts=wan("1120.50")),
          "error 预算执行!G6",
          says="“预算执行”表决算数合计 1120.5万元，但基本支出 555万元、项目支出 1120.5万元、其他支出 20万元相加是 1695.5万元，比合计多 575万元。“项目支出”应为 545.5万元，像是把合计填在了“项目支出”里。"),
    fails("execution.sum", "其他支出没有填，差额也许在那里", line(OTHER, executed=None),
          "warning 预算执行!F4",
          says="“预算执行”表执行数合计 1120.5万元，但基本支出 555万元、项目支出 545.5万元相加是 1100.5万元，比合计少 20万元。“其他支出”没有填，差额也许在那里。"),
    *rounding("execution.sum", line(OTHER, final_accounts=wan("20.02")), line(OTHER, final_accounts=wan("20.03")),
              "error 预算执行!G4"),
    lacks("execution.sum", line(TOTAL, final_accounts=None), "预算执行：合计的决算数"),
    lacks("execution.sum", without("budget_lines"), "“预算执行”表"),
    fails("execution.details", "细分行超出", line(BY_SOURCE, executed=wan("500.00")), "error 预算执行!F6",
          says="“预算执行”表项目支出的执行数是 545.5万元，按资金来源细分的各行相加是 555万元，多 9.5万元。"),
    fails("execution.details", "细分行不足，也许没有列全", line(BY_SOURCE, executed=wan("480.00")),
          "warning 预算执行!F6",
          says="“预算执行”表项目支出的执行数是 545.5万元，按资金来源细分的各行相加是 535万元，少 10.5万元。"),
    fails("execution.details", "同一来源列了两行", repeat("budget_lines", BY_SOURCE),
          "error 预算执行!E6", "error 预算执行!F6", "duplicates.rows warning 预算执行!A12",
          says="“预算执行”表项目支出的全年预算数是 560万元，按资金来源细分的各行相加是 1060万元，多 500万元。"),
    *rounding("execution.details", line(OTHER_SOURCE, executed=wan("55.01")), line(OTHER_SOURCE, executed=wan("55.02")),
              "error 预算执行!F6"),
    lacks("execution.details", lambda year: replace(year, budget_lines=year.budget_lines[:4]),
          "预算执行：按资金来源或活动领域细分的行"),
    fails("execution.over_budget", "细分行超出它的预算", sources("484.50", "61.00"), "warning 预算执行!F9",
          says="“预算执行”表项目支出（其他资金）执行数 61万元，大于全年预算数 60万元，多 1万元。"),
    *rounding("execution.over_budget", sources("485.49", "60.01"), sources("485.48", "60.02"), "warning 预算执行!F9"),
    lacks("execution.over_budget", clear("budget_lines", "annual_budget"), "预算执行表的全年预算数"),
    lacks("execution.over_budget", line(OTHER, executed=wan("21.00")), "各类相加等于合计的执行数和全年预算数"),
    fails("execution.goal_table", "与年初预算数不同", goal_table_total("11000000.00", "5000000.00", "4900000.00"),
          "warning 预算执行!D4",
          says="绩效目标表总体资金合计 11000000元（折合 1100万元），年初预算数合计 1000万元，相差 100万元（9.09%）。"),
    fails("execution.goal_table", "没有年初预算数，调整没有说明差额",
          all_of(clear("budget_lines", "initial_budget"), without("adjustments")), "warning 预算执行!E4",
          says="绩效目标表总体资金合计 10000000元（折合 1000万元），全年预算数合计 1140万元，相差 140万元（14%），“预算调整”表没有说明差额的记录。"),
    silent("execution.goal_table", "没有年初预算数，调整说明了差额", clear("budget_lines", "initial_budget")),
    silent("execution.goal_table", "目标表随预算调整到全年预算数",
           goal_table_total("11400000.00", "5400000.00", "5300000.00")),
    *rounding("execution.goal_table", goal_table_total("10000050.00", "4000050.00", "3900050.00"),
              goal_table_total("10000050.01", "4000050.01", "3900050.01"), "warning 预算执行!D4"),
    lacks("execution.goal_table", block(total=None),
          "不为0的总体资金合计"),
    fails("execution.projects", "项目预算之和超出项目支出", put("projects", 2, annual_budget=wan("211.00")),
          "warning 预算执行!E6",
          says="“项目”表各项目全年预算数相加是 561万元，大于“预算执行”表项目支出的 560万元，多 1万元。"),
    *rounding("execution.projects", put("projects", 2, annual_budget=wan("210.02")),
              put("projects", 2, annual_budget=wan("210.03")), "warning 预算执行!E6"),
    lacks("execution.projects", without("projects"), "项目表的金额"),
)  # fmt: skip

ADJUSTMENTS: tuple[Case, ...] = (
    fails("adjustments.bridge", "一笔追加少填", put("adjustments", 0, amount=wan("140.00")),
          "warning 预算执行!E4", "warning 预算执行!E6",
          says="合计从年初预算数 1000万元 到全年预算数 1140万元，变动 140万元；“预算调整”表 4 笔相加是 130万元，比变动少 10万元。"),
    fails("adjustments.bridge", "一笔都没有填", without("adjustments"), "warning 预算执行!E4",
          says="合计从年初预算数 1000万元 到全年预算数 1140万元，变动 140万元；“预算调整”表没有填。"),
    silent("adjustments.bridge", "没有写支出类别的，只核对合计", clear("adjustments", "part")),
    *rounding("adjustments.bridge", put("adjustments", 0, amount=wan("150.02")),
              put("adjustments", 0, amount=wan("150.03")), "warning 预算执行!E6"),
    lacks("adjustments.bridge", put("adjustments", 1, amount=None),
          "“预算调整”表里合计的每笔金额", "“预算调整”表里基本支出的每笔金额"),
    lacks("adjustments.bridge", clear("budget_lines", "initial_budget"), "合计的年初预算数"),
    fails("adjustments.document", "没有文号", put("adjustments", 1, document_number=""), "warning 预算调整!D5",
          says="“预算调整”表第 5 行调减 10万元，没有填文号。"),
    lacks("adjustments.document", without("adjustments"), "“预算调整”表"),
    fails("adjustments.transfers", "调剂增减不等", transfer_in("31.00", "149.00"), "warning 预算调整!C6",
          says="“预算调整”表调剂增加合计 31万元，调剂减少合计 30万元，两者应当相等。"),
    *rounding("adjustments.transfers", transfer_in("30.01", "149.99"), transfer_in("30.02", "149.98"),
              "warning 预算调整!C6"),
    lacks("adjustments.transfers", put("adjustments", 2, amount=None), "每笔调剂的金额"),
    fails("adjustments.date", "上一年的批复", put("adjustments", 0, approved_on=date(2023, 12, 29)),
          "warning 预算调整!E4",
          says="“预算调整”表第 4 行的批准日期是 2023年12月29日，不在 2024 年。"),
    lacks("adjustments.date", clear("adjustments", "approved_on"), "调整的批准日期"),
)  # fmt: skip

RATES: tuple[Case, ...] = (
    fails("rates.execution", "与账表不同", stated(execution_rate=percent("99.00")), "error 自报结果!B4",
          says="自报预算执行率 99%，按账表计算是 98.29%（以全年预算数 1140万元 为分母）。"),
    fails("rates.execution", "分母用了年初预算", stated(execution_rate=percent("112.05")),
          "warning 自报结果!B4",
          says="自报预算执行率 112.05%，按账表计算是 98.29%（以全年预算数 1140万元 为分母）。自报的数是以年初预算数 1000万元 为分母算出来的。"),
    *rounding("rates.execution", stated(execution_rate=percent("98.3")), stated(execution_rate=percent("98.30")),
              "error 自报结果!B4"),
    lacks("rates.execution", stated(execution_rate=None), "自报预算执行率"),
    fails("rates.carryover", "与账表不同", stated(carryover_rate=percent("2.00")), "warning 自报结果!B6",
          says="自报结转结余率 2%，按账表计算是 1.71%（年末结转加结余；以全年预算数 1140万元 为分母）。"),
    fails("rates.carryover", "没有填结转、结余，以预算减执行代替",
          all_of(clear("budget_lines", "carried_over", "surplus"), stated(carryover_rate=percent("2.00"))),
          "warning 自报结果!B6",
          says="自报结转结余率 2%，按账表计算是 1.71%（没有填年末结转、结余，以全年预算数减执行数代替；以全年预算数 1140万元 为分母）。"),
    *rounding("rates.carryover", stated(carryover_rate=percent("1.7")), stated(carryover_rate=percent("1.70")),
              "warning 自报结果!B6"),
    lacks("rates.carryover", stated(carryover_rate=None), "自报结转结余率"),
    lacks("rates.carryover", line(TOTAL, surplus=None), "年末结余"),
    fails("rates.carryover_amount", "与账表不同", stated(carryover_amount=wan("21.00")),
          "warning 自报结果!B5",
          says="自报年末结转结余 21万元，“预算执行”表合计行是 19.5万元（年末结转加结余）。"),
    *rounding("rates.carryover_amount", stated(carryover_amount=wan("19.51")), stated(carryover_amount=wan("19.52")),
              "warning 自报结果!B5"),
    lacks("rates.carryover_amount", stated(carryover_amount=None), "自报年末结转结余金额"),
    lacks("rates.carryover_amount", line(TOTAL, surplus=None), "年末结余"),
    fails("rates.final_accounts", "与账表不同", stated(final_accounts=wan("1130.00")), "error 自报结果!B8",
          says="自报决算数 1130万元，“预算执行”表决算数合计是 1120.5万元。"),
    fails("rates.final_accounts", "没有填决算数，与执行数比",
          all_of(clear("budget_lines", "final_accounts"), stated(final_accounts=wan("1130.00"))),
          "warning 自报结果!B8",
          says="自报决算数 1130万元，“预算执行”表执行数合计是 1120.5万元。"),
    *rounding("rates.final_accounts", stated(final_accounts=wan("1120.51")), stated(final_accounts=wan("1120.52")),
              "error 自报结果!B8"),
    lacks("rates.final_accounts", stated(final_accounts=None), "自报决算数"),
    fails("rates.variance", "与账表不同", stated(budget_final_variance=percent("12.50")),
          "error 自报结果!B7",
          says="自报预决算差异率 12.5%，以年初预算数 1000万元 为基数计算是 12.05%。"),
    fails("rates.variance", "基数用了全年预算", stated(budget_final_variance=percent("-1.71")),
          "warning 自报结果!B7",
          says="自报预决算差异率 -1.71%，以年初预算数 1000万元 为基数计算是 12.05%。自报的数只有以调整后的全年预算数 1140万元 为基数才成立。"),
    fails("rates.variance", "正负号相反", stated(budget_final_variance=percent("-12.05")),
          "warning 自报结果!B7",
          says="自报预决算差异率 -12.05%，以年初预算数 1000万元 为基数计算是 12.05%。两数大小相同，正负号相反。"),
    *rounding("rates.variance", stated(budget_final_variance=percent("12.1")),
              stated(budget_final_variance=percent("12.06")), "error 自报结果!B7"),
    lacks("rates.variance", stated(budget_final_variance=None), "自报预决算差异率"),
    lacks("rates.variance", no_initial_budget, "不为 0 的年初预算数"),
    fails("rates.implied_budget", "没有年初预算数，由差异率倒推", no_initial_budget, "warning 预算执行!D4",
          says="自报预决算差异率 12.05%，由此倒推年初预算数约为 1000.00万元（在 999.95万元至1000.05万元 之间），工作簿里没有填年初预算数，无法核对。"),
    lacks("rates.implied_budget", all_of(no_initial_budget, stated(budget_final_variance=None)),
          "自报预决算差异率"),
    lacks("rates.implied_budget", all_of(no_initial_budget, stated(budget_final_variance=percent("-100"))),
          "大于 -100% 的自报预决算差异率"),
)  # fmt: skip


def typed(table, unit, *names, rows=None):
    """Amounts of a table typed in the other unit: the digits of 元 in a column of 万元, or of 万元 in a column of 元."""

    def other(value):
        number = value.value * 10000 if unit == "元" else value.value / 10000
        return figure(f"{number:f}", value.unit.symbol)

    def is_amount(value):
        return isinstance(value, Figure) and value.value and value.unit.dimension is Dimension.MONEY

    def one_row(one):
        fields = names or one.__dataclass_fields__
        values = {name: getattr(one, name) for name in fields}
        return replace(one, **{name: other(value) for name, value in values.items() if is_amount(value)})

    def damage(year):
        given = getattr(year, table)
        if not isinstance(given, tuple):
            return replace(year, **{table: one_row(given)})
        changed = tuple(one_row(one) if rows is None or at in rows else one for at, one in enumerate(given))
        return replace(year, **{table: changed})

    return damage


def no_amounts(year):
    """Not one amount of money."""
    year = without("budget_lines", "adjustments", "projects", "sub_items", "payments", "monitoring")(year)
    return replace(
        year, fund_block=FundBlock(), stated=replace(year.stated, final_accounts=None, carryover_amount=None)
    )


SLIPS: tuple[Case, ...] = (
    fails("slips.unit", "一格按元填", typed("projects", "元", "executed", rows=[0]), "error 项目!H4",
          says="“项目”表“执行数”填的是 1980000万元，与年初预算数 180万元差了约一万倍，像是按元填的：除以 10000 是 198万元。"),
    fails("slips.unit", "一个项目整行按元填，只有总数可比", typed("projects", "元", rows=[1]), "error 项目!F5",
          says="“项目”表第 5 行的 3 个金额都像是按元填的：例如“年初预算数”1200000万元 除以 10000 是 120万元。"),
    fails("slips.unit", "整张表按元填，只说一次", typed("projects", "元"), "error 项目!F4",
          says="“项目”表的 9 个金额都像是按元填的：例如“年初预算数”1800000万元 除以 10000 是 180万元。"),
    fails("slips.unit", "一列按元填", typed("projects", "元", "executed"), "error 项目!H4",
          says="“项目”表“执行数”列的 3 个金额都像是按元填的：例如“执行数”1980000万元 除以 10000 是 198万元。"),
    fails("slips.unit", "预算执行表按元填", typed("budget_lines", "元"), "error 预算执行!D4"),
    fails("slips.unit", "结转按元填", typed("budget_lines", "元", "carried_over", rows=[0]), "error 预算执行!H4"),
    fails("slips.unit", "各月支付按元填", typed("payments", "元"), "error 支付进度!C4"),
    fails("slips.unit", "调整按元填", typed("adjustments", "元"), "error 预算调整!C4"),
    fails("slips.unit", "自报的决算数按元填", typed("stated", "元", "final_accounts"), "error 自报结果!B8"),
    fails("slips.unit", "目标表按万元填", typed("fund_block", "万元"), "error 总体资金!B4",
          says="“总体资金”表的 7 个金额都像是按万元填的：例如“总体资金合计”1000元 乘以 10000 是 10000000元。"),
    fails("slips.unit", "子项按万元填", typed("sub_items", "万元"), "error 子项任务!D4"),
    fails("slips.unit", "一个子项的支付按万元填", typed("sub_items", "万元", "paid", rows=[2]), "error 子项任务!E6",
          says="“子项任务”表“支付金额”填的是 140元，与预算金额 1500000元差了约一万倍，像是按万元填的：乘以 10000 是 1400000元。"),
    silent("slips.unit", "单位写在数字后面的不算", put("projects", 0, executed=yuan("1980000"))),
    lacks("slips.unit", no_amounts, "可以互相比较的金额"),
)  # fmt: skip

CASES = (*SLIPS, *FUND, *EXECUTION, *ADJUSTMENTS, *RATES)
