/* The search as a dialog over the page; the browser keeps the focus in it, and Escape closes it. */

import { mount } from "./box.js";

const MOST = 20;

const dialog = document.createElement("dialog");
dialog.className = "lsr-search";
dialog.setAttribute("aria-label", "Search");
const close = document.createElement("button");
Object.assign(close, { type: "button", className: "lsr-search__close", textContent: "Close" });
close.addEventListener("click", () => dialog.close());
const { input } = mount(dialog, MOST);
dialog.querySelector("form").append(close);
dialog.addEventListener("click", (event) => {
  const isOutside = event.target === dialog;
  if (isOutside || event.target.closest("a")) dialog.close();
});
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault(); // a search field would be emptied first
  dialog.close();
});
document.body.append(dialog);

export const open = () => {
  if (!dialog.open) dialog.showModal();
  input.focus();
  input.select();
};
