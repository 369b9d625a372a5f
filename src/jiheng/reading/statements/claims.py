"""All claims of a document: each kind from its module, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from jiheng.model.document import Document
from jiheng.model.statement import Claims, Rate, Said, Statement, Sum, YearNamed
from jiheng.reading.statements.attained import attained_rates
from jiheng.reading.statements.balances import bridges_in, done_in, scores_in, sides_in, totals_behind
from jiheng.reading.statements.changes import changes_in
from jiheng.reading.statements.coded_tables import coded_sums
from jiheng.reading.statements.column_sums import column_sums
from jiheng.reading.statements.comparisons import (
    comparisons_in,
    completion_rates,
    completions_in,
    pairs_in,
    told_rates,
)
from jiheng.reading.statements.flat import Flat, flats
from jiheng.reading.statements.forms import forms_of, forms_total
from jiheng.reading.statements.formulas import formulas_in
from jiheng.reading.statements.grids import Grid, grids_of
from jiheng.reading.statements.indicators import indicators_twice
from jiheng.reading.statements.items import Item, item_of, item_sums, twice_in_item
from jiheng.reading.statements.labelled_tables import balances, form_sums, labelled_sums, rows_wanting
from jiheng.reading.statements.lists import enumerations, sums_in
from jiheng.reading.statements.lists_below import sums_below
from jiheng.reading.statements.named_figures import figures_twice
from jiheng.reading.statements.placeholders import empty_reasons, placeholders_in
from jiheng.reading.statements.products import products_in
from jiheng.reading.statements.ratio_columns import column_rates
from jiheng.reading.statements.rows import bare_rates, bare_shares, finer_than_fen, list_totals, row_numbers, rows_twice
from jiheng.reading.statements.score_forms import form_scores
from jiheng.reading.statements.sections import impressions_in, sections_of
from jiheng.reading.statements.shares import Wholes, shares_in
from jiheng.reading.statements.table_values import TableValues, item_against_tables, names_against_tables
from jiheng.reading.statements.terms import Term, terms_of
from jiheng.reading.statements.text_twice import amounts_in_other_unit, long_amounts, rates_twice, texts_twice
from jiheng.reading.statements.three_expenses import three_expenses
from jiheng.reading.statements.uses import cost_periods, uses_in
from jiheng.reading.statements.years import ACCOUNTS, BUDGETS, YearKind, periods_in, title_year, years_in

_SHORT_LINE = 40


def claims_of(document: Document) -> Claims:
    """What a document claims."""
    texts = list(flats(document))
    terms = {flat.block: terms_of(flat) for flat in texts}
    grids = list(grids_of(document))
    found: list[Statement] = [*placeholders_in(document), *sections_of(document), *periods_in(document)]
    found += finer_than_fen(document)
    wholes = Wholes()
    for flat in texts:
        found += _of_words(document, flat)
        found += _of_figures(document, flat, terms[flat.block], wholes)
        wholes.add(flat, terms[flat.block])
    found = _with_title_year(document, found)
    told = long_amounts(texts, terms)
    tables = [statement for grid in grids if not grid.table.doubts for statement in _of_table(grid, told)]
    found += tables
    found += _across(document, texts, terms, grids, [one for one in tables if isinstance(one, Sum)])
    found += rates_twice(texts, [one for one in tables if isinstance(one, Rate)])
    lines = tuple(one.text for _, one in document.paragraphs if len(one.text) <= _SHORT_LINE)
    return Claims(head=document.head, statements=tuple(found), lines=lines)


def _with_title_year(document: Document, found: list[Statement]) -> list[Statement]:
    """Where the year of the title is the wrong one, that is told once and not at every total."""
    title = title_year(document, [one for one in found if isinstance(one, YearNamed)])
    if title is None:
        return found
    return [title, *(one for one in found if not (isinstance(one, YearNamed) and one.kind == YearKind.FIGURES))]


def _of_words(document: Document, flat: Flat) -> Iterator[Statement]:
    yield from years_in(document, flat)
    yield from empty_reasons(document, flat)
    yield from impressions_in(flat)


def _of_figures(document: Document, flat: Flat, terms: list[Term], wholes: Wholes) -> Iterator[Statement]:
    if not terms:
        return
    lists = enumerations(flat, terms)
    pairs = pairs_in(flat, terms)
    yield from formulas_in(flat, terms)
    yield from bare_rates(flat)
    yield from sums_in(flat, lists)
    yield from shares_in(flat, terms, lists, wholes)
    item = item_of(flat, terms)
    for change in changes_in(flat, terms, document.head.year):
        yield replace(change, name=item.name) if item is not None and item.path else change
    yield from cost_periods(flat, terms)
    yield from products_in(flat, terms)
    yield from bridges_in(flat, terms)
    yield from done_in(flat, terms)
    yield from totals_behind(flat, terms)
    yield from sides_in(flat, terms)
    yield from comparisons_in(flat, pairs)
    yield from completion_rates(flat, terms, pairs)
    yield from completions_in(flat, terms, pairs)
    yield from told_rates(flat, terms)
    yield from attained_rates(flat, terms)


def _of_table(grid: Grid, told: Mapping[Decimal, Said]) -> Iterator[Statement]:
    yield from coded_sums(grid)
    yield from labelled_sums(grid)
    yield from rows_wanting(grid, told)
    yield from balances(grid)
    yield from form_sums(grid)
    yield from column_sums(grid)
    yield from column_rates(grid)
    yield from form_scores(grid)
    yield from row_numbers(grid)
    yield from rows_twice(grid)
    yield from bare_shares(grid)


def _across(
    document: Document, texts: list[Flat], terms: dict[int, list[Term]], grids: list[Grid], sums: list[Sum]
) -> Iterator[Statement]:
    """What is said in two places."""
    kind, year = document.head.kind.value, document.head.year
    values = TableValues()
    for grid in grids:
        values.add(grid)
    forms = forms_of(sums)
    items: dict[int, Item] = {}
    for flat in texts:
        item = item_of(flat, terms[flat.block])
        if item is not None:
            items[flat.block] = item
            yield from twice_in_item(item, year)
            yield from item_against_tables(item, values, kind, year)
        yield from names_against_tables(flat, terms[flat.block], values, kind, year)
        yield from forms_total(flat, terms[flat.block], forms)
    yield from sums_below(texts, terms)
    yield from item_sums(document, items, texts, terms)
    if kind not in (*ACCOUNTS, *BUDGETS):
        yield from uses_in(texts, terms, items)
    yield from scores_in(texts, terms)
    yield from list_totals([grid for grid in grids if not grid.table.doubts], texts, terms)
    yield from three_expenses([grid for grid in grids if not grid.table.doubts])
    yield from indicators_twice(texts, grids)
    yield from figures_twice(texts, terms, grids, year)
    yield from texts_twice(document, texts, terms, items)
    yield from amounts_in_other_unit(texts, terms)
