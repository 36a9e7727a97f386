/* Candour: sending files with a bar that fills. Without it the form is sent as forms
   are. What is wrong is said on the page; the files stay chosen. */
"use strict";

for (const form of document.querySelectorAll("form[data-upload]")) {
  const sending = form.querySelector("[data-sending]");
  const said = sending.querySelector("p");
  const bar = sending.querySelector("progress");
  const button = form.querySelector("button:not([type])");

  const show = (problems) => {
    const box = document.createElement("div");
    box.className = "banner";
    box.dataset.is = "wrong";
    box.setAttribute("role", "alert");
    box.tabIndex = -1;
    const title = document.createElement("h3");
    title.textContent = "Nothing was kept";
    box.append(title);
    for (const problem of problems) {
      const line = document.createElement("p");
      line.textContent = problem;
      box.append(line);
    }
    document.getElementById("problems").replaceChildren(box);
    box.focus();
  };
  const stop = () => {
    sending.hidden = true;
    button.disabled = false;
    delete form.dataset.sent;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.elements.file.files.length) {
      show(["Choose a file first."]);
      stop();
      return;
    }
    document.getElementById("problems").replaceChildren();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (part) => {
      if (!part.lengthComputable) return;
      const done = Math.floor((100 * part.loaded) / part.total);
      bar.value = done;
      said.textContent = done < 100 ? `${done} % sent` : "All sent. Being looked at…";
    });
    request.addEventListener("load", () => {
      let told = {};
      try {
        told = JSON.parse(request.responseText);
      } catch {
        told = { problems: ["It was not taken. Look at the size of the file, then try again."] };
      }
      if (told.to) {
        location.assign(told.to);
        return;
      }
      stop();
      show(told.problems || []);
    });
    request.addEventListener("error", () => {
      stop();
      show(["The connection was lost. Nothing was kept: send it again."]);
    });
    request.addEventListener("abort", () => {
      stop();
      show(["You stopped the sending. Nothing was kept."]);
    });
    sending.querySelector("[data-stop]").onclick = () => request.abort();
    sending.hidden = false;
    button.disabled = true;
    bar.value = 0;
    said.textContent = "0 % sent";
    request.send(new FormData(form));
  });
}
