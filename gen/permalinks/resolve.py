"""What was published stays: pages get the ids that old links name, and what is lost is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase

from gen.corpus.corpus import Corpus
from gen.corpus.tables import FIRST_LINE, KINDS
from gen.export import tables as export
from gen.permalinks.redirects import Address, Moves, Published
from gen.problems import PageError, Problem
from gen.text import markdown
from gen.text.render import md


@dataclass(frozen=True, slots=True)
class Resolved:
    """The pages with all old links in their place, and what goes with them."""

    pages: dict[str, str]
    redirects: dict[str, str]  # a page that is removed -> where it went, as files under docs/
    unrecorded: list[Address]  # published and not in permalinks.csv yet


def resolve(pages: Mapping[str, str], corpus: Corpus) -> Resolved:
    """Keep every recorded address working.

    Raises PageError with every address that does not resolve.
    """
    published = Published.of(pages)
    known = [Address(row.page, row.anchor or "") for row in corpus.permalinks]
    moves = Moves(published, corpus.renames)
    targets = {old: moves.target(old) for old in known if not published.has(old)}
    changed = dict(pages)
    problems = list(moves.problems(f"{corpus.folder}/renames.csv"))
    problems += unresolved([old for old, to in targets.items() if not to], known, published, corpus)
    for (page, anchor), (old, to) in old_ids(targets, moves).items():
        if anchor in published.ids[page]:
            what = f"resolves to {to}, but {page} has an element of that id; give it another"
            line = known.index(old) + FIRST_LINE
            problems.append(
                Problem(
                    file=f"{corpus.folder}/permalinks.csv", line=line, value=str(old), message=what
                )
            )
        else:
            path = published.path[page]
            if to.page == page:
                changed[path] = markdown.alias(changed[path], to.anchor, anchor)
            else:
                changed[path] = changed[path].rstrip() + moved_notice(anchor, to, published, pages)
    if problems:
        raise PageError(problems)
    redirects = {}
    for removed in moves.removed_pages(known):
        if target := moves.target(removed):
            file = published.path[target.page] + (f"#{target.anchor}" if target.anchor else "")
            redirects[f"{removed.page.strip('/')}.md"] = file
    unrecorded = sorted(set(published.addresses()) - set(known))
    return Resolved(changed, redirects, unrecorded)


def recorded(corpus: Corpus, new: Iterable[Address]) -> str:
    """The text of permalinks.csv with what the newest release publishes first."""
    since = {Address(row.page, row.anchor or ""): row.since for row in corpus.permalinks}
    since |= dict.fromkeys(new, corpus.release.version)
    rows = [{"page": a.page, "anchor": a.anchor, "since": since[a]} for a in sorted(since)]
    return export.table_csv(["page", "anchor", "since"], rows)


def old_ids(
    targets: Mapping[Address, Address | None], moves: Moves
) -> dict[tuple[str, str], tuple[Address, Address]]:
    """(page at which readers land, id that their link names) -> (old address, its target).

    Left out is what needs no element: a link to a page, and one that finds its id where it lands.
    Where pages were joined that each had a place of the name, the first one's target stands.
    """
    pairs: dict[tuple[str, str], tuple[Address, Address]] = {}
    for old, to in targets.items():
        page = moves.final_page(old.page) if old.anchor else ""
        if page and to and to.anchor and to != Address(page, old.anchor):
            pairs.setdefault((page, old.anchor), (old, to))
    return pairs


def moved_notice(old: str, to: Address, published: Published, pages: Mapping[str, str]) -> str:
    """What the end of a page says of a place in it that is on another page now."""
    file = published.path[to.page]
    titles = {heading.id: heading.title for heading in markdown.headings(pages[file])}
    title = titles.get(to.anchor) or titles.get("top") or to.page
    return (
        f'\n\n<p id="{old}" markdown="span">'
        f"“{md(old)}” has moved to [{md(title)}](/{file}#{to.anchor}).</p>\n"
    )


def unresolved(
    removed: Iterable[Address], known: list[Address], published: Published, corpus: Corpus
) -> Iterator[Problem]:
    """One problem for all addresses that one line of renames.csv would redirect."""
    removed = sorted(removed)
    lines = {address: number for number, address in enumerate(known, start=FIRST_LINE)}
    unrecorded = sorted(set(published.addresses()) - set(known))
    pages = {old.page: rename_key(old) for old in removed if not old.anchor}
    groups: dict[tuple[str, str], list[Address]] = {}
    for old in removed:
        made_of = [key for key in pages.values() if f"-{key[1]}-" in f"-{old.anchor}-"]
        key = pages.get(old.page) or (made_of[0] if made_of else rename_key(old))
        groups.setdefault(key, []).append(old)
    for (kind, name), group in groups.items():
        rest = f" (and {len(group) - 1} more)" if group[1:] else ""
        line = f"{kind},{name},{guess(kind, name, unrecorded)},{corpus.release.version}"
        what = (
            f"is no longer published{rest}; restore it, or redirect it by a line in "
            f"{corpus.folder}/renames.csv: {line}"
        )
        file = f"{corpus.folder}/permalinks.csv"
        yield Problem(file=file, line=lines[group[0]], value=str(group[0]), message=what)


def rename_key(old: Address) -> tuple[str, str]:
    """Kind and old name of the rename that would redirect an address."""
    parts = old.page.strip("/").split("/")
    if len(parts) != 2 or parts[0] not in KINDS:  # noqa: PLR2004 - /kind/id/
        return "address", str(old)
    # A template makes the pages of a kind: what one has lost, all have.
    return ("address", f"/{parts[0]}/*/#{old.anchor}") if old.anchor else (parts[0], parts[1])


def guess(kind: str, name: str, unrecorded: Iterable[Address]) -> str:
    """The new name that a person most likely means: the nearest that was never published."""
    old = Address.of(name)
    if kind != "address":
        near = {key[1] for new in unrecorded if (key := rename_key(new))[0] == kind}
    elif old.anchor:
        near = {new.anchor for new in unrecorded if new.anchor and fnmatchcase(new.page, old.page)}
    else:
        near = {new.page for new in unrecorded if not new.anchor}
    nearest = get_close_matches(old.anchor or name, sorted(near), n=1) or ["…"]
    return str(Address(old.page, nearest[0])) if old.anchor else nearest[0]
