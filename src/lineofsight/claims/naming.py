"""Which indicator words mean: the name itself, word for word, or the one they tell best."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from lineofsight.claims.marks import Named
from lineofsight.claims.vocabulary import terms
from lineofsight.measurement.measurement import Described

# Of the weight of the words, how much a name must explain to be meant; and how much better than the
# next it must be. Set on the model report and the synthetic commentary.
LEAST_FIT = 0.45
LEAST_LEAD = 1.08
# What a heading or the words before say is left only for a name that agrees this well.
SURE_FIT = 0.6
NEARLY = 0.6
_COVERS = 0.5


class Names:
    """Every indicator by its name, its brief name, its identity, and its telling words."""

    def __init__(self, indicators: Sequence[Described]) -> None:
        self._by_id = {one.id: one for one in indicators}
        self._by_name: dict[str, list[Described]] = {}
        for one in indicators:
            for name in {folded(one.name), folded(one.brief), one.id.casefold()} - {""}:
                self._by_name.setdefault(name, []).append(one)
        self._forms = {
            one.id: {terms(one.name), terms(f"{one.brief} {one.name}"), terms(one.brief)}
            - {frozenset()}
            for one in indicators
        }
        seen = Counter(t for forms in self._forms.values() for t in frozenset[str]().union(*forms))
        total = len(indicators)
        self._weight = {term: math.log(1 + total / count) for term, count in seen.items()}
        longest_first = sorted(self._by_name, key=len, reverse=True)
        joined = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
        self._exact = re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE) if joined else None

    def is_name(self, text: str) -> bool:
        """Tell whether a text is the full or brief name of an indicator, or its identity."""
        return folded(text) in self._by_name

    def named(self, text: str) -> Iterator[Named]:
        """Find names that stand in a text word for word, the longest first where they overlap.

        A name of one or two common words ('Vacancies') is left to the telling words.
        """
        for found in self._exact.finditer(text) if self._exact else ():
            if len(found[0].split()) > 2:
                mine = self._by_name[folded(found[0])]
                yield Named(*found.span(), tuple(one.id for one in mine))

    def of(self, identities: Iterable[str]) -> tuple[Described, ...]:
        """Give indicators by their identities."""
        return tuple(self._by_id[identity] for identity in identities)

    def heading(self, title: str) -> tuple[Described, ...]:
        """Give the indicators a heading names; empty where it names none."""
        exact = self._by_name.get(folded(title))
        if exact:
            return tuple(exact)
        meant = self.meant(title, lambda one: True)
        return meant if len(meant) == 1 else ()

    def tells(self, text: str) -> bool:
        """Tell whether a text has any word of an indicator's name."""
        return bool(self._known(text))

    def meant(
        self,
        text: str,
        fits: Callable[[Described], bool],
        among: Sequence[Described] = (),
        heading: Sequence[Described] = (),
    ) -> tuple[Described, ...]:
        """Give the indicators that the words of a text mean among those that fit.

        One where it is told plainly better than the others; none where the words tell too little.
        One of `among`, which were spoken of just before, or of the `heading` is meant where its
        name explains half of the words and agrees with them nearly as well as the best; one of the
        heading also where it explains all of them.
        """
        said = self._known(text)
        scores = {one.id: self._best_fit(said, one) for one in self._by_id.values() if fits(one)}
        best = max(scores.values(), default=0.0)
        for one in (one for one in among if one.id in scores):
            if self._explains(one, said) and scores[one.id] >= min(best, SURE_FIT) * NEARLY:
                return (one,)
        for one in (one for one in heading if one.id in scores):
            is_near = scores[one.id] >= min(best, SURE_FIT) * NEARLY
            if self._explains(one, said, 1.0 if not is_near else _COVERS):
                return (one,)
        if not said or best < (SURE_FIT if among or heading else LEAST_FIT):
            return ()
        return self.of(one for one, score in scores.items() if score * LEAST_LEAD >= best)

    def _explains(self, indicator: Described, said: frozenset[str], share: float = _COVERS) -> bool:
        forms = frozenset[str]().union(*self._forms[indicator.id])
        return bool(said) and self._sum(said & forms) >= share * self._sum(said)

    def _best_fit(self, said: frozenset[str], indicator: Described) -> float:
        return max((self._fit(said, form) for form in self._forms[indicator.id]), default=0.0)

    def _known(self, text: str) -> frozenset[str]:
        return frozenset(term for term in terms(text) if term in self._weight)

    def _sum(self, words: Iterable[str]) -> float:
        return sum(self._weight[word] for word in words)

    def _fit(self, said: frozenset[str], form: frozenset[str]) -> float:
        """How well a name and the words agree: the harmonic mean of what each has of the other."""
        shared = self._sum(said & form)
        return 2 * shared / (self._sum(said) + self._sum(form)) if shared else 0.0


def folded(text: str) -> str:
    """Write a name for comparing: small letters, single spaces, no full stop."""
    return " ".join(text.casefold().split()).rstrip(".:")
