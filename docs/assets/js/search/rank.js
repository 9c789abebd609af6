/* What is found, and in which order.
 *
 * A hit has every word of the query, whole or as the beginning of a word. Words that together name a fact ("open weights",
 * "chest x-ray") are one: a study that is so coded has them. Of the hits come first
 *   1. those whose name is the query, then those of which another name, an identifier or the title is, and data sets of that name;
 *   2. those with all words in names, then in names and title, then in authors, facts, text, each time whole words before
 *      beginnings: the word that stands worst decides; where the whole query is facts, data sets wait until the end,
 *      and of several facts the studies that are coded so come before those with the words;
 *   3. of equal ones, those whose names have more of the words that say nothing ("how to cite"), then the kinds in the order
 *      of the index (categories, studies, base models, pages, data sets, authors);
 *   4. those on which more studies rest; then the order of the index, where the newest study is first.
 * Where no entry has all words, those with the most of them are found, and `missing` says how many they lack at least.
 * A word that nothing begins with is read as the nearest word of a name (one slip, from six letters on two), and `meant` says so.
 */

import { FACT, NAME, TEXT } from "./index.js";
import { asked, distance, words } from "./words.js";

const LONGEST = 5; // words of the name of a fact
const WORST = 2 * TEXT + 2;
/* Words that go with every filter and filter nothing. */
const VAGUE = new Set(words("model foundation study paper method medical imaging image trained training data all show list find"));

/** The address of a work is its identifier: "https://doi.org/10.1/x", "arXiv:2304.12306v2". */
const IDENTIFIER = /^\s*(?:https?:\/\/)?(?:(?:dx\.)?doi\.org\/|doi:\s*|(?:www\.)?arxiv\.org\/(?:abs|pdf)\/|arxiv:\s*)/i;
const bare = (text) => (IDENTIFIER.test(text) ? text.replace(IDENTIFIER, "").replace(/(\d)v\d+(?:\.pdf)?\s*$/, "$1") : text);

const factsNamed = (index, list) => (list.every((word) => VAGUE.has(word)) ? undefined : index.phrases.get(list.join("")));

/** The query cut into {words, facts}: the longest names of facts from the left, all other words one by one. */
const units = (index, query) => {
  const found = [];
  for (let at = 0; at < query.length; ) {
    let length = Math.min(LONGEST, query.length - at);
    let facts;
    for (; length > 0; length--) if ((facts = factsNamed(index, query.slice(at, at + length)))) break;
    found.push({ words: query.slice(at, at + Math.max(length, 1)), facts: facts ?? new Set() });
    at += Math.max(length, 1);
  }
  return found;
};

/** Entry -> how well it has a word, which may also be written as one with the next or the last. */
const levels = (index, query, at) => {
  const found = new Map();
  const take = (entry, level) => { if (!(found.get(entry) <= level)) found.set(entry, level); };
  const add = (word, part) => {
    for (const [entry, where] of index.at(word)) take(entry, 2 * where + part);
    for (const fact of index.factWords.get(word) ?? []) for (const entry of fact.entries) take(entry, 2 * FACT + part);
  };
  const word = query[at];
  if (word.length > 1) for (const longer of index.beginning(word)) add(longer, longer === word ? 0 : 1);
  else add(word, 0);
  if (at > 0) add(query[at - 1] + word, 0);
  if (at + 1 < query.length) add(word + query[at + 1], 0);
  return found;
};

/** Entry -> how well it has a unit: its fact, or all of its words; of a fact among others, only whole words ("ct" is no CTransPath). */
const unitLevels = (index, unit, isAlone) => {
  const may = (level, entry) => level !== undefined && (!unit.facts.size || ((isAlone || level % 2 === 0) && (level < 2 * FACT || !entry.facts.size)));
  const found = new Map();
  const each = unit.words.map((_, at) => levels(index, unit.words, at));
  for (const [entry, first] of each[0]) {
    const all = each.map((own) => own.get(entry));
    if (all.every((level) => may(level, entry))) found.set(entry, Math.max(first, ...all));
  }
  for (const fact of unit.facts) for (const entry of fact.entries) found.set(entry, Math.min(found.get(entry) ?? WORST, 2 * FACT));
  return found;
};

/** 0 where an entry is so coded as the facts of all units say, else 1. */
const isCoded = (entry, parts) => (parts.every((unit) => [...unit.facts].some((fact) => entry.facts.has(fact.at))) ? 0 : 1);
const isData = (entry) => entry.kind === "Data set";
const exact = (entry, key) => (entry.names.has(key) ? (isData(entry) ? 1 : 0) : entry.others.has(key) ? 1 : 2);

/** The hits, best first, and how many units the best ones lack. */
const ranked = (index, parts, key, idle) => {
  const scores = new Map();
  const onlyFacts = parts.every((unit) => unit.facts.size);
  const isCombined = onlyFacts && parts.length > 1;
  for (const [at, unit] of parts.entries())
    for (const [entry, level] of unitLevels(index, unit, parts.length === 1)) {
      if (!scores.has(entry)) scores.set(entry, { has: 0, level: 0 });
      const score = scores.get(entry);
      score.has++;
      score.level = Math.max(score.level, level);
    }
  const named = new Map(); // entry -> how many of the idle words its name has
  for (const word of idle) for (const [entry, where] of index.at(word)) if (where === NAME) named.set(entry, (named.get(entry) ?? 0) + 1);
  const most = Math.max(0, ...[...scores.values()].map((score) => score.has));
  const hits = [...scores].filter(([, score]) => score.has === most).map(([entry, score]) => ({
    entry,
    sort: [exact(entry, key), onlyFacts && isData(entry) ? 1 : 0, isCombined ? isCoded(entry, parts) : score.level, -(named.get(entry) ?? 0), entry.rank, -entry.weight, entry.order],
  }));
  hits.sort((a, b) => { const at = a.sort.findIndex((value, i) => value !== b.sort[i]); return at < 0 ? 0 : a.sort[at] - b.sort[at]; });
  return { hits: hits.map((hit) => hit.entry), missing: parts.length - most, exact: hits[0]?.sort[0] < 2 };
};

/** The words of names and facts nearest to one; the more entries have it, the earlier. */
const nearest = (index, word, most) => {
  const found = [];
  for (const other of index.sorted) {
    const steps = distance(word, other, most);
    if (steps > most) continue;
    const places = index.at(other);
    if (index.factWords.has(other) || places.some(([, where]) => where < FACT)) found.push([steps, other[0] === word[0] ? 0 : 1, -places.length, other]);
  }
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || (a[3] < b[3] ? -1 : 1)).map((each) => each[3]);
};

/** What the explorer is asked for: {facts, rest: words}; of several facts of one name, that of most studies. */
const filter = (parts) => {
  const facts = [], rest = [];
  for (const unit of parts) {
    const [fact] = [...unit.facts].filter((each) => each.entries.length).sort((a, b) => b.entries.length - a.entries.length);
    if (fact) facts.push(fact);
    else rest.push(...unit.words.filter((word) => !VAGUE.has(word)));
  }
  return { facts, rest };
};

/** Everything that answers a query:
 *  {hits, missing, meant: the query as it was read or "", filter: {facts, rest} or null, first: whether the filter is the best answer, words}.
 */
export const search = (index, text) => {
  const given = bare(text);
  const typed = asked(given);
  if (!typed.length) return { hits: [], missing: 0, meant: "", filter: null, first: false, words: [] };
  const query = typed.map((word, at) => {
    if (word.length < 4 || levels(index, typed, at).size) return word;
    return nearest(index, word, word.length < 6 ? 1 : 2)[0] ?? word;
  });
  const parts = units(index, query);
  const all = words(given);
  const slipped = query.some((word, at) => word !== typed[at]);
  const { hits, missing, exact } = ranked(index, parts, (slipped ? query : all).join(""), all.filter((word) => !typed.includes(word)));
  const { facts, rest } = filter(parts);
  return {
    hits, missing, words: query,
    meant: slipped ? query.join(" ") : "",
    filter: facts.length && (!exact || !rest.length) ? { facts, rest } : null,
    first: !exact && !rest.length && (facts.length > 1 || !hits.length || hits[0].facts.size > 0),
  };
};

/** Names that resemble what was typed, for when nothing is found. */
export const resembling = (index, text, most) => {
  const grams = (word) => new Set(Array.from({ length: Math.max(word.length - 1, 0) }, (_, at) => word.slice(at, at + 2)));
  const own = grams(words(text).join(""));
  const likeness = (key) => {
    const other = grams(key);
    let both = 0;
    for (const gram of own) if (other.has(gram)) both++;
    return (2 * both) / (own.size + other.size || 1);
  };
  const scored = index.entries.map((entry) => [Math.max(...[...entry.names].map(likeness)), entry]);
  return scored.filter(([like]) => like > 0.3).sort((a, b) => b[0] - a[0] || a[1].order - b[1].order).slice(0, most).map(([, entry]) => entry);
};
