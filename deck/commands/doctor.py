"""``deck doctor``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from deck.commands import common
from deck.commands.terminal import show
from deck.printable import json_of, line

if TYPE_CHECKING:
    from deck.commands.machine import Finding

__all__ = ["doctor"]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(*, as_json: bool) -> None:
    """Tell what this machine has for decks, and what each missing piece costs; exit 1 if nothing can be built."""
    from deck.commands.machine import examine

    findings = examine(common.STORE)
    show(json_of([asdict(finding) for finding in findings]) if as_json else _table(findings))
    if any(finding.needed and not finding.fine for finding in findings):
        click.get_current_context().exit(1)


def _table(findings: tuple[Finding, ...]) -> str:
    """Return a line for each piece, with what its lack costs below it, and a last one that sums up."""
    across = max(len(finding.name) for finding in findings)
    lines = [line for finding in findings for line in _lines(finding, across)]
    broken = [finding.name for finding in findings if finding.needed and not finding.fine]
    verdict = f"Decks cannot be built here: {', '.join(broken)}." if broken else "Decks can be built here."
    return "\n".join([*lines, "", verdict])


def _lines(finding: Finding, across: int) -> list[str]:
    mark = "ok" if finding.fine else "FAIL" if finding.needed else "-"
    lines = [f"{mark:4}  {finding.name:{across}}  {line(finding.found) or 'not found'}"]
    indent = " " * (across + 8)
    lines += [f"{indent}{line(finding.cost)}"] if finding.cost else []
    lines += [f"{indent}Hint: {line(finding.hint)}"] if finding.hint and not finding.fine else []
    return lines
