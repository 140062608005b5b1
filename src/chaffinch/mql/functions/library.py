"""All functions of the language by name; importing this module declares them."""

from chaffinch.mql.functions import (
    arrays,
    calendars,
    encoding,
    files,
    network,
    outside,
    pages,
    regexes,
    strings,
)
from chaffinch.mql.functions.declare import FUNCTIONS

__all__ = ["FUNCTIONS", "ROOMS"]

ROOMS = (arrays, calendars, encoding, files, network, outside, pages, regexes, strings)
