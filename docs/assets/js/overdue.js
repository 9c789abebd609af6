/* The status box: a build has no clock, the reader has. An old version says at its foot that it is one. */
(() => {
  "use strict";

  const overdue = (box) => {
    const { lsrDue: due } = box.dataset;
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    if (today <= due || document.querySelector(".lsr-old")) return;
    const day = box.querySelector(`time[datetime="${due}"]`).textContent;
    const text = `Overdue: the next version was due on ${day} and has not appeared.`;
    box.append(Object.assign(document.createElement("p"), { className: "lsr-overdue", textContent: text }));
  };

  document.querySelectorAll("[data-lsr-due]").forEach(overdue);
})();
