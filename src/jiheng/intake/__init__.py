"""From a workbook's cells to a department's year, with every non-empty cell accounted for."""
