/* What is wrong with the drawings of a page as it stands: [figure, fault, where]. */
() => {
  const NAMED = /[\d.]+(?:e-\d+)?/g;
  const rgba = (colour) => {
    const [r, g, b, alpha = 1] = (colour.match(NAMED) ?? [0, 0, 0, 0]).map(Number);
    const times = colour.startsWith("color(") ? 255 : 1; // what color-mix gives is between 0 and 1
    return [r * times, g * times, b * times, alpha];
  };
  const over = (top, alpha, ground) => ground.map((under, i) => top[i] * alpha + under * (1 - alpha));
  const linear = (part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrast = (...two) => {
    const [low, high] = two.map(luminance).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  /* The colour that a mark has on what is behind it. */
  const seen = (mark, paint, ground) => {
    const style = getComputedStyle(mark);
    const colour = rgba(style[paint]);
    let alpha = colour[3] * style[`${paint}Opacity`];
    for (let part = mark; !part.matches("svg"); part = part.parentNode) alpha *= getComputedStyle(part).opacity;
    return over(colour, alpha, ground);
  };

  const faults = [];
  for (const figure of document.querySelectorAll(".lsr-figure, .lsr-small")) {
    const plot = figure.querySelector(".lsr-figure__plot") ?? figure;
    const svg = plot.querySelector("svg");
    if (!svg) continue;
    const found = (fault, where) => faults.push([figure.id, fault, where]);
    const ground = figure.matches(".lsr-small") ? document.body : figure;
    const paper = rgba(getComputedStyle(ground).backgroundColor).slice(0, 3);
    const box = svg.getBoundingClientRect();
    const larger = box.width / svg.viewBox.baseVal.width;
    if (plot.scrollWidth > plot.clientWidth + 1 && getComputedStyle(plot).overflowX === "visible") found("out of its box", "");
    const cells = [...svg.querySelectorAll(".mark-rect.role-mark path")].map((cell) => [cell, cell.getBoundingClientRect()]);
    const boxes = []; // of words; all stand level or upright, so that a box is no larger than its word
    for (const text of svg.querySelectorAll("text")) {
      const name = text.textContent.trim();
      const { left, right, top, bottom, width, height } = text.getBoundingClientRect();
      if (!name || !width || getComputedStyle(text).opacity === "0") continue;
      if (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1) found("cut", name);
      if (parseFloat(getComputedStyle(text).fontSize) * larger < 9.5) found("small", name);
      const x = (left + right) / 2, y = (top + bottom) / 2;
      const behind = cells.filter(([, cell]) => x > cell.left && x < cell.right && y > cell.top && y < cell.bottom);
      const below = behind.reduce((under, [cell]) => seen(cell, "fill", under), paper);
      if (contrast(seen(text, "fill", below), below) < 4.5) found("pale", name);
      // The boxes of two lines may touch: they hold some air above and below the letters.
      const { a, b } = text.getCTM();
      const air = Math.abs(b) > Math.abs(a) ? [0.3 * width, 1] : [1, 0.3 * height];
      const covered = boxes.find(([, o]) => Math.min(right, o.right) - Math.max(left, o.left) > Math.max(air[0], o.air[0])
        && Math.min(bottom, o.bottom) - Math.max(top, o.top) > Math.max(air[1], o.air[1]));
      if (covered) found("one on the other", `${covered[0]} | ${name}`);
      boxes.push([name, { left, right, top, bottom, air }]);
    }
    // A cell of a heat map, which is mixed of two colours, says its number in digits.
    for (const mark of svg.querySelectorAll(".role-mark:not(.mark-text) :is(line, path)")) {
      const paints = mark.matches("line") ? ["stroke"] : ["fill", "stroke"]; // a line has nothing to fill
      const painted = paints.filter((paint) => /^(rgb|color\()/.test(getComputedStyle(mark)[paint]));
      const clearest = Math.max(...painted.map((paint) => contrast(seen(mark, paint, paper), paper)));
      if (clearest < 3 && !mark.getAttribute("fill")?.match(/^(color-mix|transparent)/)) {
        found("pale mark", mark.closest(".role-mark").getAttribute("class"));
      }
    }
  }
  return faults;
}
