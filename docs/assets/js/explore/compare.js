/* Rows chosen for a comparison: two to five, kept while the filter changes. Nothing where no page compares. */
import { make } from "./make.js";

const MOST = 5;

export const comparison = (page) => {
  if (!page) return {};
  const chosen = new Set();
  const link = make("a", { className: "lsr-found__compare", hidden: true });
  const tick = (id, name) => {
    const input = make("input", { type: "checkbox", checked: chosen.has(id), ariaLabel: `Compare ${name}` });
    input.addEventListener("change", () => {
      if (input.checked && chosen.size === MOST) input.checked = false;
      else if (input.checked) chosen.add(id);
      else chosen.delete(id);
      link.hidden = chosen.size < 2;
      link.href = `${page}?ids=${[...chosen].map(encodeURIComponent).join(",")}`;
      link.textContent = `Compare these ${chosen.size}${chosen.size === MOST ? ", as many as fit" : ""}`;
    });
    return input;
  };
  return { link, tick };
};
