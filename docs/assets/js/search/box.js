/* A search box and the list below it: typing finds, arrow keys walk through the hits, Enter opens the first. */

import { load, loadWhole } from "./index.js";
import { search } from "./rank.js";
import { list, sentence } from "./view.js";

const ROOT = new URL("../../../", import.meta.url); // of the site

/** Fill a place with a box; `most` hits are shown. Calls `told(text)` with each query. Returns {input, ask}. */
export const mount = (place, most, told = () => {}) => {
  const form = document.createElement("form");
  Object.assign(form, { action: new URL("search/", ROOT), method: "get", role: "search", className: "lsr-search__form" });
  const input = document.createElement("input");
  Object.assign(input, { type: "search", name: "q", placeholder: "Model, data set, author, DOI, “retina open weights” …", autocomplete: "off", spellcheck: false });
  input.setAttribute("aria-label", "Search");
  input.setAttribute("autocapitalize", "off");
  form.append(input);
  const status = document.createElement("p");
  status.role = "status";
  const hits = document.createElement("ol");
  hits.className = "lsr-hits";
  place.replaceChildren(form, status, hits);

  /** Show an answer, with the focus on the hit that has it. */
  const fill = (answer, index, text) => {
    const focused = hits.contains(document.activeElement) ? document.activeElement.href : "";
    hits.replaceChildren(...(answer.words.length ? list(answer, index, text, ROOT, most) : []));
    if (focused) ([...hits.querySelectorAll("a")].find((link) => link.href === focused) ?? input).focus();
  };

  const show = async () => {
    const text = input.value;
    if (!text.trim()) return (status.textContent = ""), hits.replaceChildren();
    if (!hits.children.length) status.textContent = "Loading …";
    try {
      const index = await load(ROOT);
      if (text !== input.value) return; // the reader has typed on
      if (!index.isWhole) {
        const first = search(index, text);
        status.textContent = "Loading …";
        if (first.hits.length && !first.missing && !first.meant) fill(first, index, text); // what is lacking may yet come
        await loadWhole(ROOT);
        if (text !== input.value) return;
      }
      const answer = search(index, text);
      status.textContent = answer.words.length ? sentence(answer, text) : "";
      fill(answer, index, text);
    } catch (error) {
      console.error(error);
      status.textContent = "The index of the search could not be loaded. Type again to try once more.";
    }
  };

  const ask = (text) => ((input.value = text), show());
  input.addEventListener("focus", () => loadWhole(ROOT).catch(() => {}), { once: true });
  input.addEventListener("input", () => (told(input.value), show()));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await show();
    hits.querySelector("a")?.click();
  });
  place.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...hits.querySelectorAll("a")];
    const to = stops[stops.indexOf(document.activeElement) + step];
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
  return { input, ask };
};
