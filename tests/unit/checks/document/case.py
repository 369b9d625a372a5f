"""Invented documents for the checks on claims: a title says kind and year, then the words of the case."""

from __future__ import annotations

from dataclasses import dataclass

from jiheng.formats import flow
from jiheng.formats.document_opening import OpenedDocument
from jiheng.model.document import Document
from jiheng.reading.opening import document_of
from jiheng.reading.review import Review, review

ACCOUNTS = "青禾市民政局2024年度部门决算"
BUDGET = "临泽县教育局2025年部门预算"
REPORT = "云岭镇人民政府2023年度部门整体绩效评价报告"


def document(text: str, title: str = ACCOUNTS) -> Document:
    """A text as a document, read as a txt file is; rows of a table are lines between bars."""
    lines = [title, "", *(line.strip() for line in text.strip().splitlines())]
    return document_of(OpenedDocument("样.txt", "0" * 64, "txt", [flow.Lines("lines", lines)]))


def reviewed(text: str, title: str = ACCOUNTS) -> Review:
    """What the review says of it."""
    return review(document(text, title))


@dataclass(frozen=True)
class Case:
    """One text, and the findings of document checks that it deserves, as "check level"; none for a right text."""

    name: str
    text: str
    finds: tuple[str, ...] = ()
    title: str = ACCOUNTS
    says: str = ""
    expected: str = ""
    cause: str = ""

    def __str__(self) -> str:
        return self.name
