"""What things are: the rows of every table, column by column.

The one definition of the codebook: the checker, the labels on pages, the codebook page and the
JSON Schema all read these classes.
"""

from __future__ import annotations

import inspect
from typing import Any, Final

from pydantic import model_validator

from gen.corpus.cells import (
    Anchor,
    Arxiv,
    Count,
    Doi,
    Fraction,
    Page,
    Positive,
    Priority,
    Slug,
    Url,
    When,
    Whole,
    Year,
)
from gen.corpus.columns import Row, column
from gen.corpus.identifiers import doi_address

# The facets by which studies are grouped, in the order of the navigation. A facet's name is a
# column of studies.csv, a vocabulary of taxonomy.toml and the first part of its pages' address.
FACETS: Final = (
    "family",
    "architecture",
    "training",
    "adaptation",
    "modalities",
    "domains",
    "tasks",
    "challenges",
    "strategies",
)


class Study(Row):
    """A study that introduces, adapts or evaluates a foundation model in the review's field."""

    id: Slug = column(
        "Id",
        "Permanent name in addresses, made from the model's name (`medsam`) or, without one, from "
        "first author and topic (`huang-sam-evaluation`).",
        required=True,
        longest=60,
    )
    name: str = column(
        "Name",
        "Short name of the model or study as its authors write it.",
        required=True,
        longest=80,
    )
    title: str = column("Title", "Full title.", required=True)
    authors: tuple[str, ...] = column(
        "Authors",
        "All authors in order, a person as `Family, Given` (`van der Laak, Jeroen`; with a suffix "
        "`King, William E., III`), an organisation without a comma.",
        required=True,
        many=True,
        longest=20000,
    )
    date: When = column(
        "First appeared",
        "First public appearance (first preprint or online date), as precisely as it is known.",
        required=True,
    )
    venue: str | None = column(
        "Venue", "Journal or conference where it was published, else the preprint server."
    )
    published: When | None = column(
        "Published",
        "Date of the version that `venue` and `doi` name, the year at least; empty for a preprint.",
    )
    arxiv: Arxiv | None = column("arXiv", "Bare arXiv id.")
    doi: Doi | None = column("DOI", "Bare DOI of the published version.")
    url: Url | None = column("Address", "The page to open where there is no arXiv id and no DOI.")
    status: str | None = column(
        "Status",
        "Empty, unless the work was retracted, withdrawn or corrected, or its editors voiced "
        "concern.",
        vocabulary="status",
    )
    status_url: Url | None = column("Notice", "The notice that says so.")
    summary: str = column(
        "Summary",
        "One sentence of the coder's own: what it is, trained on what, for what.",
        required=True,
        longest=240,
    )
    contribution: str = column(
        "Contribution",
        "What the study adds: a new foundation model, an adaptation, or an evaluation.",
        required=True,
        vocabulary="contribution",
    )
    family: str = column(
        "Family",
        "Whether text takes part, as language, in training or prompting.",
        required=True,
        vocabulary="family",
    )
    architecture: str | None = column(
        "Architecture", "The design of the model, one value.", coded=True, vocabulary="architecture"
    )
    backbone: str | None = column("Backbone", "The concrete networks, in free text.", coded=True)
    weights_from: tuple[str, ...] = column(
        "Weights from",
        "Base models or studies whose trained weights are used: tuned, frozen, prompted, continued "
        "from, or as teacher.",
        many=True,
        refers="base_models studies",
    )
    method_from: tuple[str, ...] = column(
        "Method from",
        "Base models or studies whose recipe or design is used without their weights: every "
        "network, loss and trainer that is named.",
        many=True,
        refers="base_models studies",
    )
    tests: tuple[str, ...] = column(
        "Tests",
        "Base models or studies that the study evaluates as they are.",
        many=True,
        refers="base_models studies",
    )
    builds_on: tuple[str, ...] = column(
        "Builds on",
        "Base models or studies that it starts from, where the sources do not say whether weights "
        "or method are used.",
        coded=True,
        many=True,
        refers="base_models studies",
    )
    training: tuple[str, ...] = column(
        "Training",
        "The training paradigm of the model that the study introduces.",
        coded=True,
        many=True,
        vocabulary="training",
    )
    adaptation: tuple[str, ...] = column(
        "Adaptation",
        "How the model is adapted to, or used on, downstream tasks.",
        coded=True,
        many=True,
        vocabulary="adaptation",
    )
    modalities: tuple[str, ...] = column(
        "Modalities",
        "Imaging modalities; empty where what was read names none.",
        coded=True,
        many=True,
        vocabulary="modalities",
    )
    dimension: tuple[str, ...] = column(
        "Dimension",
        "Whether the model works on slices and single images, volumes, videos or whole slides.",
        coded=True,
        many=True,
        vocabulary="dimension",
    )
    domains: tuple[str, ...] = column(
        "Domains",
        "Application domains; empty where what was read names none.",
        coded=True,
        many=True,
        vocabulary="domains",
    )
    tasks: tuple[str, ...] = column(
        "Tasks",
        "Downstream tasks that are evaluated or offered.",
        coded=True,
        many=True,
        vocabulary="tasks",
    )
    train_data: tuple[str, ...] = column(
        "Training data",
        "Data sets used for training or pre-training, those that serve evaluation too included; a "
        "collection and its parts where the authors list them. `n/a` only if nothing is trained.",
        coded=True,
        many=True,
        refers="datasets",
    )
    train_size: Whole | None = column(
        "Training size", "How many training units were used, as stated.", coded=True
    )
    train_unit: str | None = column(
        "Training unit",
        "What `train_size` counts: for a tile encoder tiles, for a slide encoder slides. Empty "
        "without a size.",
        coded=True,
        vocabulary="unit",
    )
    data_access: str | None = column(
        "Training data access",
        "Whether others can obtain the training data; registration and credentialing count as "
        "public.",
        coded=True,
        vocabulary="data_access",
    )
    eval_data: tuple[str, ...] = column(
        "Evaluation data",
        "Data sets used for evaluation only; one that serves training too stands there alone.",
        coded=True,
        many=True,
        refers="datasets",
    )
    parameters_m: Positive | None = column(
        "Parameters (millions)",
        "Size of the whole model, or of its image encoder where only that is stated.",
        coded=True,
    )
    challenges: tuple[str, ...] = column(
        "Challenges",
        "Challenges that the study says it addresses.",
        coded=True,
        many=True,
        vocabulary="challenges",
    )
    strategies: tuple[str, ...] = column(
        "Strategies",
        "Solution strategies that it uses.",
        coded=True,
        many=True,
        vocabulary="strategies",
    )
    code: Url | None = column("Code", "Address of the code repository.", coded=True)
    code_licence: str | None = column(
        "Code licence",
        "SPDX identifier of the licence in the code repository; `none` where it gives none.",
        coded=True,
        vocabulary="licence",
    )
    weights: Url | None = column("Weights", "Address where weights are offered.", coded=True)
    weights_access: str | None = column(
        "Weights access",
        "Whether the weights can be had.",
        coded=True,
        vocabulary="weights_access",
    )
    weights_licence: str | None = column(
        "Weights licence",
        "SPDX identifier of the licence that is stated of the weights; never taken from that of "
        "the code.",
        coded=True,
        vocabulary="licence",
    )
    licence_note: str | None = column(
        "Licence note", "What a `custom` licence allows or forbids, in a sentence.", longest=400
    )
    partial: tuple[str, ...] = column(
        "Incomplete lists",
        "Columns whose list is known not to be whole: `authors` where not all authors were seen.",
        many=True,
        vocabulary="partial",
    )
    evidence: tuple[Url, ...] = column(
        "Evidence", "Pages that the row was coded from.", required=True, many=True, longest=5000
    )
    coded_from: tuple[str, ...] = column(
        "Coded from",
        "What kind of source was read.",
        required=True,
        many=True,
        vocabulary="coded_from",
    )
    note: str | None = column("Note", "What a reader or a later coder must know.", longest=3000)
    record_id: Slug | None = column(
        "Record",
        "The record in records.csv through which the study was identified; empty for a study that "
        "was contributed directly.",
        refers="records",
    )

    @model_validator(mode="before")
    @classmethod
    def _roots_are_coded(cls, values: dict[str, Any]) -> dict[str, Any]:
        """What it builds on is coded wherever one of the four columns says it."""
        if not any(values.get(name) for name in ("weights_from", "method_from", "tests")):
            return values
        missing = {k: v for k, v in values.get("missing", {}).items() if k != "builds_on"}
        return values | {"missing": missing}

    @property
    def path(self) -> str:
        """Where the page lives under docs/. Other pages link here, so it never changes."""
        return f"studies/{self.id}.md"

    @property
    def year(self) -> int:
        return int(self.date[:4])

    @property
    def quarter(self) -> str | None:
        """As 2024-Q1; None where only the year is known."""
        month = self.date[5:7]
        return f"{self.year}-Q{(int(month) + 2) // 3}" if month else None

    @property
    def decimal_year(self) -> float:
        """The date on a continuous scale: the middle of what is known (a day, month or year)."""
        month, day = self.date[5:7], self.date[8:10]
        if not month:
            return self.year + 0.5
        days = (int(day) - 0.5) / 30.5 if day else 0.5
        return round(self.year + (int(month) - 1 + days) / 12, 4)

    @property
    def starts_from(self) -> tuple[str, ...]:
        """What it builds on by weights, by method, or in a way that is not stated."""
        return tuple(dict.fromkeys((*self.weights_from, *self.method_from, *self.builds_on)))

    @property
    def roots(self) -> tuple[str, ...]:
        """Everything that it starts from or tests, whichever way."""
        return tuple(dict.fromkeys((*self.starts_from, *self.tests)))

    @property
    def link(self) -> str:
        """The page to open: the published version before the preprint before the address."""
        if self.doi:
            return doi_address(self.doi)
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else self.url or ""

    @property
    def is_retracted(self) -> bool:
        return self.status in {"retracted", "withdrawn"}

    @property
    def is_preprint(self) -> bool:
        """Whether no peer-reviewed venue is known."""
        return not self.venue or self.venue.lower() in PREPRINT_SERVERS

    def terms(self, facet: str) -> tuple[str, ...]:
        """The values of a facet, whether the column holds one or many."""
        value = getattr(self, facet)
        return value if isinstance(value, tuple) else (value,) if value else ()


PREPRINT_SERVERS: Final = frozenset(
    {"arxiv", "biorxiv", "medrxiv", "research square", "preprint", "ssrn", "techrxiv"}
)


class Dataset(Row):
    """A data set that at least one study names."""

    id: Slug = column("Id", "Permanent name in addresses.", required=True, longest=60)
    name: str = column("Name", "As its owners write it.", required=True, longest=80)
    modalities: tuple[str, ...] = column(
        "Modalities", "Imaging modalities.", many=True, vocabulary="modalities", coded=True
    )
    domains: tuple[str, ...] = column(
        "Domains", "Application domains.", many=True, vocabulary="domains", coded=True
    )
    size: Whole | None = column(
        "Size", "Size of the set itself, not of what one study used.", coded=True
    )
    unit: str | None = column("Unit", "What `size` counts.", vocabulary="unit", coded=True)
    year: Year | None = column("First released", "Year of first release.", coded=True)
    access: str | None = column(
        "Access", "Who can obtain it.", vocabulary="dataset_access", coded=True
    )
    url: Url | None = column("Address", "The owners' page.")
    evidence: tuple[Url, ...] = column(
        "Evidence", "Pages the row was coded from.", many=True, longest=5000
    )
    note: str | None = column("Note", "What a reader or a later coder must know.")

    @property
    def path(self) -> str:
        return f"datasets/{self.id}.md"


class Foundation(Row):
    """A base model: one that studies start from and that is not itself coded as a study."""

    id: Slug = column("Id", "Permanent name in addresses.", required=True, longest=60)
    name: str = column("Name", "As its authors write it.", required=True, longest=80)
    kind: str = column("Kind", "What the model works on.", required=True, vocabulary="base_kind")
    year: Year | None = column("Year", "Year of first appearance.", coded=True)
    arxiv: Arxiv | None = column("arXiv", "Bare arXiv id.")
    url: Url | None = column("Address", "The authors' page or repository.")
    note: str | None = column("Note", "What a reader or a later coder must know.")

    @property
    def path(self) -> str:
        return f"foundations/{self.id}.md"


class Result(Row):
    """A headline figure as a study states it."""

    study: Slug = column("Study", "Id of the study.", required=True, refers="studies")
    dataset: Slug | None = column(
        "Data set", "Data set on which it was measured.", refers="datasets"
    )
    task: str = column("Task", "Downstream task.", required=True, vocabulary="tasks")
    metric: str = column("Metric", "What was measured.", required=True, vocabulary="metric")
    value: Fraction = column("Value", "As a fraction from 0 to 1.", required=True)
    ci_low: Fraction | None = column("Interval, low", "Lower end of the stated 95% interval.")
    ci_high: Fraction | None = column("Interval, high", "Upper end of the stated 95% interval.")
    n: Whole | None = column("n", "How many cases the value rests on.")
    setting: str | None = column("Setting", "How the model was used.", vocabulary="setting")
    comparator: str | None = column("Comparator", "What it was compared with.")
    comparator_value: Fraction | None = column("Comparator's value", "As a fraction from 0 to 1.")
    evidence: tuple[Url, ...] = column(
        "Evidence", "Pages that state the value.", required=True, many=True
    )
    detail: str | None = column(
        "Detail", "What tells rows apart: sub-task, prompt, the metric behind `other`."
    )


class Record(Row):
    """A record that the searches identified, with its screening decision."""

    id: Slug = column("Id", "Number of the record.", required=True)
    title: str = column("Title", "As the source gives it.", required=True)
    arxiv: Arxiv | None = column("arXiv", "Bare arXiv id.")
    doi: Doi | None = column("DOI", "Bare DOI.")
    url: Url | None = column("Address", "Page of the work.")
    year: Year | None = column("Year", "First public year.")
    venue: str | None = column("Venue", "As the source gives it.")
    code: Url | None = column("Code", "Repository that the source names.")
    sources: tuple[str, ...] = column(
        "Sources", "Where the record was found.", required=True, many=True, refers="sources"
    )
    sections: tuple[str, ...] = column("Sections", "Sections of those lists.", many=True)
    decision: str = column(
        "Decision", "What became of the record.", required=True, vocabulary="decision"
    )
    reason: str | None = column("Reason", "Why it was excluded.", vocabulary="reason")
    stage: str | None = column(
        "Excluded at", "When it was excluded: at screening or at coding.", vocabulary="stage"
    )
    draw: Whole | None = column(
        "Draw",
        "Place of a record deferred at screening in the random order in which these are coded, "
        "fixed once.",
    )
    family_guess: str | None = column(
        "Family at screening", "As guessed from the title; `unclear` where it does not show."
    )
    priority: Priority | None = column("Priority", "Order of coding: 1 first, 3 last.")
    study: Slug | None = column(
        "Study", "Id of the study, once the record is coded.", refers="studies"
    )

    @property
    def is_deferred(self) -> bool:
        """Whether it waits for its turn in the draw."""
        return self.decision == "deferred"

    @property
    def is_screened(self) -> bool:
        """Whether anybody has looked at it since a search found it."""
        return self.decision != "undecided"


class Audit(Row):
    """A record drawn at random from those that title screening excluded, judged by its abstract."""

    record: Slug = column("Record", "Id of the record.", required=True, refers="records")
    verdict: str = column(
        "Verdict", "Whether it is eligible by its abstract.", required=True, vocabulary="verdict"
    )
    reason: str | None = column("Reason", "What decided it.", longest=1000)
    basis: str | None = column("Basis", "What was read.", longest=1000)


class Adjudication(Row):
    """A cell in which two blind codings differed, and what was decided from the evidence."""

    study: Slug = column("Study", "Id of the study.", required=True, refers="studies")
    field: str = column("Column", "The column in question.", required=True)
    first: str | None = column("First coding", "As it was coded first.", coded=True)
    second: str | None = column("Second coding", "As it was coded blind.", coded=True)
    decision: str | None = column("Decision", "What holds.", coded=True)
    why: str = column("Why", "What decided it, in a sentence.", required=True)


class CheckedCell(Row):
    """A cell of a study drawn at random, as it stood when it was compared with its evidence."""

    study: Slug = column("Study", "Id of the study.", required=True, refers="studies")
    field: str = column("Column", "The column in question.", required=True)
    verdict: str = column("Verdict", "What came out.", required=True, vocabulary="cell_verdict")
    value: str | None = column("Value", "As the cell stood.", coded=True, longest=20000)
    right: str | None = column(
        "Right value", "What the evidence says, where that differs and is known.", longest=20000
    )
    why: str | None = column("Why", "What decided it, or was not reached.")


class Appraisal(Row):
    """The risk of bias in one domain of a study, judged once, from what could be read."""

    study: Slug = column("Study", "Id of the study.", required=True, refers="studies")
    tool: str = column(
        "Tool", "Whose domains these are.", required=True, vocabulary="appraisal_tool"
    )
    domain: str = column("Domain", "What is judged.", required=True, vocabulary="bias_domain")
    judgement: str = column("Judgement", "How high the risk is.", required=True, vocabulary="bias")
    reason: str = column("Reason", "What decided it, in a sentence.", required=True)
    evidence: tuple[Url, ...] = column(
        "Evidence", "Pages that were read for it.", required=True, many=True
    )


class Source(Row):
    """A file or listing from which records were taken."""

    source: str = column("Source", "Repository or kind of search.", required=True)
    kind: str = column(
        "Kind", "How records were found in it.", required=True, vocabulary="source_kind"
    )
    path: str | None = column("Path", "File within the repository.")
    commit: str | None = column("Commit", "Version that was read.")
    commit_date: str | None = column("Date", "Date of that version.")
    raw_records: Count = column("Records", "How many records it held.", required=True)
    unique_new_records: Count = column(
        "New records", "How many were not in an earlier source.", required=True
    )
    note: str | None = column("Note", "Which parts were read.", longest=3000)


class Change(Row):
    """What a version changed, written by `python -m gen changes --record`, never by hand."""

    version: str = column("Version", "The version that made the change.", required=True)
    kind: str = column(
        "Kind", "`added`, `corrected`, `renamed`, `removed` or `number`.", required=True
    )
    table: str | None = column("Table", "The table that was changed; empty for a number.")
    id: Slug = column("Id", "Id of the row (of a result: its study) or number.", required=True)
    field: str | None = column(
        "Column", "The column that was corrected; of a number `value`, `low` or `high`."
    )
    before: str | None = column(
        "Before", "As it stood in the version before.", coded=True, longest=20000
    )
    after: str | None = column("After", "As it stands in this version.", coded=True, longest=20000)


class Permalink(Row):
    """An address that was published, and that works for good."""

    page: Page = column("Page", "Address from the site's root, `/studies/medsam/`.", required=True)
    anchor: Anchor | None = column("Anchor", "Id of a place in the page; empty for the page.")
    since: str = column("Since", "The release that published it first.", required=True)


class Rename(Row):
    """A published id or address that has another name now."""

    kind: str = column(
        "Kind", "What has been renamed: the folder of an id's page, or `address`.", required=True
    )
    old: str = column("Old", "The id, or the page or `/page/#anchor`, as it was.", required=True)
    new: str = column("New", "What it is called now.", required=True)
    since: str = column("Since", "The release from which on it is so called.", required=True)


# file -> what its lines are; second_coding.csv holds a second, blind coding of some studies.
TABLES: Final[dict[str, type[Row]]] = {
    "studies": Study,
    "datasets": Dataset,
    "base_models": Foundation,
    "results": Result,
    "records": Record,
    "sources": Source,
    "second_coding": Study,
    "adjudication": Adjudication,
    "screening_audit": Audit,
    "cell_audit": CheckedCell,
    "appraisal": Appraisal,
}

# Those whose rows have an id of their own.
KEYED: Final = ("studies", "datasets", "base_models", "records", "second_coding")
# Tables of what was said of cells of studies, which they quote as these stood.
QUOTING: Final = ("adjudication", "cell_audit")
# What the site has published under which address. Nothing of this is about the field, so no page
# shows it and no download holds it.
ADDRESSES: Final[dict[str, type[Row]]] = {"permalinks": Permalink, "renames": Rename}
# The tables, and what each version changed in them, which has rules of its own.
DOWNLOADS: Final = TABLES | {"changes": Change}
FILES: Final = DOWNLOADS | ADDRESSES

# What a column was called when studies were coded twice and cells were checked, where it has been
# split since: builds_on held what is in weights_from, method_from and tests now.
FORMER_LABELS: Final = {"builds_on": "Builds on"}

FIRST_LINE: Final = 2  # of each of them: line 1 is the header

# What can be renamed by one line of renames.csv, and where its ids stand: a table or a vocabulary.
# The key is the first part of the address of an id's page.
KINDS: Final = {
    "studies": "studies",
    "datasets": "datasets",
    "foundations": "base_models",
    **{facet: facet for facet in FACETS},
}


def meaning(table: str) -> str:
    """What a line of a table is, in a sentence."""
    if table == "second_coding":
        return "A study as it was coded a second time, by a coder who did not see the first."
    return inspect.getdoc(FILES[table]) or ""
