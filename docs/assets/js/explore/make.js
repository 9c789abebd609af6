/* Elements. Text is only ever set as text: what comes from the data can be no markup. */

export const make = (tag, given = {}, ...parts) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...parts.filter((part) => part !== null && part !== undefined && part !== ""));
  return made;
};

export const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 1 });

/* Only what a browser may open without harm. */
export const isWeb = (address) => /^https:\/\//.test(address);
