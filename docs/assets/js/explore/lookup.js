/* A box that suggests names, where these are hundreds. */
import { make } from "./make.js";

/* terms: [id, label, …] each; chosen(id) is told what the reader took. The id names the list of suggestions. */
export const lookup = (id, label, terms, chosen) => {
  const options = make("datalist", { id: `lsr-explore-${id}` });
  const input = make("input", { type: "text", autocomplete: "off", ariaLabel: label, placeholder: "Begin to type a name" });
  input.setAttribute("list", options.id);
  input.addEventListener("focus", () => options.children.length || options.append(...terms.map(([, label]) => make("option", { value: label }))));
  input.addEventListener("change", () => {
    const name = input.value.trim().toLowerCase();
    const term = terms.find(([id, label]) => label.toLowerCase() === name || id === name);
    input.setCustomValidity(term || !name ? "" : "Choose a name from the list.");
    if (!term) return void input.reportValidity();
    input.value = "";
    chosen(term[0]);
  });
  input.addEventListener("input", () => input.setCustomValidity(""));
  return [input, options];
};
