"""实际完成值、自评分、满意度。"""

from dataclasses import replace
from decimal import Decimal

from jiheng.model import Actual, Comparator, Direction, ProjectStatus
from jiheng.values import Bound

from .case import Case, actual, all_of, clear, fails, lacks, put, rounding, silent, stated, without
from .cases_goals import (
    CLEAN,
    COST,
    FEELING,
    GREEN,
    ROADS,
    SATISFIED,
    SERVICES,
    SITES,
    TIMELY,
    indicator,
    no_actuals,
    target,
)
from .cases_money import OTHER, TOTAL, line
from .right_year import figure, percent, wan


def score(value):
    """Another stated score."""
    return stated(score=Decimal(value))


def everything_spent(year):
    """All of the budget executed, nothing carried over."""
    amounts = ("1140.00", "560.00", "560.00", "20.00")
    none = {"carried_over": wan("0"), "surplus": wan("0")}
    lines = [line(at, executed=wan(a), final_accounts=wan(a), **none) for at, a in enumerate(amounts)]
    details = [line(at, executed=wan(a)) for at, a in enumerate(("500", "60", "300", "260"), start=4)]
    rates = stated(execution_rate=percent("100"), carryover_amount=wan("0"), carryover_rate=percent("0"),
                   budget_final_variance=percent("14.00"), final_accounts=wan("1140.00"))  # fmt: skip
    return all_of(*lines, *details, rates, without("passages"))(year)


NOT_DONE = put("projects", 1, status=ProjectStatus.NOT_DONE)


def nearly_spent(total, other):
    """Everything spent but a little of 其他支出, one project not done."""
    return all_of(everything_spent, line(TOTAL, executed=wan(total)), line(OTHER, executed=wan(other)), NOT_DONE)


def survey(**values):
    """Change the survey."""
    return put("surveys", 0, **values)


def rounded_survey(satisfied):
    """A survey whose rate is given without decimals."""
    return survey(satisfied=Decimal(satisfied), satisfaction=percent("93"))


def no_satisfaction(year):
    """Not a word of satisfaction anywhere."""
    renamed = indicator(SATISFIED, dimension="效益指标", category="社会效益指标", name="居民参与率")
    return all_of(renamed, without("surveys"), stated(satisfaction=None))(year)


ACTUALS: tuple[Case, ...] = (
    fails("actuals.missing_against_score", "一个没有填", indicator(ROADS, actual=None),
          "warning 自报结果!B9", "actuals.missing hint 绩效指标!J4",
          says="8 个指标中有 1 个没有实际完成值，涉及权重 20（总权重 100），而自评分为 92.5 分：保洁道路条数。"),
    fails("actuals.missing_against_score", "一个都没有填，却有得分", clear("indicators", "actual"),
          "warning 自报结果!B9",
          says="8 个指标中有 8 个没有实际完成值，涉及权重 100（总权重 100），而自评分为 92.5 分：保洁道路条数、道路保洁达标率、诉求办理及时率、道路保洁成本、便民服务事项数量、居民获得感、绿地养护等级、辖区居民满意度。"),
    fails("actuals.missing_against_score", "还没有打分", all_of(indicator(ROADS, actual=None), stated(score=None)),
          "hint 绩效指标!J4", "actuals.missing hint 绩效指标!J4",
          says="8 个指标中有 1 个没有实际完成值，涉及权重 20（总权重 100）：保洁道路条数。"),
    silent("actuals.missing_against_score", "90%以上是下限，也是完成值",
           actual(CLEAN, value=replace(percent("96"), text="96%以上", bound=Bound.AT_LEAST))),
    lacks("actuals.missing_against_score", no_actuals, "部门整体绩效指标的实际完成值"),
    fails("actuals.missing", "项目指标空着", indicator(SITES, actual=None), "hint 绩效指标!J12",
          says="指标“装修站点个数”（目标 ≥3个）没有实际完成值。"),
    fails("actuals.missing", "写的是话", indicator(SITES, actual=Actual(text="按时完成")),
          "warning 绩效指标!J12",
          says="指标“装修站点个数”（目标 ≥3个）没有实际完成值：“按时完成”不是数值，也不是等级。"),
    fails("actuals.missing", "写的是话，还没有打分",
          all_of(indicator(SITES, actual=Actual(text="按时完成")), stated(score=None)), "hint 绩效指标!J12"),
    lacks("actuals.missing", no_actuals, "指标的实际完成值"),
    fails("actuals.not_on_scale", "别的等级制", actual(FEELING, level="达成", text="达成"),
          "warning 绩效指标!J9",
          says="指标“居民获得感”的等级制是“优良中低差”，实际完成值却是“达成”。"),
    lacks("actuals.not_on_scale", indicator(FEELING, actual=None), "定性指标的实际完成等级"),
    fails("actuals.other_unit", "条与次", actual(ROADS, value=figure("24", "次")), "warning 绩效指标!J4",
          says="指标“保洁道路条数”的目标是 24条，实际完成值却是 24次，单位不是一类，无法比较。"),
    fails("actuals.other_unit", "两个没有见过的单位",
          all_of(target(ROADS, figure("24", "网格")), actual(ROADS, value=figure("24", "亩"))),
          "warning 绩效指标!J4",
          says="指标“保洁道路条数”的目标是 24网格，实际完成值却是 24亩，单位不是一类，无法比较。"),
    lacks("actuals.other_unit", no_actuals, "指标的实际完成值"),
    fails("actuals.unmet_without_reason", "没有达到", actual(ROADS, value=figure("20", "条")),
          "warning 绩效指标!J4",
          says="指标“保洁道路条数”的目标是 ≥24条，实际 20条，没有完成，也没有写偏差原因。"),
    fails("actuals.unmet_without_reason", "等级不到", actual(FEELING, level="良", text="良"),
          "warning 绩效指标!J9",
          says="指标“居民获得感”的目标是 定性：优，实际 良，没有完成，也没有写偏差原因。"),
    fails("actuals.unmet_without_reason", "超出成本上限", actual(COST, value=wan("203.00")),
          "warning 绩效指标!J7",
          says="指标“道路保洁成本”的目标是 ≤200万元，实际 203万元，没有完成，也没有写偏差原因。"),
    fails("actuals.unmet_without_reason", "大于不是不小于", indicator(ROADS, comparator=Comparator.MORE_THAN),
          "warning 绩效指标!J4",
          says="指标“保洁道路条数”的目标是 >24条，实际 24条，没有完成，也没有写偏差原因。"),
    fails("actuals.unmet_without_reason", "=3级，4级更差",
          all_of(indicator(GREEN, direction=Direction.LOWER), actual(GREEN, value=figure("4", "级"))),
          "warning 绩效指标!J10",
          says="指标“绿地养护等级”的目标是 =3级，实际 4级，没有完成，也没有写偏差原因。"),
    fails("actuals.unmet_without_reason", "100% 不足，不必说方向",
          all_of(indicator(TIMELY, direction=None), actual(TIMELY, value=percent("98"))),
          "warning 绩效指标!J6",
          says="指标“诉求办理及时率”的目标是 =100%，实际 98%，没有完成，也没有写偏差原因。"),
    silent("actuals.unmet_without_reason", "=3级，4级更好",
           all_of(indicator(GREEN, direction=Direction.HIGHER), actual(GREEN, value=figure("4", "级")))),
    silent("actuals.unmet_without_reason", "写了原因", actual(ROADS, value=figure("20", "条"), deviation_note="封路施工")),
    *rounding("actuals.unmet_without_reason",
              all_of(target(CLEAN, percent("95.5")), actual(CLEAN, value=percent("95"))),
              all_of(target(CLEAN, percent("95.6")), actual(CLEAN, value=percent("95"))), "warning 绩效指标!J5"),
    lacks("actuals.unmet_without_reason", no_actuals, "指标的实际完成值"),
    fails("actuals.far_above", "超出三成以上", actual(SERVICES, value=figure("80", "项")),
          "hint 绩效指标!J8",
          says="指标“便民服务事项数量”的目标是 ≥60项，实际 80项，超出较多，没有写原因。"),
    silent("actuals.far_above", "由来件决定",
           all_of(actual(SERVICES, value=figure("80", "项")), indicator(SERVICES, demand_driven=True))),
    silent("actuals.far_above", "写了原因", actual(SERVICES, value=figure("80", "项"), deviation_note="新增两处站点")),
    *rounding("actuals.far_above", actual(SERVICES, value=figure("78", "项")),
              actual(SERVICES, value=figure("79", "项")), "hint 绩效指标!J8"),
    lacks("actuals.far_above", no_actuals, "指标的实际完成值"),
)  # fmt: skip

SCORES: tuple[Case, ...] = (
    fails("scores.full_with_unfinished", "自报有没有完成的项目", score(100), "warning 自报结果!B9",
          says="整体绩效自评分 100分，是满分，但有 1 个项目没有完成或自评为 0 分，见自报未完成项目数（自评项目共 3 个）。"),
    fails("scores.full_with_unfinished", "项目表有没有完成的项目", all_of(score(100), NOT_DONE),
          "warning 自报结果!B9",
          says="整体绩效自评分 100分，是满分，但有 1 个项目没有完成或自评为 0 分：“社区服务站装修”未完成（自评项目共 3 个）。"),
    silent("scores.full_with_unfinished", "部分完成的不算没有完成", all_of(score(100), stated(unfinished_projects=Decimal(0)))),
    lacks("scores.full_with_unfinished", stated(score=None),
          "自报整体绩效自评分"),
    fails("scores.full_execution_with_unfinished", "钱花完了，事没有做完", all_of(everything_spent, NOT_DONE),
          "warning 预算执行!F4",
          says="有 1 个项目没有完成：“社区服务站装修”未完成，但预算全部执行（1140万元），年末结转结余为 0。"),
    fails("scores.full_execution_with_unfinished", "结转结余没有填",
          all_of(everything_spent, NOT_DONE, clear("budget_lines", "carried_over", "surplus"),
                 stated(carryover_amount=None)), "warning 预算执行!F4",
          says="有 1 个项目没有完成：“社区服务站装修”未完成，但预算全部执行（1140万元），年末结转结余没有填。"),
    silent("scores.full_execution_with_unfinished", "有结转", NOT_DONE),
    silent("scores.full_execution_with_unfinished", "都做完了", everything_spent),
    *rounding("scores.full_execution_with_unfinished", nearly_spent("1139.98", "19.98"),
              nearly_spent("1139.99", "19.99"), "warning 预算执行!F4"),
    lacks("scores.full_execution_with_unfinished",
          all_of(clear("projects", "status"), without("self_evaluations")), "项目的完成情况或自评总分"),
    fails("scores.project_sum", "总分不等", put("self_evaluations", 0, total=Decimal("98.9")),
          "error 项目自评!I4",
          says="项目“X01”自评总分 98.9，但预算执行率得分 9.9、产出指标得分 50、效益指标得分 28、满意度指标得分 10 相加是 97.9。"),
    silent("scores.project_sum", "一部分没有填", put("self_evaluations", 0, satisfaction_score=None)),
    lacks("scores.project_sum", clear("self_evaluations", "total"), "项目自评的总分"),
    fails("scores.range", "105 分", score(105), "error 自报结果!B9",
          says="整体绩效自评得分 105，不在 0 到 100 之间。"),
    lacks("scores.range", all_of(stated(score=None), clear("self_evaluations", "total")), "自评得分"),
    fails("scores.grade", "良", stated(grade="良"), "error 自报结果!B10",
          says="整体绩效自评得分 92.5，等级写“良”，按分数应为“优”。"),
    fails("scores.grade", "89.99 分不是优", score("89.99"), "error 自报结果!B10",
          says="整体绩效自评得分 89.99，等级写“优”，按分数应为“良”。"),
    fails("scores.grade", "项目自评", put("self_evaluations", 1, grade="优"), "error 项目自评!J5",
          says="项目“X02”自评得分 84.33，等级写“优”，按分数应为“良”。"),
    silent("scores.grade", "90 分是优", score(90)),
    silent("scores.grade", "没有见过的等级", stated(grade="A")),
    lacks("scores.grade", all_of(clear("stated", "grade"), clear("self_evaluations", "grade")), "等级"),
    fails("scores.project_count", "个数不同", stated(evaluated_projects=Decimal(5)), "hint 自报结果!B11",
          says="自报开展自评的项目 5 个，“项目自评”表列了 3 个。"),
    lacks("scores.project_count", stated(evaluated_projects=None), "自报的自评项目数"),
)  # fmt: skip

SATISFACTION: tuple[Case, ...] = (
    fails("satisfaction.no_survey", "没有对应的调查", survey(indicators=()), "warning 绩效指标!J11",
          says="指标“辖区居民满意度”的实际完成值是 92.9%，没有对应的满意度调查（样本、有效问卷、结果）。"),
    fails("satisfaction.no_survey", "90%以上也要调查",
          all_of(survey(indicators=()), actual(SATISFIED, value=replace(percent("90"), text="90%以上", bound=Bound.AT_LEAST))),
          "warning 绩效指标!J11",
          says="指标“辖区居民满意度”的实际完成值是 90%以上，没有对应的满意度调查（样本、有效问卷、结果）。"),
    lacks("satisfaction.no_survey", indicator(SATISFIED, actual=None), "满意度指标的实际完成值"),
    fails("satisfaction.stated_no_survey", "没有调查", without("surveys"),
          "warning 自报结果!B13", "satisfaction.no_survey warning 绩效指标!J11",
          says="自报服务对象满意度 92.9%，“满意度调查”表里没有任何有效调查。"),
    lacks("satisfaction.stated_no_survey", stated(satisfaction=None), "自报服务对象满意度"),
    fails("satisfaction.none", "没有任何满意度数据", no_satisfaction, "warning 基本信息!B4",
          says="工作簿里没有任何满意度数据：没有满意度指标，没有调查，也没有自报满意度。"),
    lacks("satisfaction.none", clear("budget_lines", "executed"), "执行数"),
    fails("satisfaction.counts", "有效多于发放", survey(issued=Decimal(470)), "error 满意度调查!I4",
          says="调查“居民满意度调查”有效份数 480 份，多于发放份数 470 份。"),
    lacks("satisfaction.counts", clear("surveys", "issued", "satisfied"), "调查的发放份数或满意份数"),
    fails("satisfaction.rate", "与份数不符", survey(satisfied=Decimal(450)), "warning 满意度调查!K4",
          says="调查“居民满意度调查”的满意率 92.9%，按份数计算是 93.75%。"),
    *rounding("satisfaction.rate", rounded_survey(444), rounded_survey(443), "warning 满意度调查!K4"),
    lacks("satisfaction.rate", survey(valid=None), "调查的有效份数"),
    fails("satisfaction.survey_differs", "与调查不同", actual(SATISFIED, value=percent("95.0")),
          "warning 绩效指标!J11",
          says="指标“辖区居民满意度”的实际完成值是 95%，对应的调查“居民满意度调查”的满意率是 92.9%。"),
    *rounding("satisfaction.survey_differs", actual(SATISFIED, value=percent("93")),
              actual(SATISFIED, value=percent("94")), "warning 绩效指标!J11"),
    lacks("satisfaction.survey_differs", survey(satisfaction=None), "调查的满意率"),
)  # fmt: skip

CASES = (*ACTUALS, *SCORES, *SATISFACTION)
