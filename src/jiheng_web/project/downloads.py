"""Files going out."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

_TYPES = {
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(content: bytes, name: str) -> HttpResponse:
    """A file to be saved, whatever its kind; nothing of it is shown in the site's own origin."""
    suffix = name[name.rfind(".") :]
    answer = HttpResponse(content, content_type=_TYPES.get(suffix, "application/octet-stream"))
    answer["Content-Disposition"] = f"attachment; filename=\"file{suffix}\"; filename*=UTF-8''{quote(name)}"
    return answer
