"""A department's year in rows, and the one door between rows and engine records."""
