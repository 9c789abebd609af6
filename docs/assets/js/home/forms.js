// A form that leads to the list of studies leaves out what nobody filled in: ?modalities=ct, not
// ?q=&modalities=ct&tasks=. On the page of an address that is not there it asks for the last words of that address.

for (const form of document.querySelectorAll("form.lsr-finder")) {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (!value.trim()) event.formData.delete(name);
    }
  });
  const field = form.elements.q;
  if (form.dataset.lsrMissing !== undefined && !field.value) {
    field.value = words(location.pathname);
  }
}

/** The last part of an address as words: "/x/Retina_OCT.html" → "Retina OCT". */
function words(path) {
  const last = path.split("/").filter(Boolean).pop() ?? "";
  let text = last;
  try {
    text = decodeURIComponent(last);
  } catch {
    // Not UTF-8: as it stands.
  }
  return text.replace(/\.\w{2,5}$/, "").replace(/[-_+\s]+/g, " ").trim().slice(0, 80);
}
