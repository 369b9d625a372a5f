"""What goes out: findings as JSON and as a page, scores and reports."""
