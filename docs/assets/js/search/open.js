/* The search of every page: its link in the header, or /, s or Ctrl K, opens a dialog, which is loaded then. */

let opened;

const open = async () => {
  opened ??= import("./dialog.js");
  (await opened).open();
};

const isWriting = ({ target }) => target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

document.querySelector("[data-lsr-search-open]")?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab or window: of the search's page
  event.preventDefault();
  open();
});

document.addEventListener("keydown", (event) => {
  const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
  const asked = alone ? (event.key === "/" || event.key === "s") && !isWriting(event) : (event.ctrlKey || event.metaKey) && event.key === "k";
  if (!asked) return;
  event.preventDefault();
  open();
});
