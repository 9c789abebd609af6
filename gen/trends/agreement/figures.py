"""The figures of agreement: raw, beyond chance, of shared terms, and of what was upheld."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, Final

from gen.figures import charts
from gen.figures.figure import BARS, CI_COLUMNS, MIN_STUDIES, Absent, Figure, Slot
from gen.text.format import percent, rounded
from gen.trends.agreement.coding import FieldAgreement
from gen.trends.agreement.upheld import Upheld

BOUND: Final = "Both codings are machine-assisted: that they agree does not make them right."
JUDGE: Final = (
    "Each decision was made by one machine-assisted reader who saw both codings; where these err "
    "alike, nothing was decided."
)


def raw(coded: Sequence[FieldAgreement], studies: int) -> Figure | Absent:
    slot = Slot.of("agreement", "raw", "Raw agreement by field")
    if not coded:
        return slot.absent(f"fewer than {MIN_STUDIES} studies are coded twice")
    order = sorted(coded, key=lambda each: (-(each.raw or 0), each.label))
    rows = [_point(each.label, each.raw, each.raw_low, each.raw_high, each.cells) for each in order]
    return slot.figure(
        finding=f"Codings agree least on {order[-1].label.lower()}: {percent(order[-1].raw or 0)}",
        reading=f"Half of the {len(coded)} fields agree in {percent(_median(rows))} of {studies} "
        f"studies or more; the least is {order[-1].label} with {percent(order[-1].raw or 0)}.",
        note=f"Share of cells that are wholly the same, missing states included. {BARS} {BOUND}",
        chart=charts.forest_plot(
            x="Cells wholly the same",
            null=None,
            log=False,
            percent=True,
        ),
        columns=_columns("Raw agreement", "Cells"),
        rows=rows,
        percent=True,
    )


def kappa(coded: Sequence[FieldAgreement]) -> Figure | Absent:
    """κ of single-valued fields, and the mean of the terms' κ of the others."""
    slot = Slot.of("agreement", "kappa", "Agreement beyond chance: κ")
    shown = [
        (
            each,
            each.kappa if each.many is False else each.mean_kappa,
            f"{each.label}{' (mean of terms)' if each.many else ''}",
        )
        for each in coded
        if each.vocabulary
    ]
    shown = sorted(
        (each for each in shown if each[1] is not None), key=lambda each: (-(each[1] or 0), each[2])
    )
    if not shown:
        return slot.absent("no field has enough variation in cells coded twice")
    rows = [
        _point(
            label,
            value,
            each.mean_kappa_low if each.many else each.kappa_low,
            each.mean_kappa_high if each.many else each.kappa_high,
            each.stated,
        )
        for each, value, label in shown
    ]
    return slot.figure(
        finding=f"Beyond chance, codings agree least on {rows[-1]['label'].lower()}",
        reading=f"Half of the fields have {_median(rows):.2f} or more; the least is "
        f"{rows[-1]['label']} with {rows[-1]['value']:.2f}.",
        note="0 is what chance alone would give, 1 is full agreement. Cells stated in both "
        f"codings, fields with controlled terms. {BARS} {BOUND}",
        chart=charts.forest_plot(x="Cohen’s κ", null=0.0, log=False),
        columns=_columns("κ", "Cells stated in both"),
        rows=rows,
    )


def jaccard(coded: Sequence[FieldAgreement]) -> Figure | Absent:
    slot = Slot.of(
        "agreement", "jaccard", "Shared terms of multi-valued fields: mean Jaccard index"
    )
    shown = sorted(
        (each for each in coded if each.jaccard is not None),
        key=lambda each: (-(each.jaccard or 0), each.label),
    )
    if not shown:
        return slot.absent("no multi-valued field is stated in both codings")
    rows = [
        _point(each.label, each.jaccard, each.jaccard_low, each.jaccard_high, each.stated)
        for each in shown
    ]
    return slot.figure(
        finding=f"Two codings share the fewest terms of {rows[-1]['label'].lower()}",
        reading=f"In half of the fields, two codings share {percent(_median(rows))} or more of the "
        f"terms that either gives; the least is {percent(rows[-1]['value'])} "
        f"({rows[-1]['label']}).",
        note="Terms in both codings divided by terms in either, averaged over cells stated in "
        f"both. {BARS} {BOUND}",
        chart=charts.forest_plot(x="Mean Jaccard index", null=None, log=False),
        columns=_columns("Mean Jaccard index", "Cells stated in both"),
        rows=rows,
    )


def upheld(columns: Sequence[Upheld]) -> Figure | Absent:
    slot = Slot.of("agreement", "upheld", "First codings that the decision upheld")
    if not columns:
        return slot.absent(f"fewer than {MIN_STUDIES} studies are coded twice")
    order = sorted(columns, key=lambda each: (-(each.share.value or 0), each.label))
    rows = [
        _point(
            each.label,
            rounded(each.share.value),
            rounded(each.share.low),
            rounded(each.share.high),
            each.cells,
        )
        for each in order
    ]
    return slot.figure(
        finding=f"Decisions upheld first codings of {rows[-1]['label'].lower()} least",
        reading=f"In half of the fields, {percent(_median(rows))} of first codings or more stand; "
        f"the least is {percent(rows[-1]['value'])} ({rows[-1]['label']}).",
        note="Cells in which both codings agree, or the decision is the first coding’s. "
        f"{BARS} {JUDGE}",
        chart=charts.forest_plot(x="First codings upheld", null=None, log=False, percent=True),
        columns=_columns("Upheld", "Cells"),
        rows=rows,
        percent=True,
    )


def _median(rows: Sequence[dict[str, Any]]) -> float:
    return float(median(row["value"] for row in rows))


def _point(
    label: str, value: float | None, low: float | None, high: float | None, n: int
) -> dict[str, Any]:
    return {
        "label": label,
        "value": value,
        "low": low,
        "high": high,
        "n": n,
        "strong": True,
        "note": f"n = {n}",
    }


def _columns(value: str, n: str) -> dict[str, str]:
    return {
        "label": "Field",
        "value": value,
        **CI_COLUMNS,
        "n": n,
    }
