"""What each section of a report says: composed from the year's figures, one module a chapter."""
