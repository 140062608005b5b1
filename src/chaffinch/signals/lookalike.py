"""Whether one domain is easily read as another."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract, extractOne

DIGIT_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s", "$": "s", "|": "l"})

_DISTANCE, _SIMILARITY = DamerauLevenshtein.distance, DamerauLevenshtein.normalized_similarity
_KEPT = 1_024  # hosts asked about
_FARTHEST = 2  # edits between labels of which one is read for the other


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
    near = 1 if len(own_label) < 9 else _FARTHEST
    if lookalike_distance(label, own_label) <= near and len(own_label) > 4:
        return True
    if _skeleton(label) == _skeleton(own_label):
        return True
    is_extended = label.startswith(own_label) or label.endswith(own_label)
    return own_label in label.split("-") or (len(own_label) > 6 and is_extended)


class Targets:
    """Domains that others may be taken for, all looked through at once.

    >>> targets = Targets(["acme.com", "stone.com"])
    >>> targets.read_like("acrne.com"), targets.read_like("acme.com"), targets.likeness("acme.org")
    (('acme.com',), (), 0.625)
    """

    __slots__ = ("_hosts", "_labels", "_likeness", "_read_like", "_skeletons", "domains")

    def __init__(self, domains: Iterable[str]) -> None:
        self.domains = tuple(sorted(domains))
        self._labels = [one.partition(".")[0] for one in self.domains]
        self._skeletons = [_skeleton(one) for one in self._labels]
        self._hosts = [_skeleton(one) for one in self.domains]
        self._read_like = lru_cache(_KEPT)(self._found)
        self._likeness = lru_cache(_KEPT)(self._nearest)  # worth it where many messages ask

    def read_like(self, host: str) -> tuple[str, ...]:
        """Those that a reader may take the host for."""
        return self._read_like(host)

    def likeness(self, host: str) -> float:
        """What the host has in common with the nearest: 1 where they are read alike, 0 nothing."""
        return self._likeness(host)

    def _found(self, host: str) -> tuple[str, ...]:
        label = host.partition(".")[0]
        near = extract(
            _skeleton(label), self._skeletons, scorer=_DISTANCE, score_cutoff=_FARTHEST, limit=None
        )
        places = {at for _, _, at in near}
        places.update([at for at, one in enumerate(self._labels) if one in label])
        found = [self.domains[at] for at in sorted(places)]
        return tuple([one for one in found if reads_like(host, one)])

    def _nearest(self, host: str) -> float:
        return _nearest(host, self._hosts)


def likeness(host: str, domains: Iterable[str]) -> float:
    """What a host has in common with the nearest of a few domains: see :class:`Targets`.

    >>> likeness("acme.org", ["acme.com", "stone.com"]), likeness("acme.org", [])
    (0.625, 0.0)
    """
    return _nearest(host, map(_skeleton, domains))


def _nearest(host: str, skeletons: Iterable[str]) -> float:
    found = extractOne(_skeleton(host), skeletons, scorer=_SIMILARITY)
    return round(found[1], 3) if found else 0.0


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
