/* How what a filter shows is cited: as a sentence for a methods section, as BibTeX and RIS. What the page says of itself is taken
 * from the file with its citations (gen/citations/pages.py); the filter is added to it. */
import { said } from "../explore/chips.js";
import { make, number } from "../explore/make.js";
import { write } from "../explore/state.js";
import { save } from "./save.js";

const FORMATS = { BibTeX: "bib", RIS: "ris" };

/* As TEX in gen/citations/formats.py, with its rule for hyphens. */
const TEX = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
const tex = (text) => text.replace(/[\\{}~^&%$#_]/g, (sign) => TEX[sign] ?? `\\${sign}`);
const inNote = (text) => tex(text).replace(/-(?=-)/g, "-{}");

/* The page's own citation: its formats as texts, its CSL-JSON as a value. */
const own = async (link) => {
  const got = await fetch(link.href.split("#")[0]);
  if (!got.ok) throw new Error(`${got.status} ${link.href}`);
  const entry = new DOMParser().parseFromString(await got.text(), "text/html").getElementById("cite-top");
  const texts = Object.fromEntries([...entry.querySelectorAll("[data-as]")].map((pre) => [pre.dataset.as, pre.textContent]));
  return { texts, item: JSON.parse(texts["CSL-JSON"])[0] };
};

const permalink = (item) => /https:\S+/.exec(item.note)[0];

/* The citation with the filter in key, title and addresses. `query` begins with "?"; what is empty changes nothing. */
export const withFilter = ({ texts, item }, query, title) => {
  const suffix = query.replace(/[^A-Za-z0-9-]+/g, ".").replace(/\.$/, "");
  const old = { key: item.id, title: item.title, place: new URL(item.URL).pathname.split("/").slice(-2).join("/") };
  const line = (text, note) => text.replaceAll(old.place, () => old.place + (note ? inNote(query) : query)).replaceAll(old.key, () => old.key + suffix);
  const lines = (text, change) => text.split("\n").map(change).join("\n");
  return {
    BibTeX: lines(texts.BibTeX, (each) => (each.startsWith("  title = ") ? `  title = {{${tex(title)}}},` : line(each, each.startsWith("  note = ")))),
    RIS: lines(texts.RIS, (each) => (each.startsWith("TI  - ") ? `TI  - ${title}` : line(each))),
  };
};

/* Without order, columns and page, which choose no study. */
const asked = (list, state) => write({ ...state, sort: list.sorts[0][0], columns: list.shown, page: 1 }, list);

export const citation = (list) => {
  const link = document.querySelector(".lsr-cites a[data-lsr-formats]");
  const body = make("div", { className: "lsr-entry" });
  const fold = make("details", {}, make("summary", {}, "Cite this result"), body);
  let shown = { query: "", words: [], n: 0 };
  let page;

  const block = (id, name, text) => {
    const pre = name ? make("pre", { id, className: "lsr-code" }, text) : make("p", { id }, text);
    if (name) pre.dataset.as = name;
    const copy = make("button", { type: "button" }, name ? `Copy ${name}` : "Copy sentence");
    copy.dataset.lsrCopy = id; // see copy.js
    const file = name && make("button", { type: "button", onclick: () => save(`query.${FORMATS[name]}`, text) }, `Download ${name}`);
    return [pre, make("p", { className: "lsr-take" }, copy, file)];
  };

  const draw = async () => {
    if (!fold.open) return;
    try {
      page ??= await own(link);
    } catch {
      return body.replaceChildren(make("p", { role: "status" }, "The citation could not be loaded; close this and open it again."));
    }
    const { query, words, n } = shown;
    const { item } = page;
    const filter = words.join("; ") || "no filter";
    const version = item.edition.toLowerCase();
    const address = permalink(item) + query;
    const taken = words.length ? `we took the ${number(n)} that match: ${filter}` : `we took all ${number(n)}`;
    const sentence = `Of the ${number(list.size)} ${list.many} in ${version} of ${item["container-title"]}, ${taken} (${address}).`;
    const title = `${item.title}, ${filter} (${number(n)} of ${number(list.size)})`;
    const formats = withFilter(page, query, title);
    body.replaceChildren(
      make("p", {}, make("strong", {}, `${number(n)} of ${number(list.size)} ${list.many}, ${version}`), `: ${filter}. `, make("a", { href: address }, "Permalink of this version")),
      ...block("lsr-query-sentence", "", sentence),
      ...Object.keys(FORMATS).flatMap((name) => block(`lsr-query-${FORMATS[name]}`, name, formats[name])),
    );
  };

  fold.addEventListener("toggle", draw);
  const show = (state, n) => {
    shown = { query: asked(list, state), words: said(list, state).map(([words]) => words.replace(/\s+/g, " ")), n };
    draw();
  };
  return { fold, show };
};
