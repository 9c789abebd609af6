"""A number that has a name is the same on every page; what counts otherwise has another name."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from gen.analysis.flow import Flow
from gen.corpus.corpus import Corpus, Frame
from tests import markup
from tests.real import corpus, pages

N = r"(?<![\d.,-])(\d[\d,]*)"
# A data set counts as a name from three digits on: smaller ones are what a cited study tells.
LARGE = r"(?<![\d.,-])(\d{3}|\d+,\d{3})"

# Pages of which most words are those of a row, that only list rows, or that tell of one version.
OF_ROWS = re.compile(
    r"(studies|datasets|foundations|about/versions)/(?!index)|about/(records|codebook)|trends/gaps/"
)


def named(found: Corpus) -> dict[str, set[int]]:
    """Words around a number -> the numbers that may stand there."""
    flow = Flow.of(found)
    kinds = {kind.box.slug: kind for kind in flow.kinds}
    lists, eligible = kinds["from-curated-list"], flow.eligible
    files = sum(kind.files for kind in flow.kinds)
    counted = {study.id for study in found.counted}
    uses = [study for study in found.counted if study.train_data or study.eval_data]
    used = {name for study in uses for name in (*study.train_data, *study.eval_data)}
    # The second of a pair is of the included studies only, and says so beside it.
    return {
        rf"{N} coded stud(?:y|ies)\b": {flow.studies},
        rf"{N} studies (?:are )?coded(?! as| for| twice| with)": {flow.studies},
        rf"{N} included studies": {len(counted)},
        rf"{N} studies included at screening": {flow.frames[Frame.INCLUDED]},
        rf"{N} drawn studies": {flow.frames[Frame.DRAWN]},
        rf"{LARGE} data sets\b": {len(found.datasets), len(used)},
        rf"{LARGE} base models\b": {len(found.base_models)},
        rf"{N} headline figures": {len(found.results)},
        rf"{N} entries\b": {flow.entries, *(kind.entries for kind in flow.kinds)},
        rf"{N} entries identified": {flow.entries},
        rf"{N} duplicates": {flow.duplicates},
        rf"{N} files and searches": {files},
        rf"{N} files of {N} (?:public )?lists": {lists.files, lists.names},
        rf"{N} records screened": {flow.screened},
        rf"{N} records deferred": {flow.put_off},
        rf"{N} records that screening deferred": {flow.put_off},
        rf"{N} records taken up": {flow.taken_up},
        rf"{N} records that screening included": {flow.passed},
        rf"{N} records (?:were )?excluded(?! at| by)": {flow.removed},
        rf"{N} records excluded at coding": {flow.rejected},
        rf"{N} records (?:were )?excluded by title as no": {eligible.excluded.population},
        rf"{N} drawn from the deferred(?! records)": {flow.drawn.number},
        rf"{N} of the deferred have been drawn": {flow.drawn.number},
        rf"{N} not drawn yet": {flow.deferred.number},
        rf"{N} wait(?:ing)?\b": {flow.waiting.number},
        rf"(?:about|About) {N} deferred": {eligible.deferred.estimate.value},
    }


def misnamed(said: Mapping[str, str], names: Mapping[str, set[int]]) -> list[str]:
    """Each number that its name does not allow, with its page; and each name that no page says."""
    wrong = []
    for words, allowed in names.items():
        matches = [(path, m) for path, text in said.items() for m in re.finditer(words, text)]
        wrong += [
            f"{path}: {match[0]}: must be one of {sorted(allowed)}"
            for path, match in matches
            if not {int(number.replace(",", "")) for number in match.groups()} <= allowed
        ]
        wrong += [] if matches else [f"no page says {words}"]
    return wrong


@pytest.mark.corpus
def test_a_number_with_a_name_is_the_same_on_every_page() -> None:
    paths = [path for path in pages() if not OF_ROWS.match(path)]
    said = {path: markup.read(pages(), path).text for path in paths}
    for release in corpus().releases[:-1]:  # what an older version held is told by Methods
        said = {path: text.replace(release.changed, "") for path, text in said.items()}
    assert misnamed(said, named(corpus())) == []
    # What is screened is a record, what is identified an entry: one word for one thing.
    assert [path for path, text in said.items() if "ecords identified" in text] == []


def test_another_number_and_a_name_that_nobody_says_are_told() -> None:
    names = {rf"{N} records screened": {2832}, rf"{N} coded studies": {6}}
    said = {"a.md": "2,832 records screened", "b.md": "From 2,827 records screened, some"}
    assert misnamed(said, names) == [
        "b.md: 2,827 records screened: must be one of [2832]",
        rf"no page says {N} coded studies",
    ]
