"""Blocks of Word documents and web pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jiheng.formats import flow
from jiheng.model.document import Block, Noise, Paragraph, Passage, Role, Spot, Table, TableCell
from jiheng.reading.noise import cleaned
from jiheng.reading.passages import of_pieces

_ROLES = {"title": Role.TITLE, "contents": Role.CONTENTS, "note": Role.NOTE, "box": Role.BOX, "": Role.BODY}


def blocks_of_flow(items: Sequence[flow.Item], form: str) -> tuple[list[Block], list[Noise]]:
    """Paragraphs and tables in order, and what is no author's text."""
    blocks: list[Block] = []
    noise: list[Noise] = []
    place_of: dict[int, int] = {}
    for index, item in enumerate(items):
        spot_of = _spots(form, getattr(item, "part", ""))
        if isinstance(item, flow.Text):
            passage, found, is_contents = cleaned(of_pieces(item.pieces, spot_of, item.number))
            noise += found
            if not passage.text:
                continue
            role = _ROLES[item.role]
            role = Role.CONTENTS if is_contents and role is Role.BODY else role
            if item.level and role is Role.BODY:
                role = Role.HEADING
            blocks.append(Paragraph(passage=passage, role=role, level=item.level, number=item.number))
        elif isinstance(item, flow.Grid) and item.rows <= 1 and item.columns <= 1:
            # A single cell is a frame around text, no table.
            framed = [slot for slot in item.slots if slot.pieces]
            for slot in framed:
                passage, found, _ = cleaned(of_pieces(slot.pieces, spot_of))
                noise += found
                if passage.text:
                    blocks.append(Paragraph(passage=passage, role=Role.BOX))
        elif isinstance(item, flow.Grid):
            place_of[index] = len(blocks)
            blocks.append(_table(item, index, place_of, spot_of, noise))
        elif isinstance(item, flow.Noise):
            spot = Spot(part=item.part, paragraph=item.at) if form == "docx" else Spot(line=item.at)
            noise.append(Noise(item.kind, item.text, spot))
    return blocks, noise


def _spots(form: str, part: str) -> Callable[[flow.Piece], Spot]:
    if form == "docx":
        return lambda piece: Spot(part=part, paragraph=piece.at, run=piece.run, column=piece.letter)
    return lambda piece: Spot(line=piece.at)


def _table(
    grid: flow.Grid,
    index: int,
    place_of: dict[int, int],
    spot_of: Callable[[flow.Piece], Spot],
    noise: list[Noise],
) -> Table:
    cells: list[TableCell] = []
    first = Spot()
    for slot in grid.slots:
        passage, found, _ = cleaned(of_pieces(slot.pieces, spot_of))
        noise += found
        if passage.text and first == Spot():
            first = passage.spot()
        cells.append(
            TableCell(
                row=slot.row,
                column=slot.column,
                row_span=slot.row_span,
                column_span=slot.column_span,
                passage=passage if passage.text else Passage(""),
            )
        )
    inside = None
    if grid.inside is not None:
        outer = place_of.get(index - grid.inside[0])
        inside = (outer, grid.inside[1], grid.inside[2]) if outer is not None else None
    return Table(
        rows=grid.rows,
        columns=grid.columns,
        cells=tuple(cells),
        title=grid.caption,
        parts=(first,),
        inside=inside,
    )
