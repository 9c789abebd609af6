/* The gap map of any two facets. The choice is in the address, so a copied link is the view. */
(() => {
  "use strict";
  const box = document.querySelector("[data-lsr-gaps]");
  if (!box) return;
  const [rows, columns] = box.querySelectorAll("select");
  const status = box.querySelector("[role=status]");
  const [table, list] = box.querySelectorAll("table, section");
  let data;

  const make = (tag, given, ...parts) => {
    const made = Object.assign(document.createElement(tag), given);
    made.append(...parts);
    return made;
  };

  const remember = (cell) => {
    const query = new URLSearchParams({ rows: rows.value, columns: columns.value, ...(cell && { cell }) });
    history.replaceState(null, "", `?${query}#any`);
  };

  /* Lists the studies of a cell, and brings a reader who asked for them there. */
  const open = (label, studies, one, other, asked = true) => {
    const link = ([id, name]) => make("li", {}, make("a", { href: `${box.dataset.studies}/${id}/` }, name));
    const query = new URLSearchParams({ [rows.value]: one, [columns.value]: other, frame: "included" });
    const filter = make("a", { href: `${box.dataset.studies}/?${query}` }, "Open these studies in the list");
    list.replaceChildren(make("p", {}, make("strong", {}, `${label}: ${studies.length}`), " ", filter), make("ul", {}, ...studies.map(link)));
    if (!asked) return;
    list.focus({ preventScroll: true });
    list.scrollIntoView({ block: "start" });
  };

  const draw = ({ facets, studies }, asked) => {
    const place = (name) => facets.findIndex(([facet]) => facet === name);
    const r = place(rows.value), c = place(columns.value);
    const coded = studies.filter((s) => s[r + 2].length && s[c + 2].length);
    const holding = (at, term) => new Set(coded.filter((s) => s[at + 2].includes(term)));
    const across = facets[c][1].map(([id, label]) => [id, label, holding(c, id)]);
    const head = across.map(([, label]) => make("th", { scope: "col" }, label));
    const body = facets[r][1].map(([id, label]) => {
      const own = holding(r, id);
      const cells = across.map(([other, their, theirs]) => {
        const both = [...own].filter((s) => theirs.has(s));
        const expected = (own.size * theirs.size) / coded.length;
        const error = Math.sqrt(expected * (1 - own.size / coded.length) * (1 - theirs.size / coded.length));
        const residual = error ? (both.length - expected) / error : 0;
        const name = `${label} × ${their}`, key = `${id}--${other}`;
        const title = `${name}: ${both.length}, expected ${expected.toFixed(1)}; ${residual.toFixed(1)} standard errors from it`;
        const onclick = () => (open(name, both, id, other), remember(key));
        const strength = Math.min(Math.abs(residual) / 4, 1) * 45;
        const className = `lsr-gap lsr-gap--${residual > 0 ? "more" : "fewer"}`;
        const button = { type: "button", onclick, ariaLabel: title };
        const cell = make("td", { title, className }, both.length ? make("button", button, both.length) : "0");
        cell.style.setProperty("--strength", `${strength}%`);
        if (asked === key) open(name, both, id, other, false);
        return cell;
      });
      return make("tr", {}, make("th", { scope: "row" }, label), ...cells);
    });
    table.replaceChildren(make("thead", {}, make("tr", {}, make("td"), ...head)), make("tbody", {}, ...body));
    status.textContent = `${coded.length} studies are coded for both. Green: more than expected; ochre: fewer. A number lists its studies.`;
  };

  const show = async (asked) => {
    list.replaceChildren();
    if (rows.value === columns.value) return (status.textContent = "Choose two different facets."), table.replaceChildren();
    status.textContent = "Loading …";
    try {
      data ??= fetch(box.dataset.lsrGaps).then((r) => r.json());
      draw(await data, asked);
    } catch {
      data = undefined;
      status.textContent = "Loading failed.";
    }
  };

  box.addEventListener("change", () => (remember(), show()));
  box.hidden = false;
  const query = new URLSearchParams(location.search);
  for (const select of [rows, columns])
    if ([...select.options].some((o) => o.value === query.get(select.name))) select.value = query.get(select.name);
  new IntersectionObserver(([seen], observer) => {
    if (!seen.isIntersecting) return;
    observer.disconnect();
    show(query.get("cell"));
  }).observe(box);
})();
