/* What a reader sees of the answer to a query. Text of the data becomes text nodes only. */

import { resembling } from "./rank.js";
import { fold, pieces } from "./words.js";

const make = (tag, given = {}, ...parts) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  made.append(...parts);
  return made;
};

/** A text with what was sought in it marked: beginnings of words, and two words that are one in the query ("SAM-Med3D"). */
const marked = (text, sought) => {
  const parts = pieces(text);
  const runs = parts.map(([piece, isWord], at) => [fold(piece), at, isWord]).filter(([, , isWord]) => isWord);
  const marks = new Set();
  runs.forEach(([word, at], place) => {
    const [next, after] = runs[place + 1] ?? ["", at];
    for (const other of sought) {
      if (word.startsWith(other)) marks.add(at);
      else if (next && (word + next).startsWith(other)) marks.add(at).add(after);
    }
  });
  return parts.map(([piece], at) => (marks.has(at) ? make("mark", {}, piece) : piece));
};

const item = (href, name, kind, lines) => make("li", {}, make("a", { href },
  make("span", { class: "lsr-hit__name" }, ...name), " ", make("span", { class: "lsr-hit__kind" }, kind),
  ...lines.filter((line) => line.length).map((line) => make("span", { class: "lsr-hit__line" }, ...line))));

const studies = (n) => `${n.toLocaleString("en")} ${n === 1 ? "study" : "studies"}`;

/** Facts by their column. */
const grouped = (facts) => facts.reduce((map, fact) => map.set(fact.column, [...(map.get(fact.column) ?? []), fact]), new Map());

/** The explorer with facts and a text as its filter. Several values of a column: all of them, where a study has all. */
const filterItem = ({ facts, rest }, index, root) => {
  const columns = grouped(facts);
  const query = new URLSearchParams(), all = [], says = [];
  let found = null;
  for (const [column, own] of columns) {
    const together = own.length > 1 ? own[0].entries.filter((entry) => own.every((fact) => fact.entries.includes(entry))) : [];
    const isYear = column === "year";
    if (together.length) all.push(column);
    const ids = own.map((fact) => fact.id).sort();
    query.set(column, isYear ? `${ids[0].split("-")[0]}-${ids.at(-1).split("-")[1]}` : ids.join(","));
    says.push(`${index.labels[column]} = ${own.map((fact) => fact.label).join(together.length ? " and " : " or ")}`);
    const having = together.length ? together : own.flatMap((fact) => fact.entries);
    found = new Set(found ? having.filter((entry) => found.has(entry)) : having);
  }
  if (all.length) query.set("all", all.join(","));
  if (rest.length) query.set("q", rest.join(" "));
  const address = new URL(`studies/?${query.toString().replaceAll("%2C", ",")}`, root);
  const text = `Filter the explorer: ${says.join(", ")}${rest.length ? `, text = ${rest.join(" ")}` : ""}`;
  return item(address, [text], "Filter", rest.length ? [] : [[studies(found.size)]]);
};

const hit = (entry, sought, root) => item(new URL(entry.path, root), marked(entry.name, sought), entry.kind,
  [entry.title && entry.title !== entry.name ? marked(entry.title, sought) : [], marked(entry.line, sought)]);

/** What is said of an answer in a sentence. */
export const sentence = ({ hits, missing, meant }, text) => {
  const count = hits.length === 1 ? "1 hit" : `${hits.length.toLocaleString("en")} hits`;
  if (!hits.length) return `Nothing found for “${text.trim()}”. Nearest names:`;
  const read = meant ? `Did you mean “${meant}”? ` : "";
  return missing ? `${read}No hit has all the words; ${count} with most of them.` : `${read}${count}.`;
};

/** The list of an answer: at most `most` hits, the filter first or second, and ways on. */
export const list = (answer, index, text, root, most) => {
  const found = answer.hits.length ? answer.hits : resembling(index, text, 5);
  const items = found.slice(0, most).map((entry) => hit(entry, answer.words, root));
  if (answer.filter) items.splice(answer.first ? 0 : 1, 0, filterItem(answer.filter, index, root));
  const asked = new URLSearchParams({ q: text.trim() });
  if (found.length > most) items.push(item(new URL(`search/?${asked}`, root), [`All ${answer.hits.length.toLocaleString("en")} hits`], "", []));
  if (answer.missing || !answer.hits.length) {
    items.push(item(new URL(`studies/?${asked}`, root), [`Look for “${text.trim()}” in the explorer`], "Filter", []));
    items.push(item(new URL("contribute/", root), ["A study is missing? Add it"], "Contribute", []));
  }
  return items;
};
