/* The drawing of a figure is scaled; its live chart is drawn at the size that the drawing has on the page, with letters as
 * large as there. What grows by a step for each row or column grows too. */
export const fit = (spec, plot) => {
  const drawing = plot.querySelector(":scope > svg");
  if (drawing) {
    plot.dataset.times = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
    plot.dataset.letters = parseFloat(getComputedStyle(drawing.querySelector("text")).fontSize) * plot.dataset.times;
  }
  const { times = 1, letters = 12 } = plot.dataset;
  const grow = (part) => {
    for (const side of ["width", "height"])
      if (part[side]?.step) part[side].step *= times;
      else if (part[side]) part[side] = Math.floor(part[side] * times);
  };
  [spec, spec.spec, ...(spec.vconcat ?? [])].filter(Boolean).forEach(grow);
  const { axis, header, legend, text, title } = spec.config;
  axis.labelFontSize = axis.titleFontSize = header.labelFontSize = legend.labelFontSize = Number(letters);
  text.fontSize = title.fontSize = Number(letters);
};
