/* The search as a page, whose address holds the query: /search/?q=retina+open+weights */

import { mount } from "./box.js";

const MOST = 200;

const place = document.querySelector("[data-lsr-search]");
const { input, ask } = mount(place, MOST, (text) =>
  history.replaceState(null, "", text.trim() ? `?${new URLSearchParams({ q: text })}` : location.pathname));

const query = () => ask(new URLSearchParams(location.search).get("q") ?? "");
addEventListener("popstate", query);
query().then(() => (place.dataset.ready = ""));
input.focus();
