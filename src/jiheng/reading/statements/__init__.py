"""From a document's sentences, lists and tables to what they claim, each claim with its place."""

from jiheng.reading.statements.claims import claims_of

__all__ = ["claims_of"]
