"""The print page: self-contained, without script, every figure opens to its source."""

import re
from collections.abc import Callable

from lxml import html

from jiheng.model.report import Paragraph, Printed, ReportModel
from jiheng.reporting.print_page import print_page
from jiheng.reporting.visible import showable


def test_nothing_is_loaded_and_nothing_runs(report: ReportModel):
    page = print_page(report)
    tree = html.fromstring(page)
    assert not tree.xpath("//script|//link|//img|//iframe|//object")
    assert not [name for element in tree.iter() for name in element.attrib if str(name).startswith("on")]
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", page)
    assert "url(http" not in page
    assert "@import" not in page


def test_every_figure_opens_to_its_source(report: ReportModel):
    tree = html.fromstring(print_page(report))
    opened = [
        (one.xpath("string(summary)"), one.xpath("string(span)")) for one in tree.xpath("//main//details[@name='f']")
    ]
    assert [text for text, _ in opened] == [figure.text for _, figure in report.printed()]
    assert all("来源：" in source for _, source in opened)
    assert opened[6] == ("99.66%", "执行率 99.662957%（印到2位小数）来源：预算执行!D4")


def test_a_rule_is_named_where_one_decided(bound: Callable[..., Printed]):
    figure = Printed(
        text="9分", value=bound("9").value, unit="分", places=None, name="得分", source="评分表", rule="第十六条"
    )
    model = ReportModel(kind="", title=("甲",), department="", fiscal_year=2024, blocks=(Paragraph((figure,)),))
    assert "来源：评分表<br>规则：第十六条" in print_page(model)


def test_prose_comes_out_as_text(report: ReportModel):
    tree = html.fromstring(print_page(report))
    texts = [showable(element.text_content()) for element in tree.xpath("//div[contains(@class,'body')]")]
    assert "科室自写：{{braces}} {% if %} <w:p/> & =SUM(A1) 😀👨‍👩‍👧 结束。" in texts


def test_a_draft_says_so_and_why_a_final_one_does_not(make_report: Callable[..., ReportModel]):
    draft, final = print_page(make_report(1, 3)), print_page(make_report(1, 3, draft_because=()))
    assert 'class="watermark"' in draft
    assert "<li>“指标”表有13项没有实际完成值</li>" in draft
    assert "草稿" not in final


def test_charts_stand_in_the_page_with_ids_of_their_own(report: ReportModel):
    page = print_page(report)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count('<svg role="img" aria-label="') == 3
