/* Citations: opens the one that a link leads to, fetches its formats, adds copy and download buttons, and keeps what a reader
 * chose on the page in the cited address. What counts as a choice is listed in data-lsr-view: names in the query. */
(() => {
  "use strict";
  const SUFFIX = { BibTeX: "bib", RIS: "ris", "CSL-JSON": "json" };
  const TYPE = { BibTeX: "application/x-bibtex", RIS: "application/x-research-info-systems", "CSL-JSON": "application/json" };
  const written = new WeakMap(); // what the build wrote, before any choice
  let made = 0;

  const button = (text, given) => Object.assign(document.createElement("button"), { type: "button", textContent: text }, given);

  const key = (entry) => written.get(entry.querySelector("[data-as=BibTeX]")).match(/\{([^,]+),/)[1];

  /* copy.js copies what its data-lsr-copy names. */
  const offer = (what) => {
    if (what.id) return;
    what.id = `lsr-cited-${(made += 1)}`;
    const name = what.dataset.as; // none: the citation as text
    const box = Object.assign(document.createElement("div"), { className: "lsr-actions" });
    const copy = button(name ? `Copy ${name}` : "Copy text");
    copy.dataset.lsrCopy = what.id;
    box.append(copy);
    if (name) {
      const save = button("Download", { className: "lsr-save", ariaLabel: `Download ${name}` });
      save.addEventListener("click", () => {
        const href = URL.createObjectURL(new Blob([what.textContent], { type: TYPE[name] }));
        const download = `${key(what.closest(".lsr-entry")).replace(/[^\w.-]/g, "-")}.${SUFFIX[name]}`;
        Object.assign(document.createElement("a"), { href, download }).click();
        setTimeout(() => URL.revokeObjectURL(href), 1000);
      });
      box.append(save);
    }
    what.after(box);
  };

  /* The part of the query that is a view of the page; the words of a search and the like are not. */
  const view = () => {
    const names = [...document.querySelectorAll("[data-lsr-view]")].flatMap((box) => box.dataset.lsrView.split(" "));
    return new URLSearchParams([...new URLSearchParams(location.search)].filter(([name, value]) => value && names.includes(name)));
  };

  const refresh = (entry) => {
    const page = document.querySelector("[data-lsr-page]").dataset.lsrPage;
    const chosen = view();
    const query = [...chosen].length ? `?${chosen}` : "";
    const suffix = [...chosen].flat().map((word) => `:${word.replace(/[^A-Za-z0-9.-]+/g, ".")}`).join("");
    const put = (text, asked = query) => (query ? text.replaceAll(page, page + asked) : text);
    for (const what of entry.querySelectorAll("a:not([data-lsr-formats]), pre")) if (!written.has(what)) written.set(what, what.textContent);
    for (const link of entry.querySelectorAll("a:not([data-lsr-formats])")) link.href = link.textContent = put(written.get(link));
    for (const pre of entry.querySelectorAll("pre")) {
      // TeX reads a note, and not the field `url`: as in gen/citations/formats.py.
      const tex = query.replace(/[&%_]/g, "\\$&").replace(/-(?=-)/g, "-{}");
      const lines = written.get(pre).split("\n").map((line) => put(line, line.startsWith("  note = ") ? tex : query));
      const id = key(entry);
      const text = lines.join("\n").replaceAll(id, id + suffix);
      if (pre.textContent !== text) pre.textContent = text;
    }
  };

  /* A study's own RIS and CSL-JSON are files beside its page: only copied, as hundreds of authors make long texts. */
  const load = async (fold) => {
    if (fold.dataset.lsrLoaded !== undefined) return;
    fold.dataset.lsrLoaded = "";
    for (const link of fold.parentElement.querySelectorAll("a[data-as]")) {
      const got = await fetch(link.href).catch(() => null);
      if (!got?.ok) continue; // the link remains
      const id = `lsr-cited-${(made += 1)}`;
      const copy = button(`Copy ${link.dataset.as}`);
      copy.dataset.lsrCopy = id;
      fold.append(Object.assign(document.createElement("pre"), { id, hidden: true, textContent: await got.text() }));
      fold.querySelector(".lsr-actions").append(" ", copy);
    }
  };

  /* The formats of a page's citations are a file beside it, which its links open where no script runs. */
  const files = new Map(); // address -> the file
  const file = (address) => {
    if (!files.has(address)) {
      const got = fetch(address).then((r) => (r.ok ? r.text() : Promise.reject(r.status)));
      files.set(address, got.then((text) => new DOMParser().parseFromString(text, "text/html")).catch(() => null));
    }
    return files.get(address);
  };

  const complete = async (entry) => {
    const link = entry.querySelector("a[data-lsr-formats]");
    const formats = link && (await file(link.href.split("#")[0]))?.getElementById(entry.id)?.querySelectorAll("pre");
    if (formats?.length) link.parentElement.replaceWith(...formats); // else the link remains
  };

  const show = (entry) => {
    refresh(entry);
    entry.querySelectorAll(":scope > p:not(.lsr-actions), :scope > pre").forEach(offer);
  };

  const prepare = async (fold) => {
    if (!fold.open) return;
    if (fold.matches(".lsr-cite")) load(fold);
    for (const entry of fold.querySelectorAll(":scope > .lsr-entry")) {
      show(entry);
      await complete(entry);
      show(entry);
    }
  };

  const FOLDS = "details:is(.lsr-cites, .lsr-cites *, .lsr-cite)";
  const all = () => Promise.all([...document.querySelectorAll(FOLDS)].map(prepare));

  const reveal = () => {
    const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!entry?.matches(".lsr-entry")) return;
    for (let fold = entry.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    entry.tabIndex = -1;
    entry.focus({ preventScroll: true });
    entry.scrollIntoView();
    all().then(() => entry.scrollIntoView()); // what was fetched for a citation above it has moved it
  };

  document.addEventListener("toggle", ({ target }) => target.matches?.(FOLDS) && prepare(target), true);
  // Switches and choosers have put the choice into the address by the time that these are heard.
  document.addEventListener("change", all);
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.('a[href^="#cite-"]')) setTimeout(reveal); // also where the address is the same already
    else if (target.closest?.("[data-lsr-view]")) all();
  });
  addEventListener("hashchange", reveal);
  addEventListener("popstate", all);
  reveal();
})();
