/* Figures: the live chart, and the picture as a file, where a reader asks for them. */
(() => {
  "use strict";

  const say = (figure, text) => {
    let line = figure.querySelector(".lsr-figure__say");
    if (!line) {
      line = Object.assign(document.createElement("p"), { className: "lsr-figure__say" });
      line.setAttribute("role", "status");
      figure.querySelector(".lsr-figure__tools").after(line);
    }
    line.textContent = text;
  };

  /* What a mark leads to begins at the root of the site. */
  const lead = (rows, site) => {
    for (const row of rows) if (row.href?.startsWith("/")) row.href = new URL(`.${row.href}`, site).href;
  };

  const explore = async (button) => {
    const figure = button.closest(".lsr-figure");
    const plot = figure.querySelector(".lsr-figure__plot");
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    say(figure, "Loading the interactive chart …");
    try {
      // A module: the bundle's top-level names stay its own, and the browser runs it once a page.
      const [spec, { fit }] = await Promise.all([
        fetch(button.dataset.spec).then((r) => (r.ok ? r.json() : Promise.reject(r.status))),
        import(new URL(button.dataset.bundle, document.baseURI)),
      ]);
      fit(spec, plot);
      lead(spec.datasets.table, new URL("..", new URL(button.dataset.bundle, document.baseURI)));
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
      say(figure, "The chart is interactive now: point at a mark, or tap it, for its numbers.");
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

  for (const button of document.querySelectorAll("[data-lsr-explore], [data-lsr-png]")) button.hidden = false;
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-lsr-explore], [data-lsr-png]");
    if (button) (button.matches("[data-lsr-png]") ? picture : explore)(button);
  });
})();
