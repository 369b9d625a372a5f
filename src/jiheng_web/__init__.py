"""绩衡 on the web: the year of one department and the finance bureau above it, over the same engine."""
