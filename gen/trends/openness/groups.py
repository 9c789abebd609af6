"""How open each family and each domain is."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from gen.analysis.statistics import Share
from gen.figures import charts
from gen.figures.figure import CI_COLUMNS, MIN_STUDIES, Absent, Figure, Slot
from gen.text.format import CI, percent, rounded
from gen.trends.base import Context
from gen.trends.openness.kinds import MEASURES, TOO_FEW, Measure, series
from gen.trends.series import Series

MIN_IN_GROUP: Final = 10  # studies; groups with fewer are drawn pale and take no part in a reading
GROUPS: Final = ("family", "domains")


def group_rows(df: pd.DataFrame, context: Context) -> list[dict[str, Any]]:
    """Families, then domains by size: for each measure how many are open, of how many, with CI."""
    rows = []
    open_ones = {measure.anchor: series(df, measure)[0] for measure in MEASURES}
    for facet in GROUPS:
        terms = context.corpus.taxonomy[facet].terms
        members = {term: df[facet].map(lambda held, t=term: t in held) for term in terms}
        sizes = {term: int(in_group.sum()) for term, in_group in members.items()}
        # Families in the order of the taxonomy (the sort keeps it), domains by size.
        order = sorted(terms, key=lambda t: 0 if facet == "family" else -sizes[t])
        rows += [
            {
                "facet": facet,
                "term": term,
                "label": context.label(facet, term),
                "studies": sizes[term],
                "measures": {id_: open_share(one, members[term]) for id_, one in open_ones.items()},
            }
            for term in order
            if sizes[term]
        ]
    return rows


def open_share(one: Series, members: pd.Series) -> dict[str, Any]:
    of = one.of & members
    share = Share.of(int((one.yes & of).sum()), int(of.sum()))
    return {
        "studies": share.some,
        "of": share.total,
        "share": rounded(share.value),
        "low": rounded(share.low),
        "high": rounded(share.high),
    }


def by_group(measure: Measure, groups: list[dict[str, Any]]) -> Figure | Absent:
    """The share of the open value in each family and domain, with intervals."""
    label = next(iter(measure.kinds.values()))
    slot = Slot.of("openness", f"{measure.anchor}-by", f"{label}, by family and domain")
    shown = [(g, g["measures"][measure.anchor]) for g in groups]
    shown = [(group, one) for group, one in shown if one["of"] >= MIN_STUDIES]
    if not shown:
        return slot.absent(TOO_FEW)
    rows = [
        {
            "label": group["label"],
            "studies": one["studies"],
            "of": one["of"],
            "value": one["share"],
            "low": one["low"],
            "high": one["high"],
            "strong": one["of"] >= MIN_IN_GROUP,
            "note": f"{one['studies']} of {one['of']} studies",
        }
        for group, one in shown
    ]
    return slot.figure(
        finding=ends(label, [(g, one) for g, one in shown if g["facet"] == "domains"]),
        reading=spread([(g, one) for g, one in shown if g["facet"] == "domains"]),
        note=f"Families first, then domains by size; grey: fewer than {MIN_IN_GROUP} studies. "
        f"Bars: {CI}, not corrected for the number of groups; a study may count in several "
        "domains.",
        chart=charts.forest_plot(x="Share", null=None, log=False, percent=True),
        columns={
            "label": "Family or domain",
            "studies": "Studies",
            "of": "Of",
            "value": "Share",
            **CI_COLUMNS,
        },
        rows=rows,
        percent=True,
    )


def ends(label: str, shown: list[tuple[dict[str, Any], dict[str, Any]]]) -> str:
    """From which share to which the domains with enough studies lie; "" for fewer than two."""
    shares = sorted(one["share"] for _, one in shown if one["of"] >= MIN_IN_GROUP)
    if len(shares) < 2:  # noqa: PLR2004 - a comparison takes two
        return ""
    return f"{label}: from {percent(shares[0])} to {percent(shares[-1])}, by domain"


def spread(shown: list[tuple[dict[str, Any], dict[str, Any]]]) -> str:
    """The lowest and the highest domain among those with enough studies."""
    enough = [(g, one) for g, one in shown if one["of"] >= MIN_IN_GROUP]
    if len(enough) < 2:  # noqa: PLR2004 - a comparison takes two
        return f"Too few studies to compare domains: fewer than two have {MIN_IN_GROUP}."
    enough.sort(key=lambda pair: (pair[1]["share"], pair[0]["term"]))
    low, high = (
        f"{group['label']} {percent(one['share'])} ({one['studies']} of {one['of']})"
        for group, one in (enough[0], enough[-1])
    )
    return f"Of the domains with at least {MIN_IN_GROUP} studies, lowest: {low}; highest: {high}."
