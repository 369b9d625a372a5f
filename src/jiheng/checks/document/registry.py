"""The register of checks on documents, in the order of their subjects."""

from __future__ import annotations

from functools import cache

from jiheng.checks.document import (
    changes,
    comparisons,
    completeness,
    formulas,
    rates,
    repeated,
    rows,
    sums,
    uses,
    years,
)
from jiheng.checks.document.check import DocumentCheck

SUBJECTS = (sums, changes, rates, comparisons, formulas, repeated, rows, uses, years, completeness)


@cache
def document_checks() -> tuple[DocumentCheck, ...]:
    """Every check of a document's claims."""
    return tuple(one for subject in SUBJECTS for one in vars(subject).values() if isinstance(one, DocumentCheck))
