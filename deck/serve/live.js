"use strict";

/** @typedef {{slide: string, reveal: string, h: number, r: number}} Place */
/** @typedef {{where: string, what: string, hint: string}} Fault */
/** @typedef {{version: string, faults: Fault[]}} News */

/**
 * Follows the news of the server that the page comes from: `/news` tells which page is the newest, and what is wrong.
 *
 * It asks again and again and keeps no request open: a browser allows few at a time to one server, and a speaker view
 * with its previews would take three.
 */
{
  const MEMORY = "deck.place";
  /** Milliseconds between questions: while the page is seen, while it is not, and while nobody answers. */
  const PATIENCE = { seen: 200, unseen: 1000, alone: 1000 };
  const isPreview = /receiver/i.test(location.search);

  /**
   * All pauses of the page: for each, the ids of its slide and its reveal, and their places, counted from 0.
   *
   * @type {Place[]}
   */
  const pauses = [...document.querySelectorAll(".slides > section")].flatMap((section, h) =>
    [...section.querySelectorAll(".pause")].map((pause, r) => {
      return { slide: section.id, reveal: pause.getAttribute("data-reveal") ?? "", h, r };
    }),
  );

  /**
   * Return the pause of this page that is nearest to a pause of the page before.
   *
   * @param {Place} was
   */
  function nearest(was) {
    const slide = pauses.filter((pause) => pause.slide === was.slide);
    const last = pauses.at(-1)?.h ?? 0;
    const there = slide.length ? slide : pauses.filter((pause) => pause.h === Math.min(was.h, last));
    return there.find((pause) => pause.reveal === was.reveal) ?? there[Math.min(was.r, there.length - 1)];
  }

  /** Write the nearest pause into the address before the player reads it: the pause that it names may be gone. */
  function comeBack() {
    /** @type {Place | null} */
    const was = JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
    sessionStorage.removeItem(MEMORY);
    const now = was && nearest(was);
    if (now) history.replaceState(null, "", `#/${encodeURIComponent(now.slide)}/${encodeURIComponent(now.reveal)}`);
  }

  function loadAgain() {
    if (window.deck && !isPreview) {
      const [h, r] = window.deck.state().step;
      sessionStorage.setItem(MEMORY, JSON.stringify(pauses.find((pause) => pause.h === h && pause.r === r) ?? null));
    }
    location.reload();
  }

  /* What is wrong, over the deck. */

  const STYLE = `
    :host { position: fixed; inset: auto 0 0; z-index: 1000; display: flex; max-height: 85%; }
    :host([hidden]) { display: none; }
    div { flex: 1; overflow: auto; overscroll-behavior: contain; padding: 0.9em 1.2em 1.1em; background: #24090CFA;
      border-top: 5px solid #FF5C5C; color: #FFFFFF; font: clamp(20px, 2.1vw, 40px)/1.4 system-ui, sans-serif; }
    h1 { margin: 0; font-size: 1em; color: #FF8A8A; }
    section { margin-top: 0.7em; }
    p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .where { font-family: ui-monospace, "JetBrains Mono", Menlo, Consolas, monospace; color: #FFC9C9; }
    .what { font-weight: 600; }
    .hint { color: #FFD98A; }`;

  const overlay = document.createElement("deck-faults");
  overlay.hidden = true;
  overlay.setAttribute("role", "alert");
  const box = overlay.attachShadow({ mode: "open" });

  /**
   * @param {Node} parent
   * @param {string} name the element's
   * @param {string} className
   * @param {string} text
   */
  function add(parent, name, className, text) {
    return parent.appendChild(Object.assign(document.createElement(name), { className, textContent: text }));
  }

  /** @param {Fault[]} faults */
  function showFaults(faults) {
    box.replaceChildren();
    add(box, "style", "", STYLE);
    const panel = add(box, "div", "", "");
    const older = pauses.length ? "; this is the deck as it was before" : "";
    add(panel, "h1", "", `${faults.length === 1 ? "A fault" : `${faults.length} faults`} in the document${older}`);
    for (const { where, what, hint } of faults) {
      const fault = add(panel, "section", "", "");
      for (const [className, text] of Object.entries({ where, what, hint: hint && `Hint: ${hint}` })) {
        if (text) add(fault, "p", className, text);
      }
    }
    overlay.hidden = !faults.length;
  }

  /* News. */

  let told = "[]";

  /**
   * Act on what the server says; return whether there is more to hear.
   *
   * @param {News} news
   * @param {string} version the page's own
   */
  function hear(news, version) {
    if (news.version !== version) {
      loadAgain();
      return false;
    }
    const faults = JSON.stringify(news.faults);
    if (faults !== told && !isPreview) showFaults(news.faults);
    told = faults;
    return true;
  }

  async function follow() {
    const version = JSON.parse(document.querySelector("script.version")?.textContent ?? '""');
    document.body.append(overlay);
    for (;;) {
      let patience = document.hidden ? PATIENCE.unseen : PATIENCE.seen;
      try {
        const response = await fetch("/news", { cache: "no-store" });
        if (!hear(await response.json(), version)) return;
      } catch {
        patience = PATIENCE.alone;
      }
      await new Promise((resolve) => setTimeout(resolve, patience));
    }
  }

  comeBack();
  document.addEventListener("DOMContentLoaded", follow);
}
