/* What is wrong with a page on paper as it stands: [fault, where]. */
() => {
  const faults = [];
  for (const part of document.querySelectorAll("body *")) {
    const { width, right } = part.getBoundingClientRect();
    if (!width || !part.checkVisibility()) continue;
    // The words of a heading are a button that sorts.
    if (part.matches("button:not(th > *), input, select, summary, nav")) faults.push(["of no use", part.outerHTML]);
    const own = [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join("");
    if (!own) continue;
    const svg = part.closest("svg");
    const larger = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    if (parseFloat(getComputedStyle(part).fontSize) * larger * 0.75 < 7.5) faults.push(["small", own]); // points
    if (right > innerWidth + 1 && !part.closest(".lsr-small")) faults.push(["cut", own]); // on the index, drawings fade
  }
  return faults;
}
