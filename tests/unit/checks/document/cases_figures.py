"""Sums, changes, rates, comparisons, formulas: right, just inside rounding, wrong."""

from .case import BUDGET, REPORT, Case

SURVEYS = """
| 调查名称 | 有效（份） | 满意（份） | 满意率 |
| 乘客问卷 | 531 | 484 | 91.15% |
| 商户回访 | 502 | 470 | 93.63% |
| 住户回访 | 388 | 351 | 90.46% |
| 游客问卷 | 412 | 377 | 91.50% |
| 学员测评 | 299 | 271 | 90.64% |
| 家长问卷 | 598 | 541 | 90.47% |"""

CASES = [
    Case("list adds up", "本年支出合计900.10万元，其中：基本支出500.05万元，占55.56%；项目支出400.05万元，占44.44%。"),
    Case("rounded parts", "本年支出合计900.11万元，其中：基本支出500.05万元；项目支出400.05万元。"),
    Case(
        "parts that make a whole do not add up",
        "本年支出合计900.10万元，其中：基本支出500.05万元；项目支出410.05万元。",
        ("document.sum error",),
        says="支出合计 900.1万元，而基本支出 500.05万元、项目支出 410.05万元，相加是 910.1万元，比合计多 10万元。",
    ),
    Case(
        "total stands in a part",
        "全年支出2640.50万元，其中，基本支出640.50万元，项目支出2640.50万元，其他支出0万元。",
        ("document.sum error",),
        expected="2000万元",
        cause="合计误填为其中一项",
    ),
    Case(
        "two digits changed over",
        "政府采购金额830.00万元，其中：货物采购金额10.00万元、工程采购金额505.00万元、服务采购金额270.00万元。",
        ("document.sum error",),
        expected="550万元",
        cause="多打、少打了一位数字，或相邻两位颠倒",
    ),
    Case("examples need not be all", "全年支出300.00万元，其中：会议费20.00万元，培训费30.00万元。"),
    Case(
        "examples above the whole",
        "全年支出300.00万元，其中：会议费220.00万元，培训费130.00万元。",
        ("document.sum warning",),
    ),
    Case(
        "parts of parts",
        "支出400.00万元，其中：基本支出300.00万元，其中人员经费200.00万元、公用经费100.00万元；项目支出100.00万元。",
    ),
    Case(
        "overlapping parts", "采购总额90.00万元，其中：授予中小企业合同金额80.00万元，授予小微企业合同金额60.00万元。"
    ),
    Case("other attribute", "支出决算60.00万元，其中：基本支出年初预算50.00万元，项目支出年初预算40.00万元。"),
    Case(
        "what is beside the whole",
        "年末实有人员27人，其中：行政编制9人、事业编制6人、其他人员12人，另有离退休人员14人。",
    ),
    Case("counts in a bracket", "车辆7辆（一般公务用车3辆，执法执勤用车4辆，其他用车0辆）。"),
    Case(
        "counts in a bracket wrong",
        "车辆7辆（一般公务用车3辆，执法执勤用车5辆，其他用车0辆）。",
        ("document.sum error",),
    ),
    Case(
        "bridge",
        "年初预算数500.00万元，年中追加6笔共80.00万元，调减2笔共30.00万元，全年预算数550.00万元。",
        title=REPORT,
    ),
    Case(
        "bridge broken",
        "年初预算数500.00万元，年中追加6笔共80.00万元，调减2笔共30.00万元，全年预算数560.00万元。",
        ("document.sum error",),
        title=REPORT,
    ),
    Case("scores", "执行情况20分，得18.50分；目标60分，得57.25分；管理20分，得19分。\n总分94.75分。", title=REPORT),
    Case(
        "scores do not make the total",
        "执行情况20分，得18.50分；目标60分，得57.25分；管理20分，得19分。\n总分95.75分。",
        ("document.sum error",),
        title=REPORT,
    ),
    Case("done and not done", "设指标31个，完成27个，没有完成4个。", title=REPORT),
    Case("done and not done wrong", "设指标31个，完成27个，没有完成5个。", ("document.sum error",), title=REPORT),
    # --- changes
    Case("growth", "收入支出总计1100.00万元。与2023年度相比，收入支出总计增加100.00万元，增长10.00%。"),
    Case("growth cut off", "机关运行经费支出182.65万元，比2023年度增加2.55万元，增长1.41%。"),
    Case(
        "growth wrong",
        "机关运行经费支出182.65万元，比2023年度增加2.55万元，增长4.10%。",
        ("document.change_rate error",),
        expected="1.42%",
    ),
    Case(
        "before is said",
        "2024年当年预算执行数为15.60万元，2025年预算安排18.20万元，比2024年预算执行数增加16.67%。",
        title=BUDGET,
    ),
    Case(
        "stray digit in the base",
        "2024年当年预算执行数为1845.6万元，2025年预算安排182.00万元，比2024年预算执行数增加25.00%。",
        ("document.change_direction error",),
        title=BUDGET,
        expected="145.6万元",
    ),
    Case(
        "copied from the item before",
        "1、2024年当年预算执行数为80.00万元，2025年预算安排100.00万元，比2024年预算执行数增加25.00%。\n"
        "2、2024年当年预算执行数为50.00万元，2025年预算安排70.00万元，比2024年预算执行数增加25.00%。",
        ("document.change_rate error",),
        title=BUDGET,
        expected="40%",
        cause="与前一项的增减率相同，像是照抄了前一项",
    ),
    Case(
        "nothing cannot have grown",
        "政府性基金支出预算0万元，比2024年预算增加107.62万元。",
        ("document.change_impossible error",),
        title=BUDGET,
    ),
    Case(
        "called growth, is decline",
        "2024年决算数45.00万元，比2024年年初预算数60.00万元增加15.00万元。",
        ("document.change_direction error",),
    ),
    Case(
        "amount of the change",
        "2024年决算数45.00万元，比2024年年初预算数60.00万元减少25.00万元。",
        ("document.change_amount error",),
        expected="15万元",
    ),
    Case("words at odds", "支出90.00万元，比2023年度减少10.00万元，增长10.00%。", ("document.change_words error",)),
    Case(
        "from zero",
        "2024年当年预算执行数为0万元，2025年预算安排60.00万元，比2024年预算执行数增加100.00%。",
        ("document.change_from_zero hint",),
        title=BUDGET,
    ),
    Case("same", "2024年当年预算执行数为15.00万元，2025年预算安排15.00万元，比2024年预算执行数持平。", title=BUDGET),
    Case("percentage points are no rate", "满意率95%，比2023年度提高3个百分点。"),
    Case(
        "placeholders are no change", "支出增加（减少）XX万元，增长（下降）XX%。", ("document.placeholder warning",) * 3
    ),
    # --- rates
    Case("share", "支出400.00万元，主要用于以下方面：教育支出300.00万元，占75.00%；其他支出100.00万元，占25.00%。"),
    Case(
        "share wrong",
        "支出400.00万元，主要用于以下方面：教育支出300.00万元，占78.00%；其他支出100.00万元，占25.00%。",
        ("document.rate error",),
        says="教育支出 300万元，支出 400万元，占比应为 75%，文中写 78%。",
        expected="75%",
    ),
    Case("completion", "公用经费年初预算为80.00万元，支出决算为60.00万元，完成年初预算的75.00%。"),
    Case(
        "completion wrong",
        "公用经费年初预算为80.00万元，支出决算为60.00万元，完成年初预算的57.00%。",
        ("document.rate error",),
    ),
    Case(
        "completion of a part",
        "经费年初预算为80.00万元，支出决算为60.00万元，其中：甲费决算为9.00万元，完成预算的30%。",
    ),
    # --- comparisons
    Case("smaller", "年初预算为80.81万元，支出决算为80.38万元。决算数小于预算数的主要原因：人员减少。"),
    Case(
        "called larger, is smaller",
        "年初预算为70.81万元，支出决算为70.38万元。决算数大于预算数的主要原因：人员减少。",
        ("document.comparison error",),
    ),
    Case(
        "called equal, is not",
        "年初预算为62.30万元，支出决算为61.00万元。决算数等于预算数。",
        ("document.comparison error",),
    ),
    Case("roughly equal", "年初预算为62.30万元，支出决算为61.00万元。决算数与预算数基本持平。"),
    # --- formulas
    Case("formula", "执行率=450.00/500.00*100%=90.00%。", title=REPORT),
    Case(
        "formula wrong",
        "合计=450.00万元+50.00万元=510.00万元。",
        ("document.formula error",),
        title=REPORT,
        expected="500万元",
    ),
    Case(
        "no percent sign", "（决算数-年初预算数）/年初预算数*100%=7.49", ("document.percent_sign hint",), title=REPORT
    ),
    Case("price and quantity", "公务用车运行维护费12.00万元。公务用车保有量5辆，车均运行维护费2.40万元。"),
    Case(
        "price and quantity wrong",
        "公务用车运行维护费12.00万元。公务用车保有量5辆，车均运行维护费4.20万元。",
        ("document.product warning",),
    ),
    # --- rates told behind what they are of
    Case("rate of execution", "全年预算500.00万元，执行450.00万元，执行率90%。", title=REPORT),
    Case(
        "rate of execution wrong",
        "全年预算500.00万元，执行450.00万元，执行率93%。",
        ("document.rate error",),
        title=REPORT,
        expected="90%",
    ),
    Case(
        "rate of one of two budgets",
        "年初预算600.00万元，全年预算500.00万元，执行450.00万元，执行率75%。",
        title=REPORT,
    ),
    Case(
        "difference from the budget",
        "年初预算500.00万元，决算450.00万元，差异率-10%。年初预算500.00万元，决算450.00万元，差异率10%。",
        title=REPORT,
    ),
    Case(
        "difference from the budget wrong",
        "年初预算500.00万元，决算450.00万元，预决算差异率-12%。",
        ("document.rate error",),
        title=REPORT,
        says="决算 450万元，年初预算 500万元，差异率应为 -10%，文中写 -12%。",
    ),
    Case("counts are exact", SURVEYS, title=REPORT),
    Case("one form fewer", SURVEYS.replace("484", "483"), ("document.rate error",), title=REPORT, expected="90.96%"),
    Case("cut off", "全年预算300.00万元，执行200.00万元，执行率66.66%。", title=REPORT),
    Case("rounded wrong", "全年预算300.00万元，执行200.00万元，执行率66.68%。", ("document.rate error",), title=REPORT),
    Case(
        "digit lost in a column of two decimals",
        SURVEYS.replace("90.47%", "90.4%"),
        ("document.rate warning",),
        title=REPORT,
        expected="90.47%",
    ),
    Case(
        "row that is no part of another",
        "| 类别 | 年初预算（万元） | 全年预算（万元） | 执行数（万元） |\n| 基本支出 | 300.50 | 310.50 | 300.25 |\n"
        "| 项目支出 | 600.00 | 620.00 | 610.10 |\n| 其他支出 | 0 | 5.50 | 0 |\n| 合计 | 900.50 | 930.50 | 910.35 |",
        ("document.sum error",),
        title=REPORT,
    ),
]
