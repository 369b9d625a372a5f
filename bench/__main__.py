"""Run every benchmark."""

from bench import scoring, workbook


def main() -> None:
    """One after the other."""
    workbook.main()
    scoring.main()


main()
