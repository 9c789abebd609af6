/* What is wrong with rows: interprets the rules that the checker wrote into form.json.
 *
 * A row is { table, cells, of }: cells by column, and the id of the row that it replaces. A problem is
 * { row, column, message, fix }, its row by number. `known` knows what else is in the tables; see known.js.
 */
import { works } from "./works.js";

export const split = (cell, markers) =>
  cell === "" || cell in markers ? [] : cell.split(";").map((value) => value.trim()).filter(Boolean);

const length = (text) => [...text].length;

export const rules = (definition) => {
  const { markers, missing, kinds, years } = definition;
  const { key, isBareDoi } = works(definition);
  const unseen = new RegExp(definition.unseen, "u");
  const spaces = new RegExp(definition.spaces);
  const patterns = Object.fromEntries(Object.entries(kinds).map(([name, { pattern }]) => [name, new RegExp(pattern)]));
  const terms = Object.fromEntries(
    Object.entries(definition.vocabularies).map(([name, of]) => [name, new Set(of.map(({ id }) => id))]),
  );
  const values = (cell) => split(cell, markers);

  const isDay = (text) => {
    const [year, month = 1, day = 1] = text.split("-").map(Number);
    const made = new Date(Date.UTC(2000, month - 1, day));
    made.setUTCFullYear(year, month - 1, day);
    return year >= years.minimum && year <= years.maximum && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  };
  const more = {
    date: isDay,
    year: (text) => text >= years.minimum && text <= years.maximum,
    doi: isBareDoi,
    positive: (text) => Number(text) > 0,
  };

  /* What a cell says in other words than ours instead of a value; undefined where it holds one or nothing. */
  const worded = (cell) => {
    if (!cell || length(cell) > 20) return undefined;
    const word = cell.toLowerCase().replace(/[\s_.-]/g, "");
    return word ? missing[word] : "not-coded";
  };

  function* ofCell(field, cell, isKnown) {
    if (unseen.test(cell)) yield "contains a line break or a character that nobody sees; remove it";
    else if (spaces.test(cell)) yield "contains a special space; write a common one";
    else if (cell.includes(definition.lost)) yield "contains a letter that was lost; write it again";
    else if (cell !== cell.trim()) yield "has a space at its start or end";
    if (field.required && (!cell || cell in markers)) yield "is required";
    if (!cell) return;
    if (length(cell) > field.longest) {
      yield `has ${length(cell)} characters and must have at most ${field.longest}`;
      return;
    }
    const likely = cell.toLowerCase() === "none" && field.vocabulary;
    if (!field.required && !(cell in markers) && worded(cell) && !likely) {
      yield field.coded
        ? "is no value: choose “not reported” or “does not apply”, or leave it empty"
        : "has no meaning here; leave it empty";
      return;
    }
    if (!field.required && !field.coded && cell in markers) yield "has no meaning here; leave it empty";
    if (cell in markers) return;
    const found = values(cell);
    if (cell.includes(";") && (field.many || field.vocabulary)) {
      const once = field.vocabulary || field.refers.length;
      if (!field.many) yield "must contain one value only";
      else if (cell !== (once ? [...new Set(found)] : found).join("; ")) yield "must contain each value once, separated by “; ”";
      if (field.many && found.some((value) => value in markers)) yield "“not reported” and “does not apply” stand alone";
    }
    for (const value of field.many ? found : [cell]) {
      if (field.vocabulary && !terms[field.vocabulary].has(value) && !(value in markers)) yield `“${value}” is no term of this field`;
      if (field.refers.length && !isKnown(field.refers, value)) yield `“${value}” is not in the tables; add it below, or choose another`;
      if (field.kind && !(patterns[field.kind].test(value) && (more[field.kind]?.(value) ?? true))) yield kinds[field.kind].message;
    }
  }

  /* Why an address is no evidence; "" where it may be some. The nearest of all places decides. */
  const refused = (address) => {
    const [, host, path] = address.toLowerCase().match(/^https:\/\/([^/?#:]*)[^/?#]*([^?#]*)/) ?? [];
    const labels = host?.split(".") ?? [];
    const near = labels.flatMap((_, first) => definition.places[labels.slice(first).join(".")] ?? []);
    return near.find(([begin]) => path.startsWith(begin))?.[1] ?? "";
  };

  function* ofEvidence({ cells }) {
    for (const value of values(cells.evidence ?? "")) {
      const what = patterns.url.test(value) && refused(value);
      if (what) yield { column: "evidence", message: `“${value}” ${what}` };
    }
  }

  const tests = {
    is: (cell, value) => cell === value,
    "is not": (cell, value) => cell !== value,
    "has any": (cell) => values(cell).length > 0,
    "has several": (cell) => values(cell).length > 1,
    has: (cell, value) => values(cell).includes(value),
  };

  function* ofRow({ table, cells }) {
    for (const { column, message, fix, tests: all } of definition.conditions[table]) {
      if (all.every(([name, test, value]) => tests[test](cells[name] ?? "", value))) yield { column, message, fix };
    }
    if (table === "studies" && patterns.date.test(cells.date) && isDay(cells.date) && cells.date > definition.latest)
      yield { column: "date", message: `lies in the future: dates up to ${definition.latest} are covered` };
  }

  /* The works of a study, each with the column that names it. */
  const worksOf = (cells) => {
    const found = new Map();
    for (const column of ["doi", "arxiv", "url"]) {
      const cell = cells[column] ?? "";
      if (cell && !(cell in markers) && !found.has(key(cell))) found.set(key(cell), column);
    }
    return found;
  };

  function* ofWork({ table, cells, of }, known) {
    if (table !== "studies") return;
    const found = [...worksOf(cells)];
    for (const [work, column] of found) {
      const study = known.studyOf(work, of);
      if (study) yield { column, message: `is already that of “${study}”: correct that study instead`, study };
    }
    const record = found.map(([work]) => known.recordOf(work)).find(Boolean);
    const named = cells.record_id && known.studyWith(cells.record_id, of);
    if (named) yield { column: "record_id", message: `is already that of “${named}”` };
    if (!record || cells.record_id || record.study === cells.id) return;
    if (record.study && found.some(([work]) => known.studyOf(work) === record.study)) return;
    yield { column: "record_id", ...known.said(record) };
  }

  function* ofIds(row, rows, known) {
    const { table, cells, of } = row;
    if (!cells.id || cells.id === of) return;
    const shared = table === "datasets" ? ["datasets"] : ["base_models", "studies"];
    const taken = known.has(shared, cells.id) || rows.some((other) => other !== row && shared.includes(other.table) && other.cells.id === cells.id);
    if (taken) yield { column: "id", message: "is already taken: choose another, or correct that row" };
  }

  return (rows, known) =>
    rows.flatMap((row, number) => {
      const isKnown = (tables, value) =>
        known.has(tables, value) || rows.some(({ table, cells }) => tables.includes(table) && cells.id === value);
      const found = Object.entries(definition.tables[row.table].fields).flatMap(([column, field]) =>
        [...ofCell(field, row.cells[column] ?? "", isKnown)].map((message) => ({ column, message })),
      );
      return [...found, ...ofRow(row), ...ofEvidence(row), ...ofIds(row, rows, known), ...ofWork(row, known)].map((each) => ({ row: number, ...each }));
    });
};
