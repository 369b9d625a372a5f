"""Numbers in prose: every run of digits is a figure, a code, an ordinal, or damaged, and says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jiheng.model.document import Kind
from jiheng.reading.chinese_numerals import chinese_numbers
from jiheng.reading.tokens import Token, figure_of, overlaps
from jiheng.reading.units_beside import bound_before, unit_behind
from jiheng.values import Bound, Dimension

_CLUSTER = re.compile(r"(?:\d|(?<![\d.])\.(?=\d))(?:[\d,.]| (?=[\d,.])|\n(?=[\d,.]))*")
_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SPACED_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?")
_SPACED_POINT = re.compile(r"[\d,]+(?: \.|\. )\d+|\d{1,3}(?:, ?| ,)\d{3}(?:(?:, ?| ,)\d{3})*(?:\.\d+)?")
_LIST = re.compile(r"\d{1,2}(?:,\d{1,2})+")
_DOTTED_DATE = re.compile(r"(?:19|20)\d{2}\.\d{1,2}(?:\.\d{1,2})?")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){2,4}")
_ORDINAL = re.compile(r"第 ?[\d一二三四五六七八九十百零〇两]{1,6}")
_NUMBERING = re.compile(
    r"\s*(?:[(（]\d{1,3}[)）]|\d{1,3}(?:[、．]|\.(?!\d))|(\d{1,2}(?:\.\d{1,2}){1,3})(?=[ \u4e00-\u9fff]))"
)
_INNER_NUMBERING = re.compile(
    r"(?:(?<=[\n。；：:;，])|(?<=[。；：:;，] )) *(?:[(（]\d{1,2}[)）](?!元|万|%)|\d{1,2}(?:[、．]|\.(?!\d))(?=[^\d ]|(?:19|20)\d{2} ?年))"
    r"|(?<=目标)\d{1,2}(?=[:：.、])|(?<=附[件表])\d{1,2}|(?<=[表图注])\d{1,2}(?=[:：.、 ])|[(（]\d{1,3}[类款项][)）]?"
    r"|(?<=[*×]) ?100 ?%"
)
_RATIO = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?: ?[:：∶] ?\d+(?:\.\d+)?)+")
_LINK = re.compile(r" ?(?:[-~]|至|到) ?")
_CHANGE_BEFORE = re.compile(r"(?:从|由)[^，。；]{0,6}$")
_LONGEST_NUMBER = 15


def numbers(text: str, taken: list[tuple[int, int]]) -> Iterator[Token]:
    """Every number of a narrow text outside the spans that are taken (dates, years), in order.

    >>> [(str(t.figure), t.kind.value) for t in numbers("预算31385.997668万元，满意度90%以上，3号楼", [])]
    [('31385.997668万元', '数值'), ('90%以上', '数值'), ('None', '编号')]
    """
    spans = sorted(taken)
    numbering = _NUMBERING.match(text)
    # "8.8亿元" at the head of a paragraph is an amount, "3.2 资产管理" a number of the outline.
    if numbering and not (numbering[1] and unit_behind(text, numbering.end()).length):
        spans.append(numbering.span())
    ratios = [found.span() for found in (*_RATIO.finditer(text), *_INNER_NUMBERING.finditer(text))]
    spans += ratios
    ordinals = [found.span() for found in _ORDINAL.finditer(text)]
    found_tokens = [*_digit_numbers(text, spans, ordinals), *chinese_numbers(text, spans + ordinals)]
    found_tokens += [Token(Kind.CODE, start, end) for start, end in ratios]
    found_tokens = _flag_compounds(found_tokens, text)
    for start, end in ordinals:
        if not overlaps(start, end, spans):
            found_tokens.append(Token(Kind.ORDINAL, start, end))
    yield from _ranges(text, sorted(found_tokens, key=lambda token: token.start))


def _flag_compounds(tokens: list[Token], text: str) -> list[Token]:
    """1亿2千万元 is one number written in steps; the steps stay apart and say so."""
    at = {token.start: index for index, token in enumerate(tokens)}
    for index, token in enumerate(tokens):
        after = at.get(token.end)
        if after is not None and text[token.end - 1] in "万亿千百" and tokens[after].has_unit:
            doubt = "由几段写成的一个数，没有合并"
            tokens[index], tokens[after] = replace(tokens[index], doubt=doubt), replace(tokens[after], doubt=doubt)
    return tokens


def _digit_numbers(text: str, spans: list[tuple[int, int]], ordinals: list[tuple[int, int]]) -> Iterator[Token]:
    for found in _CLUSTER.finditer(text):
        start, end = found.span()
        for since, until in spans:
            # A date may begin or end inside the cluster: what is left over is another number.
            if since <= start < until:
                start = until
            elif start < since < end:
                end = since
        cluster = text[start:end]
        lead = len(cluster) - len(cluster.lstrip(" ,.\n"))
        if cluster[:1] == "." and lead == 1:
            lead = 0 if start == 0 or not text[start - 1].isalnum() else 1
        start += lead
        cluster = text[start:end].rstrip(" ,.\n")
        if cluster and not overlaps(start, start + len(cluster), ordinals):
            yield from _cluster(text, start, cluster)


def _cluster(text: str, start: int, cluster: str) -> Iterator[Token]:
    end = start + len(cluster)
    if _is_code(text, start, end, cluster):
        yield Token(Kind.CODE, start, end)
    elif _PLAIN.fullmatch(cluster):
        yield _plain_number(text, start, end, cluster, "")
    elif "\n" in cluster:
        yield from _across_lines(text, start, cluster)
    elif _SPACED_GROUPS.fullmatch(cluster) or _SPACED_POINT.fullmatch(cluster):
        plain = cluster.replace(" ", "").replace(",", "")
        yield _plain_number(text, start, end, plain, "数字中间有空格，按连在一起读")
    elif " " in cluster:
        at = start
        for part in cluster.split(" "):
            for token in _cluster(text, at, part) if part.strip(",.") else ():
                yield replace(token, doubt=token.doubt or "两个数之间只有空格，可能是断开的一个数")
            at += len(part) + 1
    elif _LIST.fullmatch(cluster) and (cluster.count(",") > 1 or not unit_behind(text, end).length):
        at = start
        for part in cluster.split(","):
            yield _plain_number(text, at, at + len(part), part, "")
            at += len(part) + 1
    elif _DOTTED_DATE.fullmatch(cluster):
        yield Token(Kind.DATE, start, end)
    elif _SECTION.fullmatch(cluster):
        yield Token(Kind.CODE, start, end)
    elif cluster.startswith(".") and cluster[1:].isdecimal():
        yield _plain_number(text, start, end, f"0{cluster}", "小数点前没有数字")
    else:
        yield Token(Kind.DAMAGED, start, end, doubt=_damage(cluster))


def _damage(cluster: str) -> str:
    if cluster.count(".") > 1:
        return "有不止一个小数点，可能是两个数连在了一起"
    if ".." in cluster or ",," in cluster:
        return "标点重复，可能多打了符号"
    return "千分位逗号的位置不对，可能少了或多了数字"


def _across_lines(text: str, start: int, cluster: str) -> Iterator[Token]:
    """Digits on both sides of a line break: put together only where neither half can stand alone."""
    at = start
    for part in cluster.split("\n"):
        if part.strip(",. "):
            for token in _cluster(text, at + len(part) - len(part.lstrip(" ,.")), part.strip(" ,.")):
                yield replace(token, doubt=token.doubt or "数字前后换行，可能是断开的一个数")
        at += len(part) + 1


def _is_code(text: str, start: int, end: int, cluster: str) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if before and before.isascii() and (before.isalpha() or before in ("_", "#", "@")):
        return True
    digits = cluster.replace(",", "").replace(".", "")
    if len(digits) > _LONGEST_NUMBER and "." not in cluster:
        return True
    if cluster.isdecimal() and len(cluster) > 1 and cluster[0] == "0":
        return True
    if after == "号" and text[end : end + 2] not in ("号召",):
        return True
    if after.isascii() and after.isalpha() and not unit_behind(text, end).length:
        return True
    dashed = re.match(r"-\d{3,}", text[end:]) and cluster.isdecimal() and cluster[0] == "0"
    return bool(dashed) or bool(before == "-" and re.search(r"\d[A-Za-z\d]*-$", text[:start]) and len(digits) > 5)


def _plain_number(text: str, start: int, end: int, digits: str, doubt: str) -> Token:
    behind = unit_behind(text, end)
    bound, near = bound_before(text, start)
    begin = start
    if start and text[start - 1] in "-+" and (start == 1 or not _ends_a_number(text[start - 2])):
        begin = start - 1
        digits = ("-" if text[begin] == "-" else "") + digits
    bound = behind.bound if bound is Bound.EXACT else bound
    stop = end + behind.length
    words = text[begin:stop].strip()
    if bound is not Bound.EXACT and behind.bound is Bound.EXACT:
        lead = re.search(r"[≥≤><=]+ ?$|[\u4e00-\u9fff]{1,4}[:： ]*$", text[max(begin - 6, 0) : begin])
        words = (lead[0] if lead else "") + words
    figure = figure_of(digits, behind.unit, scale=behind.scale, bound=bound, text=words)
    return Token(Kind.FIGURE, begin, stop, figure, None, near or behind.near, doubt or behind.doubt)


def _ends_a_number(letter: str) -> bool:
    """Whether a dash behind this letter links or subtracts, and is no sign."""
    return (letter.isascii() and letter.isalnum()) or letter in "-)）%"


def _ranges(text: str, tokens: list[Token]) -> Iterator[Token]:
    """The tokens with two figures that are linked by a dash or 至 made one range."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is not None and (joined := _range(text, token, after)):
            yield joined
            index += 2
        else:
            yield token
            index += 1


def _range(text: str, low: Token, high: Token) -> Token | None:
    if low.figure is None or high.figure is None or low.doubt or high.doubt or low.figure.bound is not Bound.EXACT:
        return None
    begin = high.start + 1 if text[high.start] in "-+" and high.figure.value < 0 else high.start
    link = text[low.end : begin]
    if not _LINK.fullmatch(link) or _CHANGE_BEFORE.search(text[max(low.start - 8, 0) : low.start]):
        return None
    top = replace(high.figure, value=abs(high.figure.value))
    bottom = low.figure
    if not low.has_unit and high.has_unit:
        bottom = figure_of(text[low.start : low.end].strip(), top.unit, text=low.figure.text)
        if top.unit.dimension is Dimension.OTHER and top.quantum:
            return None
    if bottom.unit != top.unit or bottom.value > top.value:
        return None
    return Token(Kind.RANGE, low.start, high.end, bottom, top)
