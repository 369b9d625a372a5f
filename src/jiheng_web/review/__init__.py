"""Finished documents that people upload, and what the checks say of each."""
