/* Small parts of the form. Text is only ever set as text. */
import { make } from "../explore/make.js";

/* What the codebook says, with what stands between backticks as code. */
export const told = (about) =>
  about.split("`").map((part, place) => (place % 2 ? make("code", {}, part) : part));

export const button = (text, click, given = {}) => make("button", { type: "button", onclick: click, ...given }, text);

export const options = (chosen, pairs) =>
  pairs.map(([value, text]) => make("option", { value, selected: value === chosen }, text));

/* Text to copy: copy.js listens to such buttons. */
export const copied = (id, text, label) => [
  make("pre", { className: "lsr-code", id, tabIndex: 0 }, text),
  make("button", { type: "button", "data-lsr-copy": id }, label),
];

export const link = (href, ...parts) => make("a", { href }, ...parts);
