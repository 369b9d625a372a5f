"""The turns of phrase of different provinces: shares without a whole, completion told with words, changes across sentences."""

from .case import BUDGET, REPORT, Case

TWO_TABLES = """一般公共预算财政拨款基本支出决算表
单位：万元
| 科目编码 | 科目名称 | 决算数 |
| 302 | 商品和服务支出 | 80.00 |
| 30201 | 办公费 | 60.00 |
| 30217 | 公务接待费 | {reception} |
| 30231 | 公务用车运行维护费 | {cars} |
| 合计 | 合计 | 80.00 |
财政拨款“三公”经费支出决算表
单位：万元
| 项目 | 预算数 | 决算数 |
| 合计 | 30.00 | 25.00 |
| 公务接待费 | 8.00 | 6.00 |
| 公务用车运行维护费 | 22.00 | 19.00 |"""

NUMBERED = """支出决算表
单位：万元
| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
{label} 1 | 2 | 3 |
| 合计 | 合计 | 130.00 | 70.00 | 60.00 |
| 205 | 教育支出 | 60.00 | 0.00 | 60.00 |
| 20502 | 普通教育 | 60.00 | 0.00 | 60.00 |
| 2050201 | 学前教育 | {schools} | 0.00 | {schools} |
| 2050202 | 小学教育 | 20.00 | 0.00 | 20.00 |
| 208 | 社会保障和就业支出 | 70.00 | 70.00 | 0.00 |"""

ROWS = """| 项目名称 | 全年预算（万元） | 执行数（万元） | 执行率（%） |
| 社区花园补种 | 200.00 | 171.00 | 85.50 |
| 街巷路灯更换 | 400.00 | 400.00 | 100.00 |
| 老年食堂补助 | 100.00 | 95.00 | 95.00 |"""

CASES = [
    # --- shares of a list whose whole is said nowhere in its sentence
    Case("shares of a list", "支出决算中，出国费0万元，占0%，用车费9.00万元，占60.00%，接待费6.00万元，占40.00%。"),
    Case(
        "one share of a list wrong",
        "支出决算中，出国费0万元，占0%，用车费9.00万元，占60.00%，接待费6.00万元，占45.00%。",
        ("document.shares error",),
        expected="40%",
        says="出国费 0万元、用车费 9万元、接待费 6万元，相加 15万元；接待费占比应为 40%，文中写 45%。",
    ),
    Case(
        "one amount of a list wrong",
        "支出决算中，出国费0万元，占0%，用车费9.00万元，占60.00%，接待费8.00万元，占40.00%。",
        ("document.shares warning",),
    ),
    Case("some of a list only", "培训费9.00万元，占30.00%，会议费6.00万元，占20.00%。"),
    Case(
        "shares in one row",
        "货物、工程和服务采购金额分别为10.00万元、60.00万元和30.00万元，占采购规模的比重分别为10.00%、60.00%和30.00%。",
    ),
    Case(
        "shares in one row wrong",
        "货物、工程和服务采购金额分别为10.00万元、60.00万元和30.00万元，占采购规模的比重分别为10.00%、60.00%和33.00%。",
        ("document.shares error",),
        expected="30%",
    ),
    Case(
        "share of a whole named before",
        "本年支出合计500.00万元，比上年增加20.00万元。\n财政拨款支出450.00万元，占本年支出合计的90.00%。",
    ),
    Case(
        "share of a whole named before, wrong",
        "本年支出合计500.00万元，比上年增加20.00万元。\n财政拨款支出450.00万元，占本年支出合计的95.00%。",
        ("document.rate error",),
        expected="90%",
    ),
    Case(
        "share of a name that stands for two",
        "采购支出总额500.00万元。\n采购支出总额300.00万元。\n授予中小企业合同金额450.00万元，占采购支出总额的95.00%。",
    ),
    Case(
        "share of the three expenses",
        "“三公”经费支出合计12.00万元，其中：用车费支出8.00万元，占“三公”经费的66.67%；接待费支出4.00万元，占“三公”经费的43.33%。",
        ("document.rate error",),
        expected="33.33%",
    ),
    # --- completion told with words
    Case("done and equal", "甲费：支出决算为18.00万元，完成预算100%，决算数等于预算数。"),
    Case(
        "done by half and equal",
        "甲费：支出决算为18.00万元，完成预算50%，决算数等于预算数。",
        ("document.completion_words error",),
        says="文中写完成预算的 50%，又说决算数等于预算数，两处矛盾。",
    ),
    Case(
        "done above and called smaller",
        "乙费：支出决算为18.00万元，完成年初预算的120%。决算数小于年初预算数的主要原因：追加经费。",
        ("document.completion_words error",),
    ),
    Case("rounded to the whole", "乙费：支出决算为18.00万元，完成预算99.99%，决算数小于预算数。"),
    # --- what has changed stands in the sentence before
    Case("alone in the sentence before", "1、收入：110.00万元。同比上年度增加10.00万元，增加10.00%。"),
    Case(
        "alone in the sentence before, wrong",
        "1、收入：110.00万元。同比上年度增加10.00万元，增加12.00%。",
        ("document.change_rate warning",),
        expected="10%",
    ),
    Case("two in the sentence before", "收入110.00万元，支出90.00万元。与上年相比，增加10.00万元，增长50.00%。"),
    Case(
        "named before the comparison",
        "用车费支出1.00万元，完成预算80%。用车费支出决算比2023年度减少0.25万元，下降25.00%。",
        ("document.change_rate error",),
        expected="20%",
    ),
    Case(
        "two at a time",
        "收入总计、支出总计分别为1100.00万元、1200.00万元，与上年相比，分别增加100.00万元、200.00万元，增长10.00%、20.00%。",
    ),
    Case(
        "two at a time, the second wrong",
        "收入总计、支出总计分别为1100.00万元、1200.00万元，与上年相比，分别增加100.00万元、200.00万元，增长10.00%、25.00%。",
        ("document.change_rate error",),
        expected="20%",
    ),
    # --- lists
    Case(
        "with what was carried over",
        "总收入500.00万元。其中本年收入合计480.00万元，使用非财政拨款结余0万元，上年结转和结余30.00万元。",
        ("document.sum error",),
    ),
    Case(
        "with what is carried over",
        "总支出500.00万元。其中本年支出合计470.00万元，结余分配0万元，年末结转和结余30.00万元。",
    ),
    Case(
        "people, offices, projects",
        "支出：799.00万元。其中：人员经费支出434.00万元，公用经费支出77.00万元，项目支出298.00万元。",
        ("document.sum error",),
    ),
    Case("used for", "申请资金60.00万元。其中：30.00万元用于编制预算；20.00万元用于审计；10.00万元用于测绘。"),
    Case(
        "used for more than there is",
        "申请资金60.00万元。其中：30.00万元用于编制预算；20.00万元用于审计；12.00万元用于测绘。",
        ("document.sum warning",),
    ),
    Case(
        "told one by one",
        "三公经费决算总额200.00万元，比上年下降1.8%。分项情况是：因公出国（境）经费20.00万元；公务接待费80.00万元；公务用车经费110.00万元。",
        ("document.sum error",),
    ),
    # --- plan and done, forms sent out and come back
    Case("done and above the plan", "计划培训10期，实际完成12期，完成率120%；计划宣传8次，实际完成9次，完成率100%。"),
    Case(
        "done wrong",
        "计划培训10期，实际完成8期，完成率90%。",
        ("document.rate error",),
        title=REPORT,
        expected="80%",
    ),
    Case(
        "forms",
        "发放问卷200份，收回有效问卷190份，满意的171份，满意度90%。发放问卷200份，收回问卷190份，回收率95%。",
    ),
    Case(
        "forms wrong",
        "发放问卷200份，收回有效问卷190份，满意的171份，满意度98%。",
        ("document.rate error",),
        expected="90%",
    ),
    Case("forms of several kinds", "收回问卷200份，非常满意100份，满意80份，满意度95%。"),
    # --- left open
    Case("open share", "接待费30.00万元，占 %，比上年减少 万元。", ("document.placeholder warning",) * 2),
    Case("a unit of speech", "增加万元产值的能耗下降，占百分之三十。"),
    # --- totals elsewhere than before their parts
    Case("total behind", "资金来源：区级资金80.00万元，市级补助20.00万元，合计100.00万元。", title=REPORT),
    Case(
        "total behind, wrong",
        "资金来源：区级资金80.00万元，市级补助20.00万元，合计120.00万元。",
        ("document.sum error",),
        title=REPORT,
    ),
    Case("total of some", "追加预算80.00万元，收回20.00万元，其中项目10.00万元，合计120.00万元。", title=REPORT),
    Case(
        "parts in paragraphs below",
        "基本支出200.00万元，其中：\n人员经费160.00万元，主要包括：基本工资、津贴补贴。\n公用经费40.00万元，主要包括：办公费。",
    ),
    Case(
        "parts in paragraphs below, wrong",
        "基本支出200.00万元，其中：\n人员经费160.00万元，主要包括：基本工资、津贴补贴。\n公用经费48.00万元，主要包括：办公费。",
        ("document.sum error",),
    ),
    Case(
        "below is something else",
        "基本支出200.00万元，其中：\n（一）人员情况\n在职人员12人。\n（二）会议情况\n会议费3.00万元。",
    ),
    Case(
        "two lists of one total",
        "财政拨款收支预算总额310.00万元。收入包括：本年拨款收入300.00万元、上年结转10.00万元；支出包括：教育支出250.00万元、住房保障支出60.00万元。",
        title=BUDGET,
    ),
    Case(
        "income and spending are one",
        "收入预算为120.00万元，支出预算为120.00万元。与上年相比，收支预算增加20.00万元，增长25.00%。",
        ("document.change_rate warning",),
        title=BUDGET,
        expected="20%",
    ),
    # --- a part in one table, the whole in another
    Case("within the whole", TWO_TABLES.format(reception="1.00", cars="19.00")),
    Case(
        "more than the whole",
        TWO_TABLES.format(reception="0.40", cars="19.60"),
        ("document.part_of warning",),
        says="基本支出表的公务用车运行维护费 19.6万元，“三公”经费表的公务用车运行维护费 19万元，部分比整体多 0.6万元，两张表不能都对。",
    ),
    Case(
        "more than the whole, another item",
        TWO_TABLES.format(reception="6.70", cars="13.30"),
        ("document.part_of warning",),
    ),
    # --- the rate of a row, told again right behind its name
    Case("rate of a row", ROWS + "\n（1）社区花园补种（生态科），执行率85.50%。", title=REPORT),
    Case(
        "rate of a row, another",
        ROWS + "\n（1）社区花园补种（生态科），执行率71.20%。",
        ("document.text_twice warning",),
        title=REPORT,
    ),
    Case(
        "rate of all, a row named beside",
        ROWS + "\n全部项目执行率95.12%，社区花园补种慢于计划。",
        title=REPORT,
    ),
    # --- finer than money is
    Case("to the 分", "决算数29607.657325万元。电价每度0.5123元。"),
    Case(
        "finer than 分",
        "决算数29607.6573225万元。",
        ("document.finer_than_fen warning",),
        says="29607.6573225万元有小于 1 分的数字，像是多打了数字，或者没有舍入。",
    ),
    Case(
        "finer than 分, twice",
        "收入1.20000004亿元，支出0.3333333万元。",
        ("document.finer_than_fen warning",),
    ),
    # --- what comes in ones is exact
    Case("cars", "共有车辆3辆，其中，机要通信用车1辆，执法执勤用车2辆，其他用车0辆。"),
    Case(
        "cars, one more", "共有车辆3辆，其中，机要通信用车1辆，执法执勤用车3辆，其他用车0辆。", ("document.sum error",)
    ),
    Case("people", "年末实有在职人员60人，其中行政27人，事业33人。"),
    Case("people, one fewer", "年末实有在职人员60人，其中行政26人，事业33人。", ("document.sum error",)),
    # --- right, and easily taken for wrong
    Case("row that numbers the columns", NUMBERED.format(label="| 栏次 |  |", schools="40.00")),
    Case("row that numbers the columns without a word", NUMBERED.format(label="|  |  |", schools="40.00")),
    Case(
        "below the row that numbers the columns",
        NUMBERED.format(label="| 栏次 |  |", schools="44.00"),
        ("document.sum error",) * 2,
    ),
    Case(
        "budget named behind the completion",
        "公务接待费支出决算为1.00万元，完成预算2.00万元的50.00%，较上年减少0.50万元，下降33.33%。",
    ),
    Case(
        "budget named before the accounts",
        "财政拨款支出年初预算380.00万元，支出决算370.00万元，完成年初预算的97.37%。与上年相比，财政拨款支出减少30.00万元，下降7.50%。",
    ),
    Case(
        "budget named before the accounts, the change wrong",
        "财政拨款支出年初预算380.00万元，支出决算370.00万元，完成年初预算的97.37%。与上年相比，财政拨款支出减少30.00万元，下降9.50%。",
        ("document.change_rate warning",),
        expected="7.5%",
    ),
    Case("compared twice", "本年收入合计100.00万元，较上年90.00万元增加10.00万元，较年初预算95.00万元增加5.00万元。"),
    Case(
        "compared twice with rates",
        "支出决算120.00万元，比上年决算数100.00万元增加20.00万元，增长20.00%；比年初预算数110.00万元增加10.00万元，增长9.09%。",
    ),
    Case(
        "compared twice, the second wrong",
        "支出决算120.00万元，比上年决算数100.00万元增加20.00万元，增长20.00%；比年初预算数110.00万元增加10.00万元，增长8.09%。",
        ("document.change_rate error",),
        expected="9.09%",
    ),
    Case(
        "both sides in one sentence",
        "收入总计105.00万元，其中：本年收入100.00万元，年初结转和结余5.00万元；支出总计105.00万元，其中：本年支出95.00万元，年末结转和结余10.00万元。",
    ),
    Case(
        "both sides, then the year's",
        "总收入105.00万元，总支出105.00万元，比上年各增加5.00万元，增长5.00%。其中：本年收入100.00万元，本年支出95.00万元。",
    ),
    Case(
        "carried over behind the list",
        "本年支出22.00万元，其中：基本支出0.00万元，项目支出22.00万元；年末结转和结余3.00万元。",
    ),
    Case(
        "two budgets, two rates",
        "支出年初预算100.00万元，调整预算125.00万元，支出决算120.00万元，完成年初预算的120.00%，完成调整预算的96.00%。",
    ),
    Case(
        "two budgets, the first rate wrong",
        "支出年初预算100.00万元，调整预算125.00万元，支出决算120.00万元，完成年初预算的102.00%，完成调整预算的96.00%。",
        ("document.rate error",),
        expected="120%",
    ),
    Case(
        "of the whole, not of the last part",
        "项目资金300.00万元，分两批下达：第一批200.00万元，第二批100.00万元。其中用于工程款240.00万元，监理费60.00万元。",
        title=REPORT,
    ),
    Case("average of another cost", "公务用车加油2.80万元，维修4.20万元。公务用车保有量5辆，车均运行维护费1.40万元。"),
    Case(
        "one name with two codes",
        """一般公共预算财政拨款基本支出决算表
        | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |
        | 301 | 工资福利支出 | 20.00 | 20.00 | 0.00 |
        | 302 | 商品和服务支出 | 10.00 | 0.00 | 10.00 |
        | 399 | 其他支出 | 0.00 | 0.00 | 0.00 |
        | 39999 | 其他支出 | 0.00 | 0.00 | 0.00 |""",
    ),
    # --- what a sentence leaves to the one before
    Case(
        "both sides have shrunk",
        "收入总计560.00万元，支出总计560.00万元。收支较上年决算数减少40.00万元，下降8.67%，主要原因是项目减少。",
        ("document.change_rate warning",),
        expected="6.67%",
    ),
    Case(
        "nothing of its own",
        "公务用车运行维护费6.00万元，主要用于执法。费用支出较年初预算数减少2.00万元，下降25.00%。较上年支出数增加1.00万元，增长25.00%。",
        ("document.change_rate warning",),
        expected="20%",
    ),
    Case(
        "accounts after two sentences",
        "机关运行经费预算285.00万元，支出决算280.00万元。决算数小于预算数的主要原因是节约。决算数较上年增加20.00万元，增长7.69%。",
    ),
    Case("both sides alike", "收入总计105.00万元，支出总计105.00万元。"),
    Case("both sides not alike", "收入总计105.00万元，支出总计108.00万元。", ("document.balance error",)),
    Case("budget within the words", "甲费支出决算为2.00万元，完成预算4.00万元的50.00%。"),
    Case(
        "budget within the words, the rate wrong",
        "甲费支出决算为2.00万元，完成预算4.00万元的60.00%。",
        ("document.rate error",),
        expected="50%",
    ),
    Case(
        "budget behind the accounts",
        "一般公共预算财政拨款支出330.00万元，年初预算为300.00万元，完成年初预算的120.00%。",
        ("document.rate error",),
        expected="110%",
    ),
    Case(
        "shares in paragraphs below",
        "财政拨款支出1000.00万元，主要用于以下几个方面：\n（1）教育支出800.00万元，占80.0%。\n（2）卫生健康支出200.00万元，占22.0%。",
        ("document.rate error",),
        expected="20%",
    ),
    Case(
        "one list and then another",
        "人员编制46人，其中行政编制12人、事业编制34人；实有人员45人，其中行政11人、事业34人。",
    ),
    Case(
        "one list wrong and then another",
        "人员编制46人，其中行政编制13人、事业编制34人；实有人员45人，其中行政11人、事业34人。",
        ("document.sum error",),
    ),
    Case(
        "without a colon",
        "基本支出70.00万元，包括人员经费支出53.00万元和公用经费支出20.00万元。",
        ("document.sum error",),
    ),
    Case(
        "scores behind their total",
        "自评得分97.40分，其中：预算执行满分10分，得分9.90分；产出满分50分，得分48.50分；效益满分40分，得分38分。",
        ("document.sum error",),
        title=REPORT,
    ),
]
