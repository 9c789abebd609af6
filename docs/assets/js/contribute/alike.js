/* What is here already under a title that is being typed, or under an identifier. */
import { make } from "../explore/make.js";
import { works } from "./works.js";

const MOST = 5;
const LEAST = 12; // letters of a title before anything is likened to it

export const alike = (definition, known, pages, of) => {
  const { words } = works(definition);
  const element = make("div", { className: "lsr-alike", role: "status" });
  const titled = (rows) => rows.map((row) => ({ ...row, words: ` ${words(row.title)}` }));
  let [studies, records] = [null, null];

  const states = { include: "waits to be coded", deferred: "waits for its turn", exclude: "was left out", undecided: "is not screened yet" };

  const show = (title, keys) => {
    studies ??= titled(known.studies.filter(({ id }) => id !== of));
    records ??= titled(known.records.filter(({ study }) => !study));
    const typed = words(title);
    const parts = typed.length < LEAST ? [] : typed.split(" ").map((word) => ` ${word}`);
    const is = (row) => row.keys.some((key) => keys.includes(key)) || (parts.length > 0 && parts.every((part) => row.words.includes(part)));
    const own = studies.filter(is).slice(0, MOST);
    const waiting = records.filter(is).slice(0, MOST - own.length);
    const items = [
      ...own.map(({ id, title: text }) => make("li", {}, make("a", { href: `${pages}/${id}/` }, text), " is here as ", make("code", {}, id), "; ", make("a", { href: `?study=${id}` }, "correct it"))),
      ...waiting.map(({ id, title: text, decision, reason }) => make("li", {}, `${text}: our search found it (${id}); it ${states[decision] ?? decision}${reason ? ` (${reason})` : ""}`)),
    ];
    element.replaceChildren(...(items.length && !of ? [make("p", {}, "Is it one of these?"), make("ul", {}, ...items)] : []));
  };
  return { element, show };
};
