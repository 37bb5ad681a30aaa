"use strict";
{
  const store = document.body.dataset.store;
  const items = [...document.querySelectorAll("main li")];
  const progress = document.querySelector(".progress");
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem(store)) || [];
  } catch {
    // a browser that keeps nothing for local files: ticks last until the page is closed
  }
  const done = new Set(Array.isArray(kept) ? kept : []);

  function show() {
    const number = items.filter((item) => item.classList.contains("done")).length;
    progress.querySelector("progress").max = items.length;
    progress.querySelector("progress").value = number;
    progress.querySelector("[role=status]").textContent = `${number} of ${items.length} done`;
  }

  for (const item of items) {
    const tick = item.querySelector("input");
    tick.parentElement.hidden = false;
    tick.checked = done.has(item.id);
    item.classList.toggle("done", tick.checked);
    tick.addEventListener("change", () => {
      item.classList.toggle("done", tick.checked);
      done[tick.checked ? "add" : "delete"](item.id);
      try {
        localStorage.setItem(store, JSON.stringify([...done]));
      } catch {
        // see above
      }
      show();
    });
    const button = item.querySelector("button");
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.place);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
  }
  if (progress) {
    progress.hidden = false;
    document.getElementById("hide").addEventListener("change", (event) => {
      document.body.classList.toggle("hiding", event.target.checked);
    });
    show();
  }
}
