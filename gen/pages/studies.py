"""The page of each study, and the list of all."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from gen.analysis import appraisal, tables
from gen.analysis.links import Links
from gen.analysis.transparency import Profile
from gen.citations import entry as citation
from gen.citations import formats as bibliography
from gen.citations import tags
from gen.corpus.corpus import Frame
from gen.corpus.tables import Study
from gen.pages import authors
from gen.pages.actions import actions, commands
from gen.pages.downloads import bibliographies, table_links
from gen.pages.facts import Taxonomy, facts, not_coded
from gen.pages.feeds import OF_ALL
from gen.pages.view import File, View

# What the facts table of a study shows, in its order; sets, lineage and evidence have their own
# sections.
FACTS = (
    "architecture",
    "backbone",
    "training",
    "adaptation",
    "modalities",
    "dimension",
    "domains",
    "tasks",
    "train_size",
    "data_access",
    "parameters_m",
    "challenges",
    "strategies",
    "code",
    "code_licence",
    "weights",
    "weights_licence",
    "licence_note",
    "published",
    "date",
    "venue",
    "status",
    "arxiv",
    "doi",
)
# Every study in one table: half of what the list's first view would weigh, so a page of its own.
ALL = "about/studies.md"
NEWEST = 20  # studies that the list shows where no script runs

# A column of what a study starts from -> what its page calls it.
WAYS = {
    "weights_from": "Weights from",
    "method_from": "Method from",
    "tests": "Tests",
    "builds_on": "Builds on, how is not stated",
}


def ways(study: Study) -> list[tuple[str, tuple[str, ...]]]:
    """What the study starts from or tests, by the way in which it does."""
    return [(label, ids) for name, label in WAYS.items() if (ids := getattr(study, name))]


def shown(study: Study) -> list[str]:
    """The columns of its facts table; `published` says the first date and the venue too."""
    said = ("date", "venue") if study.published else ()
    return [name for name in FACTS if name not in said]


def asked(study: Study) -> list[str]:
    """The columns of which its page says that they are not coded.

    Of the ways of building on others one is enough, and what is not there has no licence.
    """
    idle = {"weights_from", "method_from", "tests"}
    idle |= {"builds_on"} if study.roots else set()
    idle |= {f"{name}_licence" for name in ("code", "weights") if not getattr(study, name)}
    return [name for name in Study.model_fields if name not in idle]


def origin(study: Study, frame: Frame, draws: Mapping[str, int]) -> str:
    """How the study came to be coded; `draws` holds the place in the draw by record."""
    if study.record_id is None:
        return "Contributed directly"
    if frame is Frame.INCLUDED:
        return "Included at screening"
    place = draws[study.record_id]
    if frame is Frame.AHEAD:
        return f"Contributed ahead of its turn among the deferred records (no. {place} of the draw)"
    return f"Drawn at random from the deferred records (no. {place} of the draw)"


def alike(study: Study, other: Study, links: Links, taxonomy: Taxonomy) -> dict[str, object]:
    """A similar study and why it is: the rarest shared terms and base model, and where all are."""
    shared = links.shared(study, other)
    reasons = [taxonomy[facet].terms[term].label for facet, term in shared]
    bases = sorted(
        (id_ for id_ in study.roots if id_ in other.roots),
        key=lambda id_: len(links.children[id_]),
    )
    values: dict[str, str] = {}
    for facet, term in shared:
        values[facet] = f"{values[facet]},{term}" if facet in values else term
    several = [facet for facet, value in values.items() if "," in value]
    return {
        "study": other,
        "reasons": reasons + [f"{links.name[id_]} as base" for id_ in bases[:1]],
        "query": values | ({"all": ",".join(several)} if several else {}),
    }


def study_pages(view: View, only: Container[str] | None = None) -> Iterator[File]:
    """The list of all studies, and a page each; or just the pages of some, by id."""
    corpus, links = view.corpus, view.links
    similar = tables.similar(tables.frame(corpus.studies), most=3)
    twice = {study.id for study in corpus.second_coding}
    draws = {record.id: record.draw for record in corpus.records if record.draw}
    judged = appraisal.by_study(corpus.appraisal)
    order = corpus.studies
    index = authors.index(order)
    if only is None:
        yield (
            "studies/index.md",
            view.page(
                "pages/studies.md.jinja",
                "studies/index.md",
                taken_back=sum(study.is_retracted for study in order),
                newest=NEWEST,
                feeds=OF_ALL,
            ),
        )
        yield ALL, view.page("pages/all_studies.md.jinja", ALL)
    for place, study in enumerate(order):
        if only is not None and study.id not in only:
            continue
        entry = citation.study_entry(study)
        yield (
            study.path,
            view.page(
                "pages/study.md.jinja",
                study.path,
                study=study,
                facts=facts(study, shown(study), corpus.taxonomy),
                not_coded=not_coded(study, asked(study)),
                frame=origin(study, corpus.frames[study.id], draws),
                ways=ways(study),
                transparency=Profile.of(study, links.results.get(study.id, ())),
                risk=appraisal.overall(judged[study.id].values()) if study.id in judged else None,
                children=links.children.get(study.id, []),
                descendants=links.descendants(study.id),
                results=links.results.get(study.id, []),
                actions=actions(study, corpus.taxonomy),
                commands=commands(study),
                similar=[
                    alike(study, links.study[id_], links, corpus.taxonomy)
                    for id_ in similar.get(study.id, ())
                ],
                coded_twice=study.id in twice,
                earlier=order[place - 1] if place else None,
                later=order[place + 1] if place + 1 < len(order) else None,
                sentence=citation.sentence(entry),
                authors=authors.linked(study, index),
                bibtex=bibliography.bibtex(entry),
                citation=tags.meta(entry),
                jsonld=tags.json_ld(study, entry),
                row_url=f"{corpus.review.repository}/blob/main/data/studies.csv?plain=1"
                f"#L{corpus.lines[study.id]}",
                **table_links(corpus, "studies", study.id),
            ),
        )
        yield from bibliographies(f"studies/{study.id}", [study])
