"""From a report to as much of a department's year as it states; what could not be placed is listed."""

from __future__ import annotations

from dataclasses import dataclass

from jiheng.model import DepartmentYear, Profile, SourceFile
from jiheng.model.document import Document, Mention
from jiheng.reading.actuals import with_actuals
from jiheng.reading.execution_prose import budget_lines, stated_results
from jiheng.reading.goal_table import fund_block, indicators
from jiheng.reading.people_and_counts import failed_projects, offices, quantities, satisfaction_claims, staffing
from jiheng.reading.places import of_mention
from jiheng.reading.sections import in_prose
from jiheng.values import FiscalYear, RegionCode
from jiheng.values.region import NATION


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialYear:
    """What a document tells of a year.

    **Shape** `year` is None when department or fiscal year is unknown. `without_actual` names the indicators of which
    the prose says nothing comparable. `unmatched` are the figures of the prose that no record took; `doubts` sentences.
    Origins point into the document: sheet is its name, row a block, cells are places (`places.spot_of`).
    """

    year: DepartmentYear | None
    without_actual: tuple[str, ...] = ()
    unmatched: tuple[Mention, ...] = ()
    doubts: tuple[str, ...] = ()


def partial_year(document: Document) -> PartialYear:
    """Everything of the year that the document states in so many words."""
    head = document.head
    found, used = with_actuals(document, indicators(document))
    lines, used_lines = budget_lines(document)
    stated, used_stated, doubts = stated_results(document)
    people, used_people = staffing(document)
    counts, used_counts = quantities(document)
    surveys, used_surveys = satisfaction_claims(document)
    projects, scores, used_projects = failed_projects(document)
    used = used | used_lines | used_stated | used_people | used_counts | used_surveys | used_projects
    year = None
    if head.department.is_known and head.year is not None and 2000 <= head.year <= 2099:
        year = DepartmentYear(
            profile=Profile(
                department=head.department.value,
                region=RegionCode(head.region.value or NATION),
                fiscal_year=FiscalYear(head.year),
            ),
            offices=tuple(offices(document)),
            staffing=tuple(people),
            fund_block=fund_block(document),
            indicators=tuple(found),
            budget_lines=tuple(lines),
            projects=tuple(projects),
            quantities=tuple(counts),
            self_evaluations=tuple(scores),
            surveys=tuple(surveys),
            stated=stated,
            source=SourceFile(document.name, document.sha256),
        )
    return PartialYear(
        year=year,
        without_actual=tuple(one.name for one in found if not one.has_actual),
        unmatched=tuple(one for one in in_prose(document) if of_mention(one) not in used),
        doubts=tuple(doubts),
    )
