"""Run every benchmark."""

from bench import reading, report, review, scoring, web, workbook


def main() -> None:
    """One after the other."""
    workbook.main()
    scoring.main()
    report.main()
    reading.main()
    review.main()
    web.main()


main()
