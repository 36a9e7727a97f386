/* Candour: what the pages do better with a script. All of it works without.
   Each piece looks for a data attribute and does nothing where there is none. */
"use strict";

/* A form that came back: start at what is wrong. */
document.querySelector("[data-errors]")?.focus();

/* A long answer: say how much room is left once it is nearly full. Never cut it. */
for (const box of document.querySelectorAll("textarea[data-max]")) {
  const most = Number(box.dataset.max);
  const left = document.createElement("p");
  left.className = "counter";
  left.setAttribute("role", "status");
  box.after(left);
  const say = () => {
    const room = most - [...box.value].length;
    const count = Math.abs(room) === 1 ? "1 character" : `${Math.abs(room)} characters`;
    left.hidden = room > Math.min(200, most / 4);
    left.textContent = room < 0 ? `${count} too many` : `${count} left`;
    left.dataset.is = room < 0 ? "wrong" : "";
  };
  box.addEventListener("input", say);
  say();
}

/* A box that a key leads to, unless somebody is writing somewhere else. */
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
  for (const box of document.querySelectorAll("[data-key]")) {
    if (box.dataset.key !== event.key) continue;
    event.preventDefault();
    box.focus();
    box.select();
    return;
  }
});

/* A button that sends once: a second press before the answer does nothing. */
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/* A wait: look again every few seconds and put the new part in place of the old. */
const watch = async (id) => {
  const part = document.getElementById(id);
  const seconds = Number(part?.dataset.refresh);
  if (!seconds) return;
  await new Promise((done) => setTimeout(done, seconds * 1000));
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(id);
      if (fresh) part.replaceWith(document.adoptNode(fresh));
    }
  } catch {
    /* Offline for a moment: the next look may succeed, and the page says how to look. */
  }
  watch(id);
};
for (const part of document.querySelectorAll("[data-refresh]")) watch(part.id);

/* Print buttons exist only where a script can print. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/* A passkey that was not given: say so on the page, not in the console. */
document.addEventListener("allauth.error", (event) => {
  const words = document.querySelector("[data-passkey-error]");
  if (!words) return;
  event.preventDefault();
  words.hidden = false;
});
