/* The switches of the trend pages: redraw every figure of the page for a subset of the studies. The numbers were
 * computed at build; this fetches and draws them. The chosen subset is in the address, so a copied link is the view. */
(() => {
  "use strict";
  const box = document.querySelector("[data-lsr-switches]");
  if (!box) return;
  const status = box.querySelector("[role=status]");
  const answer = document.getElementById("answer");
  const inputs = [...box.querySelectorAll("input")];
  const drawn = new Map();

  const cells = (parent, tag, texts) => {
    for (const text of texts) parent.append(Object.assign(document.createElement(tag), { textContent: text }));
    return parent;
  };

  const redraw = async (id, made, name) => {
    const figure = document.getElementById(id);
    const caption = figure.querySelector("figcaption");
    const title = Object.assign(document.createElement("strong"), { textContent: made.title });
    caption.replaceChildren(title, ` ${made.reading}`);
    const plot = figure.querySelector(".lsr-figure__plot");
    const note = figure.querySelector(".lsr-figure__note");
    if (note) note.textContent = made.note ?? "";
    for (const part of figure.querySelectorAll(".lsr-figure__tools, details")) part.hidden = !made.spec;
    if (!made.spec) return plot.replaceChildren();
    // The list of studies knows no subset: there a mark would lead to others than it shows.
    for (const row of made.spec.datasets.table) if (row.href?.startsWith("/")) row.href = "";
    const { fit } = await import("./fit.js");
    fit(made.spec, plot);
    const live = document.createElement("div");
    await window.vegaEmbed(live, made.spec, { ast: true, renderer: "svg", actions: false });
    const svg = live.querySelector("svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", made.aria);
    plot.replaceChildren(live);
    plot.dataset.subset = name;
    figure.querySelector("[data-lsr-explore]")?.remove(); // it is live now, and the button would bring back all studies
    const table = figure.querySelector("details table");
    if (table) {
      table.tHead.replaceChildren(cells(document.createElement("tr"), "th", made.columns));
      table.tBodies[0].replaceChildren(...made.table.map((row) => cells(document.createElement("tr"), "td", row)));
    }
  };

  const show = async () => {
    const name = inputs.filter((i) => i.checked).map((i) => i.value).join("+");
    const address = new URL(location.href);
    if (name) address.searchParams.set("subset", name);
    else address.searchParams.delete("subset");
    history.replaceState(null, "", address);
    status.textContent = "Redrawing …";
    try {
      const url = `${box.dataset.lsrSwitches}/${encodeURIComponent(name || "all")}.json`;
      if (!drawn.has(name)) drawn.set(name, fetch(url).then((r) => (r.ok ? r.json() : Promise.reject(r.status))));
      const [made] = await Promise.all([drawn.get(name), import(new URL(box.dataset.bundle, document.baseURI))]);
      answer.textContent = made.sentence;
      for (const [id, figure] of Object.entries(made.figures)) await redraw(id, figure, name);
      status.textContent = name ? "Redrawn for this subset, with the numbers behind the figures. PNG saves what is shown; the other downloads are of all studies." : "All studies.";
    } catch {
      drawn.delete(name);
      status.textContent = "The subset could not be loaded; the page shows all studies.";
    }
  };

  box.addEventListener("change", show);
  box.hidden = false;
  const asked = new URLSearchParams(location.search).get("subset")?.split(/[+ ]/) ?? [];
  for (const input of inputs) input.checked = asked.includes(input.value);
  if (inputs.some((i) => i.checked)) show();
})();
