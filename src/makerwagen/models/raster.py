"""Which triangle is nearest at each pixel: what pictures are coloured by, and what hides lines in drawings."""

import math
from typing import Any

import numpy

Pixels = numpy.ndarray[Any, Any]


def nearest(screen: Pixels, seen: Pixels, size: tuple[int, int]) -> tuple[Pixels, Pixels]:
    """Return for each pixel the nearest triangle (or -1) and how near it is; `screen` has x, y and nearness."""
    wide, high = size
    owner = numpy.full((high, wide), -1)
    depth = numpy.full((high, wide), -numpy.inf)
    for number in seen:
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = screen[number].tolist()
        left, right = max(0, math.floor(min(ax, bx, cx))), min(wide, math.ceil(max(ax, bx, cx)) + 1)
        low, top = max(0, math.floor(min(ay, by, cy))), min(high, math.ceil(max(ay, by, cy)) + 1)
        x = numpy.arange(left, right) + 0.5
        y = (numpy.arange(low, top) + 0.5)[:, None]
        whole = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        second = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / whole
        third = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / whole
        near = az + second * (bz - az) + third * (cz - az)
        window = numpy.s_[low:top, left:right]
        nearer = (second >= -1e-9) & (third >= -1e-9) & (second + third <= 1 + 1e-9) & (near > depth[window])
        depth[window][nearer] = near[nearer]
        owner[window][nearer] = number
    return owner, depth
