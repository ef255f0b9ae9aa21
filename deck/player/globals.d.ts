/* What the page has beside the player's own scripts. No page carries this: it is for the type checker. */

declare const Reveal: import("reveal.js").RevealApi;
declare const RevealNotes: typeof import("reveal.js/plugin/notes").default;

interface Window {
  /** For scripts: where we are, and when the first pause can be seen. */
  deck: { state: Shell["state"]; ready: Promise<void> };
}
