"""The fewest facts, against every set there is: on random findings, weighed by the real policy."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, compress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import FLAGGED, Cause, Severity, Verdict
from chaffinch.decision.counterfactual import families, search
from chaffinch.decision.counterfactual.counterfactual import Change, Held, counterfactual
from chaffinch.decision.counterfactual.families import Family, breaking, holds, keeping
from chaffinch.decision.policy import weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.mql.support import GIVEN, Fact, Needs, Support, facts
from chaffinch.signals.evidence import Evidence

FACTS = [Fact(name, is_signal=True, value="true") for name in "abcdefg"]
BIT_OF = {one: number for number, one in enumerate(FACTS)}
MAIL = b"From: Mia <mia@stone.example>\nTo: ben@acme.example\nSubject: Pay\n\nPay today.\n"
EVIDENCE = Evidence(
    parse(MAIL, tenant=Tenant(name="acme", domains=("acme.example",))), None, shipped()
)


def _needing(inner: st.SearchStrategy[Support]) -> st.SearchStrategy[Support]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return several.flatmap(
        lambda parts: st.integers(1, len(parts)).map(lambda count: Needs(count, parts))
    )


SUPPORTS: st.SearchStrategy[Support] = st.recursive(st.sampled_from(FACTS), _needing, max_leaves=7)
FINDINGS = st.builds(
    lambda number, severity, cause, kind: Finding(
        detector=f"d{number}", title=f"d{number}", origin="t", severity=severity,
        labels=Labels(cause=cause, kind=kind),
    ),
    st.integers(0, 99),
    st.sampled_from(list(Severity)),
    st.sampled_from([Cause.LINK, Cause.REQUEST, Cause.IDENTITY]),
    st.sampled_from(["attack", "attack", "spam", "graymail"]),
)  # fmt: skip
CASES = st.lists(
    st.tuples(FINDINGS, SUPPORTS | st.just(GIVEN)),
    max_size=5,
    unique_by=lambda one: one[0].detector,
)
Case = Sequence[tuple[Finding, Support]]


def weighed(case: Case) -> Callable[[tuple[bool, ...]], tuple[Verdict, int]]:
    def given_these(holding: tuple[bool, ...]) -> tuple[Verdict, int]:
        left = Judgement(tuple(compress([one for one, _ in case], holding)))
        opinion = weigh(left, EVIDENCE, Policy())
        return opinion.verdict, opinion.log_odds

    return given_these


def known_by(case: Case, names: frozenset[str]) -> tuple[Verdict, int]:
    known = sum(1 << BIT_OF[one] for one in FACTS if one.name in names)
    return weighed(case)(tuple(holds(one, BIT_OF, known) for _, one in case))


def sets_of(names: Sequence[str]) -> Iterator[frozenset[str]]:
    for size in range(len(names) + 1):
        yield from map(frozenset, combinations(names, size))


def sizes(change: Change | None) -> int | None:
    return None if change is None else len(change.facts)


@given(CASES)
def test_no_set_is_smaller_than_the_ones_found(case: Case) -> None:
    found = counterfactual([Held(one.detector, each) for one, each in case], weighed(case))
    names = sorted({fact.name for _, each in case for fact in facts(each)})
    everything = frozenset(names)
    verdict, log_odds = known_by(case, everything)
    then = {one: known_by(case, everything - one)[0] for one in sets_of(names)}

    def fewest(wanted: Callable[[Verdict], bool]) -> int | None:
        return next((len(one) for one, other in then.items() if wanted(other)), None)

    assert found.verdict is verdict
    flip = fewest(lambda other: other is not verdict)
    clear = fewest(lambda other: other not in FLAGGED)
    assert sizes(found.flip) == flip
    if verdict in FLAGGED and flip is not None:
        assert found.flip is not None
        assert sizes(found.clear if found.flip.verdict in FLAGGED else found.flip) == clear
    assert sizes(found.keep) == next(
        len(one) for one in sets_of(names) if known_by(case, one)[0] is verdict
    )
    for change in filter(None, (found.flip, found.clear, found.keep)):
        told = frozenset(one.fact for one in change.facts)
        left = told if change is found.keep else everything - told
        assert known_by(case, left) == (change.verdict, change.log_odds)
        assert change.is_smallest
        assert change.log_odds <= log_odds


@given(CASES, st.sets(st.sampled_from("abcdefg")), st.sets(st.sampled_from("abcdefg")))
def test_the_fewer_facts_are_known_the_lower_the_score(
    case: Case, some: set[str], others: set[str]
) -> None:
    fewer, more = frozenset(some), frozenset(some | others)
    assert known_by(case, fewer)[1] <= known_by(case, more)[1]


@given(CASES)
def test_what_would_do_as_well_does(case: Case) -> None:
    found = counterfactual([Held(one.detector, each) for one, each in case], weighed(case))
    everything = frozenset(one.name for one in FACTS)
    for change in filter(None, (found.flip, found.clear)):
        told = {one.fact for one in change.facts}
        for one in change.facts:
            for other in one.or_instead:
                swapped = (told - {one.fact}) | {other}
                assert known_by(case, everything - swapped) == (change.verdict, change.log_odds)


@given(SUPPORTS)
def test_families_are_all_smallest_sets(found: Support) -> None:
    every = range(1 << len(FACTS))
    whole = (1 << len(FACTS)) - 1
    keep = [known for known in every if holds(found, BIT_OF, known)]
    cut = [gone for gone in every if not holds(found, BIT_OF, whole & ~gone)]
    assert set(keeping(found, BIT_OF).sets) == least(keep)
    assert set(breaking(found, BIT_OF).sets) == least(cut)


def least(sets: Sequence[int]) -> set[int]:
    return {one for one in sets if not any(two != one and two & one == two for two in sets)}


@given(CASES)
def test_beyond_the_bound_it_says_so_and_can_leave_nothing_out(case: Case) -> None:
    cuts = [breaking(each, BIT_OF) for _, each in case]
    whole = (1 << len(FACTS)) - 1
    verdict = known_by(case, frozenset("abcdefg"))[0]

    def flips(gone: int) -> bool:
        left = frozenset(one.name for one in FACTS if not gone >> BIT_OF[one] & 1)
        return known_by(case, left)[0] is not verdict

    found = search.smallest(cuts, whole, flips, most=1)
    assume(found is not None)
    assert found is not None
    assert not found.is_smallest
    assert flips(found.facts)
    bits = [1 << bit for bit in range(len(FACTS)) if found.facts >> bit & 1]
    assert not any(flips(found.facts & ~bit) for bit in bits)


def test_many_large_rules_cost_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "WAITING_MOST", 50)
    cuts = [Family(tuple(1 << number * 8 + bit for bit in range(8))) for number in range(6)]
    everything = (1 << 48) - 1
    tried: list[int] = []

    def all_fall(gone: int) -> bool:
        tried.append(gone)
        return all(any(one & gone for one in family.sets) for family in cuts)

    found = search.smallest(cuts, everything, all_fall)
    assert found is not None
    assert (found.facts.bit_count(), found.is_smallest) == (6, False)
    assert len(tried) < 200


def test_sets_that_were_left_out_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = tuple(Needs(2, (FACTS[n], FACTS[n + 1])) for n in (0, 2, 4))
    either = Needs(1, pairs)
    assert breaking(either, BIT_OF).is_whole
    monkeypatch.setattr(families, "MOST", 2)
    assert not breaking(either, BIT_OF).is_whole


def test_a_rule_of_many_long_arms_is_read_in_no_time() -> None:
    """Each of six arms can fall by any of its eight facts: 262,144 sets, of which few are kept."""
    many = [Fact(str(number), is_signal=False, value="true") for number in range(48)]
    arms = tuple(Needs(8, tuple(many[start : start + 8])) for start in range(0, 48, 8))
    tested = 0

    class Counted(int):
        """A set that counts how often another is held against it."""

        def __and__(self, other: int) -> int:
            nonlocal tested
            tested += 1
            return int(self) & other

    bit_of = {fact: number for number, fact in enumerate(many)}
    assert not breaking(Needs(1, arms), bit_of).is_whole
    sets = [Counted((1 << n) | (1 << m + 100)) for n in range(100) for m in range(100)]
    assert not families._smallest(sets).is_whole
    assert tested <= families.MOST**2


def test_facts_with_another_part_are_not_interchangeable() -> None:
    one, two, three = 1, 2, 4
    kept, alike = search.interchangeable([Family((one, two, three)), Family((one | 8, 16))])
    assert alike == {two: [three]}
    assert [family.sets for family in kept] == [(one, two), (one | 8, 16)]
