"""Times as options name them."""

from chaffinch.surfaces.cli.options import moment


def instant(text: str) -> int:
    """Milliseconds of a day or an instant; one without a zone is UTC.

    >>> instant("2026-06-15"), instant("2026-06-15T02:00+02:00")
    (1781481600000, 1781481600000)
    """
    return round(moment(text).timestamp() * 1000)
