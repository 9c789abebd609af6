/* Where the reader is: marks the section in the list of contents and keeps it in sight there, puts the title of the page into the
 * header once its heading has gone, and closes the drawer of a narrow window when a link in it was followed. */
(() => {
  "use strict";

  const title = document.querySelector(".md-header__title");
  const heading = document.querySelector(".md-content h1");
  const links = [...document.querySelectorAll(".md-sidebar--secondary .md-nav__link[href^='#']")];
  const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const LINE = 80; // px below the top of the window, under the header: what has passed it is being read
  let current;

  /* Scroll the list, not the page. */
  const keepInSight = (link) => {
    const box = link.closest(".md-sidebar__scrollwrap");
    const { top, height } = link.getBoundingClientRect();
    if (height) box.scrollTop += top - box.getBoundingClientRect().top - box.clientHeight / 2;
  };

  const mark = () => {
    title.classList.toggle("md-header__title--active", heading?.getBoundingClientRect().bottom < title.clientHeight);
    const atEnd = scrollY > 0 && Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight;
    // What is folded away has no place in the window.
    const passed = (section) => section?.getClientRects().length && (atEnd || section.getBoundingClientRect().top < LINE);
    const reading = sections.findLastIndex(passed);
    if (reading === current) return;
    current = reading;
    for (const [n, link] of links.entries()) {
      link.classList.toggle("md-nav__link--passed", n <= reading);
      link.classList.toggle("md-nav__link--active", n === reading);
      if (n === reading) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
    if (links[reading]) keepInSight(links[reading]);
  };

  let asked = false;
  const later = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      mark();
    });
  };

  addEventListener("scroll", later, { passive: true });
  new ResizeObserver(later).observe(document.body);
  for (const link of document.querySelectorAll(".md-sidebar--primary .md-nav__link--active[href]")) keepInSight(link);

  const drawer = document.getElementById("__drawer");
  const close = () => (drawer.checked = false);
  document.querySelector(".md-sidebar--primary").addEventListener("click", ({ target }) => target.closest("a") && close());
  addEventListener("hashchange", close);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && close());

  // What does not fit is said in full.
  for (const text of document.querySelectorAll(".md-header .md-ellipsis, .md-nav .md-ellipsis"))
    if (text.scrollWidth > text.offsetWidth && text.offsetWidth) (text.closest("a") ?? text).title = text.textContent.trim();
})();
