"""Run every benchmark."""

from bench import workbook


def main() -> None:
    """One after the other."""
    workbook.main()


main()
