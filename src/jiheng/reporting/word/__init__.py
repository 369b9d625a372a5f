"""The one Word writer: a ReportModel as a .docx in the form of GB/T 9704 (党政机关公文格式)."""

from jiheng.reporting.word.writer import write_docx

__all__ = ["write_docx"]
