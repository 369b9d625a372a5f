"""Take the README's pictures anew from what `make run` wrote (`make pictures`; needs LibreOffice, poppler, Chromium)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURES = Path(__file__).parent / "pictures"
PAGES = {"report-first-page": 1, "report-execution": 8, "report-annex": 21}
BROWSER = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--disable-quic")  # fmt: skip


def main() -> None:
    """Report pages from LibreOffice's PDF, the opinion page from Chromium."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = ROOT / "out" / "示范街道-2024" / "评价报告.docx"
        office = ("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf")
        subprocess.run((*office, "--outdir", name, str(report)), check=True, capture_output=True)
        for picture, page in PAGES.items():
            cut = ("pdftoppm", "-r", "56", "-gray", "-png", "-singlefile", "-f", str(page), "-l", str(page))
            subprocess.run((*cut, str(folder / "评价报告.pdf"), str(PICTURES / picture)), check=True)
        opinion = (ROOT / "out" / "样例街道-2023" / "核查意见.html").as_uri()
        shot = (f"--user-data-dir={folder}/browser", "--window-size=1100,900", f"--screenshot={PICTURES}/opinion.png")
        subprocess.run((*BROWSER, *shot, opinion), check=True, capture_output=True)


if __name__ == "__main__":
    main()
