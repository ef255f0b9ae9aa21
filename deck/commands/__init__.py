"""The commands, one module each; `deck.cli` puts them together. What several of them need is in `common`."""
