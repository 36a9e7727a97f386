/* Candour: the record. A note that is being written is kept as a draft, sealed, so that
   a closed lid loses nothing. Without a script there is a button for it. */
"use strict";

for (const form of document.querySelectorAll("form[data-draft]")) {
  const said = form.querySelector("[data-draft-said]");
  const box = form.elements.namedItem("body");
  let kept = box.value;
  let waiting = 0;

  const keep = async (leaving) => {
    clearTimeout(waiting);
    waiting = 0;
    if (box.value === kept || form.dataset.sent) return;
    const text = box.value;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new FormData(form),
        keepalive: leaving === true,
      });
      const words = await answer.text();
      if (answer.ok) kept = text;
      said.textContent = words.length < 300 ? words : "The draft was not kept.";
    } catch {
      said.textContent = "No connection: the draft is not kept yet. It is tried again.";
      waiting = setTimeout(keep, 15000);
    }
  };

  form.addEventListener("input", () => {
    if (!waiting) waiting = setTimeout(keep, 4000);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(true);
  });
}
