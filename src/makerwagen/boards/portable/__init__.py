"""Portable: the judge, in the part of Python that CPython and MicroPython share; pages and laptops run these files.

No dataclasses, enum, typing at run time, difflib or `re`: MicroPython has none of the first, and its `re` knows no
umlauts. Annotations are fine (MicroPython skips them); names for types stand below `if TYPE_CHECKING`.
Import as `portable.judge` with the folder above on MicroPython's path.
"""
