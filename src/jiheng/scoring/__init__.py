"""Scoring: a department's year and a rule set become a score sheet in which every point can say why."""

from jiheng.scoring.sheet import project_named, score_department, score_project, score_projects

__all__ = ["project_named", "score_department", "score_project", "score_projects"]
