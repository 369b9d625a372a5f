"""Take the README's pictures anew from what `make run` wrote (`make pictures`; needs LibreOffice, poppler, Chromium)."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from jiheng_web.organisation.roles import DEMO_PASSWORD

ROOT = Path(__file__).parents[1]
PICTURES = Path(__file__).parent / "pictures"
PAGES = {"report-first-page": 1, "report-execution": 8, "report-annex": 21}
WEB_PAGES = {"web-desk": "/", "web-monitoring": "/years/1/monitoring/"}
SITE = ("127.0.0.1", 8799)


def main() -> None:
    """Report pages from LibreOffice's PDF; the opinion page and the web from Chromium."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = ROOT / "out" / "示范街道-2024" / "评价报告.docx"
        office = ("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf")
        subprocess.run((*office, "--outdir", name, str(report)), check=True, capture_output=True)
        for picture, page in PAGES.items():
            cut = ("pdftoppm", "-r", "56", "-gray", "-png", "-singlefile", "-f", str(page), "-l", str(page))
            subprocess.run((*cut, str(folder / "评价报告.pdf"), str(PICTURES / picture)), check=True)
        take_pages(folder)


def take_pages(folder: Path) -> None:
    """The opinion page from the disk; the web as the finance clerk of the demonstration sees it."""
    command = (ROOT / ".venv" / "bin" / "jiheng", "web", "demo", "--port", str(SITE[1]))
    site = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"JIHENG_DATA": str(folder)}, stdout=subprocess.PIPE, text=True
    )
    assert site.stdout is not None
    next(line for line in site.stdout if str(SITE[1]) in line)
    try:
        with (
            sync_playwright() as playwright,
            playwright.chromium.launch(executable_path="/usr/bin/chromium") as browser,
        ):
            page = browser.new_page(viewport={"width": 1100, "height": 900})
            page.goto((ROOT / "out" / "样例街道-2023" / "核查意见.html").as_uri())
            page.screenshot(path=PICTURES / "opinion.png")
            page = browser.new_page(viewport={"width": 1366, "height": 768}, base_url=f"http://{SITE[0]}:{SITE[1]}")
            page.goto("/")
            page.fill("[name=username]", "caiwu")
            page.fill("[name=password]", DEMO_PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/years/**")
            for picture, address in WEB_PAGES.items():
                page.goto(address)
                page.screenshot(path=PICTURES / f"{picture}.png")
    finally:
        site.terminate()


if __name__ == "__main__":
    main()
