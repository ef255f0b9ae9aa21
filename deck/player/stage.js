"use strict";

/**
 * The stage: hands each reveal to the clips if the page has a clip of it, and otherwise to the canvas.
 *
 * Clips lie below the canvas until one of them has its frame, and the canvas below the clips until it is drawn on: what
 * was seen stays in front until then. Reveals are counted through the whole deck, from 0.
 */
class Stage {
  #canvas;
  #clips;
  #layer;
  #steps;
  /** @type {CanvasStage | VideoStage} */
  #front;
  #target = 0;

  /**
   * @param {HTMLElement} element where to show
   * @param {Slides} slides the recordings
   * @param {Step[]} steps each reveal
   */
  constructor(element, slides, steps) {
    this.#steps = steps;
    this.#canvas = new CanvasStage(element, slides, steps, () => this.#raise(this.#canvas));
    this.#layer = element.appendChild(Object.assign(document.createElement("div"), { className: "clips" }));
    this.#clips = new VideoStage(this.#layer, steps, () => this.#raise(this.#clips));
    this.#front = this.#canvas;
  }

  /** Progress runs from 0 to 1; it is 1 once the end of what was asked for can be seen. */
  get state() {
    return this.#front.state;
  }

  /** Whether a reveal is playing or held, with its end still to come. */
  get unfinished() {
    return this.#front.unfinished;
  }

  /** Whether a reveal is on its way back. */
  get rewinding() {
    return this.#front.rewinding;
  }

  /**
   * Show a reveal's end.
   *
   * @param {number} index
   */
  show(index) {
    return this.#take(index, index, (stage) => stage.show(index));
  }

  /**
   * Play a reveal from its start.
   *
   * @param {number} index
   */
  play(index) {
    return this.#take(index, index, (stage) => stage.play(index));
  }

  /**
   * Play a reveal backwards, to the end of the one before. Clips cannot: that end is shown at once.
   *
   * @param {number} index
   */
  async reverse(index) {
    if (this.#steps[index].clip) return this.show(index - 1);
    const arrived = await this.#take(index, index - 1, () => this.#canvas.reverse(index));
    return arrived ? this.show(index - 1) : undefined;
  }

  /** Show the end of what plays, in either direction. */
  finish() {
    return this.show(this.#target);
  }

  /** Hold what plays, or let it go on. */
  toggle() {
    this.#front.toggle();
  }

  /**
   * @template T
   * @param {number} index the reveal that is asked for
   * @param {number} target the one whose end it comes to
   * @param {(stage: CanvasStage | VideoStage) => T} move
   */
  #take(index, target, move) {
    this.#target = target;
    const stage = this.#steps[index].clip ? this.#clips : this.#canvas;
    if (stage !== this.#front) this.#front.leave();
    this.#front = stage;
    return move(stage);
  }

  /** @param {CanvasStage | VideoStage} stage */
  #raise(stage) {
    this.#layer.style.zIndex = stage === this.#clips ? "2" : "0";
    if (stage === this.#canvas) this.#clips.prepareNextTo(this.#target);
  }
}
