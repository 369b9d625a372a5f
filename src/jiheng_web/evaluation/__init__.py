"""Findings, scores, reports, and what was sealed."""
