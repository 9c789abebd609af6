"""What was published stays: pages get the ids that old links name, and nothing is lost unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase

from gen import export, outline
from gen.model import KINDS, Corpus
from gen.moves import FIRST_LINE, Address, Moves, Published
from gen.problems import PageError, Problem
from gen.render import md


@dataclass(frozen=True, slots=True)
class Settled:
    """The pages with all old links in their place, and what goes with them."""

    pages: dict[str, str]
    redirects: dict[str, str]  # a page that is gone -> where it went, as files under docs/
    new: list[Address]  # published and not recorded yet


def settle(pages: Mapping[str, str], corpus: Corpus) -> Settled:
    """Lead on every address that is gone, or raise with all of those that lead nowhere."""
    published = Published.of(pages)
    known = [Address(row.page, row.anchor or "") for row in corpus.permalinks]
    moves = Moves(published, corpus.renames)
    targets = {old: moves.target(old) for old in known if not published.has(old)}
    changed = dict(pages)
    found = list(moves.problems(f"{corpus.folder}/renames.csv"))
    found += lost([old for old, to in targets.items() if not to], known, published, corpus)
    for (landing, anchor), (old, to) in old_ids(targets, moves).items():
        if anchor in published.ids[landing]:
            what = f"resolves to {to}, but {landing} has an element of that id; give it another"
            line = known.index(old) + FIRST_LINE
            found.append(
                Problem(
                    file=f"{corpus.folder}/permalinks.csv", line=line, value=str(old), message=what
                )
            )
        else:
            path = published.path[landing]
            if to.page == landing:
                changed[path] = outline.alias(changed[path], to.anchor, anchor)
            else:
                changed[path] = changed[path].rstrip() + moved(anchor, to, published, pages)
    if found:
        raise PageError(found)
    redirects = {}
    for page in moves.gone_pages(known):
        if leads := moves.target(page):
            file = published.path[leads.page] + (f"#{leads.anchor}" if leads.anchor else "")
            redirects[f"{page.page.strip('/')}.md"] = file
    new = sorted(set(published.addresses()) - set(known))
    return Settled(changed, redirects, new)


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
    found: dict[tuple[str, str], tuple[Address, Address]] = {}
    for old, to in targets.items():
        landing = moves.landing(old.page) if old.anchor else ""
        if landing and to and to.anchor and to != Address(landing, old.anchor):
            found.setdefault((landing, old.anchor), (old, to))
    return found


def moved(old: str, to: Address, published: Published, pages: Mapping[str, str]) -> str:
    """What stands at the end of a page for a place in it that is on another page now."""
    file = published.path[to.page]
    titles = {heading.id: heading.title for heading in outline.headings(pages[file])}
    title = titles.get(to.anchor) or titles.get("top") or to.page
    return (
        f'\n\n<p id="{old}" data-search-exclude markdown="span">'
        f"“{md(old)}” has moved to [{md(title)}](/{file}#{to.anchor}).</p>\n"
    )


def lost(
    gone: Iterable[Address], known: list[Address], published: Published, corpus: Corpus
) -> Iterator[Problem]:
    """One problem for all addresses that one line of renames.csv would lead on."""
    gone = sorted(gone)
    lines = {address: number for number, address in enumerate(known, start=FIRST_LINE)}
    fresh = sorted(set(published.addresses()) - set(known))
    pages = {old.page: key_of(old) for old in gone if not old.anchor}
    groups: dict[tuple[str, str], list[Address]] = {}
    for old in gone:
        made_of = [key for key in pages.values() if f"-{key[1]}-" in f"-{old.anchor}-"]
        key = pages.get(old.page) or (made_of[0] if made_of else key_of(old))
        groups.setdefault(key, []).append(old)
    for (kind, name), group in groups.items():
        rest = f" (and {len(group) - 1} more)" if group[1:] else ""
        line = f"{kind},{name},{guess(kind, name, fresh)},{corpus.release.version}"
        what = (
            f"is no longer published{rest}; restore it, or redirect it by a line in "
            f"{corpus.folder}/renames.csv: {line}"
        )
        file = f"{corpus.folder}/permalinks.csv"
        yield Problem(file=file, line=lines[group[0]], value=str(group[0]), message=what)


def key_of(old: Address) -> tuple[str, str]:
    """Kind and old name of the rename that would lead an address on."""
    parts = old.page.strip("/").split("/")
    if len(parts) != 2 or parts[0] not in KINDS:  # noqa: PLR2004 - /kind/id/
        return "address", str(old)
    # A template makes the pages of a kind: what one has lost, all have.
    return ("address", f"/{parts[0]}/*/#{old.anchor}") if old.anchor else (parts[0], parts[1])


def guess(kind: str, name: str, fresh: Iterable[Address]) -> str:
    """The new name that a person most likely means: the nearest that was never published."""
    old = Address.of(name)
    if kind != "address":
        near = {key[1] for new in fresh if (key := key_of(new))[0] == kind}
    elif old.anchor:
        near = {new.anchor for new in fresh if new.anchor and fnmatchcase(new.page, old.page)}
    else:
        near = {new.page for new in fresh if not new.anchor}
    found = get_close_matches(old.anchor or name, sorted(near), n=1) or ["…"]
    return str(Address(old.page, found[0])) if old.anchor else found[0]
