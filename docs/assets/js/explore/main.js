/* A list that readers filter: [data-explore] names its file, data-pages the folder of the rows' pages.
 * With data-files, the folder of their downloads, its rows are studies; with data-compare, a page compares them.
 * The address is the state: a choice adds to the history, a letter typed does not. */
import { text } from "./cells.js";
import { chips } from "./chips.js";
import { comparison } from "./compare.js";
import { load } from "./data.js";
import { filtered } from "./filter.js";
import { make, number } from "./make.js";
import { sorted } from "./order.js";
import { panel } from "./panel.js";
import { results } from "./results.js";
import { parts, read, write } from "./state.js";
import { tools } from "./tools.js";
import { needed } from "./words.js";

const PAUSE = 120; // milliseconds after a letter

const explore = async (box) => {
  const [list, own] = await Promise.all([load(box.dataset.explore), box.dataset.files ? import("../studies/rows.js") : null]);
  let state, pause;

  const arrive = async () => {
    await Promise.all(parts(location.search, list).map(list.need));
    state = read(location.search, list);
  };

  const address = (next) => location.pathname + write(next, list);

  const draw = () => {
    const fit = filtered(list, state);
    filters.show(state, fit.counts);
    bar.show(state);
    set.show(state, fit);
    place(fit.rows);
    status.textContent = `${number(fit.rows.length)} of ${number(list.size)} ${list.many}`;
  };

  /* The rows, and again when their texts are here, unless others are shown by then. */
  const place = (fit) => {
    const asked = state;
    const shown = rows.show(state, sorted(list, fit, state));
    more?.show(state, fit);
    if (!list.hasRows(shown)) list.needRows(shown).then(() => asked === state && place(fit), () => {}); // without texts, rows stand all the same
  };

  const show = async () => {
    const asked = state;
    try {
      if (state.q) await needed(list, state.q); // else at once: the focus is set after it
      if (asked === state) draw();
    } catch {
      status.textContent = "The texts could not be loaded; try again.";
    }
  };

  const change = (next, focus) => {
    clearTimeout(pause);
    state = { ...next(state), page: 1 };
    if (address(state) !== location.pathname + location.search) history.pushState(null, "", address(state));
    show();
    if (focus) (focus.querySelector("button") ?? status).focus();
  };

  const type = (next) => {
    state = { ...next(state), page: 1 };
    clearTimeout(pause);
    pause = setTimeout(() => {
      history.replaceState(null, "", address(state));
      show();
    }, PAUSE);
  };

  const turn = (event) => {
    const page = event.target.closest?.("[data-page]")?.dataset.page;
    if (!page || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    state = { ...state, page: Number(page) };
    history.pushState(null, "", address(state));
    draw();
    rows.found.focus({ preventScroll: true });
    status.scrollIntoView();
  };

  const status = make("p", { id: "lsr-found", role: "status", tabIndex: -1 });
  const { link, tick } = comparison(box.dataset.compare);
  const filters = panel(list, change, type);
  const bar = tools(list, change);
  const set = chips(list, change);
  const more = own?.studies(box, list);
  const marks = (row) => [tick?.(text(list, "id", row), text(list, "name", row)), ...(more?.marks(row) ?? [])];
  const rows = results(list, box.dataset.pages, (page) => address({ ...state, page }), marks, change);
  rows.nav.addEventListener("click", turn);
  addEventListener("popstate", () => arrive().then(show));

  await arrive();
  await needed(list, state.q);
  draw();
  const skip = make("a", { className: "lsr-skip", href: "#lsr-found" }, "Skip the filters");
  skip.addEventListener("click", (event) => {
    event.preventDefault(); // the address says what is chosen, and nothing else
    status.focus();
  });
  const head = make("div", { className: "lsr-found__head" }, status, bar.bar);
  box.replaceChildren(skip, filters.form, make("div", { className: "lsr-found__side" }, head, set.items, link, more?.folds, set.none, rows.found, rows.nav));
  box.dataset.ready = "";
};

for (const box of document.querySelectorAll("[data-explore]"))
  explore(box).catch(() => {
    const whole = make("a", { href: `#${document.querySelector(".lsr-whole").id}` }, "All in one table");
    box.replaceChildren(make("p", { role: "status" }, "The filter could not be loaded. ", whole));
  });
