/* What the list of studies offers and no other list does: stars, Zotero, downloads and a citation of what is shown. */
import { changed } from "../coins.js";
import { text } from "../explore/cells.js";
import { make, number } from "../explore/make.js";
import { citation } from "./query.js";
import { downloads } from "./save.js";
import { star } from "./star.js";
import { offered } from "./zotero.js";

export const studies = (box, list) => {
  let shown = [];
  const id = (row) => text(list, "id", row);
  const ids = () => shown.map(id);
  const summary = make("summary");
  const take = make("details", {}, summary, downloads(box.dataset.files, ids));
  const query = citation(list);
  return {
    folds: make("div", { className: "lsr-found__folds" }, take, query.fold),
    marks: (row) => [star(id(row), text(list, "name", row)), offered(list, row)],
    show: (state, rows) => {
      shown = rows;
      summary.textContent = `Download these ${number(rows.length)}`;
      take.hidden = rows.length === 0;
      query.show(state, rows.length);
      changed();
    },
  };
};
