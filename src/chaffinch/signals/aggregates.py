"""The elements' values of a signal as one of the message: any, max, min or count."""

from collections.abc import Sequence

from chaffinch.mql.values import Unknown, union

Scalar = bool | int | float | str | None
Measured = Scalar | Unknown


def aggregated(how: str, values: Sequence[Measured]) -> Measured:
    """The values as one, three-valued; of an unknown one only a true one of any makes nothing.

    >>> aggregated("any", [False, None]) is None
    True
    >>> aggregated("any", [None, True]), aggregated("any", []), aggregated("count", [True, None])
    (True, False, 1)
    >>> aggregated("count", [1, 0, 1])
    2
    >>> aggregated("max", [3, None, 7]), aggregated("max", [])
    (7, None)
    """
    if how == "any" and True in values:
        return True
    lacking = union(values)
    if lacking is not None:
        return lacking
    if how == "any":
        return None if None in values else False
    if how == "count":
        return sum(int(value) for value in values if isinstance(value, int))
    known = [value for value in values if isinstance(value, int | float)]
    if not known:
        return None
    return max(known) if how == "max" else min(known)
