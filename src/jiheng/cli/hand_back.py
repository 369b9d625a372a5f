"""The files that `jiheng review` writes, and which of its options go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jiheng.errors import BadInput

if TYPE_CHECKING:
    from jiheng.reading.review import Review


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The forms in which one review is wanted."""

    comments: Path | None
    html: Path | None
    opinion: Path | None

    @property
    def paths(self) -> tuple[Path, ...]:
        """Those that are wanted."""
        return tuple(path for path in (self.comments, self.html, self.opinion) if path is not None)

    def write(self, file: Path, review: Review) -> tuple[Path, ...]:
        """Write them. **Raises** BadInput as the use-cases do."""
        if not self.paths:
            return ()
        from jiheng import workflow_review

        today = date.today()
        if self.comments is not None:
            workflow_review.write_commented(file, review, self.comments, today)
        if self.html is not None:
            workflow_review.write_marked_page(review, self.html, today)
        if self.opinion is not None:
            workflow_review.write_opinion_paper(review, self.opinion, today)
        return self.paths


def only_folder(
    files: Sequence[Path], output: Path | None, wanted: HandedBack, others: Sequence[Path | None]
) -> tuple[Path, Path]:
    """The folder to review and where the results go. **Raises** BadInput for what does not go together."""
    if not any(file.is_dir() for file in files):
        raise BadInput("-o 只用于核查文件夹；一份材料请用 --comments、--html 或 --opinion")
    if output is None:
        raise BadInput("核查文件夹要用 -o 指定结果写到哪个文件夹")
    if len(files) > 1:
        raise BadInput("文件夹一次核查一个，也不能与文件一起给；请分几次")
    if wanted.paths or any(others):
        raise BadInput(
            "核查文件夹时不用 --comments、--html、--opinion、--with、--against：每份材料的结果都写在 -o 的文件夹里"
        )
    return files[0], output
