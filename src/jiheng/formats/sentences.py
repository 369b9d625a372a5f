"""Phrases that several of this room's error sentences share."""

SAVE_AGAIN = "请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再试"
REMOVE_PASSWORD = "文件设有打开密码，读不出内容；请用 Excel 或 WPS 打开并取消密码，另存为 .xlsx 后再试"
REMOVE_MACROS = "工作簿带有宏，出于安全不予打开；请在 Excel 或 WPS 里另存为不含宏的 .xlsx 后再试"
DAMAGED = f"文件内容已损坏，读不出来；{SAVE_AGAIN}"

SAVE_DOCUMENT_AGAIN = "请用 Word 或 WPS 打开，另存为新的 .docx 后再试"
PRINT_PDF_AGAIN = "请用原来的程序重新导出 PDF，或者改用 .docx 后再试"

LONGEST_NAME = 40


def shown(name: str, longest: int = LONGEST_NAME) -> str:
    """A name from a file made fit for a sentence: one line, nothing unprintable, not too long.

    >>> shown("表\\n一"), shown("长" * 50, longest=3)
    ('表?一', '长长长…')
    """
    clean = "".join(letter if letter.isprintable() else "?" for letter in name[: longest + 1])
    return clean if len(clean) <= longest else f"{clean[:longest]}…"


def about_document(sentence: str) -> str:
    """A sentence about a workbook's package, said of a Word document.

    >>> about_document("不像正常的工作簿；请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再试")
    '不像正常的文档；请用 Word 或 WPS 打开，另存为新的 .docx 后再试'
    """
    for ours, theirs in (("工作簿", "文档"), ("Excel", "Word"), (".xlsx", ".docx")):
        sentence = sentence.replace(ours, theirs)
    return sentence
