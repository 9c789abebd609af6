/* Which work an identifier names, and when two titles are equal: as gen/corpus/identifiers.py and characters.py find it. */

const unquoted = (text) => {
  const plain = /&.*;/.test(text) ? new DOMParser().parseFromString(text, "text/html").documentElement.textContent : text;
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
};

export const works = ({ works: forms, letters }) => {
  const whole = (name) => new RegExp(`^(?:${forms[name]})$`);
  const [arxiv, doi, arxivDoi, arxivPage, doiPage, nature, openreview, versioned] = [
    "arxiv", "doi", "arxiv_doi", "arxiv_page", "doi_page", "nature", "openreview", "versioned",
  ].map(whole);
  const tails = new RegExp(forms.tails, "i");
  const count = (text, letter) => text.split(letter).length - 1;

  const closed = (text, marks = forms.closing) => {
    let end = text.length;
    while (end && marks.includes(text[end - 1])) end -= 1;
    return text.slice(0, end);
  };

  const trimmed = (given) => {
    let [text, before] = [given, ""];
    while (before !== text) {
      before = text;
      text = closed(text).replace(tails, "");
      const end = text.slice(-1);
      if (end in forms.pairs && count(text, end) > count(text, forms.pairs[end])) text = text.slice(0, -1);
    }
    return doi.test(text) ? text : before;
  };

  /* The DOI in a text without what was copied along with it; "" if there is none. */
  const bareDoi = (text) => {
    const found = unquoted(text).replaceAll("\\", "").match(new RegExp(forms.doi));
    return found ? trimmed(found[0]) : "";
  };

  /* The arXiv id in a text; "" if there is none. */
  const bareArxiv = (text) => text.match(new RegExp(`(?<![0-9.])(?:${forms.arxiv})(?![0-9])`))?.[0] ?? "";

  /* Equal keys, one work. */
  const key = (text) => {
    let found = text.trim().toLowerCase().replace(/^(?:https?:)?\/\/(?:www\.)?|^(?:arxiv|doi):\s*/, "");
    found = found.match(doiPage)?.[1] ?? found;
    const article = found.match(nature);
    if (article) found = `10.1038/${article[1]}`;
    if (found.startsWith("10.")) found = trimmed(unquoted(found));
    const preprint = found.match(arxivDoi) ?? found.match(arxivPage);
    if (preprint) return `arxiv:${closed(preprint[1]).replace(/(?:v[0-9]+)?(?:\.pdf)?\/?(?:[?#].*)?$/, "")}`;
    if (/^[0-9]{4}\.[0-9]/.test(found)) found = found.replace(/v[0-9]+$/, "");
    if (arxiv.test(found)) return `arxiv:${found}`;
    found = found.match(versioned)?.[1] ?? found;
    if (found.startsWith("10.")) return `doi:${found.replace(/\/+$/, "")}`;
    const forum = found.match(openreview);
    if (forum) found = `openreview.net/forum?id=${forum[1]}`;
    return closed(found.split("#")[0], `${forms.closing}/`);
  };

  const fold = (text) =>
    [...text.toLowerCase()].map((letter) => letters[letter] ?? letter).join("").normalize("NFKD").replace(/\p{Mn}/gu, "");

  return {
    key,
    bareDoi,
    bareArxiv,
    isBareDoi: (text) => doi.test(text) && text === trimmed(unquoted(text)),
    /* The letters and digits of a title with single spaces between words. */
    words: (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(" "),
    /* An id as it could be made of a name. */
    slug: (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, ""),
  };
};
