"""Checks over what a document claims: they prove statements and know nothing of regions."""

from jiheng.checks.document.check import DocumentCheck, document_check
from jiheng.checks.document.registry import document_checks
from jiheng.checks.document.runner import run_document_checks

__all__ = ["DocumentCheck", "document_check", "document_checks", "run_document_checks"]
