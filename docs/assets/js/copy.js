/* Copy buttons: data-lsr-copy is the id of what to copy. Other scripts may add such buttons later. */
(() => {
  "use strict";

  const live = Object.assign(document.createElement("div"), { className: "lsr-sr" });
  live.setAttribute("role", "status");

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

  document.body.append(live);
  for (const button of document.querySelectorAll("[data-lsr-copy]")) button.hidden = false;
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-lsr-copy]");
    if (button) copy(button);
  });
})();
