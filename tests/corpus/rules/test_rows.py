"""The rules, each with faults planted against it, and how the command reports what it found."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gen.__main__ import main
from gen.corpus import load
from gen.corpus.rules import lines
from gen.corpus.rules.register import RULES
from gen.problems import DataError, Problem, as_json, github, text
from tests import invented

Change = Callable[[Path], None]
RULES_BY_NAME = {rule.__name__: rule for rule in RULES}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound corpus in data/ under the working directory."""
    monkeypatch.chdir(tmp_path)
    return invented.write(Path("data"))


def reported(data: Path) -> list[str]:
    """Every error and warning."""
    try:
        return [str(problem) for problem in load.load(data).warnings]
    except DataError as error:
        return [str(problem) for problem in error.problems]


def change(table: str, line: int, **cells: str) -> Change:
    return lambda data: invented.change(data, table, line, **cells)


def append(table: str, **cells: str) -> Change:
    return lambda data: invented.append(data, table, **cells)


def term(vocabulary: str, id_: str, rest: str = "") -> Change:
    """Add a term to a vocabulary."""
    block = f'\n[{vocabulary}.terms.{id_}]\nlabel = "L"\ndefinition = "D"\n{rest}\n'

    def add(data: Path) -> None:
        with (data / "taxonomy.toml").open("a", encoding="utf-8") as file:
            file.write(block)

    return add


def both(*changes: Change) -> Change:
    def make(data: Path) -> None:
        for one in changes:
            one(data)

    return make


def appraised(*domains: str) -> Change:
    """Judge these domains of a study."""
    line = {"study": "zeta", "tool": "probast-ai", "judgement": "unclear"}
    line |= {"reason": "The abstract does not say.", "evidence": "https://paper.example/zeta"}
    return both(*(append("appraisal", **line, domain=domain) for domain in domains))


MARKUP = "contains HTML or TeX, which is shown as it stands; write plain text"
SPREADSHEET = "is a date that a spreadsheet made of a name; write the name again"
NO_VALUE = (
    "is no value: write not-reported where the sources do not say, n/a where it does not apply, or "
    "leave the cell empty where it was not looked for"
)
NEW = invented.STUDY | {
    "id": "eta",
    "name": "Eta",
    "title": "Eta",
    "date": "2025-01-01",
    "doi": "10.1234/eta",
}


def fault(make: Change, *messages: str) -> tuple[Change, list[str]]:
    """What is changed in the sound corpus, and everything that is then reported."""
    return make, list(messages)


def decided(**cells: str) -> Change:
    """Decide a cell of the one study that is coded twice."""
    line = {"study": "zeta", "field": "family", "why": "The abstract says so."}
    kinds = ("vision-language", "vision-only", "vision-only")
    codings = dict(zip(("first", "second", "decision"), kinds, strict=True))
    return append("adjudication", **line | codings | cells)


# rule -> faults planted against it


FAULTS: dict[str, list[tuple[Change, list[str]]]] = {
    "clean_cells": [
        fault(
            change("studies", 2, title="One line\nand another"),
            "data/studies.csv:2: title: contains a line break; put the text on one line",
        ),
        fault(
            change("studies", 3, title="Zero\u200bwidth"),
            "data/studies.csv:3: title: contains the invisible character U+200B; remove it",
        ),
        fault(
            change("studies", 3, title="Turned\u202eround"),
            "data/studies.csv:3: title: contains the invisible character U+202E; remove it",
        ),
        fault(
            change("datasets", 4, name="A\tB"),
            "data/datasets.csv:4: name: contains the invisible character U+0009; remove it",
        ),
        fault(
            change("studies", 2, name=" AlphaSeg"),
            "data/studies.csv:2: name: ' AlphaSeg' has a space at its start or end "
            "(did you mean 'AlphaSeg'?)",
        ),
        fault(
            change("studies", 2, name="Alpha\u00a0Seg"),
            "data/studies.csv:2: name: 'Alpha\\xa0Seg' contains the special space U+00A0; write a "
            "common one (did you mean 'Alpha Seg'?)",
        ),
        fault(
            change("studies", 2, title="Sa\ufffdde"),
            "data/studies.csv:2: title: contains U+FFFD, which stands for a letter that was lost; "
            "write the letter",
        ),
        fault(
            change("datasets", 2, note="\u2800"),
            "data/datasets.csv:2: note: contains the invisible character U+2800; remove it",
        ),
        fault(
            change("studies", 2, note="\ue000 private"),
            "data/studies.csv:2: note: contains the invisible character U+E000; remove it",
        ),
    ],
    "composed": [
        fault(
            change("studies", 5, note="Jose\u0301"),
            "data/studies.csv:5: note: 'Jose\u0301' has letters apart from their accents, so "
            "that no search finds it (write NFC) (did you mean 'José'?)",
        ),
        fault(
            change("studies", 5, title="MÃ¼ller’s test"),
            "data/studies.csv:5: title: 'MÃ¼ller’s test' was read in a wrong encoding on its way "
            "here (did you mean 'Müller’s test'?)",
        ),
    ],
    "markup": [
        fault(
            change("studies", 5, title="CT &amp; MRI"),
            f"data/studies.csv:5: title: 'CT &amp; MRI' {MARKUP} (did you mean 'CT & MRI'?)",
        ),
        fault(
            change("studies", 5, title=r"{MedSAM}: $\alpha$-tuning"),
            f"data/studies.csv:5: title: '{{MedSAM}}: $\\\\alpha$-tuning' {MARKUP} "
            "(did you mean 'MedSAM: α-tuning'?)",
        ),
        fault(
            change("records", 4, title="A <i>foundation</i> model"),
            f"data/records.csv:4: title: 'A <i>foundation</i> model' {MARKUP} "
            "(did you mean 'A foundation model'?)",
        ),
        fault(
            change("studies", 5, authors="Alt, Bj&ouml;rn; Berg, Bo"),
            f"data/studies.csv:5: authors: 'Alt, Bj&ouml;rn; Berg, Bo' {MARKUP} "
            "(did you mean 'Alt, Björn; Berg, Bo'?)",
        ),
    ],
    "length": [
        fault(
            change("studies", 4, summary="x" * 241),
            "data/studies.csv:4: summary: has 241 characters and must have at most 240",
        ),
        fault(
            change("studies", 2, modalities="; ".join(f"m{n}" for n in range(1000))),
            "data/studies.csv:2: modalities: has 5888 characters and must have at most 2000",
        ),
    ],
    "separated": [
        fault(
            change("studies", 2, modalities="mri;ct"),
            "data/studies.csv:2: modalities: 'mri;ct' must contain each value once, separated by "
            "'; ' (did you mean 'mri; ct'?)",
        ),
        fault(
            change("studies", 2, train_data="made-up-ct; made-up-ct;"),
            "data/studies.csv:2: train_data: 'made-up-ct; made-up-ct;' must contain each value "
            "once, separated by '; ' (did you mean 'made-up-ct'?)",
        ),
        fault(
            change("studies", 2, authors="Alt, Anna ;Berg, Bo;Alt, Anna"),
            "data/studies.csv:2: authors: 'Alt, Anna ;Berg, Bo;Alt, Anna' must contain values "
            "separated by '; ' (did you mean 'Alt, Anna; Berg, Bo; Alt, Anna'?)",
        ),
        fault(
            change("studies", 2, tasks="segmentation; n/a"),
            "data/studies.csv:2: tasks: 'n/a' must be the only value",
        ),
        fault(
            change("studies", 2, contribution="adaptation; evaluation"),
            "data/studies.csv:2: contribution: 'adaptation; evaluation' must contain one value "
            "only",
        ),
    ],
    "markers": [
        fault(
            change("studies", 3, venue="n/a", url="not-reported"),
            "data/studies.csv:3: url: 'not-reported' has no meaning here; leave the cell empty",
            "data/studies.csv:3: venue: 'n/a' has no meaning here; leave the cell empty",
        ),
        fault(
            both(change("studies", 2, doi="n/a"), change("studies", 5, doi="n/a")),
            "data/studies.csv:2: doi: 'n/a' has no meaning here; leave the cell empty",
            "data/studies.csv:5: doi: 'n/a' has no meaning here; leave the cell empty",
        ),
        fault(
            change("results", 2, n="not-reported"),
            "data/results.csv:2: n: 'not-reported' has no meaning here; leave the cell empty",
        ),
    ],
    "wordings": [
        fault(
            change("studies", 5, backbone="not reported"),
            f"data/studies.csv:5: backbone: 'not reported' {NO_VALUE} "
            "(did you mean 'not-reported'?)",
        ),
        fault(
            change("studies", 5, parameters_m="N/A", tests="None"),
            f"data/studies.csv:5: parameters_m: 'N/A' {NO_VALUE} (did you mean 'n/a'?)",
            "data/studies.csv:5: tests: 'None' has no meaning here; leave the cell empty",
        ),
        fault(
            change("studies", 5, domains="unknown", code="-", backbone="TBD"),
            f"data/studies.csv:5: backbone: 'TBD' {NO_VALUE}",
            f"data/studies.csv:5: code: '-' {NO_VALUE}",
            f"data/studies.csv:5: domains: 'unknown' {NO_VALUE} (did you mean 'not-reported'?)",
        ),
        fault(
            change("studies", 5, doi="?", note="None", venue="NA"),
            "data/studies.csv:5: doi: '?' has no meaning here; leave the cell empty",
            "data/studies.csv:5: note: 'None' has no meaning here; leave the cell empty",
            "data/studies.csv:5: venue: 'NA' has no meaning here; leave the cell empty",
        ),
    ],
    "venues": [
        fault(
            change("studies", 5, venue="arXiv preprint arXiv:2411.00002"),
            "data/studies.csv:5: venue: 'arXiv preprint arXiv:2411.00002' must be the name of a "
            "journal, a conference or a server of preprints, alone (did you mean 'arXiv'?)",
        ),
        fault(
            change("studies", 5, venue="Under review at MICCAI 2026"),
            "data/studies.csv:5: venue: 'Under review at MICCAI 2026' is not where it was "
            "published; write the server of the preprint, or nothing",
        ),
    ],
    "dated_names": [
        fault(
            both(
                append("permalinks", page="/datasets/oct2017/", since="2025.01"),
                append("datasets", id="Oct-17", name="Oct-17"),
            ),
            f"data/datasets.csv:5: id: 'Oct-17' {SPREADSHEET} (did you mean 'oct2017'?)",
            f"data/datasets.csv:5: name: 'Oct-17' {SPREADSHEET} (did you mean 'OCT2017'?)",
        ),
        fault(
            append("datasets", id="oct2017", name="Oct-17"),
            f"data/datasets.csv:5: name: 'Oct-17' {SPREADSHEET} (did you mean 'OCT2017'?)",
        ),
        fault(
            append("base_models", id="2-Sep", name="SEP-2", kind="vision"),
            f"data/base_models.csv:4: id: '2-Sep' {SPREADSHEET}",
        ),
    ],
    "controlled": [
        fault(
            change("studies", 2, data_access="publik"),
            "data/studies.csv:2: data_access: 'publik' must be one of public, mixed, private "
            "(did you mean 'public'?)",
        ),
        fault(
            change("studies", 3, family="VLM"),
            "data/studies.csv:3: family: 'VLM' must be one of vision-only, vision-language "
            "(did you mean 'vision-language'?)",
        ),
        fault(
            change("studies", 6, weights_access="qqq"),
            "data/studies.csv:6: weights_access: 'qqq' must be one of open, gated, none",
        ),
        fault(
            change("studies", 6, contribution="Evaluation"),
            "data/studies.csv:6: contribution: 'Evaluation' must be one of foundation-model, "
            "adaptation, evaluation (did you mean 'evaluation'?)",
        ),
    ],
    "stand_ins": [
        fault(
            change("studies", 6, modalities="other"),
            "data/studies.csv:6: warning: modalities: 'other' says nothing alone: leave the cell "
            "empty where no modality is named, or say in the note what other modality it is",
        ),
    ],
    "references": [
        fault(
            change("studies", 5, builds_on="sam-3"),
            "data/studies.csv:5: builds_on: 'sam-3' is no id in base_models.csv or studies.csv",
        ),
        fault(
            change("studies", 5, eval_data="made-up-ct; Made-up-eyes"),
            "data/studies.csv:5: eval_data: 'Made-up-eyes' is no id in datasets.csv; a new "
            "data set needs a line there first (did you mean 'made-up-eyes'?)",
        ),
        fault(
            change("studies", 5, record_id="r-99"),
            "data/studies.csv:5: record_id: 'r-99' is no id in records.csv",
        ),
        fault(
            change("records", 3, sources="hand search; inventor/list"),
            "data/records.csv:3: sources: 'inventor/list' is no id in sources.csv "
            "(did you mean 'inventors/list'?)",
        ),
        fault(
            change("results", 3, study="betareed"),
            "data/results.csv:3: study: 'betareed' is no id in studies.csv "
            "(did you mean 'betaread'?)",
        ),
    ],
    "unique_ids": [
        fault(
            append("studies", **NEW | {"id": "alphaseg"}),
            "data/studies.csv:8: id: 'alphaseg' is already taken by data/studies.csv:2",
        ),
        fault(
            append("studies", **NEW | {"id": "wordnet-x"}),
            "data/studies.csv:8: id: 'wordnet-x' is already taken by data/base_models.csv:3",
        ),
        fault(
            append("datasets", id="made-up-ct", name="Again"),
            "data/datasets.csv:5: id: 'made-up-ct' is already taken by data/datasets.csv:2",
        ),
    ],
    "unique_works": [
        fault(
            append("studies", **NEW | {"doi": "10.1234/BETA(24)1"}),
            "data/studies.csv:8: doi: '10.1234/BETA(24)1' is already that of 'betaread' on line 3",
        ),
        fault(
            change("studies", 5, arxiv="2305.00001"),
            "data/studies.csv:5: arxiv: '2305.00001' is already that of 'alphaseg' on line 2",
        ),
        fault(
            append("studies", **NEW | {"doi": "10.48550/arXiv.2305.00001"}),
            "data/studies.csv:8: doi: '10.48550/arXiv.2305.00001' is already that of 'alphaseg' on "
            "line 2",
        ),
        fault(
            append("studies", **NEW | {"doi": "", "url": "https://arxiv.org/pdf/2305.00001v2.pdf"}),
            "data/studies.csv:8: url: 'https://arxiv.org/pdf/2305.00001v2.pdf' is already that of "
            "'alphaseg' on line 2",
        ),
        fault(
            append("studies", **NEW | {"doi": "", "url": "https://dx.doi.org/10.1234/ZETA"}),
            "data/studies.csv:8: url: 'https://dx.doi.org/10.1234/ZETA' is already that of 'zeta' "
            "on line 7",
        ),
        fault(
            both(
                change("studies", 6, record_id="r3"),
                append("studies", **NEW | {"record_id": "r3"}),
            ),
            "data/studies.csv:8: record_id: 'r3' is already that of 'epsilon' on line 6",
        ),
    ],
    "similar_titles": [
        fault(
            append("studies", **NEW | {"title": "alphaseg or “Segment NOTHING”!"}),
            "data/studies.csv:8: warning: title: 'alphaseg or “Segment NOTHING”!' is also the "
            "title of 'alphaseg' (data/studies.csv:2); if it is a study already, remove this "
            "line, and if it is another, leave it",
        ),
        fault(
            change("records", 4, title="Épsilon für 眼"),
            "data/studies.csv:6: warning: title: 'Épsilon für 眼' is also the title of 'r3' "
            "(data/records.csv:4); if it is the same work, write r3 in record_id, and if it is "
            "another, leave it",
        ),
    ],
    "known_records": [
        fault(
            change("records", 4, doi="10.1234/ZETA"),
            "data/studies.csv:7: record_id: is missing: the work is that of record 'r3' "
            "(data/records.csv:4), which waits to be coded (did you mean 'r3'?)",
        ),
        fault(
            change("records", 3, url="https://arxiv.org/abs/2411.00002v1"),
            "data/studies.csv:5: record_id: is missing: the work is that of record 'r2' "
            "(data/records.csv:3), which was excluded (Not medical); if it belongs here, "
            "change that decision to include in the same pull request",
        ),
        fault(
            change("records", 4, arxiv="2411.00002", decision="deferred", draw="7"),
            "data/studies.csv:5: record_id: is missing: the work is that of record 'r3' "
            "(data/records.csv:4), which is deferred; name it here, and set its decision to "
            "include in the same pull request (did you mean 'r3'?)",
        ),
        fault(
            change("records", 2, doi="10.48550/arXiv.2411.00002"),
            "data/studies.csv:5: record_id: is missing: the work is that of record 'r1' "
            "(data/records.csv:2), which is coded as 'alphaseg'",
        ),
    ],
    "cited_studies": [
        fault(
            append("studies", **NEW | {"id": "invention-2001"}),
            "data/references.bib:9: 'invention-2001' is the id of a study; remove the entry "
            "or give it another key",
        ),
        fault(
            append("studies", **NEW | {"doi": "10.48550/arXiv.0801.0001"}),
            "data/references.bib:9: 'invention-2001' is the work of the study 'eta' "
            "(data/studies.csv:8); cite that and remove the entry",
        ),
    ],
    "findable": [
        fault(
            change("studies", 7, doi=""),
            "data/studies.csv:7: url: is required where arxiv and doi are empty",
        )
    ],
    "dates": [
        fault(
            change("studies", 7, date="2025-07"),
            "data/studies.csv:7: date: '2025-07' lies in the future: release 2025.01 covers "
            "dates up to 2025-06-30",
        )
    ],
    "designs": [
        fault(
            change("studies", 2, architecture="dual-encoder"),
            "data/studies.csv:2: architecture: 'dual-encoder' is a design of the family "
            "vision-language, not of vision-only",
        )
    ],
    "sizes": [
        fault(
            change("studies", 2, train_unit=""),
            "data/studies.csv:2: train_unit: is required where train_size is given",
        ),
        fault(
            change("datasets", 2, size=""),
            "data/datasets.csv:2: size: is required where unit is given",
        ),
    ],
    "evaluations": [
        fault(
            change("studies", 4, contribution="adaptation"),
            "data/studies.csv:4: contribution: 'adaptation' must be evaluation where training "
            "is none",
        ),
        fault(
            change("studies", 4, training="none; supervised"),
            "data/studies.csv:4: training: 'none' must be the only value: it says that nothing was "
            "trained",
        ),
        fault(
            change("studies", 4, train_data="", data_access="not-reported"),
            "data/studies.csv:4: data_access: 'not-reported' must be n/a where training is "
            "none (did you mean 'n/a'?)",
            "data/studies.csv:4: train_data: must be n/a where training is none "
            "(did you mean 'n/a'?)",
        ),
    ],
    "weights": [
        fault(
            change("studies", 2, weights_access="none"),
            "data/studies.csv:2: weights_access: 'none' cannot be right where weights has an "
            "address",
        )
    ],
    "no_cycle": [
        fault(
            change("studies", 2, builds_on="alphaseg"),
            "data/studies.csv:2: builds_on: 'alphaseg' is part of a cycle: alphaseg builds on "
            "alphaseg",
        ),
        fault(
            both(
                change("studies", 2, builds_on="stemnet; zeta"),
                change("studies", 7, builds_on="deltafit"),
            ),
            "data/studies.csv:5: builds_on: 'alphaseg' is part of a cycle: alphaseg builds on "
            "zeta builds on deltafit builds on alphaseg",
        ),
    ],
    "records_agree": [
        fault(
            change("studies", 7, record_id="r2"),
            "data/studies.csv:7: record_id: 'r2' was excluded (data/records.csv:3)",
        ),
        fault(
            both(
                change("records", 4, decision="deferred", draw="1"),
                change("studies", 7, record_id="r3"),
            ),
            "data/studies.csv:7: record_id: 'r3' is deferred (data/records.csv:4): set its "
            "decision to include",
        ),
        fault(
            both(
                change("records", 4, decision="undecided"),
                change("studies", 7, record_id="r3"),
            ),
            "data/studies.csv:7: record_id: 'r3' waits to be screened (data/records.csv:4): set "
            "its decision to include",
        ),
        fault(
            both(change("studies", 2, record_id=""), change("studies", 7, record_id="r1")),
            "data/records.csv:2: study: 'alphaseg' must have 'r1' as its record_id "
            "(data/studies.csv:2)",
            "data/studies.csv:7: record_id: 'r1' is the record of 'alphaseg' (data/records.csv:2)",
        ),
    ],
    "decided": [
        fault(
            change("records", 3, reason=""),
            "data/records.csv:3: reason: is required for an excluded record",
        ),
        fault(
            change("records", 4, reason="non-medical"),
            "data/records.csv:4: reason: 'non-medical' must be empty for a record that is included",
        ),
        fault(
            change("records", 3, stage=""),
            "data/records.csv:3: stage: is required for an excluded record",
        ),
        fault(
            change("records", 4, decision="undecided", draw="1"),
            "data/records.csv:4: draw: '1' must be empty for a record that is undecided",
        ),
        fault(
            change("records", 4, decision="deferred"),
            "data/records.csv:4: draw: is required for a deferred record: its place in the draw",
        ),
    ],
    "draws": [
        fault(
            both(
                change("records", 4, draw="5"),
                append(
                    "records",
                    id="r4",
                    title="Fourth",
                    sources="hand search",
                    decision="deferred",
                    draw="5",
                ),
                change("sources", 3, raw_records="4", unique_new_records="3"),
            ),
            "data/records.csv:5: draw: '5' is already that of 'r3'",
        ),
    ],
    "licences": [
        fault(
            change("studies", 2, code_licence="custom"),
            "data/studies.csv:2: licence_note: is required where code_licence is custom: what it "
            "allows or forbids",
        ),
        fault(
            change("studies", 2, weights_licence="custom"),
            "data/studies.csv:2: licence_note: is required where weights_licence is custom: what "
            "it allows or forbids",
        ),
        fault(
            change("studies", 2, status="retracted"),
            "data/studies.csv:2: status_url: is required where there is a status: the notice",
        ),
        fault(
            change("studies", 2, status_url="https://example.org/notice"),
            "data/studies.csv:2: status: is required where there is a notice",
        ),
    ],
    "adjudicated": [
        fault(
            decided(decision="vision-language"),
            "data/adjudication.csv:2: decision: 'vision-language' is not what the study's row "
            "holds (data/studies.csv:7)",
        ),
        fault(
            decided(field="summary", second=invented.STUDY["summary"]),
            "data/adjudication.csv:2: field: 'summary' must be a controlled column of studies.csv",
        ),
    ],
    "differing": [
        fault(
            both(decided(), decided()),
            "data/adjudication.csv:3: field: 'family' is already on line 2 for this study",
        ),
        fault(
            decided(study="epsilon"),
            "data/adjudication.csv:2: study: 'epsilon' has no second coding in second_coding.csv",
        ),
        fault(
            decided(first="vision-only"),
            "data/adjudication.csv:2: second: 'vision-only' is what was coded first too; only a "
            "cell that differs has a line",
        ),
        fault(
            decided(second="n/a"),
            "data/adjudication.csv:2: second: 'n/a' is not what was coded "
            "(data/second_coding.csv:2) (did you mean 'vision-only'?)",
        ),
    ],
    "audited": [
        fault(
            append("cell_audit", study="zeta", field="task", verdict="wrong"),
            "data/cell_audit.csv:2: field: 'task' must be a column of studies.csv "
            "(did you mean 'tasks'?)",
        ),
        fault(
            both(
                append("cell_audit", study="zeta", field="tasks", verdict="agrees"),
                append("cell_audit", study="zeta", field="tasks", verdict="wrong"),
            ),
            "data/cell_audit.csv:3: field: 'tasks' is already on line 2 for this study",
        ),
    ],
    "appraised": [
        fault(
            appraised("participants", "predictors", "outcome"),
            "data/appraisal.csv:2: study: 'zeta' has no line for the domain analysis",
        ),
        fault(
            appraised("participants", "predictors", "outcome", "analysis", "outcome"),
            "data/appraisal.csv:6: domain: 'outcome' is already on line 4 for this study",
        ),
    ],
    "second_codings": [
        fault(
            change("second_coding", 2, id="zetta"),
            "data/second_coding.csv:2: id: 'zetta' is no id in studies.csv (did you mean 'zeta'?)",
        )
    ],
    "first_hand": [
        fault(
            change("studies", 2, evidence="https://digest.example/2305.00001v2"),
            "data/studies.csv:2: evidence: 'https://digest.example/2305.00001v2' is a digest of "
            "papers; give the paper (did you mean 'https://arxiv.org/abs/2305.00001'?)",
        )
    ],
    "kinds": [
        fault(
            lambda data: invented.replace(data / "hosts.toml", '"arxiv.example"', '"hub.example"'),
            "data/hosts.toml: 'hub.example' stands twice; keep one of them",
        )
    ],
    "intervals": [
        fault(
            change("results", 2, value="0.91"),
            "data/results.csv:2: value: '0.91' must lie within 0.85 to 0.9",
        ),
        fault(
            change("results", 2, ci_low=""),
            "data/results.csv:2: ci_low: is required: an interval has two ends",
        ),
        fault(
            change("results", 2, ci_high=""),
            "data/results.csv:2: ci_high: is required: an interval has two ends",
        ),
    ],
    "vocabularies": [
        fault(
            term("tasks", '"Two Words"'),
            "data/taxonomy.toml: tasks.terms.Two Words: 'Two Words' must be lower-case letters "
            "and digits joined by single hyphens, not 'index'",
        ),
        fault(
            term("tasks", "index"),
            "data/taxonomy.toml: tasks.terms.index: 'index' must be lower-case letters and "
            "digits joined by single hyphens, not 'index'",
        ),
        fault(
            term("tasks", "new", 'parent = "older"'),
            "data/taxonomy.toml: tasks.terms.new.parent: 'older' must be another term of the "
            "vocabulary, without a cycle",
        ),
        fault(
            both(term("tasks", "a", 'parent = "b"'), term("tasks", "b", 'parent = "a"')),
            "data/taxonomy.toml: tasks.terms.a.parent: 'a' must be another term of the "
            "vocabulary, without a cycle",
            "data/taxonomy.toml: tasks.terms.b.parent: 'b' must be another term of the "
            "vocabulary, without a cycle",
        ),
        fault(
            term("architecture", "new", 'family = "audio"'),
            "data/taxonomy.toml: architecture.terms.new.family: 'audio' must be a family",
        ),
    ],
    "addresses": [
        fault(
            change("permalinks", 3, since="2025.02"),
            "data/permalinks.csv:3: since: '2025.02' must be a version of releases.toml",
        ),
        fault(
            change("renames", 2, since="next"),
            "data/renames.csv:2: since: 'next' must be a version of releases.toml",
        ),
        fault(
            append("permalinks", page="/", anchor="top", since="2025.01"),
            "data/permalinks.csv:4: page: '/' is already on line 3",
        ),
    ],
    "renames": [
        fault(
            change("renames", 2, kind="study"),
            "data/renames.csv:2: kind: 'study' must be one of studies, datasets, foundations, "
            "family, architecture, training, adaptation, modalities, domains, tasks, challenges, "
            "strategies, address",
        ),
        fault(
            change("renames", 2, kind="studies", old="alphaseg", new="alpha-seg"),
            "data/renames.csv:2: new: 'alpha-seg' is no id in studies.csv "
            "(did you mean 'alphaseg'?)",
            "data/renames.csv:2: old: 'alphaseg' is still an id in studies.csv; rename it there "
            "too, or remove this line",
        ),
        fault(
            change("renames", 2, kind="domains", old="brain", new="neurology"),
            "data/renames.csv:2: new: 'neurology' is no id in domains in taxonomy.toml "
            "(did you mean 'urology'?)",
        ),
        fault(
            change("renames", 2, old="/start", new="/about/#Limits"),
            "data/renames.csv:2: new: '/about/#Limits' must be an address such as /about/ or "
            "/about/#limits",
            "data/renames.csv:2: old: '/start' must be an address such as /about/ or "
            "/about/#limits",
        ),
        fault(
            change("renames", 2, new="/about/*/"),
            "data/renames.csv:2: new: '/about/*/' contains a *, which must match the same part "
            "of the old address",
        ),
        fault(
            append("renames", kind="address", old="/", new="/begin/", since="2025.01"),
            "data/renames.csv:3: new: '/begin/' has a newer name (line 2); write that one "
            "(did you mean '/about/'?)",
        ),
        fault(
            append("renames", kind="address", old="/begin/", new="/", since="2025.01"),
            "data/renames.csv:3: old: '/begin/' is already redirected on line 2",
        ),
        fault(
            both(
                change("renames", 2, kind="studies", old="a", new="b"),
                append("renames", kind="studies", old="b", new="a", since="2025.01"),
            ),
            "data/renames.csv:2: new: 'b' has a newer name (line 3); write that one "
            "(did you mean 'a'?)",
            "data/renames.csv:3: new: 'a' has a newer name (line 2); write that one "
            "(did you mean 'b'?)",
        ),
    ],
    # More of these are in test_pasted.py, test_names.py and test_publication.py.
    "authors": [
        fault(
            change("studies", 2, authors="Ada Example, Ben Sample, Cid Third"),
            "data/studies.csv:2: authors: 'Ada Example, Ben Sample, Cid Third' must have a "
            "semicolon between authors, and each person as `Family, Given` (did you mean "
            "'Example, Ada; Sample, Ben; Third, Cid'?)",
        ),
    ],
    "spellings": [
        fault(
            change("studies", 3, authors="Ålt, Anna; Berg, Bo"),
            "data/studies.csv:3: authors: 'Ålt, Anna' is 'Alt, Anna' on line 2; write both the "
            "same",
        ),
    ],
    "published": [
        fault(
            change("studies", 2, published="2024"),
            "data/studies.csv:2: published: '2024' must be empty for a preprint; else name the "
            "journal or conference in venue",
        ),
    ],
    "one_form": [
        fault(
            both(
                change("studies", 2, venue="MICCAI 2023", published="2023-10"),
                change("studies", 3, venue="MICCAI"),
            ),
            "data/studies.csv:3: venue: 'MICCAI' must name the year, as 'MICCAI 2023' does (did "
            "you mean 'MICCAI 2024'?)",
        ),
    ],
}


def test_the_sound_corpus_has_no_problem(data: Path) -> None:
    assert reported(data) == []


def test_every_rule_has_a_fault_planted_against_it() -> None:
    assert FAULTS.keys() == RULES_BY_NAME.keys()


@pytest.mark.parametrize(
    ("rule", "make", "messages"),
    [
        pytest.param(rule, make, messages, id=f"{rule}-{number}")
        for rule, faults in FAULTS.items()
        for number, (make, messages) in enumerate(faults)
    ],
)
def test_a_planted_fault_is_reported_by_its_rule_and_no_other(
    data: Path, rule: str, make: Change, messages: list[str]
) -> None:
    make(data)
    tables, _ = load.read(data)
    alone = sorted(str(problem) for problem in RULES_BY_NAME[rule](tables))
    assert (alone, reported(data)) == (messages, messages)


def test_a_long_vocabulary_is_not_spelt_out(data: Path) -> None:
    invented.change(data, "studies", 2, train_unit="image")
    units = load.read(data)[0].taxonomy["unit"].terms
    assert reported(data) == [
        (
            "data/studies.csv:2: train_unit: 'image' must be one of "
            f"{', '.join(list(units)[:3])}, … (all {len(units)} are in the codebook) "
            "(did you mean 'images'?)"
        )
    ]


def test_a_vocabulary_of_eight_is_spelt_out_and_one_of_nine_is_not(data: Path) -> None:
    invented.change(data, "datasets", 2, access="qqq")
    before = list(load.read(data)[0].taxonomy["dataset_access"].terms)
    new = [f"x{n}" for n in range(len(before), 8)]
    for id_ in new:
        term("dataset_access", id_)(data)
    what = "data/datasets.csv:2: access: 'qqq' must be one of"
    assert reported(data) == [f"{what} {', '.join([*before, *new])}"]
    term("dataset_access", "ninth")(data)
    assert reported(data) == [f"{what} {', '.join(before[:3])}, … (all 9 are in the codebook)"]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"name": ""}, "name: is required"),
        ({"family": "n/a"}, "family: 'n/a' is required, so it cannot be marked as missing"),
        (
            {"coded_from": "not-reported"},
            "coded_from: 'not-reported' is required, so it cannot be marked as missing",
        ),
        (
            {"train_size": "15,000", "train_unit": "images"},
            (
                "train_size: '15,000' must be a whole number above zero, digits only "
                "(did you mean '15000'?)"
            ),
        ),
        ({"date": "2023-02-30"}, "date: '2023-02-30' is not a day that exists"),
        (
            {"evidence": "https://example.org/a; javascript:alert(1)"},
            (
                "evidence: 'javascript:alert(1)' must be an address that starts with https:// and "
                'contains none of: space " < > \\ ` |'
            ),
        ),
        (
            {"id": "index"},
            "id: 'index' is the name of the page that lists them all; choose another",
        ),
    ],
)
def test_a_cell_of_the_wrong_kind_is_reported(
    data: Path, cells: dict[str, str], message: str
) -> None:
    invented.change(data, "studies", 6, **cells)
    assert reported(data) == [f"data/studies.csv:6: {message}"]


def test_a_value_that_is_no_number_is_not_compared_with_its_interval(data: Path) -> None:
    invented.change(data, "results", 2, value="87.4%")
    assert reported(data) == [
        (
            "data/results.csv:2: value: '87.4%' must be a fraction from 0 to 1 such as 0.874 "
            "(did you mean '0.874'?)"
        )
    ]


def test_the_three_kinds_of_missing_are_kept_apart(data: Path) -> None:
    studies = {study.id: study for study in load.load(data).studies}
    assert studies["betaread"].missing["train_size"] == "not-reported"
    assert studies["gamma-test"].missing["train_size"] == "n/a"
    assert studies["zeta"].missing["train_size"] == "not-coded"
    assert "train_size" not in studies["alphaseg"].missing


def test_rows_become_values(data: Path) -> None:
    alphaseg = load.load(data).studies[0]
    assert alphaseg.id == "alphaseg"
    assert alphaseg.authors == ("Alt, Anna", "Berg, Bo")
    assert alphaseg.train_size == 15000
    assert alphaseg.builds_on == ("stemnet",)
    assert alphaseg.url is None


def test_in_a_long_table_ids_with_the_same_first_letter_are_suggested(tmp_path: Path) -> None:
    data = invented.many(tmp_path / "data", lines.MAX_COMPARED)
    invented.change(data, "results", 2, study="alphasag")
    invented.change(data, "results", 3, study="etaread")
    what = "is no id in studies.csv"
    assert reported(data) == [
        f"{data}/results.csv:2: study: 'alphasag' {what} (did you mean 'alphaseg'?)",
        f"{data}/results.csv:3: study: 'etaread' {what}",
    ]


def test_in_a_table_of_a_thousand_any_first_letter_is_suggested(tmp_path: Path) -> None:
    data = invented.many(tmp_path / "data", lines.MAX_COMPARED - len(invented.STUDIES))
    invented.change(data, "results", 3, study="etaread")
    assert reported(data) == [
        f"{data}/results.csv:3: study: 'etaread' is no id in studies.csv (did you mean 'betaread'?)"
    ]


def test_a_star_stands_for_one_part_of_an_address(data: Path) -> None:
    invented.change(data, "renames", 2, old="/studies/*/#fact", new="/studies/*/#facts")
    assert reported(data) == []
    invented.change(data, "renames", 2, old="/a/*/*/", new="/studies/")
    assert reported(data) == [
        "data/renames.csv:2: old: '/a/*/*/' must be an address such as /about/ or /about/#limits"
    ]


def test_a_rename_to_nothing_is_reported_once(data: Path) -> None:
    invented.change(data, "renames", 2, kind="studies", old="a", new="")
    assert reported(data) == ["data/renames.csv:2: new: is required"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["check", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_clean_data_exit_with_0(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--data", str(data)) == (0, "no problems in 6 studies\n", "")
    assert run(capsys, "--format", "github") == (0, "", "")
    assert run(capsys, "--format", "json") == (0, "[]\n", "")


def twin(data: Path, title: str = "Zeta") -> None:
    """Add a study with the title of another: a warning, at line 8."""
    invented.append(data, "studies", **NEW | {"title": title})


TWIN = (
    "data/studies.csv:8: warning: title: 'Zeta' is also the title of 'zeta' (data/studies.csv:7); "
    "if it is a study already, remove this line, and if it is another, leave it"
)


def test_warnings_alone_exit_with_0_and_are_shown_in_every_format(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twin(data)
    assert run(capsys) == (0, f"{TWIN}\nno problems and 1 warning in 7 studies\n", "")
    annotation = f"::warning file=data/studies.csv,line=8,title=title::{TWIN}\n"
    assert run(capsys, "--format", "github") == (0, annotation, "")
    code, out, _ = run(capsys, "--format", "json")
    assert (code, [found["severity"] for found in json.loads(out)]) == (0, ["warning"])


def test_warnings_come_after_the_errors_and_are_counted_apart(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twin(data)
    invented.append(data, "studies", **NEW | {"id": "theta", "title": "Zeta!", "doi": "10.1/t"})
    invented.change(data, "studies", 9, doi="10.1234/theta", summary="")
    code, out, _ = run(capsys)
    assert (code, out.splitlines()[-1]) == (1, "1 problem and 2 warnings in 8 studies")
    assert [line.split(":")[1:3] for line in out.splitlines()[:-1]] == [
        ["9", " summary"],
        ["8", " warning"],
        ["9", " warning"],
    ]
    annotations = run(capsys, "--format", "github")[1].splitlines()
    assert [line.split()[0] for line in annotations] == ["::error", "::warning", "::warning"]
    found = json.loads(run(capsys, "--format", "json")[1])
    assert [each["severity"] for each in found] == ["error", "warning", "warning"]


def test_data_with_warnings_are_loaded_with_them(data: Path) -> None:
    twin(data)
    loaded = load.load(data)
    assert [study.id for study in loaded.studies][-1] == "zeta"
    assert [str(problem) for problem in loaded.warnings] == [TWIN]


def test_problems_exit_with_1_sorted_by_file_and_line(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.change(data, "studies", 7, doi="10.1/x", record_id="r9")
    invented.change(data, "studies", 2, name="")
    invented.change(data, "datasets", 3, access="open")
    code, out, err = run(capsys)
    places = [":".join(line.split(":")[:3]) for line in out.splitlines()[:-1]]
    assert (code, err) == (1, "")
    assert places == [
        "data/datasets.csv:3: access",
        "data/studies.csv:2: name",
        "data/studies.csv:7: doi",
        "data/studies.csv:7: record_id",
    ]
    assert out.splitlines()[-1] == "4 problems in 6 studies"


def test_lines_are_sorted_as_numbers(data: Path) -> None:
    for n in range(5):
        row = NEW | {"id": f"eta-{n}", "title": f"Eta {n}", "doi": f"10.1234/{n}"}
        invented.append(data, "studies", **row)
    invented.change(data, "studies", 9, name="")
    invented.change(data, "studies", 11, name="")
    assert [line.split(":")[1] for line in reported(data)] == ["9", "11"]


def test_one_problem_in_one_study_is_counted_in_the_singular(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.write_table(data, "studies", [invented.STUDIES[0] | {"builds_on": "", "name": ""}])
    invented.write_table(data, "results", [])
    invented.write_table(data, "second_coding", [])
    assert run(capsys)[1].splitlines()[-1] == "1 problem in 1 study"


def test_what_cannot_be_read_exits_with_2(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "records.csv").unlink()
    assert run(capsys) == (
        2,
        (
            "data/records.csv: is missing; restore it from the repository\n"
            "1 problem; the rest was not checked\n"
        ),
        "",
    )


def test_a_build_of_broken_data_writes_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.change(data, "studies", 7, name="")
    assert main(["build", "--to", str(tmp_path / "to")]) == 1
    assert not (tmp_path / "to").exists()
    assert capsys.readouterr().out == (
        "data/studies.csv:7: name: is required\n1 problem in 6 studies\n"
    )


def test_a_wrong_option_is_refused_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["check", "--format", "xml"])
    assert "invalid choice: 'xml'" in capsys.readouterr().err


def test_the_json_is_a_list_of_objects_and_nothing_else(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.change(data, "studies", 6, arxiv="https://arxiv.org/abs/2304.12306v2")
    code, out, err = run(capsys, "--format", "json")
    assert (code, err) == (1, "")
    assert json.loads(out) == [
        {
            "file": "data/studies.csv",
            "line": 6,
            "column": "arxiv",
            "id": "epsilon",
            "value": "https://arxiv.org/abs/2304.12306v2",
            "message": "must be a bare arXiv id such as 2304.12306",
            "fix": "2304.12306",
            "severity": "error",
        }
    ]


def test_the_json_says_too_what_cannot_be_read(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "studies.csv").write_bytes(b"")
    code, out, _ = run(capsys, "--format", "json")
    assert (code, [found["file"] for found in json.loads(out)]) == (2, ["data/studies.csv"])


def test_github_shows_each_problem_at_its_line(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.change(data, "results", 2, value="87.4 %")
    assert run(capsys, "--format", "github") == (
        1,
        (
            "::error file=data/results.csv,line=2,title=value"
            "::data/results.csv:2: value: '87.4 %25' must be a fraction "
            "from 0 to 1 such as 0.874 (did you mean '0.874'?)\n"
        ),
        "",
    )


def test_annotations_are_escaped() -> None:
    problem = Problem(file="a,b:c%.csv", column="x\ny", message="50 %\r\nof: it, all")
    assert github([problem]) == (
        "::error file=a%2Cb%3Ac%25.csv,line=1,title=x%0Ay"
        "::a,b:c%25.csv: x\\ny: 50 %25\\r\\nof: it, all\n"
    )


@pytest.mark.parametrize("form", [text, github, as_json])
def test_no_cell_can_start_a_line_of_its_own(form: Callable[[list[Problem]], str]) -> None:
    """In a workflow's log, such a line would be a command."""
    evil = "x\n::set-output name=a::b\r\u2028::warning::c"
    reported = form(
        [Problem(file="f.csv", line=2, column=evil, id=evil, value=evil, message=evil, fix=evil)]
    )
    assert not re.search(r"^\s*::(set-output|warning)", reported, re.MULTILINE)


def test_a_cycle_of_hostile_ids_stays_on_one_line(data: Path) -> None:
    invented.change(data, "studies", 7, id="z\n::debug::", builds_on="z\n::debug::")
    assert [line for line in reported(data) if "\n" in line] == []
    assert any("is part of a cycle: z\\n::debug::" in line for line in reported(data))


def test_a_long_value_is_cut_in_the_text_and_whole_in_the_json(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invented.change(data, "studies", 6, arxiv="9" * 500)
    assert f"'{'9' * 119}…' must be" in run(capsys)[1]
    assert json.loads(run(capsys, "--format", "json")[1])[0]["value"] == "9" * 500


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_the_terminal_need_not_know_the_characters(data: Path, form: str) -> None:
    invented.change(data, "studies", 6, arxiv="眼")
    ran = subprocess.run(
        [sys.executable, "-m", "gen", "check", "--format", form, "--data", str(data.resolve())],
        cwd=invented.REAL.parent,
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert "眼" in ran.stdout.decode("utf-8")
