"""What manim would have drawn, kept as a vector timeline."""
