"""The API: the same data under the same permissions, for other programs."""
