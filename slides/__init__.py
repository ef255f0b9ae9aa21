"""The lecture on CNN feature maps: four kinds of slide, their drawings and their numbers."""
