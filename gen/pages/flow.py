"""The flow diagram's page and the lists that its boxes open."""

from __future__ import annotations

from collections.abc import Iterator

from gen.analysis.flow import Box, Flow
from gen.corpus.identifiers import doi_address
from gen.corpus.tables import Record
from gen.export import tables as export
from gen.pages.view import File, View

MAX_LINES = 1000  # lines on one page; a longer list is a page for each year, to stay within 200 kB


def flow_pages(view: View) -> Iterator[File]:
    """Yield the diagram, its numbers as CSV, an index of the lists, and each list twice."""
    corpus, flow = view.corpus, view.flow
    yield "about/flow.md", view.page("pages/flow.md.jinja", "about/flow.md")
    yield "about/flow.csv", numbers(flow)
    yield "about/records/index.md", view.page("pages/records.md.jinja", "about/records/index.md")
    names = {study.record_id: study for study in corpus.studies}
    for box in flow.boxes:
        yield f"about/records/{box.slug}.csv", export.rows_csv(Record, box.records)
        years = by_year(box) if box.number > MAX_LINES else []
        for part, parts in ((box, years), *((year, []) for year in years)):
            lines = [] if parts else [(record, address(record)) for record in part.records]
            yield (
                part.path,
                view.page(
                    "pages/records-list.md.jinja",
                    part.path,
                    box=box,
                    part=part,
                    parts=parts,
                    lines=lines,
                    names=names,
                ),
            )


def by_year(box: Box) -> list[Box]:
    """The list of a box in parts, newest first, records without a year last."""
    years: dict[int, list[Record]] = {}
    for record in box.records:
        years.setdefault(record.year or 0, []).append(record)
    return [
        Box(f"{box.slug}-{year or 'undated'}", str(year or "no year"), box.about, tuple(own))
        for year, own in sorted(years.items(), reverse=True)
    ]


def address(record: Record) -> str:
    """The page of the work; empty where the source gave none."""
    if record.url:
        return record.url
    if record.doi:
        return doi_address(record.doi)
    return f"https://arxiv.org/abs/{record.arxiv}" if record.arxiv else ""


def numbers(flow: Flow) -> str:
    """Every number of the diagram as CSV, in its order."""
    rows: list[tuple[str, str, int]] = []
    rows += [("entries identified", kind.box.label, kind.entries) for kind in flow.kinds]
    rows += [("duplicates removed", kind.box.label, kind.duplicates) for kind in flow.kinds]
    rows += [
        ("records screened", kind.box.label, sum(r.is_screened for r in kind.box.records))
        for kind in flow.kinds
    ]
    rows += [("records not screened yet", "From every source", flow.undecided.number)]
    rows += [("records excluded", box.label, box.number) for box in flow.excluded]
    rows += [
        ("records deferred", "Not drawn yet", flow.deferred.number),
        ("records deferred", flow.drawn.label, flow.drawn.number),
    ]
    rows += [("records excluded at coding", box.label, box.number) for box in flow.unfit]
    rows += [
        ("records eligible", flow.waiting.label, flow.waiting.number),
        ("records eligible", flow.coded.label, flow.coded.number),
    ]
    rows += [("studies coded", label, number) for _, label, number in flow.families]
    names = ("stage", "part", "number")
    return export.table_csv(names, (dict(zip(names, row, strict=True)) for row in rows))
