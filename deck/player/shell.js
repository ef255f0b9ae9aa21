"use strict";

/**
 * The shell: reveal.js keeps the place (slides, fragments, overview, progress, speaker view), the stage shows it.
 *
 * Each slide is a `<section>`; its first reveal is the section itself, and each further one is a fragment of it. All
 * moves go through reveal.js, and `arrive` follows whatever it tells.
 */
class Shell {
  /** Whether this page is one of the two previews in the speaker view, which follow the page that opened it. */
  isPreview = /receiver/i.test(location.search);

  #root = document.querySelector(".reveal");
  #spoken = document.querySelector(".spoken");
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #sections = [...document.querySelectorAll(".slides > section")];
  #steps = this.#sections.flatMap(Shell.#stepsOf);
  #slides = new Slides(this.#sections.map((section) => (section.matches(".recorded") ? section.id : null)));
  #stage = new Stage(document.querySelector(".stage"), this.#slides, this.#steps);
  #at = 0;
  #speakerView = null;
  #move = "show";
  #settling = 0;

  /**
   * Open the page at the pause that its address names.
   *
   * @param {Promise} styled resolves when reveal.js's style is there
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
      scrollActivationWidth: null,
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
    this.#root.querySelector(".slide-number").inert = true;
    this.#jump(opening);
    this.#at = opening;
    for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(event, () => this.#arrive());
    // By now the address may have been written over with where we were.
    window.addEventListener("hashchange", ({ newURL }) => this.#go(this.#fromHash(new URL(newURL).hash)));
    this.#root.addEventListener("click", (event) => this.#pick(event.target.closest(".pause")));
    await shown;
    this.#tell();
    new Pictures(this.#slides, this.#steps);
    if (this.isPreview) return this.tellMain({ deck: "preview" });
    this.#speakerView = this.#prepareSpeakerView();
    this.#slides.openAll(this.#steps[this.#at].slide);
  }

  /** Open the speaker view; its script runs as soon as there is time after the first pause can be seen. */
  async openSpeakerView() {
    await this.#speakerView;
    Reveal.getPlugin("notes").open();
  }

  async #prepareSpeakerView() {
    await idle();
    await unpack("script");
    Reveal.registerPlugin(RevealNotes);
  }

  /** Have reveal.js tell the speaker view again where we are: `resumed` is one of the events that make it do so. */
  tellSpeaker() {
    Reveal.dispatchEvent({ type: "resumed" });
  }

  /** Pass a message from a preview to the page that opened the speaker view. */
  tellMain(message) {
    window.parent.opener?.postMessage(message, "*");
  }

  /** Where we are: `{slide, reveal, step: [slide, reveal], playing, progress}`; ids first, then indices from 0. */
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

  /** Go to a slide as people count them, "3", or to one of its pauses, "3.2". */
  goTo(number) {
    const [slide, reveal = 1] = number.split(".").map(Number);
    const index = this.#steps.findIndex((step) => step.slide === slide - 1 && step.reveal === reveal - 1);
    if (index >= 0) this.#go(index);
  }

  /** Have what reveal.js tells of during a step done in this way, unless nothing is to move. */
  #by(move, step) {
    this.#move = Reveal.isOverview() || this.#calm.matches ? "show" : move;
    step();
    this.#move = "show";
  }

  #pick(pause) {
    const index = this.#steps.findIndex((step) => step.pause === pause);
    if (index >= 0) this.#go(index);
  }

  #scroll() {
    if (Reveal.isOverview()) this.#steps[this.#at].pause.scrollIntoView({ block: "nearest" });
  }

  #go(index) {
    if (index === this.#at) this.#stage.show(index);
    else this.#jump(index);
  }

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
    // Where a slide is entered from behind, reveal.js has told of it before it knows at which fragment.
    setTimeout(() => this.tellSpeaker());
  }

  #tell() {
    this.#spoken.textContent = this.#steps[this.#at].text;
    this.#root.style.setProperty("--progress", this.#at / Math.max(1, this.#steps.length - 1));
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

  static #stepsOf(section, slide) {
    return [...section.querySelectorAll(".pause")].map((pause, reveal) => ({
      pause,
      slide,
      reveal,
      slideId: section.id,
      revealId: pause.dataset.reveal,
      hash: `#/${encodeURIComponent(section.id)}/${encodeURIComponent(pause.dataset.reveal)}`,
      text: pause.querySelector("p").textContent,
      clip: pause.querySelector("script.clip"),
      canvas: pause.querySelector("canvas.picture"),
      poster: pause.querySelector("img.picture")?.src,
    }));
  }
}
