/* Names under a box in which one is typed: arrows go through them, Enter or a click takes one, Escape closes (the combobox of ARIA). */
import { make } from "../explore/make.js";

/* find(typed) is what could be meant as [value, text], likeliest first; take(value) gets what was taken. The list, to be put under the box. */
export const suggestions = (input, find, take) => {
  const list = make("ul", { id: `${input.id}-list`, className: "lsr-suggestions", role: "listbox", ariaLabel: "Suggestions" });
  let [found, at] = [[], 0];

  const mark = (place) => {
    at = place;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    input.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
  };
  const show = (pairs) => {
    found = pairs;
    const taken = (value) => () => {
      show([]);
      take(value);
    };
    list.replaceChildren(...found.map(([value, text], number) => make("li", { id: `${list.id}-${number}`, role: "option", onclick: taken(value) }, text)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(0);
  };
  const keys = {
    ArrowDown: () => mark((at + 1) % found.length),
    ArrowUp: () => mark((at || found.length) - 1),
    Enter: () => list.children[at].click(),
    Escape: () => show([]),
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.addEventListener("input", () => show(find(input.value.trim())));
  input.addEventListener("keydown", (event) => {
    if (!found.length || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("blur", () => show([]));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // else the box would lose the focus first
  show([]);
  return list;
};
