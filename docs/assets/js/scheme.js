/* Light or dark: the three choices in the header (system, light, dark), of which the label of the one that holds is shown. It is
 * kept as the theme's own lines in the page read it back, which they do before the page is painted. */
(() => {
  "use strict";

  const form = document.querySelector("[data-md-component=palette]");
  const [system, light, dark] = form.elements;
  const choices = [system, light, dark];
  const prefersLight = matchMedia("(prefers-color-scheme: light)");
  const colour = Object.assign(document.createElement("meta"), { name: "theme-color" });
  let chosen = system;

  const show = () => {
    const { body } = document;
    const shown = chosen === system ? (prefersLight.matches ? light : dark) : chosen;
    const { mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent } = shown.dataset;
    body.dataset.mdColorSwitching = ""; // no transitions meanwhile
    body.dataset.mdColorScheme = scheme;
    document.querySelector("meta[name=color-scheme]").content = shown === dark ? "dark" : "light"; // of scroll bars
    colour.content = getComputedStyle(document.querySelector(".md-header")).backgroundColor; // of the browser's own frame
    setTimeout(() => delete body.dataset.mdColorSwitching);
    for (const choice of choices) choice.nextElementSibling.hidden = choice !== chosen;
    chosen.checked = true;
    const media = chosen.dataset.mdColorMedia;
    __md_set("__palette", { index: choices.indexOf(chosen), color: { media, scheme, primary, accent } });
  };

  const choose = (choice) => {
    chosen = choice;
    show();
  };

  form.addEventListener("change", ({ target }) => choose(target));
  // A label says what a press will do: the next choice. The arrows go through them in any case.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(choices[(choices.indexOf(chosen) + 1) % choices.length]);
    chosen.focus();
  });
  prefersLight.addEventListener("change", show);
  document.head.append(colour);
  choose(choices[__md_get("__palette")?.index] ?? system);
})();
