"use strict";

/**
 * A pause of the deck, and the reveal that comes to it.
 *
 * @typedef {object} Step
 * @property {HTMLElement} pause
 * @property {number} slide its slide's place, from 0
 * @property {number} reveal the reveal's place in the slide, from 0
 * @property {string} slideId
 * @property {string} revealId
 * @property {string} hash the part of the address that names it
 * @property {string} text its title and description
 * @property {HTMLScriptElement | undefined} clip an MP4 file in base64, where it is filmed
 * @property {HTMLCanvasElement | undefined} canvas where its picture is drawn, unless it is filmed
 * @property {string | undefined} poster its end as a picture, where it is filmed
 */

/**
 * The shell: reveal.js keeps the place (slides, fragments, overview, progress, speaker view), the stage shows it.
 *
 * Each slide is a `<section>`; its first reveal is the section itself, and each further one is a fragment of it. All
 * moves go through reveal.js, and `arrive` follows whatever it tells.
 */
class Shell {
  /** Whether this page is one of the two previews in the speaker view, which follow the page that opened it. */
  isPreview = /receiver/i.test(location.search);

  #root = one(".reveal", HTMLElement);
  #spoken = one(".spoken", HTMLElement);
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #sections = all(".slides > section", HTMLElement);
  #steps = this.#sections.flatMap(Shell.#stepsOf);
  #slides = new Slides(this.#sections.map((section) => (section.matches(".recorded") ? section.id : null)));
  #stage = new Stage(one(".stage", HTMLElement), this.#slides, this.#steps);
  #at = 0;
  /** @type {Promise<void> | null} */
  #speakerView = null;
  /** @type {"show" | "play" | "reverse"} */
  #move = "show";
  #settling = 0;

  /**
   * Open the page at the pause that its address names.
   *
   * @param {Promise<void>} styled resolves when reveal.js's style is there
   * @param {(event: KeyboardEvent) => false} press what to do with keys, instead of what reveal.js would
   */
  async start(styled, press) {
    const opening = this.#fromHash();
    const shown = this.#stage.show(opening);
    await Reveal.initialize({
      width: Number(this.#root.dataset.width),
      height: Number(this.#root.dataset.height),
      margin: 0,
      minScale: 0.01,
      maxScale: 100,
      center: false,
      transition: "none",
      backgroundTransition: "none",
      scrollActivationWidth: 0,
      slideNumber: "c/t",
      controls: false,
      touch: false,
      hash: false,
      respondToHashChanges: false,
      keyboardCondition: press,
      postMessage: this.isPreview,
    });
    await styled;
    Reveal.layout();
    // The number is a link, which a stray Tab and Enter would follow.
    one(".slide-number", HTMLElement, this.#root).inert = true;
    this.#jump(opening);
    this.#at = opening;
    for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(event, () => this.#arrive());
    // Not the current address: where we were may have been written into it by now.
    window.addEventListener("hashchange", ({ newURL }) => this.#go(this.#fromHash(new URL(newURL).hash)));
    this.#root.addEventListener("click", ({ target }) => this.#pick(target));
    await shown;
    this.#tell();
    new Pictures(this.#slides, this.#steps);
    if (this.isPreview) {
      this.tellMain({ deck: "preview" });
      return;
    }
    this.#speakerView = this.#prepareSpeakerView();
    this.#slides.openAll(this.#steps[this.#at].slide);
  }

  /** Open the speaker view; its script is unpacked after the first pause is shown, as soon as there is time. */
  async openSpeakerView() {
    await this.#speakerView;
    /** @type {import("reveal.js/plugin/notes").NotesPlugin} */ (Reveal.getPlugin("notes")).open();
  }

  async #prepareSpeakerView() {
    await idle();
    await unpack("script");
    Reveal.registerPlugin(RevealNotes());
  }

  /** Have reveal.js tell the speaker view again where we are: `resumed` is one of the events that make it do so. */
  tellSpeaker() {
    Reveal.dispatchEvent({ type: "resumed" });
  }

  /**
   * Pass a message from a preview to the page that opened the speaker view.
   *
   * @param {{deck: "preview"} | {deck: "key", key: string}} message
   */
  tellMain(message) {
    window.parent.opener?.postMessage(message, "*");
  }

  /**
   * Where we are: ids first, then indices from 0.
   *
   * @returns {StageState & {slide: string, reveal: string, step: [slide: number, reveal: number]}}
   */
  state() {
    const { slideId, revealId, slide, reveal } = this.#steps[this.#at];
    return { slide: slideId, reveal: revealId, step: [slide, reveal], ...this.#stage.state };
  }

  forward() {
    if (this.#stage.unfinished) this.#stage.finish();
    else this.#by("play", () => Reveal.next());
  }

  back() {
    if (this.#stage.rewinding) this.#stage.finish();
    else if (this.#at === 0) this.#stage.show(0);
    else Reveal.prev();
  }

  /** Play backwards to the pause before. */
  reverse() {
    if (this.#at === 0 || this.#stage.rewinding) this.back();
    else this.#by("reverse", () => Reveal.prev());
  }

  /** @param {boolean} [open] whether it is to be open; if left out, it is toggled */
  overview(open) {
    Reveal.toggleOverview(open);
    this.#scroll();
  }

  first() {
    this.#go(0);
  }

  last() {
    this.#go(this.#steps.length - 1);
  }

  replay() {
    this.#stage.play(this.#at);
  }

  toggle() {
    this.#stage.toggle();
  }

  /**
   * Go to a slide as people count them, "3", or to one of its pauses, "3.2".
   *
   * @param {string} number
   */
  goTo(number) {
    const [slide, reveal = 1] = number.split(".").map(Number);
    const index = this.#steps.findIndex((step) => step.slide === slide - 1 && step.reveal === reveal - 1);
    if (index >= 0) this.#go(index);
  }

  /**
   * Take a step of reveal.js and move in this way to the pause that it reaches; show that at once if nothing may move.
   *
   * @param {"play" | "reverse"} move
   * @param {() => void} step
   */
  #by(move, step) {
    this.#move = Reveal.isOverview() || this.#calm.matches ? "show" : move;
    step();
    this.#move = "show";
  }

  /** @param {EventTarget | null} target what was clicked */
  #pick(target) {
    const pause = target instanceof Element && target.closest(".pause");
    const index = this.#steps.findIndex((step) => step.pause === pause);
    if (index >= 0) this.#go(index);
  }

  #scroll() {
    if (Reveal.isOverview()) this.#steps[this.#at].pause.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} index */
  #go(index) {
    if (index === this.#at) this.#stage.show(index);
    else this.#jump(index);
  }

  /** @param {number} index */
  #jump(index) {
    const { slide, reveal } = this.#steps[index];
    Reveal.slide(slide, 0, reveal - 1);
  }

  #place() {
    const { h, f } = Reveal.getIndices();
    return this.#steps.findIndex((step) => step.slide === h && step.reveal === (f ?? -1) + 1);
  }

  #arrive() {
    const now = this.#place();
    if (now === this.#at) return;
    this.#at = now;
    if (this.#move === "reverse") this.#stage.reverse(now + 1);
    else this.#stage[this.#move](now);
    this.#tell();
    this.#scroll();
    // When a slide is entered backwards, reveal.js tells the speaker view before it knows the fragment.
    setTimeout(() => this.tellSpeaker());
  }

  #tell() {
    this.#spoken.textContent = this.#steps[this.#at].text;
    this.#root.style.setProperty("--progress", String(this.#at / Math.max(1, this.#steps.length - 1)));
    if (!this.isPreview) this.#keepHash();
  }

  #keepHash() {
    if (this.#settling) return;
    const write = () => history.replaceState(null, "", this.#steps[this.#at].hash);
    write();
    // Browsers refuse to change the address many times a second.
    this.#settling = setTimeout(() => {
      this.#settling = 0;
      write();
    }, 100);
  }

  #fromHash(address = location.hash) {
    const [, slide, reveal] = address.split("/");
    const exact = this.#steps.findIndex((step) => step.hash === `#/${slide}/${reveal}`);
    const nearest = this.#steps.findIndex((step) => step.hash.startsWith(`#/${slide}/`));
    return Math.max(0, exact < 0 ? nearest : exact);
  }

  /**
   * @param {HTMLElement} section
   * @param {number} slide
   * @returns {Step[]}
   */
  static #stepsOf(section, slide) {
    return all(".pause", HTMLElement, section).map((pause, reveal) => {
      const slideId = section.id;
      const revealId = required(pause.dataset.reveal, "id of a pause");
      return {
        pause,
        slide,
        reveal,
        slideId,
        revealId,
        hash: `#/${encodeURIComponent(slideId)}/${encodeURIComponent(revealId)}`,
        text: one("p", HTMLElement, pause).textContent,
        clip: all("script.clip", HTMLScriptElement, pause).at(0),
        canvas: all("canvas.picture", HTMLCanvasElement, pause).at(0),
        poster: all("img.picture", HTMLImageElement, pause).at(0)?.src,
      };
    });
  }
}
