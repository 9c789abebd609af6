/* Tables scroll sideways in a box of their own, and what scrolls sideways can be reached by keyboard. */
(() => {
  "use strict";

  const box = (className, what) => {
    const made = Object.assign(document.createElement("div"), { className });
    made.append(what);
    return made;
  };

  for (const table of document.querySelectorAll(".md-content table:not([class])")) {
    const place = document.createComment("");
    table.replaceWith(place);
    place.replaceWith(box("md-typeset__scrollwrap", box("md-typeset__table", table)));
  }

  const SCROLLS = ".lsr-results, .lsr-figure__plot, .lsr-figure > details, .md-typeset__scrollwrap, pre > code";
  const reach = () => {
    for (const part of document.querySelectorAll(SCROLLS)) if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
  };

  addEventListener("load", reach);
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
})();
