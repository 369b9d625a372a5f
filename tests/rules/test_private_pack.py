"""A province's private pack, really installed beside ours through the entry point."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "hunan-rules"
version = "1.0"
[project.entry-points."jiheng.rules"]
hunan = "hunan_rules:folder"
[tool.hatch.build.targets.wheel]
packages = ["hunan_rules"]
"""
CODE = "from pathlib import Path\n\n\ndef folder():\n    return Path(__file__).parent\n"
REGULATIONS = """\
regulations:
  - {id: hunan-1, title: 某省评价等级, number: 某财绩〔2024〕1号, issuer: 某省财政厅, issued: 2024-01-01, seen: full, source: 原文}
"""
GRADES = """\
id: hunan-grades
kind: grades
extends: mof-grades-2020
title: 评价等级（某省）
region: "430000"
dates: {issued: 2024-01-01, since: 2024, cite: hunan-1 第二条, status: verified}
grades:
  - {name: 优, floor: {value: "95", unit: 分, cite: hunan-1 第三条, status: verified}}
  - {name: 良, floor: {value: "80", unit: 分, cite: hunan-1 第三条, status: verified}}
  - {name: 差, floor: {value: "0", unit: 分, cite: hunan-1 第三条, status: verified}}
"""
ASK = """\
from datetime import date
from jiheng.rulebook.regions import region_name
from jiheng.rulebook.resolve import resolve
from jiheng.rulebook.source import packs
from jiheng.values import FiscalYear, RegionCode
rules = resolve(RegionCode("430600"), FiscalYear(2024), date(2026, 1, 1))
print(len(packs()), rules.grades.id, *(f"{one.name}{one.floor.value}" for one in rules.grades.grades))
print(region_name(RegionCode("430100")), region_name(RegionCode("110000")))
print(next(note for note in rules.notes if "等级" in note))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The private pack built and installed offline into a folder of its own."""
    root = tmp_path_factory.mktemp("hunan")
    rules = root / "source" / "hunan_rules"
    (rules / "regulations").mkdir(parents=True)
    (rules / "schemes").mkdir()
    (root / "source" / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (rules / "__init__.py").write_text(CODE, encoding="utf-8")
    (rules / "regulations" / "own.yaml").write_text(REGULATIONS, encoding="utf-8")
    (rules / "schemes" / "grades.yaml").write_text(GRADES, encoding="utf-8")
    (rules / "regions.yaml").write_text('regions:\n  - {code: "430100", name: 湖南省长沙市}\n', encoding="utf-8")
    target = root / "installed"
    command = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [sys.executable, *command, "--target", str(target), str(root / "source")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target


def ask(extra: Path | None) -> list[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    if extra is not None:
        environment["PYTHONPATH"] = str(extra)
    done = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, env=environment, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_an_installed_pack_gives_its_province_its_rules(installed: Path):
    assert ask(installed) == [
        "2 hunan-grades 优95 良80 差0",
        "湖南省长沙市 北京市",
        "评价等级：湖南省岳阳市（430600）没有自己的规则，用湖南省（430000）的“评价等级（某省）”",
    ]


def test_without_it_the_nation_s_rule_holds():
    assert ask(None)[0] == "1 mof-grades-2020 优90 良80 中60 差0"
