"use strict";

/** @typedef {Recording | Unreadable} AnyRecording */

/** The recordings that the page carries, each unpacked when it is asked for and kept from then on. */
class Slides {
  #ids;
  /** @type {Promise<AnyRecording>[]} */
  #opening = [];
  /** @type {AnyRecording[]} */
  #opened = [];
  /** @type {Promise<Recording | null> | undefined} */
  #library;

  /** @param {(string | null)[]} ids each slide's; null for a slide of clips */
  constructor(ids) {
    this.#ids = ids;
  }

  /**
   * Return a promise of a slide's recording.
   *
   * @param {number} slide
   */
  open(slide) {
    this.#opening[slide] ??= this.#unpack(slide);
    return this.#opening[slide];
  }

  /**
   * Return a slide's recording if it is there already.
   *
   * @param {number} slide
   */
  opened(slide) {
    return this.#opened.at(slide);
  }

  /**
   * Unpack all slides, those near one first, when there is nothing else to do.
   *
   * @param {number} near
   */
  async openAll(near) {
    const order = [...this.#ids.keys()].filter((slide) => this.#ids[slide] !== null);
    order.sort((one, other) => Math.abs(one - near) - Math.abs(other - near));
    for (const slide of order) {
      await idle();
      await this.open(slide);
    }
  }

  /** @param {number} slide */
  async #unpack(slide) {
    const source = await this.#source(this.#ids[slide]);
    this.#library ??= openLibrary();
    try {
      const library = await this.#library;
      this.#opened[slide] = await Recording.open(decodeBase64(required(source, "recording").text), library);
    } catch (error) {
      this.#opened[slide] = new Unreadable(error);
    }
    source?.remove();
    return this.#opened[slide];
  }

  /**
   * Recordings stand at the page's end, all but the first behind the scripts: so the first slide waits for no other.
   *
   * @param {string | null} id
   */
  async #source(id) {
    const find = () => all("script.recording", HTMLScriptElement).find(({ dataset }) => dataset.slide === id);
    if (!find() && document.readyState === "loading") {
      await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
    }
    return find();
  }
}

/**
 * Return what recordings take their common outlines from; null if there is none. It stands before the first of them.
 *
 * A slide that takes nothing from it is shown, whatever is wrong with it.
 */
async function openLibrary() {
  const [source] = all("script.library", HTMLScriptElement);
  try {
    return source ? await Recording.open(decodeBase64(source.text)) : null;
  } catch (error) {
    console.warn("What slides have in common cannot be read.", error);
    return null;
  } finally {
    source?.remove();
  }
}

/**
 * Stands in the place of a recording that cannot be read, and says so on each of its pauses; other slides are shown as
 * always.
 */
class Unreadable {
  width = FORMAT.gridWidth;
  height = (FORMAT.gridWidth * 9) / 16;
  frameRate = 60;
  background = styled("--background");
  color = styled("--text");
  says = "This slide cannot be shown: what the page carries of it is damaged. Build the deck again.";

  /**
   * A reveal for any index, since nobody knows how many there were.
   *
   * @type {RecordedReveal[]}
   */
  reveals = new Proxy([], { get: () => ({ first: 0, last: 0, loop: false }) });

  /** @param {unknown} error what is wrong with it, for those who want to know more */
  constructor(error) {
    console.warn(this.says, error);
  }
}

/**
 * Return a colour of the page's theme.
 *
 * @param {string} name of a property
 */
function styled(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * Resolve when the browser has time, or after a moment where a browser cannot say when it has.
 *
 * @returns {Promise<unknown>}
 */
function idle() {
  return new Promise((resolve) => {
    if (window.requestIdleCallback) window.requestIdleCallback(resolve, { timeout: 1000 });
    else setTimeout(resolve, 20);
  });
}
