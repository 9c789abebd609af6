/* Figures: the live chart, and the picture as a file, where a reader asks for them. */
(() => {
  "use strict";

  const TITLE = 45; // pixels of the letters of a picture's title

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
      const [spec, { draw }] = await Promise.all([
        fetch(button.dataset.spec).then((r) => (r.ok ? r.json() : Promise.reject(r.status))),
        import("./live.js"),
        import(new URL(button.dataset.bundle, document.baseURI)),
      ]);
      lead(spec.datasets.table, new URL("..", new URL(button.dataset.bundle, document.baseURI)));
      await draw(spec, plot, plot.querySelector("svg").getAttribute("aria-label"));
      plot.tabIndex = plot.scrollWidth > plot.clientWidth ? 0 : -1;
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

  /* A text in lines that fit a width, in the font of the context. */
  const wrapped = (context, text, width) => {
    const lines = [""];
    for (const word of text.trim().split(/\s+/)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.filter(Boolean);
  };

  /* PNG: the title, and what the page shows now (the drawing, the live chart, the subset), three times as large and on white.
   * A file knows no colours of the page, so that the light ones hold that each colour names. */
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
      const title = figure.querySelector("figcaption strong");
      const font = `600 ${TITLE}px ${getComputedStyle(title).fontFamily}`, line = 1.3 * TITLE;
      const context = document.createElement("canvas").getContext("2d");
      context.font = font;
      const lines = wrapped(context, title.textContent, width - TITLE), top = (lines.length + 0.5) * line;
      Object.assign(context.canvas, { width, height: height + top });
      context.fillStyle = "#fff";
      context.fillRect(0, 0, width, height + top);
      Object.assign(context, { font, fillStyle: "#1b2430" });
      lines.forEach((text, n) => context.fillText(text, TITLE / 2, (n + 1) * line));
      context.drawImage(image, 0, top, width, height);
      const blob = await new Promise((resolve) => context.canvas.toBlob(resolve, "image/png"));
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
