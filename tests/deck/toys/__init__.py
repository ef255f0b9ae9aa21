"""Small kinds of slide, for tests: they draw in an instant and fail on request."""
