"""
The insides of other people's libraries: what they do not promise to keep, and deck needs all the same.

There is one module for each library. It imports, for all others here, whatever is not on the library's own front page,
and lists what is reached through objects:

========  ==============================================================================================
USED      is called, read, set or overridden; it has to be there, and to be called alike
FOLLOWED  is replaced, built upon or done step by step here, so that another code may ask for another here
SAID      words of errors by which these are recognised, and of what is written for others to read
IN_C      functions of libraries that are no Python
FILES     what lies in a package, on Linux
========  ==============================================================================================

A key is a name of the module, or where it comes from. ``make contract`` holds all of them, name by name, against other
versions of the libraries; `tests.contract` has what they are now.
"""

__all__ = [
    "manim",
    "manim_slides",
    "pango",
    "player",
    "qt",
    "ziamath",
]
