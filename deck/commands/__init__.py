"""The commands, one module each; `deck.cli` puts them together. What several of them need is in `common`."""

__all__ = [
    "build",
    "check",
    "clean",
    "common",
    "doctor",
    "init",
    "listing",
    "present",
    "serve",
    "terminal",
    "theme",
]
