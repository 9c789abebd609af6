/* Files that the browser makes and saves. */
import { make } from "../explore/make.js";
import { FORMATS, some } from "./split.js";

const KEPT = 60000; // milliseconds that a browser may take to begin

export const save = (name, text, type = "text/plain") => {
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT);
};

const files = new Map(); // address -> the text, fetched once

const whole = (address) => {
  if (!files.has(address)) {
    const text = fetch(address).then((got) => (got.ok ? got.text() : Promise.reject(new Error(`${got.status} ${address}`))));
    text.catch(() => files.delete(address)); // the next who asks tries again
    files.set(address, text);
  }
  return files.get(address);
};

/* A button for each format; ids() says for which studies, once it is pressed. `folder` holds the files of all studies. */
export const downloads = (folder, ids, stem = "studies") => {
  const status = make("span", { ariaLive: "polite" });
  const button = (suffix) => {
    const onclick = async () => {
      status.textContent = "";
      try {
        save(`${stem}.${suffix}`, some(await whole(`${folder}/studies.${suffix}`), suffix, ids()));
      } catch {
        status.textContent = "The file could not be loaded; try again.";
      }
    };
    return make("button", { type: "button", onclick }, FORMATS[suffix].name);
  };
  return make("div", { className: "lsr-take" }, ...Object.keys(FORMATS).map(button), status);
};
