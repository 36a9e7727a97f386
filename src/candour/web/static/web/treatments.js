/* Candour: a press on the drawn face or body writes a line of what was given; a pad takes
   a drawn signature. Both only fill fields that can be filled without them. */
"use strict";

const given = document.querySelector("[data-lines]");
if (given) {
  given.querySelector("[data-atlas]").hidden = false;
  const field = (line, name) => line.querySelector(`[name="${name}-${line.dataset.line}"]`);
  const lines = () => [...given.querySelectorAll("[data-line]")];

  const nearest = (line, map, x, y) => {
    let best = null;
    for (const one of field(line, "place").options) {
      if (one.dataset.map !== map) continue;
      const far = (one.dataset.x - x) ** 2 + (one.dataset.y - y) ** 2;
      if (!best || far < best.far) best = { far, value: one.value };
    }
    return best.value;
  };

  const draw = () => {
    for (const svg of given.querySelectorAll("svg[data-map]")) {
      const marks = svg.querySelector(".marks");
      marks.replaceChildren();
      lines().forEach((line, number) => {
        const chosen = field(line, "place").selectedOptions[0];
        if (!chosen || chosen.dataset.map !== svg.dataset.map) return;
        const x = field(line, "x").value || chosen.dataset.x;
        const y = field(line, "y").value || chosen.dataset.y;
        const spot = document.createElementNS(svg.namespaceURI, "circle");
        const text = document.createElementNS(svg.namespaceURI, "text");
        for (const [name, value] of [["cx", x], ["cy", y], ["r", 2.4]]) spot.setAttribute(name, value);
        for (const [name, value] of [["x", x], ["y", y], ["dy", 1]]) text.setAttribute(name, value);
        text.textContent = number + 1;
        marks.append(spot, text);
      });
    }
  };

  const fresh = () => {
    const last = lines().at(-1);
    const number = Number(last.dataset.line) + 1;
    if (number >= 30) return null;
    const line = last.cloneNode(true);
    line.dataset.line = number;
    line.setAttribute("aria-label", `Line ${number + 1}`);
    for (const part of line.querySelectorAll("[name], [for]")) {
      for (const name of ["name", "id", "for"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(/\d+$/, number));
      }
      if (part.matches("input")) part.value = "";
    }
    for (const old of line.querySelectorAll(".error")) old.remove();
    last.after(line);
    field(line, "place").value = "";
    given.querySelector("[name=lines]").value = number + 1;
    return line;
  };

  given.addEventListener("click", (event) => {
    const svg = event.target.closest("svg[data-map]");
    if (!svg) return;
    const box = svg.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * 100);
    const y = Math.round(((event.clientY - box.top) / box.height) * 100);
    const before = lines().filter((one) => field(one, "batch").value).at(-1);
    const line = lines().find((one) => !field(one, "place").value && !field(one, "dose").value) ?? fresh();
    if (!line) return;
    field(line, "place").value = nearest(line, svg.dataset.map, x, y);
    field(line, "x").value = x;
    field(line, "y").value = y;
    if (!field(line, "batch").value && before) field(line, "batch").value = field(before, "batch").value;
    draw();
    field(line, "dose").focus({ preventScroll: true });
  });
  given.addEventListener("change", (event) => {
    const line = event.target.closest("[data-line]");
    if (line && event.target.name.startsWith("place-")) {
      field(line, "x").value = field(line, "y").value = "";
    }
    draw();
  });
  draw();
}

for (const pad of document.querySelectorAll("[data-pad]")) {
  pad.hidden = false;
  const canvas = pad.querySelector("canvas");
  const kept = pad.closest("form").elements.namedItem("drawn");
  const pen = canvas.getContext("2d");
  let strokes = kept.value ? kept.value.split(";").map((one) => one.split(" ")) : [];
  let now = null;

  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * canvas.width);
    const y = Math.round(((event.clientY - box.top) / box.height) * canvas.height);
    return `${Math.max(0, x)},${Math.max(0, y)}`;
  };
  const draw = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 2.5;
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of now ? [...strokes, now] : strokes) {
      pen.beginPath();
      for (const point of stroke) pen.lineTo(...point.split(",").map(Number));
      pen.stroke();
    }
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    now = [spot(event)];
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!now) return;
    now.push(spot(event));
    draw();
  });
  canvas.addEventListener("pointerup", () => {
    if (now && now.length > 1) strokes.push(now);
    now = null;
    kept.value = strokes.map((one) => one.join(" ")).join(";");
    draw();
  });
  pad.querySelector("button").addEventListener("click", () => {
    strokes = [];
    kept.value = "";
    draw();
  });
  draw();
}
