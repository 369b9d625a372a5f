"""`python -m jiheng.cli` is `jiheng`."""

from jiheng.cli import main

main()
