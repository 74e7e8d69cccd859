"""A reading as a table in a terminal: who, how, what, kind, probability.

Below the words stand who that is, and the way that they came.
"""

from __future__ import annotations

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from verbale.export import telling
from verbale.export.wording import certainty, counts, nesting, one_line, origin, words
from verbale.types import Attribution, Reading, Statement

# The least width in columns, and for each column of the table the cells stacked in it and its share of the
# width, 0 for as much as it needs. Words break before they fit where five columns stand in sixty.
_LAYOUTS: tuple[tuple[int, tuple[tuple[tuple[str, ...], int], ...]], ...] = (
    (100, ((("who",), 5), (("how",), 3), (("what",), 12), (("kind",), 0), (("probability",), 0))),
    (76, ((("who",), 6), (("how",), 4), (("what",), 11), (("probability", "kind"), 0))),
    (0, ((("who", "how"), 5), (("what",), 8), (("probability", "kind"), 0))),
)


def print_table(reading: Reading, console: Console) -> None:
    """Print a reading's header and one row for each of its attributions.

    Args:
        reading: a document and what was found in it.
        console: where to; its width decides how the columns are laid out.
    """
    document = reading.document
    console.print(Text(one_line(document.title or document.name), style="bold"), highlight=False)
    console.print(
        Text(one_line(" · ".join((*origin(document), counts(reading.attributions))))), highlight=False
    )
    console.print()
    if reading.attributions:
        console.print(_table(reading, console.width), highlight=False)
    else:
        console.print(Text("Nobody is quoted in this text, as far as the reader can tell."))
    for skipped in reading.skipped:
        console.print(Text(one_line(f"Not read: {skipped}"), style="italic"), highlight=False)
    console.print()


def _table(reading: Reading, width: int) -> Table:
    layout = next(columns for least, columns in _LAYOUTS if width >= least)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True, leading=1)
    for stack, share in layout:
        table.add_column("\n".join(stack), ratio=share or None, no_wrap=not share, overflow="fold")
    told = {statement.attribution: statement for statement in reading.statements}
    for depth, attribution in nesting(reading.attributions):
        cells = _cells(reading.document.text, attribution, told.get(attribution.id))
        who, *others = (Group(*(cells[name] for name in stack)) for stack, _ in layout)
        table.add_row(_hanging(who, depth) if depth else who, *others)
    return table


def _cells(text: str, attribution: Attribution, statement: Statement | None) -> dict[str, Text]:
    return {
        "who": _said(words(text, attribution.source), "bold")
        + _who(words(text, attribution.source), statement),
        "how": _said(words(text, attribution.cue), "italic"),
        "what": _said(words(text, attribution.content))
        + _way(statement, attribution.parent is not None)
        + _held(text, statement),
        "kind": Text(attribution.kind + ("\ninferred" if attribution.inferred else "")),
        "probability": Text(f"{certainty(attribution.probability)} {attribution.probability:.2f}"),
    }


def _who(source: str, statement: Statement | None) -> Text:
    """Below the source's words the speaker, where these do not name him in full, office, body and state."""
    if statement is None:
        return Text()
    name = telling.speaker(statement)
    parts = ["" if name in source or name == "nobody named" else name, telling.standing(statement)]
    return _below(" · ".join(part for part in parts if part))


def _way(statement: Statement | None, nested: bool) -> Text:
    """Below the content to whom, where and when it was said, and through whom; not below a nested one."""
    if statement is None:
        return Text()
    chain = "" if nested else telling.chain(statement)
    parts = [telling.occasion(statement), f"via {chain}" if chain else ""]
    return _below(" · ".join(part for part in parts if part))


def _held(text: str, statement: Statement | None) -> Text:
    """Below that where each side stands by it, and what is done, but for plain statements."""
    lines = Text()
    for position in statement.positions if statement else ():
        lines += Text(f"\n▪ {one_line(telling.position(position, text))}")
    for act in telling.notable(statement) if statement else ():
        lines += Text(f"\n· {one_line(telling.act(act))}", style="dim")
    return lines


def _below(told: str) -> Text:
    return Text(f"\n{one_line(told)}", style="dim") if told else Text()


def _said(said: str, style: str = "") -> Text:
    return Text(one_line(said) or "—", style=style)


def _hanging(cell: RenderableType, depth: int) -> Table:
    """A cell of a nested row: it hangs under the row above, all its lines to the right of the mark."""
    hanging = Table.grid()
    hanging.add_row("  " * min(depth - 1, 3) + "└ ", cell)
    return hanging
