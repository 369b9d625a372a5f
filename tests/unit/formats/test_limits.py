"""Limits have sane defaults, and the environment can set them."""

import pytest

from jiheng.errors import BadInput
from jiheng.formats import Limits, open_book


def test_defaults_can_be_set_by_the_environment(monkeypatch):
    monkeypatch.setenv("JIHENG_LIMIT_FILE_MB", "7")
    monkeypatch.setenv("JIHENG_LIMIT_CELLS", "1234")
    limits = Limits(rows=5)
    assert (limits.file_bytes, limits.cells, limits.rows, limits.seconds) == (7 * 1024 * 1024, 1234, 5, 30)


@pytest.mark.parametrize("value", ["", "0", "-3", "１０", "1.5", "many"])
def test_a_setting_that_is_no_number(monkeypatch, tmp_path, value):
    monkeypatch.setenv("JIHENG_LIMIT_SECONDS", value)
    with pytest.raises(BadInput) as caught:
        open_book(tmp_path / "表.xlsx")
    assert caught.value.sentence == (f"环境变量 JIHENG_LIMIT_SECONDS 应为正整数，现为“{value}”；请改正或删去后再试")
