/* The files of all studies, cut into the entries of each and put together again for some of them: what is saved was written
 * by gen/, character for character. */

const lines = { at: ",\n", between: ",\n", open: () => "[", close: "]\n", key: (entry) => JSON.parse(entry).id };

/* suffix -> how its file is cut. open(text) is what stands before the first entry; between what joins two of them. */
export const FORMATS = {
  csv: { name: "CSV", at: "\n", between: "\n", open: (text) => text.slice(0, text.indexOf("\n") + 1), close: "\n", key: (entry) => entry.split(",", 1)[0] },
  json: { ...lines, name: "JSON" },
  bib: { name: "BibTeX", at: /\n(?=@)/, between: "\n", open: () => "", close: "", key: (entry) => /\{([^,]+),/.exec(entry)[1] },
  ris: { name: "RIS", at: /\n(?=TY {2}- )/, between: "\n", open: () => "", close: "", key: (entry) => /^ID {2}- (.+)$/m.exec(entry)[1] },
  "csl.json": { ...lines, name: "CSL-JSON" },
};

/* Id of a study -> its entry, in the order of the file. */
export const split = (text, suffix) => {
  const { at, open, close, key } = FORMATS[suffix];
  const entries = text.slice(open(text).length, text.length - close.length);
  return new Map(entries ? entries.split(at).map((entry) => [key(entry), entry]) : []);
};

/* The file of those of the ids that it holds, in their order. */
export const some = (text, suffix, ids) => {
  const { between, open, close } = FORMATS[suffix];
  const entries = split(text, suffix);
  const found = ids.filter((id) => entries.has(id)).map((id) => entries.get(id));
  return open(text) + found.join(between) + close;
};
