/* The reading list: ids of studies with the reader's notes, in this browser and nowhere else. */

const KEY = "lsr-reading-list";
const ID = /^[a-z0-9][a-z0-9-]*$/;

export const REFUSED = "This browser keeps nothing for this site (its storage is full or switched off), so nothing was saved.";

/* What a list is as text, and read back: [{id, note}], each id once; null where the text holds no list. */
export const written = (list) => JSON.stringify({ reading_list: list }, null, 1);

export const parsed = (text) => {
  try {
    const given = JSON.parse(text).reading_list.filter(({ id }) => ID.test(id));
    return [...new Map(given.map(({ id, note }) => [id, { id, note: String(note ?? "") }])).values()];
  } catch {
    return null;
  }
};

const stored = () => {
  try {
    return parsed(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
};

let list = stored();

export const saved = () => list;

export const has = (id) => list.some((each) => each.id === id);

/* Whether the browser took it; if not, the list stays as it was. */
export const keep = (next) => {
  try {
    localStorage.setItem(KEY, written(next));
  } catch {
    return false;
  }
  list = next;
  return true;
};

export const toggle = (id) => keep(has(id) ? list.filter((each) => each.id !== id) : [...list, { id, note: "" }]);

/* Tells of changes in other windows. */
export const onChange = (heard) =>
  addEventListener("storage", ({ key }) => {
    if (key !== KEY && key !== null) return;
    list = stored();
    heard();
  });
