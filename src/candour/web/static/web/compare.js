/* Candour: before and after under one slider. Without a script they stand side by side. */
"use strict";

const both = document.querySelector("[data-compare]");
const tools = document.querySelector("[data-slider]");
if (both && tools) {
  const slider = tools.querySelector("input");
  const side = tools.querySelector("[data-side]");
  const cut = () => {
    both.style.setProperty("--cut", `${slider.value}%`);
    slider.setAttribute("aria-valuetext", `${100 - slider.value} % after`);
  };
  const over = (yes) => {
    both.toggleAttribute("data-over", yes);
    side.setAttribute("aria-pressed", String(!yes));
    slider.disabled = !yes;
  };
  tools.hidden = false;
  slider.addEventListener("input", cut);
  side.addEventListener("click", () => over(!both.hasAttribute("data-over")));
  cut();
  over(true);
}
