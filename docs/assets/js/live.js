/* The drawing of a figure is scaled; its live chart is drawn at the size that the drawing has on the page, with letters as
 * large as there. What grows by a step for each row or column grows too, and so does the room between and beside its parts. */
const fitted = (given, plot) => {
  const spec = structuredClone(given);
  const drawing = plot.querySelector(":scope > svg");
  if (drawing) {
    plot.dataset.times = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
    plot.dataset.letters = parseFloat(getComputedStyle(drawing.querySelector("text")).fontSize) * plot.dataset.times;
    if (drawing.matches(".lsr-wide")) plot.dataset.wide = "";
  }
  const { times = 1, letters = 12 } = plot.dataset;
  const grow = (part) => {
    for (const side of ["width", "height"])
      if (part[side]?.step) part[side].step *= times;
      else if (part[side]) part[side] = Math.floor(part[side] * times);
  };
  [spec, spec.spec, ...(spec.vconcat ?? [])].filter(Boolean).forEach(grow);
  spec.padding *= times;
  if (spec.spacing?.column) spec.spacing.column *= times;
  const { axisYQuantitative: scale } = spec.config;
  for (const side of ["minExtent", "maxExtent", "titleX"]) scale[side] *= times;
  const { axis, header, legend, text, title } = spec.config;
  axis.labelFontSize = axis.titleFontSize = header.labelFontSize = legend.labelFontSize = Number(letters);
  text.fontSize = title.fontSize = Number(letters);
  return spec;
};

/* Put the live chart in the place of the drawing, under the same name for those who hear it. */
export const draw = async (spec, plot, label) => {
  const own = fitted(spec, plot);
  const live = document.createElement("div");
  live.classList.toggle("lsr-wide", "wide" in plot.dataset);
  await window.vegaEmbed(live, own, { ast: true, renderer: "svg", actions: false });
  const svg = live.querySelector("svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  plot.replaceChildren(live);
};
