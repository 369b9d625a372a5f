"""The child process: reads one workbook from stdin, answers on stdout. `python -m jiheng.formats.child OPTIONS`."""

import gc
import json
import sys

from jiheng.errors import BadInput
from jiheng.formats.answer import Answer
from jiheng.formats.confined import confine
from jiheng.formats.limits import MEGABYTE, Limits
from jiheng.formats.sentences import DAMAGED


def main() -> None:
    """Read, answer, end; every fault becomes a sentence in the answer."""
    options = json.loads(sys.argv[1])
    suffix, limits = options["suffix"], Limits(**options["limits"])
    confine(limits.memory_bytes)
    # Nothing here lives long enough to be worth collecting.
    gc.disable()
    answer = Answer(sys.stdout.buffer, limits)
    try:
        data = sys.stdin.buffer.read()
        # Each format's reader is imported only when it is needed: start-up is part of every opening.
        if options["legacy"]:
            from jiheng.formats.workbook_xls import read_xls

            read_xls(data, limits, answer)
        else:
            from jiheng.formats.workbook_xlsx import read_xlsx

            read_xlsx(data, suffix, limits, answer)
        answer.done()
    except BadInput as fault:
        answer.fault(fault.sentence)
    except MemoryError:
        size = limits.memory_bytes // MEGABYTE
        answer.fault(f"打开它需要的内存超过 {size} MB；请只留下需要的工作表和行，或者拆成几个文件再试")
    except Exception:
        answer.fault(DAMAGED)


if __name__ == "__main__":
    main()
