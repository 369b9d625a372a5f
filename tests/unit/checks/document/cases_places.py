"""The same thing twice, tables, forms, years, what is wanting."""

from .case import BUDGET, REPORT, Case

TABLE = """
支出决算表
单位：万元
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| 205 | 教育支出 | {total} | 30.00 | 70.00 |
| 20502 | 普通教育 | 100.00 | 30.00 | 70.00 |
| 2050201 | 学前教育 | 40.00 | 10.00 | 30.00 |
| 2050202 | 小学教育 | {part} | 20.00 | 40.00 |
| 合计 |  | 100.00 | 30.00 | 70.00 |
"""
ITEM = "1、教育支出（类）普通教育（款）小学教育（项）。年初预算为70.00万元，支出决算为{now}万元。决算数小于预算数的主要原因：学生减少。"
TWO_SIDES = """
收入支出决算总表
单位：万元
| 项目 | 决算数 | 项目 | 决算数 |
| 一、财政拨款收入 | 90.00 | 一、教育支出 | 80.00 |
| 二、其他收入 | 10.00 | 二、卫生健康支出 | 18.00 |
| 本年收入合计 | 100.00 | 本年支出合计 | {spent} |
| 年初结转和结余 | 5.00 | 年末结转和结余 | {left} |
| 总计 | 105.00 | 总计 | {all} |
"""
SURVEYS = """
满意度调查情况
| 调查名称 | 发放（份） | 有效（份） | 满意（份） | 满意率 |
| 居民调查 | 100 | 80 | 72 | 90% |
| 商户调查 | 100 | 50 | 40 | {rate} |
| 学生调查 | 100 | 90 | 81 | 90% |
"""
SCORE_FORM = """
| 项目名称 | 河道清淤 |  |  |  |  |
| 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
| 产出指标 | 清淤长度 | ≥3公里 | 3.2公里 | 60 | 60 |
| 效益指标 | 投诉下降率 | ≥10% | 8% | 40 | {score} |
| 总分 |  |  |  | 100 | 92 |
"""

LIST = """
公开项目清单
| 序号 | 项目名称 | 预算数（万元） | 满意率 |
| 1 | 甲路修缮 | 10.00 | 90% |
| 2 | 乙路修缮 | 20.00 | 91% |
| 3 | 丙路修缮 | 30.00 | {rate} |
| {number} | {name} | {budget} | 93% |
| 5 | 戊路修缮 | 50.00 | 94% |
"""

GOALS = """
附件1 绩效目标表
| 三级指标 | 指标值 | 实际完成值 |
| 上门助浴服务人次 | ≥3200人次 | 3260人次 |
| 噪声扰民投诉量下降率 | ≥8% | 9.4% |
| 物业费收缴率 | ≥90% | 92.5% |
| 纠纷调解成功率 | ≥95% | 96.2% |
| 网格巡查覆盖率 | ≥98% | 99% |"""

CASES = [
    # --- lists
    Case("list", LIST.format(number=4, name="丁路修缮", budget="40.00", rate="92%")),
    Case(
        "a number left out",
        LIST.format(number=3, name="丁路修缮", budget="40.00", rate="92%"),
        ("document.row_numbers warning",) * 2,
    ),
    Case(
        "a row copied",
        LIST.format(number=4, name="丙路修缮", budget="30.00", rate="93%"),
        ("document.row_twice warning",),
    ),
    Case(
        "a sign left out",
        LIST.format(number=4, name="丁路修缮", budget="40.00", rate="92"),
        ("document.percent_missing warning",),
        expected="92%",
    ),
    Case(
        "columns of a list and their total",
        "项目支出预算数150.00万元，项目支出执行数141.00万元。\n| 项目名称 | 全年预算数（万元） | 执行数（万元） |\n"
        "| 甲路修缮 | 10.00 | 9.00 |\n| 乙路修缮 | 40.00 | 38.00 |\n| 丙路修缮 | 30.00 | 28.00 |\n| 丁路修缮 | 70.00 | 68.00 |",
        ("document.sum error",),
        title=REPORT,
    ),
    # --- tables
    Case("coded table", TABLE.format(total="100.00", part="60.00")),
    Case(
        "a class that its parts do not make",
        TABLE.format(total="110.00", part="60.00"),
        ("document.sum error",),
        expected="100万元",
    ),
    Case("two sides", TWO_SIDES.format(spent="98.00", left="7.00", all="105.00")),
    Case(
        "two sides out of balance",
        TWO_SIDES.format(spent="98.00", left="6.00", all="104.00"),
        ("document.balance error",),
    ),
    Case(
        "a side that does not add up",
        TWO_SIDES.format(spent="97.00", left="8.00", all="105.00"),
        ("document.sum error",),
    ),
    Case("rates of a table", SURVEYS.format(rate="80%"), title=REPORT),
    Case("a rate of a table wrong", SURVEYS.format(rate="85%"), ("document.rate error",), title=REPORT),
    Case("scores of a form", SCORE_FORM.format(score="32"), title="青禾县水务局\n项目支出绩效自评表\n（2023年度）"),
    Case(
        "scores of a form wrong",
        SCORE_FORM.format(score="36"),
        ("document.sum error",),
        title="青禾县水务局\n项目支出绩效自评表\n（2023年度）",
    ),
    # --- twice
    Case("prose and table", TABLE.format(total="100.00", part="60.00") + ITEM.format(now="60.00")),
    Case("prose cuts off", TABLE.format(total="100.00", part="60.00") + ITEM.format(now="60")),
    Case(
        "prose is not the table",
        TABLE.format(total="100.00", part="60.00") + ITEM.format(now="66.00"),
        ("document.text_table warning",),
        expected="60万元",
    ),
    Case(
        "one item, two amounts",
        "1.教育支出（类）普通教育（款）学前教育（项）30.00万元，主要用于幼儿园。2024年当年预算执行数为24.00万元，"
        "2025年预算安排36.00万元，比2024年预算执行数增加25.00%。",
        ("document.change_rate error", "document.item_twice warning"),
        title=BUDGET,
        expected="30万元",
    ),
    Case(
        "items and their total",
        "财政拨款支出60.00万元。财政拨款支出具体如下：\n"
        "1.教育支出（类）普通教育（款）学前教育（项）30.00万元。\n2.教育支出（类）普通教育（款）小学教育（项）20.00万元。\n"
        "3.教育支出（类）普通教育（款）初中教育（项）10.00万元。",
        title=BUDGET,
    ),
    Case(
        "items beyond their total",
        "财政拨款支出60.00万元。财政拨款支出具体如下：\n"
        "1.教育支出（类）普通教育（款）学前教育（项）30.00万元。\n2.教育支出（类）普通教育（款）小学教育（项）20.00万元。\n"
        "3.教育支出（类）普通教育（款）初中教育（项）100.00万元。",
        ("document.sum error",),
        title=BUDGET,
        cause="多打、少打了一位数字，或相邻两位颠倒",
    ),
    Case(
        "three places, one differs",
        "（一）决算数296.50万元。\n（二）决算数296.50万元，完成较好。\n（三）决算数269.50万元。",
        ("document.text_twice warning",),
        title=REPORT,
    ),
    Case(
        "three places, one of another thing",
        "（一）决算数296.50万元。\n（二）决算数296.50万元，完成较好。\n（三）清扫经费：决算数31.20万元。",
        title=REPORT,
    ),
    Case(
        "an indicator in prose and table",
        "“清扫面积”目标≥300平方米，实际完成320平方米，完成目标。\n"
        "| 一级指标 | 三级指标 | 指标值 | 实际完成值 |\n| 产出指标 | 清扫面积 | ≥300平方米 | 310平方米 |\n"
        "| 产出指标 | 绿化面积 | ≥200平方米 | 210平方米 |",
        ("document.indicator_twice warning",),
        title=REPORT,
    ),
    Case(
        "a rate in prose without its sign", "甲项目执行率63.18。", ("document.percent_missing warning",), title=REPORT
    ),
    # --- years
    Case(
        "its own figures of another year",
        "2022年全年预算数90.00万元。",
        ("document.year_figures warning",),
        title=REPORT,
    ),
    Case("figures of the year before, compared", "比2022年全年预算数90.00万元增加9.00万元。", title=REPORT),
    Case("heading of another year", "第三部分 2023年度部门决算情况说明", ("document.year_heading warning",)),
    Case("heading that compares", "一、与2023年度决算比较情况说明"),
    Case("as of", "截至2024年12月31日，共有车辆3辆。"),
    Case("as of an old day", "截至2022年12月31日，共有车辆3辆。", ("document.year_as_of warning",)),
    Case("as of last year in a budget", "截至2024年8月31日，共有车辆3辆。", title=BUDGET),
    Case(
        "compared with its own year",
        "2025年支出预算90.00万元，比2025年预算增加10.00万元。",
        ("document.year_own error",),
        title=BUDGET,
        expected="2024年",
    ),
    Case("last year's evaluation", "对2023年度预算开展绩效监控。", title=REPORT),
    Case(
        "evaluation of years ago",
        "组织2020年度项目自评，对2021年度预算开展绩效监控。",
        ("document.year_evaluated warning",) * 2,
        title=REPORT,
    ),
    Case("maybe left over", "组织了2022年度项目自评。", ("document.year_evaluated hint",), title=REPORT),
    Case("a name is no claim", "2021年第二批老旧小区改造专项资金自评结果为优。", title=REPORT),
    Case(
        "period over", "三、实施周期\n2024年1月1日至2024年12月31日。", ("document.year_period warning",), title=BUDGET
    ),
    # --- wanting
    Case("a sign left in", "第二部分 XX局概况", ("document.placeholder warning",)),
    Case(
        "template, said once",
        "\n".join(f"{n}、收入XX万元，占XX%。" for n in "一二三四五六七八"),
        ("document.placeholder warning",),
    ),
    Case(
        "choices left open", "支出增加（减少）9.00万元。\n收入增加（减少）8.00万元。", ("document.placeholder warning",)
    ),
    Case("reason below", "支出减少。主要原因：\n人员减少。"),
    Case("no reason", "支出减少，主要原因是。", ("document.empty_reason warning",)),
    Case("impression", "据日常了解，居民满意度达到95%以上。", ("document.impression warning",), title=REPORT),
    Case("survey", "根据问卷调查了解，有效问卷320份，居民满意度达到95%。", title=REPORT),
    Case(
        "cost over two years", "2022年11月至2023年10月保洁费26.00万元。", ("document.cost_period hint",), title=REPORT
    ),
    Case(
        "uses that leave out much",
        "年预算100.00万元，主要完成如下工作：\n1.清运费20.00万元。\n2.维修费15.00万元。\n3.宣传费5.00万元。",
        ("document.uses hint",),
        title=REPORT,
    ),
    Case(
        "uses beyond the amount",
        "年预算100.00万元，主要完成如下工作：\n1.清运费70.00万元。\n2.维修费35.00万元。\n3.宣传费5.00万元。",
        ("document.uses_over warning",),
        title=REPORT,
    ),
    Case(
        "score section without a score", "（一）评价得分情况\n完成较好。", ("document.no_score warning",), title=REPORT
    ),
    Case("score section", "（一）评价得分情况\n总得分92.50分。", title=REPORT),
    # --- the year of the title
    Case(
        "cover of last year",
        "2024年全年预算数500.00万元。2024年组织培训3场。",
        ("document.year_title warning",),
        title=REPORT,
        expected="2024年",
    ),
    Case(
        "total of another year among the title's",
        "2024年全年预算数500.00万元。2023年组织培训3场，2023年办结事项40件。",
        ("document.year_figures warning",),
        title=REPORT,
    ),
    # --- a thing told by its name
    Case("named again alike", f"上门助浴服务3260人次，比上年增长8.7%；噪声扰民投诉量412件，比上年下降9.4%。{GOALS}"),
    Case(
        "named again with a slip",
        f"上门助浴服务人次3620人次，比上年增长8.7%。{GOALS}",
        ("document.text_twice warning",),
        says="“上门助浴服务人次”这里写 3620人次，别处写 3260人次。",
    ),
    Case(
        "change is an indicator",
        f"噪声扰民投诉量412件，比上年下降6.1%。{GOALS}",
        ("document.text_twice warning",),
        says="“噪声扰民投诉量比上年减少”这里写 6.1%，别处写 9.4%。",
    ),
    Case(
        "targets, last year, part of the year",
        f"计划完成上门助浴服务人次3200人次。上年上门助浴服务人次3000人次。上门助浴服务人次1500人次。{GOALS}",
    ),
    Case(
        "one change told twice",
        "上门助浴服务3260人次，比上年增长8.7%。\n群众反映良好，上门助浴服务3260人次，比上年增长12.7%。",
        ("document.text_twice warning",),
        title=REPORT,
    ),
    Case(
        "two changes of two amounts", "巡查路段320段，同比增长8.7%。\n夜间巡查路段120段，同比增长12.7%。", title=REPORT
    ),
    Case("actual without its sign", GOALS.replace("96.2%", "96.2"), ("document.percent_missing warning",)),
    Case("target without its sign", GOALS.replace("≥95%", "≥95"), ("document.percent_missing warning",)),
    Case("rate before a bracket", "预算执行率为63.18（执行数÷全年预算数）。", ("document.percent_missing warning",)),
    Case(
        "unit changed",
        "固定资产账面原值1234.567万元；卡片原值合计1234.567元。",
        ("document.unit_twice warning",),
        says="“卡片原值合计”这里写 1234.567元，“固定资产账面原值”写 1234.567万元，数字一样，单位不同。",
    ),
    Case("same amount in two units", "固定资产账面原值1234.567万元；卡片原值合计12345670元。"),
    Case("round numbers in two units", "预算安排300万元，购置台式电脑单价不超过300元。"),
    Case(
        "what the whole spent, written wrong",
        "年初预算数900.00万元，全年预算数950.50万元，决算数886.35万元。\n年初预算900.00万元，决算886.35万元。\n全年预算950.50万元，执行868.35万元。",
        ("document.text_twice warning",),
        title=REPORT,
    ),
    Case(
        "what one project spent",
        "年初预算数900.00万元，全年预算数950.50万元，决算数886.35万元。\n年初预算900.00万元，决算886.35万元。\n全年预算88.50万元，执行88.35万元。",
        title=REPORT,
    ),
    Case(
        "row wanting",
        "项目支出6998.7512万元。\n| 类别 | 全年预算（万元） | 执行数（万元） |\n| 基本支出 | 310.5000 | 300.2500 |\n"
        "| 其他支出 | 0 | 0 |\n| 合计 | 7400.0000 | 7299.0012 |",
        ("document.sum warning",),
        title=REPORT,
        cause="漏了一行",
    ),
    Case(
        "rows that are not all",
        "| 类别 | 全年预算（万元） | 执行数（万元） |\n| 基本支出 | 310.5000 | 300.2500 |\n| 其他支出 | 0 | 0 |\n"
        "| 合计 | 7400.0000 | 7299.0012 |",
        title=REPORT,
    ),
]
