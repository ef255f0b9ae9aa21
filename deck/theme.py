"""The look of what decks draw themselves: colours, sizes, type. Kinds of slide may share it."""

TEXT = "#E6EDF3"
QUIET = "#9BA8B8"  # 7.7 : 1 on the background
LINE = "#5B6675"
ACCENT = "#FFB000"

TITLE_SIZE = 40.0
SMALLEST_SIZE = 24.0  # the back row has to read it

LEFT_EDGE, RIGHT_EDGE = -6.6, 6.6
TITLE_TOP = 3.62
CONTENT_TOP, CONTENT_BOTTOM = 2.72, -3.45
