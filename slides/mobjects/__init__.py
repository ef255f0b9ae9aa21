"""Drawings that take data and return geometry; they know no particular slide."""
