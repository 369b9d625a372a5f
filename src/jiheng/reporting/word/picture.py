"""A picture in the text."""

from __future__ import annotations

import struct

from jiheng.reporting.word.text import escape, paragraph

_EMU_IN_TWIP = 635


def picture_xml(relation: str, number: int, png: bytes, *, width: int, tallest: int, alt: str) -> str:
    """A paragraph that holds the picture, as wide as the type area. **Unit** 1/20 pt."""
    across, down = png_size(png)
    height = width * down // across
    if height > tallest:
        width, height = width * tallest // height, tallest
    size = f'cx="{width * _EMU_IN_TWIP}" cy="{height * _EMU_IN_TWIP}"'
    about = f'id="{number}" name="图{number}" descr="{escape(alt)}"'
    return paragraph(
        "Picture",
        f'<w:r><w:rPr><w:noProof/></w:rPr><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {about}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
    )


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in its own dots."""
    across, down = struct.unpack(">II", png[16:24])
    return across, down
