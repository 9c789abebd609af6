"""Studies as text that other programs read: CSV, BibTeX, RIS, JSON-LD, Highwire tags."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from gen.cells import SEPARATOR
from gen.model import Row, Study, columns

# A spreadsheet runs a cell that starts with one of these as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")

# Characters that BibTeX or TeX would take for markup. Braces become words: BibTeX counts even those
# that a backslash precedes, so that a single one would swallow the rest of the file.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# The same two in an address.
PERCENT = str.maketrans({"{": "%7B", "}": "%7D"})


def table_csv(names: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A table as CSV with cells that no spreadsheet takes for formulas."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    names = list(names)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_safe(row[name]) for name in names])
    return file.getvalue()


def rows_csv(model: type[Row], rows: Iterable[Row]) -> str:
    """A table of data/ as CSV: the columns and cells of the file."""
    names = [column.name for column in columns(model)]
    return table_csv(names, ({name: cell(row, name) for name in names} for row in rows))


def cell(row: Row, name: str) -> str:
    """The cell as it stands in the file, its kind of missing included."""
    value = getattr(row, name)
    if value is None or value == ():
        state = row.missing.get(name, "not-coded")
        return "" if state == "not-coded" else state
    if isinstance(value, float):
        return format(Decimal(str(value)), "f").removesuffix(".0")
    return SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value


def bibtex(study: Study) -> str:
    """One entry. What is surely no person's name is kept whole by braces."""
    venue = study.venue or ""
    values = {
        "title": "{" + study.title.translate(TEX) + "}",
        "author": " and ".join(_bibtex_name(name) for name in study.authors),
        "year": str(study.year),
        "month": str(int(study.date[5:7])) if study.date[5:7] else "",
        "journal" if not study.arxiv or not study.is_preprint else "": venue.translate(TEX),
        "doi": (study.doi or "").translate(PERCENT),
        "eprint": study.arxiv or "",
        "archiveprefix": "arXiv" if study.arxiv else "",
        "url": study.link.translate(PERCENT),
    }
    kind = "misc" if study.is_preprint else "article"
    body = "".join(f"  {key} = {{{value}}},\n" for key, value in values.items() if key and value)
    return f"@{kind}{{{study.id},\n{body}}}\n"


def _bibtex_name(name: str) -> str:
    given, family = split_name(name)
    # BibTeX would cut a name in two at a comma or at the word `and`.
    if not given or "," in name or "and" in name.lower().split():
        return "{" + name.translate(TEX) + "}"
    return f"{family.translate(TEX)}, {given.translate(TEX)}"


def split_name(name: str) -> tuple[str, str]:
    """(given names, family name); no given names where the name is one word.

    `authors` holds names as "Given Family". Lower-case particles before the last word go with the
    family name (van der Laak), as do Jr and Roman numerals after it.
    """
    words = name.split()
    last = len(words) - 1
    if last > 0 and words[last].rstrip(".") in {"Jr", "Sr", "II", "III", "IV"}:
        last -= 1
    while last > 1 and words[last - 1].islower():
        last -= 1
    return " ".join(words[:last]), " ".join(words[last:])


def ris(study: Study) -> str:
    """One record of type JOUR, or UNPB for a preprint."""
    lines = [("TY", "UNPB" if study.is_preprint else "JOUR"), ("ID", study.id)]
    for name in study.authors:
        given, family = split_name(name)
        lines.append(("AU", f"{family}, {given}" if given else name))
    lines += [
        ("TI", study.title),
        ("PY", str(study.year)),
        ("DA", "/".join([*study.date.split("-"), "", "", ""][:3]) + "/"),
        ("T2", study.venue or ""),
        ("DO", study.doi or ""),
        ("UR", study.link),
        ("N1", f"arXiv:{study.arxiv}" if study.arxiv else ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def highwire(study: Study) -> dict[str, str | list[str]]:
    """Names and contents of the citation_* meta tags that reference managers read."""
    tags: dict[str, str | list[str]] = {
        "title": study.title,
        "author": list(study.authors),
        "publication_date": study.date.replace("-", "/"),
        "journal_title": "" if study.is_preprint else study.venue or "",
        "doi": study.doi or "",
        "arxiv_id": study.arxiv or "",
        "public_url": study.link,
    }
    return {name: value for name, value in tags.items() if value}


def json_ld(study: Study) -> dict[str, Any]:
    """The study as a schema.org ScholarlyArticle."""
    same = [f"https://arxiv.org/abs/{study.arxiv}"] if study.arxiv else []
    same += [f"https://doi.org/{study.doi}"] if study.doi else []
    values = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": study.title,
        "name": study.name,
        "author": [{"@type": "Person", "name": name} for name in study.authors],
        "datePublished": study.date,
        "isPartOf": {"@type": "Periodical", "name": study.venue} if study.venue else None,
        "abstract": study.summary,
        "url": study.link,
        "sameAs": same,
    }
    return {name: value for name, value in values.items() if value}


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
