/* What scrolls sideways must be reachable by keyboard. */
(() => {
  "use strict";

  const reach = () => {
    for (const box of document.querySelectorAll(".lsr-results, .lsr-figure__plot, .lsr-figure > details, .md-typeset__scrollwrap"))
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  };

  addEventListener("load", reach); // Material has wrapped the tables by then
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
})();
