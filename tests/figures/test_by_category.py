"""Every figure says, draws and tabulates the same; those of the real corpus are all looked at."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import altair as alt
import pytest

from gen.analysis import tables
from gen.corpus.settings import Term, Vocabulary
from gen.corpus.tables import FACETS, Study
from gen.figures import by_category, charts
from gen.figures.figure import PERCENT, Figure
from gen.figures.theme import COLOURS
from gen.pages.view import Drawn
from tests import markup
from tests.analysis.test_tables import study
from tests.real import ROOT, corpus, drawn, files, pages


@cache
def by_slug() -> dict[str, Drawn]:
    return {found.figure.slug: found for found in drawn()}


def per_term() -> Iterator[tuple[str, str, Figure | None]]:
    """Every term of every facet with its figure, if it has one."""
    for facet in FACETS:
        for term in corpus().taxonomy[facet].terms:
            found = by_slug().get(f"{facet}-{term}-per-year")
            yield facet, term, found.figure if found else None


def per_set() -> Iterator[tuple[str, Figure | None]]:
    """Every data set with its figure, if it has one."""
    for dataset in corpus().datasets:
        found = by_slug().get(f"datasets-{dataset.id}-per-year")
        yield dataset.id, found.figure if found else None


def last_full_year() -> int:
    return corpus().release.searched.year - 1


def year_of(row: dict[str, Any]) -> int:
    return int(row["year"])


def having(facet: str, term: str) -> list[Study]:
    return [study for study in corpus().counted if term in study.terms(facet)]


def percent(share: float) -> str:
    return f"{share:.0%}"


# What the corpus holds, counted here once more without pandas.


@pytest.mark.corpus
def test_a_file_name_belongs_to_one_figure() -> None:
    assert len(by_slug()) == len(drawn())


@pytest.mark.corpus
def test_studies_per_quarter_are_those_of_the_corpus() -> None:
    figure, studies = by_slug()["studies-per-quarter"].figure, corpus().counted
    counted = Counter((study.quarter, study.family) for study in studies if study.quarter)
    shown = {(row["quarter"], row["family"]): row["studies"] for row in figure.rows}
    assert {key: n for key, n in shown.items() if n} == counted
    assert figure.reading.startswith(f"{sum(shown.values())} of the included studies since ")
    said = re.fullmatch(
        r"New studies a year rose from (\d+) in (\d{4}) to (\d+) in (\d{4})", figure.title
    )
    assert said
    by_year = Counter(study.quarter[:4] for study in studies if study.quarter)
    assert (by_year[said[2]], by_year[said[4]]) == (int(said[1]), int(said[3]))
    pale = {row["quarter"] for row in figure.rows if row["pale"]}
    assert min(pale) == f"{int(said[4]) + 1}-Q1"
    undated = sum(not study.quarter for study in studies)
    assert f" {undated} with a year only are left out." in figure.note


@pytest.mark.corpus
def test_shares_of_a_facet_are_those_of_the_corpus() -> None:
    for facet in FACETS:
        figure = by_slug()[f"{facet}-shares"].figure
        id_ = {term.label: id_ for id_, term in corpus().taxonomy[facet].terms.items()}
        for row in figure.rows:
            of = [study for study in corpus().counted if study.year == year_of(row)]
            assert row["coded"] == sum(bool(study.terms(facet)) for study in of), row
            assert row["studies"] == sum(id_[row["series"]] in s.terms(facet) for s in of), row
            assert row["value"] == pytest.approx(row["studies"] / row["coded"], abs=1e-4), row
        totals = {label: len(having(facet, id_[label])) for label in id_}
        shown = {row["series"] for row in figure.rows}
        left_out = [total for label, total in totals.items() if label not in shown]
        assert min(totals[label] for label in shown) >= max(left_out, default=0)
        said = re.fullmatch(r"(.+) is the most frequent, in (\d+) studies", figure.title)
        assert said
        assert totals[said[1]] == max(totals.values()) == int(said[2])


@pytest.mark.corpus
def test_categories_and_their_shares_are_those_of_the_corpus() -> None:
    seen = 0
    for facet, term, figure in per_term():
        if not figure:
            continue
        seen += 1
        own = Counter(study.year for study in having(facet, term))
        coded = Counter(study.year for study in corpus().counted if study.terms(facet))
        assert {year_of(row): row["studies"] for row in figure.rows if row["studies"]} == own
        assert {year_of(row): row["coded"] for row in figure.rows if row["coded"]} == coded
        for row in figure.rows:
            assert row["partial"] == (year_of(row) > last_full_year())
            if row["coded"]:
                assert row["share"] == round(row["studies"] / row["coded"], 4)
                assert row["low"] <= row["share"] <= row["high"]
            else:
                assert row["share"] is row["low"] is row["high"] is None
    assert seen > 50


@pytest.mark.corpus
def test_what_is_said_of_shares_is_what_the_table_says() -> None:
    pattern = (
        r"(\d+%) \((\d+) of (\d+); 95%\u00a0CI (\d+%) to (\d+%)\) "
        r"of (?:the studies of|those of) (\d+)"
    )
    seen = compared = 0
    for facet, term, figure in per_term():
        if not figure:
            continue
        seen += 1
        coded = Counter(study.year for study in corpus().counted if study.terms(facet))
        enough = [year for year, n in sorted(coded.items()) if n >= 10 and year <= last_full_year()]
        rows = {year_of(row): row for row in figure.rows}
        said = re.findall(pattern, figure.reading)
        assert [int(year) for *_, year in said] == sorted({*enough[:1], *enough[-1:]}), term
        for share, number, of, low, high, year in said:
            compared += 1
            row = rows[int(year)]
            assert (int(number), int(of)) == (row["studies"], row["coded"])
            assert [share, low, high] == [percent(row[name]) for name in ("share", "low", "high")]
    assert seen > 50
    assert compared > 50


@pytest.mark.corpus
def test_the_use_of_data_sets_is_that_of_the_corpus() -> None:
    seen = 0
    for dataset, figure in per_set():
        if not figure:
            continue
        seen += 1
        counted = Counter(
            (study.year, role)
            for study in corpus().counted
            for role, column in (
                ("Training", study.train_data),
                ("Evaluation only", study.eval_data),
            )
            if dataset in column
        )
        shown = {(year_of(row), row["role"]): row["studies"] for row in figure.rows}
        assert {key: n for key, n in shown.items() if n} == counted
        first, last = min(year for year, _ in counted), max(year for year, _ in counted)
        span = f"in {first}" if first == last else f"from {first} to {last}"
        training, evaluation = (
            sum(n for (_, role), n in counted.items() if role == wanted)
            for wanted in ("Training", "Evaluation only")
        )
        assert figure.reading.replace("studies", "study") == (
            f"Named {span}: for training by {training} study, for evaluation only by "
            f"{evaluation} study."
        )
    assert seen > 20


@pytest.mark.corpus
def test_a_figure_is_missing_only_where_fewer_than_three_studies_are_in_it() -> None:
    for facet, term, figure in per_term():
        assert bool(figure) == (len(having(facet, term)) >= 3), term
    for dataset, figure in per_set():
        uses = [(dataset in s.train_data) + (dataset in s.eval_data) for s in corpus().counted]
        assert bool(figure) == (sum(uses) >= 3), dataset


# The layers of a figure agree with each other.


def fields(spec: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a specification
    """Every column that a specification draws."""
    if isinstance(spec, dict):
        if isinstance(spec.get("field"), str):
            yield spec["field"]
        for value in spec.values():
            yield from fields(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from fields(value)


def computed(spec: Any) -> set[str]:  # noqa: ANN401 - any part of a specification
    """The columns that a specification makes itself, such as the order of a stack."""
    parts = [
        part for layer in (spec, *spec.get("layer", [])) for part in layer.get("transform", [])
    ]
    return {part["as"] for part in parts if "as" in part}


def texts(spec: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any part of a specification
    """Every text in a specification with its key."""
    if isinstance(spec, dict):
        for key, value in spec.items():
            if isinstance(value, str):
                yield key, value
            yield from texts(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from texts(value)


@pytest.mark.corpus
def test_chart_and_table_show_the_same_rows() -> None:
    for found in drawn():
        figure = found.figure
        assert found.spec["datasets"] == {"table": figure.rows}
        assert set(fields(figure.chart)) - computed(figure.chart) <= set(figure.rows[0])
        for row, cells in zip(figure.rows, found.table, strict=True):
            for name, cell in zip(figure.columns, cells, strict=True):
                value = row[name]
                share = figure.percent and name in PERCENT and value is not None
                shown = percent(value) if share else value
                assert cell == ("–" if value is None else str(shown))


@pytest.mark.corpus
def test_the_drawing_has_bars_as_high_as_the_table_says() -> None:
    seen = 0
    for found in drawn():
        chart = found.figure.chart
        height = chart.get("encoding", {}).get("y", {})
        if chart.get("mark", {}).get("type") == "bar" and height.get("field") == "studies":
            pattern = r'class="mark-rect role-mark[^"]*"[^>]*>(.*?)</g>'
            marks = re.search(pattern, found.svg, re.DOTALL)
            assert marks, found.figure.slug
            seen += 1
            paths = re.findall(r"M([\d.]+),([\d.]+)h[\d.]+v([\d.]+)", marks[1])
            bars = [(float(left), float(top), float(high)) for left, top, high in paths]
            studies = [row["studies"] for row in found.figure.rows]
            scale = max(high for *_, high in bars) / max(studies)
            # Drawn to a tenth of a pixel, of which the scale, too, may be half of one away.
            assert [high for *_, high in bars] == pytest.approx(
                [scale * n for n in studies], abs=0.1
            )
            for (left, top, high), (next_left, next_top, _) in pairwise(sorted(bars)):
                assert left < next_left or top + high <= next_top + 0.1, "one hides another"
    assert seen > 50


@pytest.mark.corpus
def test_every_value_that_has_a_colour_has_one_of_its_own() -> None:
    seen = 0
    for found in drawn():
        if colour := found.figure.chart.get("encoding", {}).get("color"):
            seen += 1
            scale = colour["scale"]
            assert {row[colour["field"]] for row in found.figure.rows} <= set(scale["domain"])
            assert len(scale["domain"]) == len(scale["range"]) == len(set(scale["range"]))
    assert seen > 20


@pytest.mark.corpus
def test_a_family_has_its_colour_wherever_it_is_drawn() -> None:
    labels = {term.label: COLOURS[id_] for id_, term in corpus().taxonomy["family"].terms.items()}
    panel = by_slug()["family-shares"].figure.chart["spec"]["layer"][0]
    for chart in (by_slug()["studies-per-quarter"].figure.chart, panel):
        scale = chart["encoding"]["color"]["scale"]
        assert dict(zip(scale["domain"], scale["range"], strict=True)) == labels
    for id_ in corpus().taxonomy["family"].terms:
        spec = json.dumps(by_slug()[f"family-{id_}-per-year"].figure.chart)
        others = {COLOURS[other] for other in corpus().taxonomy["family"].terms if other != id_}
        assert COLOURS[id_] in spec
        assert not any(other in spec for other in others)


@pytest.fixture(scope="module")
def shown_on() -> dict[str, tuple[str, str]]:
    """Slug -> the path of the page that the figure belongs to, and that page as HTML.

    Chapters of the review show figures of other pages.
    """
    found = {}
    for path, page in pages().items():
        if path.startswith("review/"):
            continue
        for slug in set(re.findall(r'figures/([a-z0-9-]+)\.svg"', page)):
            assert slug not in found, "a figure belongs to one page"
            found[slug] = (path, markup.html(page))
    return found


@pytest.mark.corpus
def test_every_figure_reaches_the_reader_in_all_its_layers(
    shown_on: dict[str, tuple[str, str]],
) -> None:
    assert shown_on.keys() == by_slug().keys()
    generated = {path for path, _ in files()}
    for slug, (_, page) in shown_on.items():
        figure, table = by_slug()[slug].figure, by_slug()[slug].table
        start = page.index(f'id="{figure.anchor}"')
        part = page[page.rindex("<figure", 0, start) : page.index("</figure>", start)]
        found = markup.elements(part)
        caption = next(element for element in found if element.tag == "figcaption").text
        assert caption == f"{figure.title} {figure.reading}"
        svg = next(element for element in found if element.tag == "svg").attributes
        assert (svg["role"], svg["aria-label"]) == ("img", f"{figure.title}. {figure.reading}")
        cells = [element.text for element in found if element.tag == "td"]
        assert cells == [cell for row in table for cell in row]
        heads = [element.text for element in found if element.tag == "th"]
        assert heads == list(figure.columns.values())
        links = [e.attributes["href"] for e in found if e.tag == "a" and "href" in e.attributes]
        assert f"#{figure.anchor}" in links
        for suffix in ("csv", "svg", "json"):
            assert any(link.endswith(f"figures/{slug}.{suffix}") for link in links)
            assert f"figures/{slug}.{suffix}" in generated
        assert [e.attributes.get("data-lsr-png") for e in found if e.text == "PNG"] == [slug]
        assert figure.note in markup.text(part)


@pytest.mark.corpus
def test_the_downloads_of_a_figure_hold_its_rows() -> None:
    generated = dict(files())
    for slug, found in by_slug().items():
        figure = found.figure
        sheet = list(csv.DictReader(io.StringIO(str(generated[f"figures/{slug}.csv"]))))
        assert sheet == [
            {name: "" if row[name] is None else str(row[name]) for name in figure.columns}
            for row in figure.rows
        ]
        assert json.loads(generated[f"figures/{slug}.json"]) == found.spec


# What a specification may hold.


@pytest.mark.corpus
def test_every_specification_is_valid_vega_lite() -> None:
    # Charts of one kind differ in their rows only; each kind is validated with the rows of one.
    kinds = {json.dumps(found.figure.chart, sort_keys=True): found.spec for found in drawn()}
    assert len(kinds) >= 4
    for spec in kinds.values():
        alt.Chart.from_dict(spec, validate=True)


@pytest.mark.corpus
def test_no_specification_names_another_place() -> None:
    for found in drawn():
        for key, text in texts(found.spec):
            assert key != "url"
            assert key == "$schema" or "://" not in text


def test_what_a_downloaded_file_falls_back_to_is_the_light_palette() -> None:
    style = (ROOT / "docs/assets/css/tokens.css").read_text(encoding="utf-8")
    light = style[style.index('[data-md-color-scheme="default"]') :]
    light = light[: light.index("}")]
    tokens = dict(re.findall(r"(--lsr-[a-z0-9-]+): (#[0-9a-f]{6});", light))
    assert len(COLOURS) >= 10
    for colour in COLOURS.values():
        name, fallback = re.fullmatch(r"var\((--lsr-[a-z0-9-]+), (#[0-9a-f]{6})\)", colour).groups()
        assert tokens[name] == fallback, name


@pytest.mark.corpus
def test_no_colour_of_a_specification_is_beside_the_palette() -> None:
    variables = {*COLOURS.values(), *charts.STATES.values()}
    for found in drawn():
        for key, text in texts(found.figure.chart):
            for colour in re.findall(r"var\([^)]*\)|#[0-9a-f]{3,8}", text):
                assert colour in variables, key


# Small numbers, on invented studies.

INK = Vocabulary(
    label="Ink",
    plural="Inks",
    about="Which ink?",
    terms={id_: Term(label=id_.upper(), definition="An ink.") for id_ in ("ct", "mri")},
)


def made(number: int) -> list[Figure | None]:
    """Each kind of figure, of that many studies."""
    df = tables.frame(
        study(f"s{n}", f"202{n % 3}-0{n % 9 + 1}", modalities=("ct",), train_data=("x",))
        for n in range(number)
    )
    per_term, use = tables.term_per_year(df, "modalities"), tables.data_use(df)
    return [
        by_category.studies_per_quarter(
            tables.per_quarter(df), corpus().taxonomy["family"], "2023-Q4", 0
        ),
        by_category.term_per_year(per_term, "modalities", INK, "ct", 2024),
        by_category.data_set_per_year(use, "x", "X", 2024),
        by_category.shares(per_term, "modalities", INK, 2024),
    ]


@pytest.mark.corpus
def test_fewer_than_three_studies_make_no_figure() -> None:
    assert made(2) == [None] * 4
    assert all(made(3))


@pytest.mark.corpus
def test_too_few_a_year_to_compare_shares_is_said() -> None:
    _, figure, *_ = made(4)
    assert figure
    assert figure.reading == "4 studies in all; too few a year to compare shares."


def test_shares_are_compared_between_full_years_only() -> None:
    df = tables.frame(
        study(f"{year}-{n}", str(year), modalities=("ct",) if n < some else ("mri",))
        for year, some in ((2021, 2), (2022, 5), (2023, 6), (2024, 12))
        for n in range(12)
    )
    table = tables.term_per_year(df, "modalities")
    own = table[table["term"] == "ct"]
    figure = by_category.term_per_year(own, "modalities", INK, "ct", 2024)
    assert figure
    assert figure.reading == (
        "17% (2 of 12; 95%\u00a0CI 5% to 45%) of the studies of 2021 and "
        "50% (6 of 12; 95%\u00a0CI 25% to 75%) of those of 2023."
    )
    assert [row["partial"] for row in figure.rows] == [False, False, False, True]


def test_a_count_of_one_is_a_study() -> None:
    df = tables.frame(
        [
            study("a", "2021", train_data=("x",)),
            study("b", "2021", eval_data=("x",)),
            study("c", "2021", eval_data=("x",)),
        ]
    )
    figure = by_category.data_set_per_year(tables.data_use(df), "x", "X", 2024)
    assert figure
    assert figure.reading == (
        "Named in 2021: for training by 1 study, for evaluation only by 2 studies."
    )


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("years", "covered", "title"),
    [
        ((2, 1, 3, 9), "2023-Q4", "New studies a year rose from 2 in 2021 to 3 in 2023"),
        ((2, 1, 3, 9), "2023-Q3", "New studies a year fell from 2 in 2021 to 1 in 2022"),
        ((2, 2, 3, 9), "2022-Q4", "As many new studies in 2022 as in 2021: 2"),
        ((2, 1, 3, 9), "2021-Q4", "Studies per quarter, by family"),
    ],
)
def test_the_title_of_the_field_tells_of_whole_years_only(
    years: tuple[int, ...], covered: str, title: str
) -> None:
    days = [f"{2021 + n}-{month}" for n, size in enumerate(years) for month in ["01", "12"] * size]
    df = tables.frame(study(f"s{n}", day) for n, day in enumerate(days))
    doubled = re.sub(r"(?<= )(\d)(?!\d)", lambda found: str(2 * int(found[1])), title)
    figure = by_category.studies_per_quarter(
        tables.per_quarter(df), corpus().taxonomy["family"], covered, 0
    )
    assert figure
    assert figure.title == doubled
    assert {row["quarter"] > covered for row in figure.rows if row["pale"]} == {True}
    assert "Hatched (pale when interactive): the quarters after the" in figure.note
