"""Exact values: amounts, figures with the precision they were given in, ratios, years, regions."""

from jiheng.values.exact import Exact, exact_from_spreadsheet, round_half_up, show_number
from jiheng.values.figure import Bound, Figure, exact_money
from jiheng.values.interval import Interval
from jiheng.values.money import Money
from jiheng.values.periods import FiscalYear, Period
from jiheng.values.ratio import Ratio
from jiheng.values.region import RegionCode
from jiheng.values.units import Dimension, Unit, unit_named

__all__ = [
    "Bound",
    "Dimension",
    "Exact",
    "Figure",
    "FiscalYear",
    "Interval",
    "Money",
    "Period",
    "Ratio",
    "RegionCode",
    "Unit",
    "exact_from_spreadsheet",
    "exact_money",
    "round_half_up",
    "show_number",
    "unit_named",
]
