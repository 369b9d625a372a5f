# 需要：Python ≥ 3.11（带 pip）和 make。其余都装在本文件夹的 .venv 里。
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
export PYTHONUTF8 := 1

.PHONY: run setup samples test check-code bench figures docs pictures lock clean

# 样例算一遍，结果写到 out/；然后打开网页版，Ctrl+C 停止。只要结果不要网页：make samples。
run: samples
	@$(BIN)/jiheng web demo

setup: .venv/.ready

samples: setup
	@$(BIN)/python -m jiheng.cli.samples samples out

test: .venv/.dev check-code
	$(BIN)/python -m pytest -n auto -rs

check-code: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check -q .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.bench
	@$(BIN)/python -m compileall -q src
	$(BIN)/python -m bench

# README 里核查的数字。
figures: .venv/.bench
	@$(BIN)/python -m compileall -q src
	$(BIN)/python -m bench.review --readme

docs: setup
	$(BIN)/python docs/generate.py

# 需要 LibreOffice、poppler 和 Chromium。
pictures: samples .venv/.dev
	$(BIN)/python docs/pictures.py

# 依赖改动以后重新生成锁文件（需要 uv）；锁文件带哈希，不带任何软件源的地址。
lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -q pyproject.toml --extra build -o requirements.txt
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -q pyproject.toml --extra build --group dev -o requirements-dev.txt
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -q pyproject.toml --extra build --group dev --group bench -o requirements-bench.txt

clean:
	rm -rf .venv out

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本；可以用 make PYTHON=python3.12 指定。"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "建立 .venv 失败：这台机器的 Python 缺少 venv（Debian、Ubuntu 上是 python3-venv 包）。"; exit 1; }

.venv/.ready: requirements.txt pyproject.toml | .venv/bin/python
	@echo "正在准备运行环境（第一次需要一两分钟）……"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

.venv/.bench: requirements-bench.txt .venv/.dev
	@$(PIP) install --require-hashes -r requirements-bench.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.ready
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
