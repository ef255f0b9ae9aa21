"""The command ``deck``, and ``python -m deck``."""

import sys

from deck.process.isolation import isolate

__all__ = ["main"]


def main() -> None:
    """Run the command line, and end the process with its exit code."""
    isolate()
    from deck.process.stopping import finish, stop_on_signals

    stop_on_signals()
    from deck import cli
    from deck.commands.terminal import break_down

    sys.excepthook = break_down
    finish(lambda: cli.main(prog_name="deck"))


if __name__ == "__main__":  # a fork server imports this module under another name, and must not run it
    main()
