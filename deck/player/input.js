"use strict";

/**
 * A key that is pressed, as browsers describe it; of a key that the speaker view passes on, reveal.js gives only the
 * code.
 *
 * @typedef {{keyCode: number} & Partial<KeyboardEvent>} KeyPress
 */

/** @typedef {(key: string) => unknown} Action what a key does */

/**
 * What keys and fingers do.
 *
 * Keys come here from the page itself and from the speaker view: from its window, and from the two previews in it,
 * which are copies of this page that only follow.
 */
class Input {
  #shell;
  #help = one(".help", HTMLDialogElement);
  #prompt = one(".prompt", HTMLElement);
  #typed = "";
  /** @type {PointerEvent | null} */
  #touch = null;
  /** @type {MessageEventSource | null} */
  #speaker = null;

  /**
   * Keys are named as in `KeyboardEvent.key`, letters in lower case; `label` and `does` make the help.
   *
   * @type {{keys: string[], run: Action, label?: string, does?: string}[]}
   */
  #table = [
    {
      keys: ["ArrowRight", "ArrowDown", " ", "PageDown", "n"],
      run: () => this.#shell.forward(),
      label: "→ ↓ Space PgDn N",
      does: "Next pause; while it plays, its end",
    },
    {
      keys: ["ArrowLeft", "ArrowUp", "Shift+ ", "PageUp", "p"],
      run: () => this.#shell.back(),
      label: "← ↑ Shift-Space PgUp P",
      does: "Pause before",
    },
    {
      keys: ["Shift+ArrowLeft", "Shift+ArrowUp", "Shift+PageUp"],
      run: () => this.#shell.reverse(),
      label: "Shift-← Shift-↑ Shift-PgUp",
      does: "Play backwards to the pause before",
    },
    { keys: ["Home"], run: () => this.#shell.first(), label: "Home", does: "First pause" },
    { keys: ["End"], run: () => this.#shell.last(), label: "End", does: "Last pause" },
    { keys: ["r"], run: () => this.#shell.replay(), label: "R", does: "Play again" },
    { keys: ["a"], run: () => this.#shell.toggle(), label: "A", does: "Hold; go on" },
    { keys: ["g"], run: () => this.#ask(""), label: "G or digits, Enter", does: "To slide 3, or to its pause 3.2" },
    { keys: [..."0123456789"], run: (digit) => this.#ask(digit) },
    { keys: ["o", "Escape"], run: () => this.#shell.overview(), label: "O Esc", does: "Overview; Enter to choose" },
    { keys: ["Enter"], run: () => this.#shell.overview(false) },
    { keys: ["b", "."], run: () => Reveal.togglePause(true), label: "B .", does: "Black screen; any key ends it" },
    { keys: ["f"], run: () => this.#fullScreen(), label: "F", does: "Full screen" },
    { keys: ["s"], run: () => this.#shell.openSpeakerView(), label: "S", does: "Speaker view" },
    { keys: ["?"], run: () => this.#help.showModal(), label: "?", does: "This help" },
    // The start button of clickers, which would reload the page.
    { keys: ["F5", "Shift+F5"], run: () => {} },
  ];
  /** @type {Map<string, Action>} */
  #actions = new Map(this.#table.flatMap(({ keys, run }) => keys.map((key) => [key, run])));

  /**
   * The names of keys by their codes, for keys that the speaker view passes on to its previews.
   *
   * @type {Record<number, string>}
   */
  static #CODES = {
    13: "Enter",
    27: "Escape",
    32: " ",
    33: "PageUp",
    34: "PageDown",
    35: "End",
    36: "Home",
    37: "ArrowLeft",
    38: "ArrowUp",
    39: "ArrowRight",
    40: "ArrowDown",
    116: "F5",
    190: ".",
    191: "?",
  };

  /** @param {Shell} shell what to drive */
  constructor(shell) {
    this.#shell = shell;
    this.#writeHelp();
    document.addEventListener("pointerdown", (event) => this.#down(event));
    document.addEventListener("pointerup", (event) => this.#up(event));
    window.addEventListener("message", (event) => this.#hear(event));
  }

  /**
   * Act on a key; false keeps reveal.js from acting on it too.
   *
   * @param {KeyPress} event
   * @returns {false}
   */
  press = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    const key = Input.#name(event);
    const run = this.#meaning(key);
    if (!run) return false;
    event.preventDefault?.();
    // A button held down, or a clicker that sends its key again and again, is one press.
    if (event.repeat) return false;
    if (this.#shell.isPreview) this.#shell.tellMain({ deck: "key", key });
    else run(key);
    return false;
  };

  /**
   * Return what a key does now.
   *
   * @param {string} key
   * @returns {Action | undefined}
   */
  #meaning(key) {
    const action = this.#actions.get(key);
    if (action && this.#help.open) return () => this.#help.close();
    if (action && Reveal.isPaused()) return () => Reveal.togglePause(false);
    if (this.#prompt.hidden) return action;
    return this.#answer(key) ?? (action && (() => this.#leave(() => action(key))));
  }

  /**
   * Return what a key does to the number that is asked for.
   *
   * @param {string} key
   * @returns {Action | undefined}
   */
  #answer(key) {
    if (/^[\d.]$/.test(key)) return () => this.#ask(this.#typed + key);
    if (key === "Backspace") return () => this.#ask(this.#typed.slice(0, -1));
    if (key === "Enter") return () => this.#leave(() => this.#shell.goTo(this.#typed));
    if (key === "Escape") return () => this.#leave(() => {});
    return undefined;
  }

  /** @param {() => void} action what to do once the prompt is gone */
  #leave(action) {
    this.#prompt.hidden = true;
    action();
  }

  /** @param {string} typed the number so far */
  #ask(typed) {
    this.#typed = typed;
    this.#prompt.hidden = false;
    this.#prompt.textContent = `Go to slide ${typed}`;
  }

  #fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    // Browsers refuse it if the key was pressed in another window, the speaker view.
    else document.documentElement.requestFullscreen().catch(() => {});
  }

  #writeHelp() {
    const table = this.#help.appendChild(document.createElement("table"));
    for (const { label, does } of this.#table.filter((row) => row.label)) {
      const row = table.insertRow();
      row.appendChild(document.createElement("th")).textContent = label ?? "";
      row.insertCell().textContent = does ?? "";
    }
  }

  /** @param {PointerEvent} event */
  #down(event) {
    // A second finger is a pinch.
    this.#touch = event.pointerType === "touch" && event.isPrimary ? event : null;
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (!this.#touch) return;
    const [across, along] = [event.clientX - this.#touch.clientX, event.clientY - this.#touch.clientY];
    this.#touch = null;
    if (Math.abs(across) < 40 || Math.abs(across) < 2 * Math.abs(along)) return;
    if (across < 0) this.#shell.forward();
    else this.#shell.back();
  }

  /** @param {MessageEvent} event */
  #hear({ source, data }) {
    if (data?.deck === "key") this.#meaning(data.key)?.(data.key);
    else if (data?.deck === "preview") this.#shell.tellSpeaker();
    else if (source !== this.#speaker && String(data).includes('"reveal-notes"')) this.#listenTo(source);
  }

  /** @param {MessageEventSource | null} speaker */
  #listenTo(speaker) {
    this.#speaker = speaker;
    /** @param {KeyboardEvent} event */
    const press = (event) => {
      event.stopImmediatePropagation();
      this.press(event);
    };
    try {
      if (speaker && "document" in speaker) speaker.document.addEventListener("keydown", press, true);
    } catch {
      // A page from a file may not reach into its speaker view once it is reloaded. The previews still pass keys on.
    }
  }

  /** @param {KeyPress} event */
  static #name({ key, keyCode, shiftKey }) {
    const name = key ?? Input.#CODES[keyCode] ?? String.fromCharCode(keyCode);
    if (name.length === 1 && name !== " ") return name.toLowerCase();
    return shiftKey ? `Shift+${name}` : name;
  }
}
