/* A button that copies an address. */
import { make } from "./make.js";

const SHOWN = 2500; // milliseconds

/* address() is asked when it is pressed. */
export const copyLink = (text, address) => {
  const copy = make("button", { type: "button" }, text);
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(new URL(address(), location.href).href);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "Your browser does not let this page copy";
    }
    setTimeout(() => (copy.textContent = text), SHOWN);
  });
  return copy;
};
