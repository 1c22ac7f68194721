"""Which figures to withhold: the fewest, by their cost, with which no secret can be worked out.

The primary figures are small numbers themselves. The others are found by an integer program that
is made as it is solved: every exposed secret names the shown figures that prove it, of which at
least one has to go, so that the cheapest choice which breaks all proofs known so far costs no more
than the best one can (implicit hitting sets: Moreno-Centeno and Karp, Operations Research 61(2),
2013). When that choice protects, it is the best. Where proofs go on being found for long, a choice
is built from them that protects, and the bound is told beside its cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lineofsight.disclosure.attack import Attack, Exposed
from lineofsight.disclosure.knowledge import Knowledge
from lineofsight.disclosure.programs import least_cost_cover

Keys = frozenset[Hashable]
# Rounds after which a choice is taken that protects and may cost more than the least.
_MOST_ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Suppression:
    """The items to withhold; `given_away` are secrets that were published before.

    `cost` is what the items beyond the primary ones cost, `least_cost` what they must cost at
    least; equal where the choice was proved to be the best.
    """

    withheld: Keys
    given_away: tuple[Exposed, ...] = ()
    cost: float = 0.0
    least_cost: float = 0.0


def suppress(knowledge: Knowledge) -> Suppression:
    """Choose what to withhold; whole costs are compared, and nothing is withheld for nothing."""
    return _Search(knowledge).result()


class _Search:
    """One search: the proofs found so far, and the best choice that protects."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._attack = Attack(knowledge)
        self._primary = frozenset(item.key for item in knowledge.items if item.is_primary)
        able = [i for i in knowledge.items if not i.is_primary and not i.is_given_away]
        self._costs: Mapping[Hashable, float] = {item.key: item.cost for item in able}
        self._proofs: dict[Keys, None] = {}
        self._lost: dict[Hashable, Exposed] = {}

    def result(self) -> Suppression:
        for _ in range(_MOST_ROUNDS):
            chosen = _cheapest(self._costs, tuple(self._proofs))
            if not self._proved(chosen):
                return self._found(chosen, self._cost(chosen))
        bound = self._cost(chosen)
        return self._found(self._protecting(chosen), bound)

    def _found(self, chosen: Keys, bound: float) -> Suppression:
        lost = tuple(self._lost.values())
        return Suppression(self._primary | chosen, lost, self._cost(chosen), bound)

    def _proved(self, chosen: Keys) -> bool:
        """Find proofs that a choice does not protect, one after another that share no item."""
        more = chosen
        while exposed := self._exposed(more):
            more |= frozenset().union(*(one.because_of for one in exposed))
        return more != chosen

    def _cost(self, chosen: Keys) -> float:
        return sum(self._costs[key] for key in chosen)

    def _exposed(self, chosen: Keys) -> list[Exposed]:
        """Attack one choice, and remember every proof; what cannot be helped is put aside."""
        found = self._attack.exposed(self._primary | chosen)
        for one in found:
            if one.because_of:
                self._proofs[one.because_of] = None
            else:
                self._lost[one.secret.key] = one
        return [one for one in found if one.because_of]

    def _protecting(self, chosen: Keys) -> Keys:
        """Add to a choice until nothing is exposed, then take away what is not needed."""
        while exposed := self._exposed(chosen):
            chosen |= self._breaking([one.because_of for one in exposed])
        for key in sorted(chosen, key=lambda k: (-self._costs[k], str(k))):
            less = chosen - {key}
            if self._breaks_all(less) and not self._exposed(less):
                chosen = less
        return chosen

    def _breaks_all(self, chosen: Keys) -> bool:
        return all(proof & chosen for proof in self._proofs)

    def _breaking(self, proofs: Sequence[Keys]) -> Keys:
        """Break some proofs by few cheap items: the one that breaks most for its cost first."""
        added: set[Hashable] = set()
        left = [*proofs]
        while left:
            standing = Counter(key for proof in left for key in proof)
            chosen = min(standing, key=lambda k: (self._costs[k] / standing[k], str(k)))
            added.add(chosen)
            left = [proof for proof in left if chosen not in proof]
        return frozenset(added)


def _cheapest(costs: Mapping[Hashable, float], proofs: Sequence[Keys]) -> Keys:
    """Choose the cheapest items of which at least one stands in each proof."""
    sharp = _smallest(proofs)
    if not sharp:
        return frozenset()
    able = sorted(frozenset().union(*sharp), key=str)
    place = {key: at for at, key in enumerate(able)}
    rows = [{place[key]: 1.0 for key in sorted(proof, key=str)} for proof in sharp]
    chosen = least_cost_cover(rows, np.array([costs[key] for key in able]))
    return frozenset(able[at] for at in chosen)


def _smallest(proofs: Sequence[Keys]) -> list[Keys]:
    """Leave out proofs that are broken whenever a smaller one is."""
    kept: list[Keys] = []
    for proof in sorted(proofs, key=len):
        if not any(smaller <= proof for smaller in kept):
            kept.append(proof)
    return kept
