// Show the hints for the text of this page: a tab that opens a panel. The theme and the panel cannot reach each other.
"use strict";
{
  const KEPT = "press-hints";
  const style = `
    :host { all: initial !important; color-scheme: light dark !important; }
    * { box-sizing: border-box; }
    aside { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483646; display: flex; flex-direction: column;
      inline-size: min(19rem, 100vi - 2rem); max-block-size: min(70vh, 40rem); align-items: end;
      font: 15px/1.45 system-ui, sans-serif; color: light-dark(#1d1b18, #f1eee8); }
    button { font: inherit; color: inherit; cursor: pointer; border: 1px solid light-dark(#8a8378, #8f887c);
      border-radius: 4px; background: light-dark(#fffdf7, #2a2723); padding: 0.3rem 0.8rem; min-block-size: 2.25rem; }
    button:focus-visible { outline: 3px solid light-dark(#1a5fb4, #99c1f1); outline-offset: 2px; }
    section { order: -1; inline-size: 100%; margin-block-end: 0.5rem; overflow: auto; padding: 0 1rem;
      background: light-dark(#fffdf7, #2a2723); border: 1px solid light-dark(#8a8378, #8f887c); border-radius: 4px; }
    section[hidden] { display: none; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { padding-block: 0.7rem; overflow-wrap: anywhere; }
    li + li { border-block-start: 1px solid light-dark(#d8d2c6, #4a453d); }
    p { margin: 0.2rem 0 0; }
    .place { min-block-size: 0; padding: 0; border: 0; background: none; text-align: start;
      text-decoration: underline; font-family: ui-monospace, monospace; font-size: 0.85rem; }
    .rule { font-size: 0.85rem; color: light-dark(#5b554b, #bdb6a9); }
    .warning .rule { color: light-dark(#8f2116, #ffb4a6); }
    @media (max-width: 64rem) {
      aside { position: relative; inset: auto; inline-size: auto; max-block-size: none; padding: 0.5rem 1rem;
        background: light-dark(#f1ece0, #211e1b); } /* over what the page hides above its top, such as a link to skip */
      section { order: 0; margin-block: 0.5rem 0; max-block-size: 50vh; }
    }
    @media print { aside { display: none; } }`;

  function make(name, text, kind = "") {
    const element = document.createElement(name);
    element.textContent = text;
    element.className = kind;
    return element;
  }

  // A page cannot open an editor, but every editor opens path:line.
  function makePlace(place) {
    const button = make("button", place, "place");
    button.title = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(place);
      button.textContent = `${place} (copied)`;
    });
    return button;
  }

  function makeHint(hint) {
    const item = make("li", "", hint.level);
    item.append(makePlace(hint.place), make("p", hint.message), make("p", `${hint.level}: ${hint.rule}`, "rule"));
    return item;
  }

  function makePanel(hints) {
    const panel = make("aside", "");
    panel.lang = "en";
    panel.dir = "ltr";
    panel.setAttribute("aria-label", "Hints for this text");
    const count = hints.length === 1 ? "1 hint" : `${hints.length || "No"} hints`;
    const tab = make("button", count, "tab");
    const section = make("section", "");
    section.id = "hints";
    section.tabIndex = -1;
    const list = make("ol", "");
    list.append(...hints.map(makeHint));
    section.append(hints.length ? list : make("p", "Nothing to look at in this text."));
    tab.setAttribute("aria-controls", section.id);
    const open = (opened) => {
      section.hidden = !opened;
      tab.setAttribute("aria-expanded", opened);
      sessionStorage.setItem(KEPT, opened ? "open" : "closed");
    };
    tab.addEventListener("click", () => open(section.hidden));
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || section.hidden) return;
      open(false);
      tab.focus();
    });
    open(sessionStorage.getItem(KEPT) === "open");
    panel.append(tab, section);
    return panel;
  }

  function show(hints) {
    const host = document.createElement("div");
    host.id = "press-hints";
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    root.append(makePanel(hints));
    document.documentElement.insertBefore(host, document.body); // on a narrow screen it is above the text, not over it
  }

  async function ask() {
    const answer = await fetch(`/.preview/hints${location.pathname}`).catch(() => null);
    if (answer?.status === 200) show(await answer.json());
  }

  // Only now: the page is shown first.
  addEventListener("load", ask);
}
