"""An invented field of 129 studies in which every question has something to say."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from gen.corpus.tables import Result, Study
from tests.answers import ADDRESS, INCOMPLETE_YEAR, as_first, base_model, dataset, result, study

PER_YEAR: Final = {2021: 12, 2022: 18, 2023: 27, 2024: 36, 2025: 24, INCOMPLETE_YEAR: 12}
TERMS: Final = {
    "architecture": ("vit-encoder", "cnn", "dual-encoder"),
    "training": ("supervised", "masked-modelling", "captioning", "contrastive-image"),
    "adaptation": ("linear-probe", "zero-shot"),
    "modalities": ("ct", "x-ray", "mri"),
    "domains": ("chest", "neuro", "eye"),
    "tasks": ("classification", "segmentation"),
    "challenges": ("label-scarcity", "robustness"),
    "strategies": ("scaling",),
}
SETS: Final = tuple(f"set-{n}" for n in range(14))


def studies() -> list[Study]:
    """What grows, shifts and comes together, drawn once from fixed numbers."""
    rng = np.random.Generator(np.random.PCG64(3))
    found: list[Study] = []
    for place, (year, number) in enumerate(PER_YEAR.items()):
        late = place / len(PER_YEAR)
        for n in range(number):
            found.append(_study(rng, year, n, late, [each.id for each in found]))
    return found


def _study(rng: np.random.Generator, year: int, n: int, late: float, before: list[str]) -> Study:
    cells: dict[str, Any] = {
        name: _some(rng, terms, late) if name != "architecture" else _some(rng, terms, late)[0]
        for name, terms in TERMS.items()
    }
    if rng.random() < 0.8:  # what goes together
        cells["tasks"] = ("segmentation",) if "chest" in cells["domains"] else ("classification",)
    base = ("stemnet", "leafnet")[int(rng.random() < late)]
    cells |= {
        "date": f"{year}-{1 + n % 9:02}-{1 + n % 28:02}" if n % 11 else str(year),
        "venue": "arXiv" if n % 3 else "Journal of Invention",
        "contribution": ("foundation-model", "evaluation")[n % 5 == 0],
        "family": "vision-language" if rng.random() < 0.2 + 0.6 * late else "vision-only",
        "builds_on": (before[n],) if n % 7 == 6 and len(before) > n else (base,),
        "parameters_m": round(float(20 * 10 ** (2 * late + rng.normal(0, 0.3))), 1),
        "train_size": round(float(1000 * 10 ** (2 * late + rng.normal(0, 0.4)))),
        "train_unit": ("images", "volumes")[n % 4 == 3],
        "train_data": _some(rng, SETS[:13], 1 - late),
        "eval_data": _some(rng, SETS[1:], 1 - late),
        "data_access": ("public", "mixed", "private")[int(3 * rng.random() * (1 - late / 2))],
        "weights_access": "open" if rng.random() < 0.3 + 0.5 * late else ("gated", "none")[n % 2],
    }
    if rng.random() < 0.4 + 0.5 * late:
        cells["code"] = f"{ADDRESS}/code"
    missing = {}
    for name, kind in (("backbone", "not-reported"), ("weights", "n/a"), ("adaptation", "n/a")):
        if n % 6 == len(name) % 6:
            cells.pop(name, None)
            missing[name] = kind
    return study(f"s{year}-{n}", year, **cells, missing=missing)


def _some(rng: np.random.Generator, terms: tuple[str, ...], late: float) -> tuple[str, ...]:
    """One or two of the terms: the first ones early, the last ones late."""
    places = np.arange(len(terms))
    weights = np.exp(-1.5 * places * (1 - 1.6 * late) / max(len(terms) - 1, 1) * 2)
    drawn = rng.choice(places, size=1 + int(rng.random() < 0.3), p=weights / weights.sum())
    return tuple(terms[int(each)] for each in sorted(set(drawn)))


def results(of: list[Study]) -> list[Result]:
    """Six comparable ones with intervals, and others."""
    rng = np.random.Generator(np.random.PCG64(4))
    made = []
    for n, each in enumerate(of[:24]):
        value = round(float(rng.uniform(0.6, 0.9)), 3)
        cells: dict[str, Any] = {"task": "classification", "metric": ("auroc", "f1")[n % 2]}
        if n < 12:
            cells |= {"dataset": "set-1", "setting": "zero-shot"}
            cells |= {"ci_low": round(value - 0.05, 3), "ci_high": round(value + 0.04, 3), "n": 90}
        if n % 3 == 0:
            cells |= {"comparator": "stemnet", "comparator_value": 0.75}
        if n % 5 == 4:
            cells |= {"task": "segmentation", "metric": "dice", "detail": "liver"}
        made.append(result(each.id, value, **cells))
    return [*made, result(of[0].id, 0.5, metric="other", detail="a score")]


def second_coding(of: list[Study]) -> list[Study]:
    """Twenty studies coded once more; one in five cells is that of the next study."""
    return [
        each.model_copy(
            update={
                name: getattr(of[n + 1], name)
                for place, name in enumerate((*TERMS, "family", "data_access", "parameters_m"))
                if (n + place) % 5 == 0
                and name not in each.missing
                and name not in of[n + 1].missing
            }
        )
        for n, each in enumerate(of[:20])
    ]


def others(of: list[Study]) -> dict[str, Any]:
    """The other tables of the corpus."""
    kinds = ("public", "registration", "private", "credentialed", None)
    return {
        "datasets": [
            dataset(
                name,
                access=kinds[n % 5],
                year=2010 + n if n % 3 else None,
                modalities=("ct",),
            )
            for n, name in enumerate(SETS)
        ],
        "base_models": [base_model("stemnet", year=2020), base_model("leafnet", year=2021)],
        "results": results(of),
        "second_coding": second_coding(of),
        "adjudication": as_first(of, second_coding(of)),
    }
