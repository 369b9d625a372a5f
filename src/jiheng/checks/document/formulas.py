"""Reckonings that are printed with their result."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check, in_unit, widened
from jiheng.model import Level
from jiheng.model.statement import Claims, Formula, Product
from jiheng.values import Dimension, show_number


@document_check(
    "document.percent_sign",
    "百分率写百分号",
    level=Level.HINT,
    basis="比率以百分数表示时写“%”",
    message="“{words}”：算式乘了 100%，结果 {result} 缺少百分号“%”。",
    reckoning="按算式，结果应写作 {expected_text}。",
    mend="请写成 {expected_text}。",
)
def percent_sign(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A formula that ends in ×100% gives per cent."""
    for one in claims.of(Formula):
        if one.is_share and one.result.figure.unit.dimension is not Dimension.SHARE:
            shown = f"{show_number(one.result.figure.value)}%"
            yield claim(
                one.words,
                expected=shown,
                words=one.words.text,
                result=show_number(one.result.figure.value),
                expected_text=shown,
            )


@document_check(
    "document.formula",
    "算式的结果正确",
    level=Level.ERROR,
    basis="算式两边应相等",
    message="算式“{words}”左边算出来是 {reckoned}，不是 {result}。",
    reckoning="{left} = {reckoned}。",
    mend="请核对算式里的数和结果。",
)
def formula(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """By interval."""
    for one in claims.of(Formula):
        stated = one.result.figure
        if one.reckoned is None or widened(one.reckoned, stated).meets(stated.interval):
            continue
        middle = (one.reckoned.low + one.reckoned.high) / 2
        reckoned = in_unit(middle, stated.unit)
        yield claim(one.words, expected=reckoned, words=one.words.text, reckoned=reckoned, result=stated, left=one.name)


@document_check(
    "document.product",
    "单价乘数量等于总额",
    level=Level.WARNING,
    basis="总额 = 单价 × 数量",
    message="{quantity}，{price}，相乘是 {reckoned}，而{total}。",
    reckoning="{price_figure} × {quantity_figure} = {reckoned}。",
    mend="请核对单价、数量和总额；数量在年中有变化的，请说明。",
)
def product(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """By interval: an average is rounded, and times the quantity the rounding grows."""
    for one in claims.of(Product):
        price, quantity, total = one.price.figure, one.quantity.figure, one.total.figure
        reach = widened(price.interval, price).times(quantity.value)
        if reach.meets(widened(total.interval, total)):
            continue
        reckoned = in_unit(price.in_base * quantity.value, total.unit)
        yield claim(
            one.words,
            quantity=one.quantity,
            price=one.price,
            total=one.total,
            reckoned=reckoned,
            price_figure=price,
            quantity_figure=quantity,
        )
