"""Numbers of things, as people say them."""


def counted(count: int, one: str, many: str = "") -> str:
    """So many of something; ``many`` is what several are called, ``one`` with an s if left out.

    >>> counted(1, "entry", "entries"), counted(0, "entry", "entries"), counted(1200, "row")
    ('1 entry', '0 entries', '1,200 rows')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
