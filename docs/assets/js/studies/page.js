/* On the page of a study: the star, and links that compare it with those like it. They need a script anyway. */
import { make } from "../explore/make.js";
import { star } from "./star.js";

const idOf = (address) => new URL(address, location.href).pathname.replace(/index\.html$/, "").split("/").filter(Boolean).pop();

const own = idOf(location.href);
const compare = (link, text) => make("a", { href: `../../compare/?ids=${own},${idOf(link.href)}` }, text);
const similar = [...document.querySelectorAll("#similar ~ ul > li > a:first-child")];
const does = document.querySelector(".lsr-do");

does?.append(make("li", {}, star(own, "", "Save")));
if (similar.length) does?.append(make("li", {}, compare(similar[0], `Compare with ${similar[0].textContent}`)));
for (const link of similar) link.closest("li").querySelector(".lsr-why")?.append(" · ", compare(link, "compare"));
