"""One false discovery rate over every test of every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from gen.analysis.statistics import adjusted

NO_TRENDS: Final = ("combinations", "specific ", "niches of data sets")  # families of tests
Qs = Mapping[str, Sequence[float | None]]


class Corrections:
    """The q of every p, corrected together with all others of the site.

    All questions are asked twice. The first time nobody knows yet which tests the others make, and
    each family of tests is corrected by itself; the second time, with `together`, all of them are.
    """

    def __init__(self, q: Qs | None = None) -> None:
        self.p: dict[str, list[float | None]] = {}
        self.q = q  # family -> q of its tests, once those of all families are known

    def adjusted(self, family: str, p: Iterable[float | None]) -> list[float | None]:
        """The q of each p of a family of tests; None where there was no test.

        A family that several pages show is one: it must have the same tests on each.
        """
        tests = list(p)
        if self.p.setdefault(family, tests) != tests:
            message = f"two families of tests are called {family!r}"
            raise ValueError(message)
        return adjusted(tests) if self.q is None else list(self.q[family])

    def together(self) -> Qs:
        """Family -> q of its tests, all of them corrected together.

        Tests of trends are corrected among themselves too, and the larger q holds. Of the others,
        thousands that ask what goes with what, so many are true that beside them alone a trend
        would be claimed at a p of 0.01 (tests/trends/sites.py tells how often).
        """
        q = self._corrected(sorted(self.p))
        trends = [family for family in q if not family.startswith(NO_TRENDS)]
        for family, own in self._corrected(trends).items():
            q[family] = [
                None if one is None or other is None else max(one, other)
                for one, other in zip(q[family], own, strict=True)
            ]
        return q

    def _corrected(self, families: Sequence[str]) -> dict[str, list[float | None]]:
        q = iter(adjusted([p for family in families for p in self.p[family]]))
        return {family: [next(q) for _ in self.p[family]] for family in families}
