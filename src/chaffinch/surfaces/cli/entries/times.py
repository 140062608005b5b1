"""Times as options name them."""

import argparse
from datetime import UTC, datetime


def instant(text: str) -> int:
    """Milliseconds of a day or an instant; one without a zone is UTC.

    >>> instant("2026-06-15"), instant("2026-06-15T02:00+02:00")
    (1781481600000, 1781481600000)
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        hint = (
            f"{text} is neither a day, such as 2026-06-15, nor an instant, such as 2026-06-15T09:30"
        )
        raise argparse.ArgumentTypeError(hint) from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)
