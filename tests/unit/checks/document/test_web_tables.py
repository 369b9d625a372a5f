"""Tables with merged headers, as web pages have them."""

import pytest

from jiheng.workflow_review import review_document

THREE = """<p>青禾市民政局2024年度部门决算</p><p>财政拨款“三公”经费支出决算表</p><p>单位：万元</p><table>
<tr><td colspan=6>预算数</td><td colspan=6>决算数</td></tr>
<tr><td rowspan=2>合计</td><td rowspan=2>因公出国（境）费</td><td colspan=3>公务用车购置及运行费</td><td rowspan=2>公务接待费</td>
<td rowspan=2>合计</td><td rowspan=2>因公出国（境）费</td><td colspan=3>公务用车购置及运行费</td><td rowspan=2>公务接待费</td></tr>
<tr><td>小计</td><td>公务用车购置费</td><td>公务用车运行费</td><td>小计</td><td>公务用车购置费</td><td>公务用车运行费</td></tr>
<tr><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td><td>7</td><td>8</td><td>9</td><td>10</td><td>11</td><td>12</td></tr>
<tr><td>{budget}</td><td>8.00</td><td>14.00</td><td>0.00</td><td>14.00</td><td>6.00</td>
<td>{accounts}</td><td>7.50</td><td>12.00</td><td>0.00</td><td>12.00</td><td>3.50</td></tr></table>"""


@pytest.mark.parametrize(
    ("budget", "accounts", "wrong"),
    [("28.00", "23.00", []), ("29.00", "23.00", ["29万元"]), ("28.00", "25.00", ["25万元"])],
)
def test_the_three_expenses_in_one_row(tmp_path, budget, accounts, wrong):
    page = tmp_path / "决算.html"
    page.write_text(THREE.format(budget=budget, accounts=accounts), encoding="utf-8")
    found = [one for one in review_document(page).report.findings if one.check == "document.sum"]
    assert [one.facts["total"].split()[-1] for one in found] == wrong
