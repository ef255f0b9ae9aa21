"""``deck check``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deck.commands import common
from deck.commands.terminal import short

__all__ = ["check"]


class _Check(click.Command):
    """Lists the rules below its help."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from deck.check.rules import rules

        with formatter.section("Rules"):
            formatter.write_dl([(name, rule.statement) for name, rule in rules().items()])
        super().format_epilog(ctx, formatter)


@click.command(cls=_Check, epilog="A section silences one with its reason: `ignore: {small-text: it is a screenshot}`.")
@common.document
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is anything to say.")
@common.quality
@common.trust
@common.jobs
@common.timeout
@common.quiet
@common.verbose
@click.pass_context
def check(ctx: click.Context, /, *, document: Path | None, as_json: bool, strict: bool, **how: Any) -> None:
    """Say of a deck what a careful colleague would say before the lecture."""
    from deck import check as checking

    with common.built(document or common.lecture(), at_fault="leave out", **how) as (deck, _):
        report = checking.check(deck, processes=how["jobs"])
    everything = ctx.meta[common.VERBOSE]
    common.report(
        deck,
        lambda: checking.as_json(report) if as_json else checking.as_text(report, all=everything, shown=short),
    )
    ctx.exit(1 if strict and report.findings else 0)
