"""Goal forms, one a project, against what the prose says they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiheng.model.statement import FormsTotal, FundForm, Sum
from jiheng.reading.statements.flat import COUNT, MONEY, Flat
from jiheng.reading.statements.terms import Term, said

_FORMS = re.compile(
    rf"编报绩效目标的[^，。；]{{0,8}}项目(?:共)?(?P<count>{COUNT})个?，(?:共)?涉及[^，。；]{{0,14}}?(?P<amount>{MONEY})"
)
_YEAR_TOTAL = re.compile(r"年度资金(?:申请)?总额|年度预算")
_ANY_TOTAL = re.compile(r"(?:项目|年度)?资金(?:申请)?总额|预算总额")


def forms_of(sums: Sequence[Sum]) -> tuple[FundForm, ...]:
    """The forms of a document by project: the total of the year, or else the total of the project."""
    forms: dict[str, FundForm] = {}
    for one in sums:
        if not one.table or not _ANY_TOTAL.search(one.total.name):
            continue
        if one.table not in forms or _YEAR_TOTAL.search(one.total.name):
            forms[one.table] = FundForm(words=one.words, project=one.table, amount=one.total)
    return tuple(forms.values())


def forms_total(flat: Flat, terms: Sequence[Term], forms: tuple[FundForm, ...]) -> Iterator[FormsTotal]:
    """Where the document holds as many forms as the prose counts, they come to what the prose says."""
    by_place = {term.at: term for term in terms}
    for found in _FORMS.finditer(flat.text):
        count, amount = by_place.get(found.start("count")), by_place.get(found.start("amount"))
        if count is None or amount is None or not forms or count.figure.value != len(forms):
            continue
        yield FormsTotal(
            words=flat.words(found.start(), found.end()),
            count=said(flat, count),
            amount=said(flat, amount),
            forms=forms,
        )
