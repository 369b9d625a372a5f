"""Staff by kind, counts by kind, satisfaction claims, projects that the report says were not finished."""

from __future__ import annotations

import re
from decimal import Decimal

from jiheng.model import Office, Project, ProjectStatus, Quantity, SelfEvaluation, Staffing, Survey
from jiheng.model.document import Document, Mention, Role
from jiheng.reading.places import of_mention, origin, place
from jiheng.reading.sections import before, clause_of, in_prose, sentence_of
from jiheng.values import Dimension

_STAFF = re.compile(
    r"(行政|事业|参公|工勤|其他|编外|聘用|退休|离休)(?:编制)?(?:在职|在编|聘用)?(?:人员|编制|职工)(?:[^，。；、]{0,6})?$"
)
_SATISFIED = re.compile(r"满意(?:度|率)")
_TARGET = re.compile(r"(?:目标|指标值|计划|要求)[^，。；]{0,6}$")
_IMPRESSION = re.compile(r"据[^，。；]{0,16}(?:了解|反映|掌握|反馈)")
_OFFICES = re.compile(r"(?:分别(?:如下|为|是)|组成(?:，分别如下)?|包括|下设|内设(?:机构)?)[:：]")
_OFFICE = re.compile(r"[^、，。；：]{2,36}?(?:室|科|队|中心|组|所|站|部|处|委|局|办)(?:[（(][^（）()]{1,20}[)）])?$")
_ZERO_PROJECT = re.compile(
    r"(?:“(?P<quoted>[^“”]{2,40})”[^，。；：“”]{0,8}|(?P<plain>[^，。；：“”]{4,40}?))自评(?:得分)?(?:为)?$"
)


def staffing(document: Document) -> tuple[list[Staffing], set[str]]:
    """Heads by kind of staff."""
    found: dict[str, Staffing] = {}
    used: set[str] = set()
    for mention in in_prose(document):
        if mention.figure is None or mention.figure.unit.dimension is not Dimension.PEOPLE:
            continue
        text = document.passage(mention.block).text[max(mention.start - 16, 0) : mention.start]
        kind = _STAFF.search(re.split(r"[，。；、]", text)[-1])
        if kind and kind[1] not in found:
            cells = {"employed": of_mention(mention)}
            found[kind[1]] = Staffing(
                kind=kind[1], employed=mention.figure.value, origin=origin(document, mention.block, cells)
            )
            used.add(of_mention(mention))
    return list(found.values()), used


def offices(document: Document) -> list[Office]:
    """The offices of the first list of the chapter on the department."""
    for index, block in document.paragraphs:
        if block.role is not Role.BODY or not re.search(r"内设|机构|组成|办公室", block.text):
            continue
        start = _OFFICES.search(block.text)
        listed = block.text[start.end() :] if start else ""
        if not listed.strip() and index + 1 < len(document.blocks):
            index, listed = index + 1, document.passage(index + 1).text if start else ""
        names = [name.strip() for name in re.split(r"、(?![^（(]*[)）])", listed.split("。")[0])]
        if len(names) >= 3 and sum(_OFFICE.fullmatch(name) is not None for name in names) >= 0.8 * len(names):
            return [Office(name=name, origin=origin(document, index, {"name": place(index)})) for name in names]
    return []


def quantities(document: Document) -> tuple[list[Quantity], set[str]]:
    """Totals that a sentence breaks down by kind: 共109个，其中：甲类43个，乙类7个…"""
    found: list[Quantity] = []
    used: set[str] = set()
    mentions = [one for one in in_prose(document) if one.figure and one.figure.unit.dimension is Dimension.COUNT]
    at = 0
    while at < len(mentions):
        total = mentions[at]
        text = document.passage(total.block).text
        parts: list[Mention] = []
        end = total.end
        for one in mentions[at + 1 :]:
            same = one.block == total.block and one.figure and total.figure and one.figure.unit == total.figure.unit
            if not same or re.search(r"[。！？\n]", text[end : one.start]):
                break
            if not parts and not re.search(r"其中|包括|分别", text[end : one.start]):
                break
            parts.append(one)
            end = one.end
        if len(parts) >= 2:
            subject = re.sub(r"^.*?[，：:]|(?:共计|共有|共|合计|数量|为)+$", "", before(document, total, 40)).strip()
            begins = total.end
            for one in (total, *parts):
                kind = "合计" if one is total else _kind(text[begins : one.start])
                begins = one.end
                where = {"count": of_mention(one)}
                found.append(
                    Quantity(
                        subject=subject or "合计",
                        kind=kind,
                        count=one.figure,
                        origin=origin(document, one.block, where),
                    )
                )
                used.add(of_mention(one))
        at += 1 + len(parts)
    return found, used


def _kind(words: str) -> str:
    """The name of a part from the words between two counts."""
    clause = re.split(r"[，,;；:：]", words)[-1]
    return re.sub(r"^(?:其中|包括|以及|及|和|、|\s)+|(?:共|为|有)$", "", clause).strip()


def satisfaction_claims(document: Document) -> tuple[list[Survey], set[str]]:
    """Every share of satisfied people that the prose claims, with the words about where it comes from."""
    found: list[Survey] = []
    used: set[str] = set()
    for mention in in_prose(document):
        clause = clause_of(document, mention)
        if (
            mention.figure is None
            or mention.figure.unit.dimension is not Dimension.SHARE
            or not _SATISFIED.search(clause)
            or _TARGET.search(before(document, mention, 30))
        ):
            continue
        impression = _IMPRESSION.search(sentence_of(document, mention))
        where = origin(document, mention.block, {"satisfaction": of_mention(mention)})
        name = re.sub(r"[\d%％以上达到为约≥]+$", "", before(document, mention, 30)).strip()
        name = re.split(r"[：:]", name)[-1] or "满意度"
        found.append(
            Survey(name=name, method=impression[0] if impression else "", satisfaction=mention.figure, origin=where)
        )
        used.add(of_mention(mention))
    return found, used


def failed_projects(document: Document) -> tuple[list[Project], list[SelfEvaluation], set[str]]:
    """Projects that the prose names with a self-evaluated score."""
    projects: list[Project] = []
    scores: list[SelfEvaluation] = []
    used: set[str] = set()
    for mention in in_prose(document):
        if mention.figure is None or mention.figure.unit.dimension is not Dimension.POINTS:
            continue
        named = _ZERO_PROJECT.search(before(document, mention, 50))
        name = (named["quoted"] or named["plain"]) if named else ""
        if not name or re.search(r"整体|街道|部门|单位", name):
            continue
        sentence = sentence_of(document, mention)
        undone = re.search(r"未完成|没有完成|未达", sentence) is not None
        reason = re.search(r"原因是([^。；]+)", sentence)
        where = origin(document, mention.block, {"total": of_mention(mention)})
        status = ProjectStatus.NOT_DONE if undone and mention.figure.value == Decimal(0) else None
        projects.append(Project(name=name, status=status, reason=reason[1] if reason else "", origin=where))
        scores.append(SelfEvaluation(project=name, total=mention.figure.value, origin=where))
        used.add(of_mention(mention))
    return projects, scores, used
