"""
The command line: parse, call, print.

Data and paths go to stdout; progress, messages and errors to stderr. Exit codes: 0 done, 1 a failure that the message
explains, 2 a wrong use of the command, 130 stopped by Ctrl-C. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

from typing import Any

import click

from deck.commands.build import build
from deck.commands.check import check
from deck.commands.clean import clean
from deck.commands.common import VERBOSE
from deck.commands.doctor import doctor
from deck.commands.init import init
from deck.commands.listing import list_
from deck.commands.present import present
from deck.commands.serve import serve
from deck.commands.terminal import misuse_cleaned, say, show_error
from deck.commands.theme import theme
from deck.errors import DeckError, Faults

__all__ = ["main"]


class _Deck(click.Group):
    """A group of commands that reports each failure in one sentence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with misuse_cleaned():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with misuse_cleaned():
                return super().invoke(ctx)
        except DeckError as error:
            for fault in error.errors if isinstance(error, Faults) else [error]:
                show_error(fault, cause=ctx.meta.get(VERBOSE, False))
            ctx.exit(1)
        except OSError as error:
            from deck.files.writing import full_temporary

            if not (full := full_temporary(error)):
                raise
            show_error(full, cause=ctx.meta.get(VERBOSE, False))
            ctx.exit(1)
        except KeyboardInterrupt:
            say("stopped")
            ctx.exit(130)


@click.group(cls=_Deck, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "-V", "--version", package_name="feature-map-deck", prog_name="deck")
def main() -> None:
    """
    Turn a Markdown document into a deck of animated slides.

    DOCUMENT is by default talk.md in the working folder, or else the built-in lecture on the feature maps of
    convolutional networks.
    """


for command in (init, build, serve, present, list_, check, theme, doctor, clean):
    main.add_command(command)
