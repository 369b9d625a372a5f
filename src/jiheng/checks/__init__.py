"""Checks over a department's year: one module a subject, one function a check."""

from jiheng.checks.check import Check, Hit, Missing, check, hit
from jiheng.checks.memory import Memory
from jiheng.checks.registry import all_checks
from jiheng.checks.runner import run_checks

__all__ = ["Check", "Hit", "Memory", "Missing", "all_checks", "check", "hit", "run_checks"]
