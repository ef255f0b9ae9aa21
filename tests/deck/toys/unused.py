"""A module that no slide imports."""
