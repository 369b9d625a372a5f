"""绩效运行监控: where an indicator or a project stands in a round (财预〔2019〕136号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiheng.model.provenance import Origin
from jiheng.values import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringEntry:
    """One subject in one round: goal progress and payment progress (双监控), deviation, likelihood, measures."""

    round: str
    cutoff: date | None = None
    project: str = ""
    indicator: str = ""
    reached: Figure | None = None
    reached_level: str = ""
    executed: Figure | None = None
    expected_executed: Figure | None = None
    deviation_cause: str = ""
    deviation_note: str = ""
    likelihood: str = ""
    measure: str = ""
    owner: str = ""
    due: date | None = None
    state: str = ""
    origin: Origin | None = None
