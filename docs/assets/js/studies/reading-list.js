/* The page of the reading list: notes, export and import, downloads, links to these studies. */
import { changed } from "../coins.js";
import { cell, named, text } from "../explore/cells.js";
import { copyLink } from "../explore/copy-link.js";
import { load } from "../explore/data.js";
import { make, number } from "../explore/make.js";
import { downloads, save } from "./save.js";
import { has, keep, onChange, parsed, REFUSED, saved, written } from "./saved.js";
import { offered } from "./zotero.js";

const FACTS = ["date", "family", "modalities", "weights"];
const MOST = 5; // that can be compared

const readingList = async (box) => {
  const list = await load(box.dataset.explore);
  const rowOf = new Map(list.fields.get("id").values.map((id, row) => [id, row]));
  const known = () => saved().map(({ id }) => id).filter((id) => rowOf.has(id));

  const status = make("p", { role: "status", tabIndex: -1 });
  const items = make("ol", { className: "lsr-saved" });
  const say = (...parts) => status.replaceChildren(...parts);
  const change = (next, ...parts) => {
    const kept = keep(next);
    if (kept) draw();
    say(...(kept ? parts : [REFUSED]));
    status.focus();
  };

  const remove = (id, name) => {
    const before = saved();
    const undo = make("button", { type: "button", onclick: () => change(before, `${name} is back.`) }, "Undo");
    change(before.filter((each) => each.id !== id), `${name} was removed. `, undo);
  };

  const item = ({ id, note }) => {
    const row = rowOf.get(id);
    const isHere = row !== undefined;
    const name = isHere ? text(list, "name", row) : id;
    const link = isHere ? named(list, row, box.dataset.pages) : make("a", { href: `${box.dataset.pages}/${id}/` }, id);
    const facts = isHere
      ? FACTS.map((field) => cell(list.fields.get(field), row, 3)).filter((parts) => parts.join("")).flatMap((parts, at) => [at ? " · " : "", ...parts])
      : ["Not in the review under this id: it was renamed (the link leads on) or removed. It is kept here."];
    const words = make("textarea", { rows: 2, ariaLabel: `Private note on ${name}`, placeholder: "Private note", value: note });
    words.addEventListener("input", () => {
      if (!keep(saved().map((each) => (each.id === id ? { id, note: words.value } : each)))) say(REFUSED);
    });
    const off = make("button", { type: "button", ariaLabel: `Remove ${name}`, onclick: () => remove(id, name) }, "Remove");
    return make("li", {}, make("p", {}, make("strong", {}, link), " ", isHere ? offered(list, row) : null, make("span", { className: "lsr-quiet" }, ...facts)), words, off);
  };

  const file = make("input", { type: "file", accept: ".json,application/json", ariaLabel: "Import a list (JSON)" });
  file.addEventListener("change", async () => {
    const given = parsed(await file.files[0]?.text());
    file.value = "";
    if (!given) return say("That file holds no reading list: a list is what “Export” saves here.");
    const notes = new Map(given.map(({ id, note }) => [id, note]));
    const own = saved().map(({ id, note }) => ({ id, note: note || notes.get(id) || "" }));
    const added = given.filter(({ id }) => !has(id));
    change([...own, ...added], `${number(added.length)} of ${number(given.length)} were new. Your own notes were kept.`);
  });

  const explorer = () => `${box.dataset.explorer}?ids=${known().join(",")}`;
  const comparison = () => `${box.dataset.compare}?ids=${known().slice(0, MOST).join(",")}`;
  const ways = make("p", { className: "lsr-take" });
  const exported = make("button", { type: "button", onclick: () => save("reading-list.json", written(saved()), "application/json") }, "Export with notes");
  const take = make("div", {}, make("p", {}, make("strong", {}, "Download these studies")), downloads(box.dataset.files, known, "reading-list"));
  const moves = make("p", { className: "lsr-take" }, exported, make("label", {}, make("span", {}, "Import "), file));

  const fill = () => {
    items.replaceChildren(...saved().map(item));
    changed();
  };

  const draw = () => {
    const n = known().length;
    const rows = known().map((id) => rowOf.get(id));
    fill();
    if (!list.hasRows(rows)) list.needRows(rows).then(fill, () => {}); // a list stands without what Zotero is told
    ways.replaceChildren(make("a", { href: explorer() }, "Open in the explorer"), copyLink("Copy link to them in the explorer", explorer));
    if (n > 1) ways.append(make("a", { href: comparison() }, n > MOST ? `Compare the first ${MOST}` : "Compare them"), copyLink("Copy link to their comparison", comparison));
    for (const each of [ways, take]) each.hidden = n === 0;
    exported.hidden = saved().length === 0;
    say(saved().length ? `${number(saved().length)} saved in this browser.` : "Nothing is saved yet. The star beside a study, in the list of studies and on its page, puts it here.");
  };

  onChange(draw);
  draw();
  box.replaceChildren(status, ways, items, take, moves);
  box.dataset.ready = "";
};

for (const box of document.querySelectorAll("[data-lsr-reading-list]"))
  readingList(box).catch(() => box.replaceChildren(make("p", { role: "status" }, "The studies could not be loaded; your list is safe: try again.")));
