/* Which rows fit, and how many each further choice would give: one pass over the rows. */
import { holding } from "./words.js";

/* A test of a row for each filter that is set: [field or "q", test]. */
const tests = (list, state) => {
  const made = [];
  if (state.q) {
    const mask = holding(list, state.q);
    made.push(["q", (row) => mask[row] === 1]);
  }
  for (const [id, [low, high]] of Object.entries(state.ranges)) {
    const { values } = list.fields.get(id);
    const least = low ?? -Infinity, most = high ?? Infinity;
    made.push([id, (row) => values[row] >= least && values[row] <= most]);
  }
  for (const [id, ids] of Object.entries(state.terms)) {
    const { at, held, place, terms } = list.fields.get(id);
    const wanted = new Uint8Array(terms.length);
    for (const each of ids) wanted[place.get(each)] = 1;
    const enough = state.all.includes(id) ? ids.length : 1;
    made.push([id, (row) => {
      let found = 0;
      for (let i = at[row]; i < at[row + 1]; i++) found += wanted[held[i]];
      return found >= enough;
    }]);
  }
  return made;
};

/* rows: those that fit, in the order of the list; counts: field -> for each term, the rows that it would leave if it
 * were chosen too (with "all") or instead (with "any"); drops: filter -> the rows that fit without it. */
export const filtered = (list, state) => {
  const made = tests(list, state);
  const counted = [...list.fields.values()].filter((field) => field.panel === "checks");
  const counts = new Map(counted.map((field) => [field.id, new Uint32Array(field.terms.length)]));
  const add = ({ id, at, held }, row) => {
    const count = counts.get(id);
    for (let i = at[row]; i < at[row + 1]; i++) count[held[i]]++;
  };
  const open = made.map(([id]) => (counts.has(id) && !state.all.includes(id) ? list.fields.get(id) : null));
  const missed = new Uint32Array(made.length);
  const rows = [];
  for (let row = 0; row < list.size; row++) {
    let failures = 0, failed = -1;
    for (let t = 0; t < made.length && failures < 2; t++) if (!made[t][1](row)) (failures++, (failed = t));
    if (failures === 0) {
      rows.push(row);
      for (const field of counted) add(field, row);
    } else if (failures === 1) {
      missed[failed]++;
      if (open[failed]) add(open[failed], row);
    }
  }
  const drops = new Map(made.map(([id], t) => [id, rows.length + missed[t]]));
  return { rows, counts, drops };
};
