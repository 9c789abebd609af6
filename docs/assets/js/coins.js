/* What lets Zotero offer the studies of a list that a script drew (COinS), as `coins` in gen/citations/tags.py says it of the
 * lists that the build writes. A study is {title, type, container, date, doi, arxiv, url, authors}; what is missing is left out.
 * type: preprint, journalArticle, conferencePaper or report; authors: all of them as "Family, Given", or none. Where there is
 * a DOI, of a preprint the one that arXiv gave it, Zotero looks the authors up when a reader saves the study. */

const CONTAINER = { preprint: "rft.publisher", report: "rft.publisher" };

export const coins = ({ title, type, container, date, doi, arxiv, url, authors = [] }) => {
  const id = doi || (type === "preprint" && arxiv ? `10.48550/arXiv.${arxiv}` : "");
  // The title comes before the type: after it Zotero takes it for that of the container.
  const pairs = [
    ["ctx_ver", "Z39.88-2004"],
    ["rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"],
    ["rft.title", title],
    ["rft.type", type],
    [CONTAINER[type] ?? "rft.source", container],
    ["rft.date", date],
    ["rft_id", id && `info:doi/${id}`],
    ["rft.identifier", url],
    ...(id ? [] : authors).map((author) => ["rft.au", author]),
  ];
  return new URLSearchParams(pairs.filter(([, value]) => value)).toString();
};

/* An element that shows nothing, for the row of a study. */
export const listed = (study) => Object.assign(document.createElement("span"), { className: "Z3988", title: coins(study) });

/* Say that the list has changed: Zotero looks at a page once, and again when it hears this. */
export const changed = () => document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));
