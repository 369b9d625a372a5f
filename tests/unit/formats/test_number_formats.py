"""Which number formats show a date."""

import pytest

from jiheng.formats.number_formats import BUILT_IN, code_for, is_date


@pytest.mark.parametrize(
    "code",
    [
        "yyyy/m/d",
        'yyyy"年"m"月"d"日"',
        "[$-804]yyyy\\年m\\月;@",
        "[DBNum1][$-804]yyyy\\年",
        "[$-F800]dddd, mmmm dd, yyyy",
        "e/m/d",
        "[红色]m-d",
        "aaaa",
        "yyyy\\-mm\\-dd\\ h:mm:ss",
        '上午/下午h"时"mm"分"',
    ],
)
def test_dates(code):
    assert is_date(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "General",
        '0.00;[Red]-General"d"',
        "0.00E+00",
        "##0.0e-0",
        '#,##0.00" yuan/day"',
        "0\\d",
        "[Red]0.00",
        "[Magenta]0",
        "0_m",
        "*y0",
        "[h]:mm:ss",
        "[mm]:ss",
        "0;d",
        '0"unclosed d',
        "@",
    ],
)
def test_numbers(code):
    assert not is_date(code)


def test_built_in_dates_are_those_of_the_standard_and_of_chinese_excel():
    dates = {identifier for identifier, code in BUILT_IN.items() if is_date(code)}
    assert dates == {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}


def test_the_files_own_definition_of_an_id_comes_first():
    assert code_for(14, {14: "0.0"}) == "0.0"
    assert [code_for(identifier, {}) for identifier in (0, 10, 49, 9999)] == ["", "0.00%", "", ""]
