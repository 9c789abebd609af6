/* What was typed, kept in this browser under the name of what it is about. */
const KEY = "lsr-draft:";

export const kept = (name) => {
  try {
    return JSON.parse(localStorage.getItem(KEY + name));
  } catch {
    return null;
  }
};

/* Whether it could be kept: a browser may refuse. */
export const keep = (name, value) => {
  try {
    if (value) localStorage.setItem(KEY + name, JSON.stringify(value));
    else localStorage.removeItem(KEY + name);
    return true;
  } catch {
    return false;
  }
};
