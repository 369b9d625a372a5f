"""Number formats: the built-in ones by id, and whether a format shows a date.

**Basis** ECMA-376 part 1, 18.8.30 (numFmt), with the ids that Chinese Excel and WPS give to 27–36 and 50–58.
"""

import re
from functools import lru_cache

GENERAL = ""

_CHINESE_DATES = {
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
    **_CHINESE_DATES,
}

_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.', re.DOTALL)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]*\]")
_DATE_LETTER = re.compile(r"[ymdhs]|e(?![+-])|a{3}|g", re.IGNORECASE)


def code_for(identifier: int, custom: dict[int, str]) -> str:
    """The format's code as a cell carries it: "" for General and for text; the file's own definition comes first."""
    code = custom.get(identifier, BUILT_IN.get(identifier, "General"))
    return GENERAL if code.casefold() == "general" or code == "@" else code


@lru_cache(maxsize=4096)
def is_date(code: str) -> bool:
    """Whether the format shows a point in time. A duration such as [h]:mm is a number of days, not a date.

    >>> [is_date(code) for code in ('yyyy"年"m"月"', "[$-804]aaaa", "[h]:mm", "0.00E+00", '0" days"', "[Red]0.0")]
    [True, True, False, False, False, False]
    """
    positive = _LITERAL.sub("", code).partition(";")[0]
    if _ELAPSED.search(positive):
        return False
    letters = re.sub("general", "", _BRACKETED.sub("", positive), flags=re.IGNORECASE)
    return _DATE_LETTER.search(letters) is not None
