"""`python -m jiheng_web …`, the same as `jiheng web …`."""

import sys

from jiheng_web.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
