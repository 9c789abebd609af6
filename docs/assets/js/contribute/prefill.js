/* What public registries know of a work: cells of a study. Crossref and DataCite let any page ask them. */
const WAIT = 8000; // milliseconds

const asked = async (address) => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(WAIT), headers: { Accept: "application/json" } });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const text = (value) => {
  const page = new DOMParser().parseFromString(String(value ?? ""), "text/html");
  return page.documentElement.textContent.replace(/\s+/g, " ").trim();
};

const person = ({ family, given, name }) => (family ? [family, given].filter(Boolean).join(", ") : (name ?? ""));
const day = (parts = []) => parts.map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join("-");

const crossref = async (doi) => {
  const work = (await asked(`https://api.crossref.org/works/${encodeURIComponent(doi)}`))?.message;
  if (!work) return null;
  const isPreprint = work.type === "posted-content";
  const date = day(work.issued?.["date-parts"]?.[0]);
  return {
    title: text(work.title?.[0]),
    authors: (work.author ?? []).map(person).map(text).filter(Boolean).join("; "),
    date,
    doi,
    venue: text(isPreprint ? work.institution?.[0]?.name : work["container-title"]?.[0]),
    published: isPreprint ? "" : date,
  };
};

const datacite = async (doi) => {
  const work = (await asked(`https://api.datacite.org/dois/${encodeURIComponent(doi)}`))?.data?.attributes;
  if (!work) return null;
  const dates = (work.dates ?? []).filter(({ dateType }) => ["Submitted", "Issued", "Available"].includes(dateType));
  const first = dates.map(({ date }) => String(date).slice(0, 10)).sort()[0];
  const creator = ({ familyName, givenName, name }) => person({ family: familyName, given: givenName, name });
  return {
    title: text(work.titles?.[0]?.title),
    authors: (work.creators ?? []).map(creator).map(text).filter(Boolean).join("; "),
    date: first ?? String(work.publicationYear ?? ""),
    venue: text(work.publisher?.name ?? work.publisher),
  };
};

/* The cells that could be found for the key of a work, null where nothing is known of it; throws where nobody answers. */
export const prefilled = async (key) => {
  const [kind, id] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
  if (kind === "arxiv") {
    const found = await datacite(`10.48550/arXiv.${id}`);
    return found && { ...found, arxiv: id, venue: "arXiv" };
  }
  if (kind !== "doi") return null;
  const found = (await crossref(id)) ?? (await datacite(id));
  return found && { ...found, doi: id };
};
