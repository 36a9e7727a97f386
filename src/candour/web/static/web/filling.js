/* Candour: what filling in a form does better with a script. All of it works without:
   the server asks again for what follows from an answer, and a typed name signs. */
"use strict";

/* Questions that follow from an answer: shown at once, and what they hold is not sent
   while they are hidden. The words of a condition are those of the server. */
const form = document.querySelector("[data-filling]");
if (form) {
  const items = [...form.querySelectorAll("[data-question]")];
  const inputs = (item) => [...item.querySelectorAll("input, textarea, select")];
  const answers = (item) =>
    inputs(item)
      .filter((one) => (["checkbox", "radio"].includes(one.type) ? one.checked : one.value.trim()))
      .map((one) => one.value.trim());
  const holds = (item) => {
    const on = items.find((one) => one.dataset.question === item.dataset.when);
    const given = on && !on.hidden ? answers(on) : [];
    const test = item.dataset.test;
    const wanted = item.dataset.values.split(" ").filter(Boolean);
    if (!given.length) return test === "is-not";
    if (test === "answered") return true;
    const number = Number(given[0].replace(",", "."));
    if (test === "at-least") return number >= Number(wanted[0]);
    if (test === "at-most") return number <= Number(wanted[0]);
    return given.some((one) => wanted.includes(one)) === (test === "is");
  };
  const look = () => {
    for (const item of items) {
      if (item.dataset.when) item.hidden = !holds(item);
      for (const one of inputs(item)) one.disabled = item.hidden;
    }
    const shown = form.querySelector("[data-shown]");
    if (shown) shown.value = items.filter((one) => !one.hidden).map((one) => one.dataset.question).join(" ");
  };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  window.addEventListener("pageshow", look);
  look();
}

/* A signature drawn by pointer or touch, in a box of 600 by 200. */
const box = document.querySelector("[data-draw]");
if (box) {
  const canvas = box.querySelector("canvas");
  const kept = document.querySelector("[data-drawn]");
  const said = box.querySelector("[data-draw-said]");
  const pen = canvas.getContext("2d");
  let strokes = [];
  try {
    strokes = JSON.parse(kept.value || "[]");
  } catch {
    kept.value = "";
  }
  const draw = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      pen.moveTo(...stroke[0]);
      for (const point of stroke) pen.lineTo(...point);
      pen.stroke();
    }
  };
  const at = (event) => {
    const seen = canvas.getBoundingClientRect();
    const inside = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [
      inside(((event.clientX - seen.left) * canvas.width) / seen.width, canvas.width),
      inside(((event.clientY - seen.top) * canvas.height) / seen.height, canvas.height),
    ];
  };
  const keep = () => {
    kept.value = strokes.length ? JSON.stringify(strokes) : "";
    said.textContent = strokes.length ? "Drawn" : "";
  };
  let drawing = false;
  const points = () => strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  canvas.addEventListener("pointerdown", (event) => {
    if (strokes.length >= 100 || points() >= 4000) return;
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    strokes.push([at(event)]);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || points() >= 4000) return;
    strokes[strokes.length - 1].push(at(event));
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      drawing = false;
      keep();
    });
  }
  box.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    keep();
    draw();
    said.textContent = "Cleared";
  });
  box.hidden = false;
  draw();
}

/* Rows of a draft: Alt and an arrow moves the one that has the focus. */
for (const hint of document.querySelectorAll("[data-move-hint]")) hint.hidden = false;
for (const row of document.querySelectorAll("[data-movable]")) {
  row.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!event.altKey || !way) return;
    const button = row.querySelector(`:scope > * [data-move="${way}"]`);
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    button.click();
  });
}
