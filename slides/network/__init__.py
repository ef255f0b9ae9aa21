"""
The lecture's numbers, without any drawing; imports numpy and the standard library.

::

    arithmetic      shapes, parameters, multiply-accumulates, receptive fields, strides that fit
    convolution     one filter over one image, the window behind one cell, ReLU, luminance
    filters         edge, corner, texture and shape filters with the integers that a slide shows
    weights         a PyTorch checkpoint read without PyTorch
    efficientnet    EfficientNet-Lite0: every layer's maps and facts
    channels        which few of a layer's channels to show
    heatmap         class activation maps, and their cells on the photo
    labels          ImageNet's thousand class names
    errors          what a caller can put right
"""
