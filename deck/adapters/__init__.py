"""
The insides of other people's libraries: what they do not promise to keep, and deck needs all the same.

There is one module for each library. It imports, for all of deck, whatever the library does not export at its top, and
lists what deck reaches through objects:

========  ==============================================================================================
USED      is called, read, set or overridden; it has to be there, and to take the same parameters
FOLLOWED  is replaced, extended or repeated step by step in deck: if it changes, deck may have to, too
SAID      words by which deck recognises an error, or reads what a library writes
IN_C      functions of libraries that are no Python
FILES     what lies in a package, on Linux
========  ==============================================================================================

A key is a name that the module imports, or a dotted path. ``make contract`` compares all of them, name by name, with
other versions of the libraries; `tests.contract` has what they are now.
"""

__all__ = [
    "manim",
    "manim_slides",
    "pango",
    "player",
    "qt",
    "ziamath",
]
