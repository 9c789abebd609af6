/* The button that puts a study on the reading list and takes it off again. */
import { make } from "../explore/make.js";
import { has, onChange, REFUSED, toggle } from "./saved.js";

const shown = new Set();
const tell = () => {
  for (const each of shown) each.isConnected ? each.show() : shown.delete(each);
};
onChange(tell);

/* With `text` it says what it does, else its sign stands alone. */
export const star = (id, name, text = "") => {
  const button = make("button", { type: "button", className: "lsr-star", title: "Reading list" });
  if (!text) button.ariaLabel = `Save ${name}`;
  button.addEventListener("click", () => {
    if (!toggle(id)) button.after(make("span", { role: "alert" }, REFUSED));
    button.show();
  });
  button.show = () => {
    button.ariaPressed = String(has(id));
    button.textContent = `${has(id) ? "★" : "☆"} ${text}`.trim();
  };
  button.show();
  shown.add(button);
  return button;
};
