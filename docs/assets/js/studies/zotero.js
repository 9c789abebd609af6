/* A row of the list as docs/assets/js/coins.js tells Zotero of it. */
import { listed } from "../coins.js";
import { text } from "../explore/cells.js";

/* Nothing until the texts of the row are here. */
export const offered = (list, row) => {
  if (!list.hasRows([row])) return null;
  const said = (id) => text(list, id, row);
  return listed({
    title: said("cited_title") || said("title"),
    type: said("cited_as"),
    container: said("cited_in") || said("venue"),
    date: said("cited_date") || said("date"),
    doi: said("doi"),
    arxiv: said("arxiv"),
    url: said("paper_at"),
  });
};
