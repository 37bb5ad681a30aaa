// Reload the page when the preview has built it again, or exchange its style sheet if only that is new; show on the
// page what is wrong with the last change.
"use strict";
{
  const built = document.currentScript.dataset.build;
  let dressed = document.currentScript.dataset.sheet;
  const style = `
    :host { all: initial !important; }
    section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-block-size: 60vh; overflow: auto;
      box-sizing: border-box; padding: 1rem clamp(1rem, 4vi, 3rem) 1.25rem; color: #fff; background: #7a1710;
      border-block-start: 4px solid #ffb4a6; font: 16px/1.45 system-ui, sans-serif; }
    h2 { margin: 0 6rem 0.3rem 0; font-size: 1.15rem; }
    p { margin: 0 6rem 0.8rem 0; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { padding: 0.6rem 0; border-block-start: 1px solid #ffffff55; overflow-wrap: anywhere; white-space: pre-wrap; }
    button { position: absolute; inset-block-start: 1rem; inset-inline-end: clamp(1rem, 4vi, 3rem); padding: 0.3rem 0.8rem;
      font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 4px; cursor: pointer; }
    @media print { section { display: none; } }`;
  let events = null;
  let panel = null;

  function make(name, text) {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  }

  function show(view) {
    panel?.remove();
    panel = null;
    if (!view.problems.length) return;
    panel = document.createElement("div");
    panel.id = "press-preview";
    const root = panel.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const section = document.createElement("section");
    section.setAttribute("role", "alert");
    section.lang = "en";
    section.dir = "ltr";
    const hide = make("button", "Hide");
    hide.addEventListener("click", () => panel.remove());
    const list = document.createElement("ol");
    list.append(...view.problems.map((problem) => make("li", problem)));
    section.append(make("h2", view.heading), make("p", view.advice), list, hide);
    root.append(section);
    document.documentElement.append(panel);
  }

  // The new sheet is loaded before the old one goes, so that nothing flickers and the page does not move.
  function dress(sheet) {
    if (sheet.version === dressed) return;
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")];
    const old = links.filter((link) => new URL(link.href).pathname === sheet.path);
    if (!old.length) return;
    dressed = sheet.version;
    const link = old[0].cloneNode();
    link.href = `${sheet.path}?${sheet.version}`;
    link.addEventListener("load", () => old.forEach((former) => former.remove()));
    link.addEventListener("error", () => link.remove());
    old.at(-1).after(link);
  }

  function listen() {
    events ??= new EventSource("/.preview/events");
    events.onmessage = (message) => {
      const view = JSON.parse(message.data);
      if (view.build === built) {
        dress(view.sheet);
        return show(view);
      }
      rest();
      location.reload();
    };
  }

  function rest() {
    events?.close();
    events = null;
  }

  // A browser opens few connections to one host, so only visible pages hold one.
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (shown) => shown.persisted && listen());
  if (!document.hidden) listen();
}
