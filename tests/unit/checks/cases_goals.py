"""绩效目标、指标表、指标值。"""

from decimal import Decimal

from jiheng.model import Comparator, Direction

from .case import Case, actual, all_of, clear, fails, lacks, put, repeat, rounding, silent, stated, without
from .right_year import figure, percent, wan

(ROADS, CLEAN, TIMELY, COST, SERVICES, FEELING, GREEN, SATISFIED, SITES, ACCEPTED, COVERED) = range(11)
NO_INDICATORS = without("indicators")


def indicator(row, **values):
    """Change one indicator."""
    return put("indicators", row, **values)


def target(row, figure):
    """Another target, its words and its unit with it."""
    return put("indicators", row, target=figure, target_text=figure.text, unit=figure.unit.symbol)


def no_benefit(year):
    """The department's table has no 效益指标."""
    moved = {"dimension": "产出指标", "category": "质量指标"}
    return all_of(indicator(FEELING, **moved), indicator(GREEN, **moved))(year)


def no_actuals(year):
    """No actual and no score: the year before its end."""
    return all_of(clear("indicators", "actual"), stated(score=None))(year)


def words(text):
    """A qualitative target in words of its own, no scale."""
    return indicator(FEELING, scale="", target_text=text, target_level=text)


def as_filled(target_text, actual_text):
    """A target and an actual that no plan would hit by chance."""
    return all_of(target(ROADS, figure(target_text, "条")), actual(ROADS, value=figure(actual_text, "条")))


GOALS: tuple[Case, ...] = (
    fails("goals.weights", "合计超出", indicator(ROADS, weight=Decimal(25)), "error 绩效指标!I4",
          says="部门整体的 8 个指标权重合计 105，应为 100，多 5。"),
    fails("goals.weights", "项目指标合计不足", indicator(COVERED, weight=Decimal(15)), "error 绩效指标!I12",
          says="项目“X02”的 3 个指标权重合计 85，应为 100（留 10 分给预算执行率的为 90）。"),
    fails("goals.weights", "没有填全，已经超出",
          all_of(indicator(ROADS, weight=None), indicator(CLEAN, weight=Decimal(50))),
          "error 绩效指标!I4", "goals.weight_missing warning 绩效指标!I4",
          says="部门整体的 7 个指标权重合计 115，应为 100，多 15。"),
    fails("goals.weights", "部门整体指标误填了所属项目", indicator(SATISFIED, project="X01"),
          "error 绩效指标!I4", "error 绩效指标!I11", "goals.required_dimensions warning 绩效指标!C11",
          "goals.required_dimensions warning 绩效指标!C11",
          says="部门整体的 7 个指标权重合计 85，应为 100，少 15。"),
    silent("goals.weights", "项目指标合计 100", indicator(COVERED, weight=Decimal(30))),
    silent("goals.weights", "一个项目不用权重",
           all_of(*(indicator(row, weight=None) for row in (SITES, ACCEPTED, COVERED)))),
    lacks("goals.weights", indicator(CLEAN, weight=None), "部门整体每个指标的权重"),
    lacks("goals.weights", clear("indicators", "weight"), "部门整体绩效指标的权重"),
    fails("goals.weight_missing", "一个没有填", indicator(CLEAN, weight=None), "warning 绩效指标!I5",
          says="部门整体有 1 个指标没有填权重：道路保洁达标率。"),
    lacks("goals.weight_missing", clear("indicators", "weight"), "指标的权重"),
    fails("goals.required_dimensions", "没有效益指标", no_benefit, "warning 绩效指标!C4",
          says="部门整体的指标里没有“效益指标”。"),
    silent("goals.required_dimensions", "效果指标也是效益指标",
           all_of(indicator(FEELING, dimension="效果指标"), indicator(GREEN, dimension="效果"))),
    lacks("goals.required_dimensions", clear("indicators", "dimension"),
          "部门整体指标的一级指标", "项目“X02”指标的一级指标"),
    fails("goals.category_place", "社会效益列在产出之下", indicator(CLEAN, category="社会效益指标"),
          "hint 绩效指标!D5",
          says="“道路保洁达标率”的二级指标是“社会效益指标”，列在“产出指标”之下，一般列在“效益指标”之下。"),
    silent("goals.category_place", "成本列在产出之下或自成一级", indicator(COST, dimension="成本指标")),
    silent("goals.category_place", "没有见过的二级指标", indicator(CLEAN, category="其他")),
    lacks("goals.category_place", clear("indicators", "category"), "指标的二级指标"),
    fails("goals.three_parts", "少一部分", put("goals", 0, content=""), "hint 总体目标!D4",
          says="总体目标“M1”没有写主要内容。"),
    lacks("goals.three_parts", without("goals"), "“总体目标”表"),
    fails("goals.duties_linked", "一条职责没有对应", repeat("duties", 1, code="Z3", text="综合执法"),
          "hint 部门职责!A6",
          says="职责“Z3”没有总体目标、指标、项目或重点任务与它对应。"),
    lacks("goals.duties_linked", without("duties"), "部门职责"),
)  # fmt: skip

TARGETS: tuple[Case, ...] = (
    fails("targets.missing", "空着", indicator(ROADS, target=None, target_text=""), "warning 绩效指标!G4",
          says="指标“保洁道路条数”没有填指标值。"),
    lacks("targets.missing", NO_INDICATORS, "“绩效指标”表"),
    fails("targets.unmeasurable", "明显提升", words("明显提升"), "hint 绩效指标!G9",
          says="指标“居民获得感”的目标是“明显提升”，不是等级，年底难以判断是否完成。"),
    silent("targets.unmeasurable", "年底能判断", words("建成并投入使用")),
    lacks("targets.unmeasurable", NO_INDICATORS, "“绩效指标”表"),
    fails("targets.whole_scale", "整个等级制", indicator(FEELING, target_level=""), "hint 绩效指标!G9",
          says="指标“居民获得感”的目标写的是整个等级制“优良中低差”，没有写要达到哪一级。"),
    fails("targets.whole_scale", "等级名不止一个字",
          all_of(indicator(FEELING, target_level="", scale="达成程度", target_text="达成、部分达成、未达成"),
                 actual(FEELING, level="达成")),
          "hint 绩效指标!G9",
          says="指标“居民获得感”的目标写的是整个等级制“达成、部分达成、未达成”，没有写要达到哪一级。"),
    lacks("targets.whole_scale", NO_INDICATORS, "“绩效指标”表"),
    fails("targets.no_unit", "没有单位", target(ROADS, figure("24")), "warning 绩效指标!H4",
          says="指标“保洁道路条数”的指标值是 24，没有填度量单位。"),
    lacks("targets.no_unit", NO_INDICATORS, "“绩效指标”表"),
    fails("targets.unit_unlike_name", "合格率以条计", indicator(ROADS, name="保洁道路合格率"),
          "warning 绩效指标!H4",
          says="指标“保洁道路合格率”看名称是比率，度量单位却是“条”。"),
    silent("targets.unit_unlike_name", "人次以次计",
           all_of(indicator(ROADS, name="服务人次", history=None), target(ROADS, figure("24", "次")),
                  actual(ROADS, value=figure("24", "次")))),
    silent("targets.unit_unlike_name", "满意度以分计",
           all_of(target(SATISFIED, figure("90", "分")), actual(SATISFIED, value=figure("92.9", "分")),
                  put("surveys", 0, indicators=("I08", "I03")))),
    lacks("targets.unit_unlike_name", NO_INDICATORS, "“绩效指标”表"),
    fails("targets.direction", "以等级为单位", indicator(GREEN, direction=None), "hint 绩效指标!N10",
          says="指标“绿地养护等级”的性质是“=”，目标 3级，没有说明高于目标是好还是差。"),
    fails("targets.direction", "与目标不同",
          all_of(indicator(ROADS, comparator=Comparator.EQUAL), actual(ROADS, value=figure("26", "条"))),
          "hint 绩效指标!N4",
          says="指标“保洁道路条数”的性质是“=”，目标 24条，没有说明高于目标是好还是差。"),
    silent("targets.direction", "与目标相同", indicator(ROADS, comparator=Comparator.EQUAL)),
    silent("targets.direction", "100% 只会不足", indicator(TIMELY, direction=None)),
    *rounding("targets.direction",
              all_of(indicator(TIMELY, direction=None), target(TIMELY, percent("97.5")),
                     actual(TIMELY, value=percent("97"))),
              all_of(indicator(TIMELY, direction=None), target(TIMELY, percent("97.6")),
                     actual(TIMELY, value=percent("97"))),
              "hint 绩效指标!N6"),
    lacks("targets.direction", NO_INDICATORS, "“绩效指标”表"),
    fails("targets.direction_contrary", "≥ 却越低越好", indicator(ROADS, direction=Direction.LOWER),
          "warning 绩效指标!N4",
          says="指标“保洁道路条数”的性质是“≥”，指标方向却选了“越低越好”，两者矛盾。"),
    fails("targets.direction_contrary", "≤ 却越高越好", indicator(COST, direction=Direction.HIGHER),
          "warning 绩效指标!N7",
          says="指标“道路保洁成本”的性质是“≤”，指标方向却选了“越高越好”，两者矛盾。"),
    lacks("targets.direction_contrary", NO_INDICATORS, "“绩效指标”表"),
    fails("targets.equal_actual", "完全相同", as_filled("2467", "2467"), "hint 绩效指标!G4",
          says="指标“保洁道路条数”的目标 2467条 与实际 2467条 完全相同，像是照实际值填的。"),
    silent("targets.equal_actual", "写明了依据", all_of(as_filled("2467", "2467"), indicator(ROADS, basis="合同数"))),
    silent("targets.equal_actual", "整数", as_filled("2400", "2400")),
    silent("targets.equal_actual", "三年不是零头",
           all_of(target(ROADS, figure("3", "年")), actual(ROADS, value=figure("3", "年")),
                  indicator(ROADS, history=None))),
    *rounding("targets.equal_actual", as_filled("2467", "2470"), as_filled("2467", "2469"), "hint 绩效指标!G4"),
    lacks("targets.equal_actual", no_actuals, "指标的实际完成值"),
    fails("targets.below_history", "比上年低", indicator(ROADS, history=figure("25", "条")),
          "hint 绩效指标!G4",
          says="指标“保洁道路条数”的目标 ≥24条，比历史值 25条 还低。"),
    fails("targets.below_history", "成本比上年高", indicator(COST, history=wan("190.00")),
          "hint 绩效指标!G7",
          says="指标“道路保洁成本”的目标 ≤200万元，比历史值 190万元 还高。"),
    silent("targets.below_history", "需求驱动", indicator(ROADS, history=figure("25", "条"), demand_driven=True)),
    *rounding("targets.below_history",
              all_of(target(CLEAN, percent("94.5")), indicator(CLEAN, history=percent("95"))),
              all_of(target(CLEAN, percent("94.4")), indicator(CLEAN, history=percent("95"))), "hint 绩效指标!G5"),
    lacks("targets.below_history", clear("indicators", "history"), "指标的历史值"),
    fails("targets.one_percent", "1%", target(TIMELY, figure("1", "%")), "hint 绩效指标!G6",
          says="指标“诉求办理及时率”的目标写的是 =1%，是否想写 100%？"),
    silent("targets.one_percent", "写明 1%", target(TIMELY, percent("1"))),
    lacks("targets.one_percent", NO_INDICATORS, "“绩效指标”表"),
    fails("targets.above_whole", "达标率 101%", actual(CLEAN, value=percent("101")), "error 绩效指标!J5",
          says="指标“道路保洁达标率”的实际完成值是 101%，这类比率不会超过 100%。"),
    silent("targets.above_whole", "完成率可以超过 100%",
           all_of(indicator(CLEAN, name="保洁任务完成率"), actual(CLEAN, value=percent("101")))),
    *rounding("targets.above_whole", actual(CLEAN, value=percent("100")), actual(CLEAN, value=percent("100.1")),
              "error 绩效指标!J5"),
    lacks("targets.above_whole", NO_INDICATORS, "“绩效指标”表"),
)  # fmt: skip

CASES = (*GOALS, *TARGETS)
