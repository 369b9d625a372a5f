"""Forms: uploading documents."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jiheng.errors import BadInput

MEGABYTE = 1024 * 1024


def sorted_out(given: list[UploadedFile]) -> tuple[list[tuple[str, bytes]], list[str]]:
    """What can be taken in, and a sentence for each file that is too large. **Raises** BadInput for too many files."""
    if len(given) > settings.REVIEW_FILES:
        raise BadInput(f"一次选了 {len(given)} 个文件，最多 {settings.REVIEW_FILES} 个：请分几次上传，没有上传")
    taken, refused = [], []
    for one in given:
        name = one.name or "材料"
        if (one.size or 0) > settings.UPLOAD_LIMIT:
            size, most = (one.size or 0) // MEGABYTE, settings.UPLOAD_LIMIT // MEGABYTE
            refused.append(f"{name}：文件有 {size} MB，超过 {most} MB 的上限，没有上传；请压缩图片或拆开后再试")
        else:
            taken.append((name, one.read()))
    return taken, refused
