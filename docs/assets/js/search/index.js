/* The index: gen/search/index.py's files as entries, and which words lead to them. */

import { words } from "./words.js";

/* Where a word stands; the lower, the better. */
export const NAME = 0, TITLE = 1, AUTHOR = 2, FACT = 3, TEXT = 4;

/** Two words in a row as one: "SAM Med3D" is also "sammed3d". */
const joined = (list) => list.slice(1).map((word, at) => list[at] + word);

/** A name, and what it is without its bracket and within: "The Cancer Genome Atlas (TCGA)". */
const forms = (name) => {
  const parts = /^(.+?)\s*\(([^()]+)\)$/.exec(name);
  return parts ? [name, parts[1], parts[2]] : [name];
};

const keys = (names) => names.map((name) => words(name).join(""));

export class Index {
  /** `file` is the parsed first file. */
  constructor(file) {
    this.isWhole = false; // until titles and authors of the studies are in it
    this.labels = file.columns;
    this.facts = file.facts.ids.map((id, at) => ({
      id, at, column: file.facts.columns[at], label: file.facts.labels[at], names: file.facts.names[at], entries: [],
    }));
    this.entries = [];
    this.places = new Map(); // word -> where it stands, as 8 * order of the entry + place within
    this.factWords = new Map(); // word -> facts in whose names it is
    this.phrases = new Map(); // a name of facts, without spaces -> those facts
    for (const [rank, block] of file.kinds.entries()) this.#block(block, rank, file.shown);
    for (const fact of this.facts) this.#fact(fact);
    this.#sort();
  }

  /** Take in the second file. */
  complete({ titles, authors }) {
    if (this.isWhole) return;
    this.entries.filter((entry) => entry.kind === "Study").forEach((entry, at) => {
      entry.title = titles[at];
      entry.others.add(words(entry.title).join(""));
      this.#add(words(entry.title), entry, TITLE, true);
      this.#add(words(authors[at]), entry, AUTHOR, false);
    });
    this.#sort();
    this.isWhole = true;
  }

  #sort() {
    this.sorted = [...new Set([...this.places.keys(), ...this.factWords.keys()])].sort();
  }

  #block(block, rank, shown) {
    block.names.forEach((name, at) => {
      const entry = {
        name, rank, order: this.entries.length,
        kind: block.kind,
        path: block.ids ? `${block.path}${block.ids[at]}/` : block.paths[at],
        also: block.also?.[at] ?? [],
        title: "",
        weight: block.weights?.[at] ?? 0,
        facts: new Set(block.facts?.[at]),
      };
      const facts = [...entry.facts].map((fact) => this.facts[fact]);
      facts.forEach((fact) => fact.entries.push(entry));
      entry.line = block.lines?.[at] ?? shown
        .map((column) => facts.filter((fact) => fact.column === column).map((fact) => fact.label).join(", "))
        .filter(Boolean).join(" · ");
      entry.names = new Set(keys(forms(name)));
      entry.others = new Set(keys(entry.also));
      this.entries.push(entry);
      for (const own of [name, ...entry.also]) this.#add(words(own), entry, NAME, true);
      this.#add(words(entry.path.split("#")[1] ?? ""), entry, NAME, false);
      this.#add(words(block.facts ? "" : entry.line), entry, FACT, false);
      this.#add(words(block.words?.[at] ?? ""), entry, TEXT, false);
    });
  }

  #add(list, entry, where, pairs) {
    for (const word of pairs ? [...list, ...joined(list)] : list) {
      if (!this.places.has(word)) this.places.set(word, []);
      this.places.get(word).push(8 * entry.order + where);
    }
  }

  /** [entry, where in it] of every place of a word. */
  at(word) {
    return (this.places.get(word) ?? []).map((place) => [this.entries[place >> 3], place & 7]);
  }

  #fact(fact) {
    const push = (map, key) => map.has(key) ? map.get(key).add(fact) : map.set(key, new Set([fact]));
    for (const name of [fact.label, fact.id, ...fact.names]) {
      const own = words(name);
      push(this.phrases, own.join(""));
      for (const word of own) push(this.factWords, word);
    }
  }

  /** The words of the index that begin with one, itself included. */
  beginning(word) {
    let low = 0, high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] < word) low = middle + 1;
      else high = middle;
    }
    const found = [];
    while (this.sorted[low]?.startsWith(word)) found.push(this.sorted[low++]);
    return found;
  }
}

const fetched = async (root, name) => {
  const answer = await fetch(new URL(`search/${name}.json`, root));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
};

let loading, completing;

/** The index with its first file, fetched once; `root` is the address of the site. */
export const load = (root) => {
  loading ??= fetched(root, "index").then((file) => new Index(file));
  loading.catch(() => (loading = undefined));
  return loading;
};

/** The same index when both files are in it. */
export const loadWhole = (root) => {
  completing ??= load(root).then(async (index) => (index.complete(await fetched(root, "studies")), index));
  completing.catch(() => (completing = undefined));
  return completing;
};
