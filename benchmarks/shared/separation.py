"""How far a signal's values tell two piles of mail apart, whatever their type."""

from collections import Counter
from collections.abc import Sequence

from chaffinch.mql.values import Unknown
from chaffinch.signals.aggregates import Measured


def separation(attack: Sequence[Measured], benign: Sequence[Measured]) -> float:
    """From 0, the same, to 1, apart.

    Of numbers and truth values |2 AUC - 1| over the known ones, of texts the distance of their
    shares; and, where that is more, the difference of how many are known at all.

    >>> separation([True, True], [False, False]), separation([1, 2], [2, 1])
    (1.0, 0.0)
    >>> separation([None, None], [3, 4]), separation(["a", "b"], ["a", "b"])
    (1.0, 0.0)
    """
    if not attack or not benign:
        return 0.0
    known = [[one for one in pile if _is_known(one)] for pile in (attack, benign)]
    by_absence = abs(len(known[0]) / len(attack) - len(known[1]) / len(benign))
    if not known[0] or not known[1]:
        return round(by_absence, 4)
    is_text = isinstance(known[0][0], str)
    by_value = _of_texts(*known) if is_text else abs(2 * _auc(*known) - 1)
    return round(max(by_absence, by_value), 4)


def _is_known(value: Measured) -> bool:
    return value is not None and not isinstance(value, Unknown)


def _of_texts(attack: Sequence[Measured], benign: Sequence[Measured]) -> float:
    shares = [Counter(map(str, pile)) for pile in (attack, benign)]
    texts = set(shares[0]) | set(shares[1])
    return sum(abs(shares[0][t] / len(attack) - shares[1][t] / len(benign)) for t in texts) / 2


def _auc(attack: Sequence[Measured], benign: Sequence[Measured]) -> float:
    """How often a value of the first pile is above one of the second; a draw counts half."""
    piles = [Counter(float(one) for one in pile if one is not None) for pile in (attack, benign)]  # type: ignore[arg-type]  # numbers
    below, won = 0, 0.0
    for value in sorted(set(piles[0]) | set(piles[1])):
        won += piles[0][value] * (below + piles[1][value] / 2)
        below += piles[1][value]
    return won / (len(attack) * len(benign))
