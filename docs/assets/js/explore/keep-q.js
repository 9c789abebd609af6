/* Material's own search opens itself over any page whose address says ?q=, here a word of the filter. No module: this runs
 * first, takes the query out of the address and keeps it; main.js puts it back. Goes when that search goes. */
(() => {
  "use strict";
  if (!new URLSearchParams(location.search).has("q")) return;
  document.currentScript.dataset.lsrQuery = location.search;
  history.replaceState(null, "", location.pathname + location.hash);
})();
