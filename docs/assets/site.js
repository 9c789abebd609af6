/* Five small enhancements; every page reads well without them. Clicks are caught on the document and pages are
 * prepared on Material's document$, so all of it survives instant navigation. */
(() => {
  "use strict";

  /* Sortable lists: .lsr-list table. A cell's value is its data-sort, its <time datetime> or its text. */

  const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const value = (cell) => {
    const marked = cell.querySelector("[data-sort], time[datetime]");
    const text = (cell.dataset.sort ?? marked?.dataset.sort ?? marked?.dateTime ?? cell.textContent).trim();
    return cell.querySelector(".lsr-missing") || /^[–—-]?$/.test(text) ? null : text;
  };

  const number = (text) => (/\d/.test(text) ? Number(text.replace(/[\s,%]/g, "")) : NaN);

  const sort = (th) => {
    const body = th.closest("table").tBodies[0];
    const down = th.getAttribute("aria-sort") === "ascending";
    const rows = [...body.rows].map((row) => ({ row, v: value(row.cells[th.cellIndex]) }));
    const numeric = rows.every(({ v }) => v === null || !Number.isNaN(number(v)));
    const order = numeric ? (a, b) => number(a) - number(b) : words.compare;
    // What is missing stays last in both directions; equal rows keep their order.
    rows.sort((a, b) => (a.v === null) - (b.v === null) || (a.v === null ? 0 : order(a.v, b.v) * (down ? -1 : 1)));
    for (const other of th.parentNode.cells) other.setAttribute("aria-sort", "none");
    th.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows.map(({ row }) => row));
  };

  const makeSortable = (list) => {
    const table = list.querySelector("table");
    if (!table?.tHead || list.dataset.lsrSorts) return;
    list.dataset.lsrSorts = "";
    for (const th of table.tHead.rows[0].cells) {
      const label = th.textContent.trim();
      if (!label) continue;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "lsr-sort" });
      button.append(...th.childNodes);
      th.append(button);
      th.setAttribute("aria-sort", "none");
      for (const row of table.tBodies[0].rows) row.cells[th.cellIndex]?.setAttribute("data-label", label);
    }
  };

  /* Figures: swap the static SVG for the live chart when a reader asks. */

  const say = (figure, text) => {
    let line = figure.querySelector(".lsr-figure__say");
    if (!line) {
      line = Object.assign(document.createElement("p"), { className: "lsr-figure__say" });
      line.setAttribute("role", "status");
      figure.querySelector(".lsr-figure__tools").after(line);
    }
    line.textContent = text;
  };

  /* The static drawing is scaled, text and all; the live one is drawn at the size that the static one has on the page. */
  const fit = (spec, drawing) => {
    const drawn = drawing.viewBox.baseVal.width;
    const shown = drawing.getBoundingClientRect().width;
    for (const part of spec.vconcat ?? [spec]) {
      part.height *= Math.max(1, shown / drawn);
      part.width += shown - drawn;
    }
    if (shown >= drawn) return;
    spec.config.axis.labelFontSize = 11;
    const legend = spec.encoding?.color?.legend;
    if (legend) legend.columns = 1;
  };

  const explore = async (button) => {
    const figure = button.closest(".lsr-figure");
    const plot = figure.querySelector(".lsr-figure__plot");
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    say(figure, "Loading the interactive chart …");
    try {
      // A module: the bundle's top-level names stay its own, and the browser runs it once a page.
      const [spec] = await Promise.all([
        fetch(button.dataset.spec).then((r) => (r.ok ? r.json() : Promise.reject(r.status))),
        import(new URL(button.dataset.bundle, document.baseURI)),
      ]);
      fit(spec, plot.querySelector("svg"));
      const live = document.createElement("div");
      await window.vegaEmbed(live, spec, { ast: true, renderer: "svg", actions: false });
      const svg = live.querySelector("svg");
      const label = plot.querySelector("svg")?.getAttribute("aria-label");
      if (label) svg.setAttribute("aria-label", label);
      svg.setAttribute("role", "img");
      plot.replaceChildren(live);
      plot.tabIndex = -1;
      plot.focus({ preventScroll: true });
      button.hidden = true;
      say(figure, "The chart is interactive now: point at a mark for its numbers.");
    } catch {
      say(figure, "The interactive chart could not be loaded; the figure and its table hold the same numbers.");
    } finally {
      button.ariaBusy = "false";
    }
  };

  /* Give a drawing another size, and the room that its words need in this browser's fonts: others were at hand where its
   * margins were measured. In a shadow, where the page's style does not reach it, as in a file. */
  const enlarge = (svg, times) => {
    const { width, height } = svg.viewBox.baseVal;
    const resize = (left, top, right, bottom) => {
      svg.setAttribute("viewBox", [left, top, right - left, bottom - top].join(" "));
      svg.setAttribute("width", times * (right - left));
      svg.setAttribute("height", times * (bottom - top));
    };
    resize(0, 0, width, height);
    const host = document.createElement("div");
    host.style.cssText = "all: initial; position: fixed; top: 0; left: 0; visibility: hidden";
    host.attachShadow({ mode: "open" }).append(svg);
    document.body.append(host);
    const words = [...svg.querySelectorAll("text")].filter((text) => !text.closest("[clip-path]"));
    const boxes = words.map((text) => text.getBoundingClientRect());
    host.remove();
    const ends = (side) => boxes.map((box) => box[side] / times);
    const left = Math.floor(Math.min(0, ...ends("left"))), top = Math.floor(Math.min(0, ...ends("top")));
    resize(left, top, Math.ceil(Math.max(width, ...ends("right"))), Math.ceil(Math.max(height, ...ends("bottom"))));
  };

  /* PNG: what the page shows now (the drawing, the live chart, the subset), three times as large and on white. A file knows
   * no colours of the page, so that the light ones hold that each colour names. */
  const picture = async (button) => {
    const figure = button.closest(".lsr-figure");
    const plot = figure.querySelector(".lsr-figure__plot");
    const name = [button.dataset.lsrPng, plot.dataset.subset].filter(Boolean).join("-").replaceAll("+", "-") + ".png";
    try {
      const svg = plot.querySelector("svg").cloneNode(true);
      enlarge(svg, 3);
      const { value: width } = svg.width.baseVal, { value: height } = svg.height.baseVal;
      const image = new Image(width, height);
      image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d");
      context.fillStyle = "#fff";
      context.fillRect(0, 0, width, height);
      context.drawImage(image, 0, 0, width, height);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      const href = URL.createObjectURL(blob);
      Object.assign(document.createElement("a"), { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60000);
      say(figure, `Saved as ${name}.`);
    } catch {
      say(figure, "The picture could not be made; the SVG is a file that needs no script.");
    }
  };

  /* Copy buttons: data-lsr-copy is the id of what to copy. */

  const copy = async (button) => {
    const target = document.getElementById(button.dataset.lsrCopy);
    const label = (button.dataset.label ??= button.textContent);
    try {
      await navigator.clipboard.writeText(target.textContent.trim());
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(target);
      button.textContent = "Selected: press Ctrl+C";
    }
    live.textContent = button.textContent;
    setTimeout(() => {
      button.textContent = label;
      live.textContent = "";
    }, 2500);
  };

  const live = Object.assign(document.createElement("div"), { className: "lsr-sr" });
  live.setAttribute("role", "status");

  /* What scrolls sideways must be reachable by keyboard. */
  const reach = () => {
    for (const box of document.querySelectorAll(".lsr-results, .lsr-figure > details, .md-typeset__scrollwrap"))
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  };

  /* The status box: a build has no clock, the reader has. An old version says at its foot that it is one. */
  const overdue = (box) => {
    const { lsrDue: due } = box.dataset;
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    if (today <= due || document.querySelector(".lsr-old") || box.querySelector(".lsr-overdue")) return;
    const day = box.querySelector(`time[datetime="${due}"]`).textContent;
    const text = `Overdue: the next version was due on ${day} and has not appeared.`;
    box.append(Object.assign(document.createElement("p"), { className: "lsr-overdue", textContent: text }));
  };

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(".lsr-sort, [data-lsr-explore], [data-lsr-png], [data-lsr-copy]");
    if (!button) return;
    if (button.matches(".lsr-sort")) sort(button.closest("th"));
    else if (button.matches("[data-lsr-copy]")) copy(button);
    else if (button.matches("[data-lsr-png]")) picture(button);
    else explore(button);
  });
  document.addEventListener("toggle", reach, true);
  addEventListener("resize", reach);

  const prepare = () => {
    document.body.append(live);
    document.querySelectorAll(".lsr-list").forEach(makeSortable);
    document.querySelectorAll("[data-lsr-due]").forEach(overdue);
    document.querySelectorAll("[data-lsr-explore], [data-lsr-png], [data-lsr-copy]").forEach((b) => (b.hidden = false));
    requestAnimationFrame(reach);
  };
  if (window.document$) window.document$.subscribe(prepare);
  else prepare();
})();
