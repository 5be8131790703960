"""Tables of figures, a column for each size, kept in the document that shows them."""

from collections.abc import Mapping, Sequence
from pathlib import Path


def table(sizes: Sequence[int], columns: Sequence[Mapping[str, str]], limits: Mapping[str, str] | None = None) -> str:
    """The figures by name, a dash where one was not taken; with their limits in a last column where there are any."""
    names = [f"{size:,} matters" for size in sizes] + (["limit"] if limits is not None else [])
    lines = [_row("figure", names), "|---|" + "---|" * len(names)]
    for name in columns[0]:
        figures = [column.get(name, "–") for column in columns] + ([limits.get(name, "")] if limits is not None else [])
        lines.append(_row(name, figures))
    return "\n".join(lines)


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def keep(path: Path, command: str, text: str) -> None:
    """Write the command's last run into the document in place of the one before."""
    begin, end = f"<!-- the last run of `{command}` -->", "<!-- its end -->"
    before, _begin, rest = path.read_text(encoding="utf-8").partition(begin)
    _old, _end, after = rest.partition(end)
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
