/* Candour: moving a visit by dragging it, or from the keyboard. Everything here can be
   done by form as well; without this script the visits are only links. */
"use strict";

(() => {
  const table = document.querySelector("[data-diary]");
  const form = document.getElementById("move");
  if (!table || !form) return;
  const says = document.querySelector("[data-diary-says]");
  document.querySelector("[data-diary-help]").hidden = false;
  const headings = [...table.tHead.rows[0].cells].map((cell) => cell.firstChild.textContent.trim());
  let held = null;
  let target = null;
  let began = null;
  let dragged = false;

  const say = (text) => { if (says) says.textContent = text; };
  const clock = (moment) => moment.slice(11, 16);
  const free = () => [...table.querySelectorAll("td[data-at]")];
  const columnOf = (cell) => [...table.querySelectorAll("thead th")].findIndex(
    (head) => Math.abs(head.getBoundingClientRect().left - cell.getBoundingClientRect().left) < 3);

  const aim = (cell) => {
    if (target) delete target.dataset.target;
    target = cell;
    if (!cell) return;
    cell.dataset.target = "";
    say(`${clock(cell.dataset.at)}, ${headings[columnOf(cell)] || ""}`);
  };

  const hold = (visit) => {
    held = visit;
    held.dataset.held = "";
    say("Moving. Choose a time with the arrow keys, press Enter to move, Escape to leave it.");
  };

  const letGo = () => {
    if (held) delete held.dataset.held;
    held = null;
    began = null;
    aim(null);
  };

  const send = () => {
    const [what, id] = target.dataset.key.split(":");
    const stays = target.dataset.key === held.closest("td").dataset.key;
    const moment = new Date(target.dataset.at).toISOString().slice(0, 16) + "Z";
    form.elements.ref.value = held.dataset.move;
    form.elements.version.value = held.dataset.version;
    form.elements.slot.value = `${moment}|${what === "staff" && !stays ? id : 0}`;
    form.elements.room.value = what === "room" ? id : "";
    say("Moving the visit.");
    form.submit();
  };

  /* A pointer: the visit is held once it has gone a little way. */
  table.addEventListener("pointerdown", (event) => {
    const visit = event.target.closest("[data-move]");
    if (!visit || event.button || event.pointerType === "touch") return;
    began = { visit, x: event.clientX, y: event.clientY };
    dragged = false;
  });
  document.addEventListener("pointermove", (event) => {
    if (!began) return;
    const far = Math.hypot(event.clientX - began.x, event.clientY - began.y) > 6;
    if (!held && far) hold(began.visit);
    if (!held) return;
    dragged = true;
    event.preventDefault();
    const under = document.elementFromPoint(event.clientX, event.clientY);
    aim(under ? under.closest("td[data-at]") : null);
  });
  document.addEventListener("pointerup", () => {
    if (!began) return;
    if (held && target) send();
    else letGo();
    began = null;
  });
  table.addEventListener("dragstart", (event) => event.preventDefault());
  table.addEventListener("click", (event) => {
    if (dragged) event.preventDefault();
    dragged = false;
  }, true);

  /* The keyboard: M takes a visit up, arrows look for a free time, Enter puts it down. */
  const step = (key) => {
    const cells = free();
    const from = (target || held.closest("td")).getBoundingClientRect();
    const sideways = key === "ArrowLeft" || key === "ArrowRight";
    const sign = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
    let best = null;
    let least = Infinity;
    for (const cell of cells) {
      const box = cell.getBoundingClientRect();
      const along = sign * (sideways ? box.left - from.left : box.top - from.top);
      const across = Math.abs(sideways ? box.top - from.top : box.left - from.left);
      if (along < 2) continue;
      if (!sideways && across > 3) continue;
      const cost = along + across * 3;
      if (cost < least) [best, least] = [cell, cost];
    }
    if (best) {
      aim(best);
      best.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  };
  table.addEventListener("keydown", (event) => {
    const visit = event.target.closest("[data-move]");
    if (!held && visit && event.key.toLowerCase() === "m" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      hold(visit);
      return;
    }
    if (!held) return;
    if (event.key.startsWith("Arrow")) { event.preventDefault(); step(event.key); }
    if (event.key === "Enter") { event.preventDefault(); if (target) send(); }
    if (event.key === "Escape") { event.preventDefault(); letGo(); say("Left where it was."); }
  });
})();
