"""Whether one domain is easily read as another."""

from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

DIGIT_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s", "$": "s", "|": "l"})


@lru_cache(maxsize=50_000)
def lookalike_distance(host: str, other: str) -> int:
    """Edits between two domains after letters that look alike are made equal.

    >>> lookalike_distance("acrne.example", "acme.example"), lookalike_distance("a.com", "a.com")
    (0, 0)
    """
    return int(DamerauLevenshtein.distance(_skeleton(host), _skeleton(other)))


@lru_cache(maxsize=50_000)
def reads_like(host: str, own: str) -> bool:
    """Whether a reader may take ``host`` for ``own``: close spelling or our name with an addition.

    >>> reads_like("acme-billing.com", "acme.com"), reads_like("acrne.com", "acme.com")
    (True, True)
    >>> reads_like("acid.com", "acme.com"), reads_like("acme.com", "acme.com")
    (False, False)
    """
    if host == own:
        return False
    label, own_label = host.partition(".")[0], own.partition(".")[0]
    if len(own_label) < 4:
        return False
    near = 1 if len(own_label) < 9 else 2
    if lookalike_distance(label, own_label) <= near and len(own_label) > 4:
        return True
    if _skeleton(label) == _skeleton(own_label):
        return True
    is_extended = label.startswith(own_label) or label.endswith(own_label)
    return own_label in label.split("-") or (len(own_label) > 6 and is_extended)


def looks_random(label: str) -> bool:
    """Whether a host's label looks drawn by lot: it changes often between letters and digits.

    >>> looks_random("5du256wvoz"), looks_random("nkn5zun99r"), looks_random("web2print24")
    (True, True, False)
    """
    if len(label) < 7 or label.isalpha() or label.startswith("xn--"):
        return False
    kinds = [one.isdigit() for one in label if one.isalnum()]
    changes = sum(one is not other for one, other in pairwise(kinds))
    return changes > 3 or (changes > 2 and kinds[0])


def _skeleton(host: str) -> str:
    return host.translate(DIGIT_LOOKALIKES).replace("rn", "m").replace("vv", "w").replace("cl", "d")
