"use strict";

/** @typedef {{playing: boolean, progress: number}} StageState */

/**
 * Shows reveals by drawing their recordings on a canvas, as sharp as the display.
 *
 * Frames follow the display's clock. What is on the canvas stays until the next frame is drawn over it, even if a slide
 * has to be unpacked first. Reveals are counted through the whole deck, from 0; a later request overtakes an earlier
 * one.
 */
class CanvasStage {
  /** How much of a reveal's start is skipped at most, in seconds, if nothing changes there. */
  static #SLOW_START = 0.1;

  #element;
  #canvas;
  #painter;
  #slides;
  #steps;
  #appeared;
  #room;
  /** @type {{recording: AnyRecording, frame: number} | null} */
  #shown = null;
  #index = 0;
  #turn = 0;
  #ticket = 0;
  #reached = false;
  /** @type {Motion | null} */
  #motion = null;
  #held = false;

  /**
   * @param {HTMLElement} element where to show; it is given the slide's background
   * @param {Slides} slides the recordings
   * @param {Step[]} steps all reveals of the deck
   * @param {() => void} appeared called when what was asked for is on the canvas
   */
  constructor(element, slides, steps, appeared) {
    this.#element = element;
    this.#canvas = element.appendChild(Object.assign(document.createElement("canvas"), { width: 0, height: 0 }));
    this.#painter = new Painter(this.#canvas);
    this.#slides = slides;
    this.#steps = steps;
    this.#appeared = appeared;
    this.#room = [element.clientWidth, element.clientHeight].map((length) => Math.round(length * devicePixelRatio));
    this.#canvas.addEventListener("contextrestored", () => this.#drawAgain());
    onResize(element, (room) => {
      this.#room = room;
      this.#drawAgain();
    });
  }

  /**
   * Progress runs from 0 to 1; it is 1 once the end of what was asked for is on the canvas.
   *
   * @returns {StageState}
   */
  get state() {
    if (this.#motion) return { playing: !this.#held, progress: this.#motion.progress };
    return { playing: false, progress: this.#reached ? 1 : 0 };
  }

  /** Whether a reveal is playing or held, with its end still to come; that of a loop never comes. */
  get unfinished() {
    return this.#motion !== null && !this.#motion.loop;
  }

  /** Whether a reveal is on its way back. */
  get rewinding() {
    return this.#motion?.step === -1;
  }

  /**
   * Show a reveal's end.
   *
   * @param {number} index
   */
  async show(index) {
    const recording = await this.#turnTo(index, null);
    if (!recording) return;
    this.#reached = true;
    this.#draw(recording, this.#reveal(recording).last, true);
    this.#appeared();
  }

  /**
   * Play a reveal from its start; resolve when that is on the canvas.
   *
   * @param {number} index
   */
  async play(index) {
    const motion = new Motion(1);
    const recording = await this.#turnTo(index, motion);
    if (!recording) return;
    const { first, last, loop } = this.#reveal(recording);
    // Animations begin slowly: a key is answered by what can be seen.
    const patience = Math.min(last, first + Math.floor(CanvasStage.#SLOW_START * recording.frameRate));
    let frame = first;
    while (!this.#draw(recording, frame, false) && frame < patience) frame += 1;
    motion.set(recording, frame, first, last, loop);
    this.#appeared();
    this.#run();
  }

  /**
   * Play a reveal backwards, from where it is or else from its end. Resolve to whether it came to its start.
   *
   * @param {number} index
   */
  async reverse(index) {
    const at = this.#motion?.recording && index === this.#index ? this.#shown?.frame : null;
    const motion = new Motion(-1);
    const recording = await this.#turnTo(index, motion);
    if (!recording) return false;
    const { first, last } = this.#reveal(recording);
    motion.set(recording, at ?? last, last, first, false);
    this.#draw(recording, motion.frame, false);
    this.#appeared();
    this.#run();
    return motion.over;
  }

  /** Hold what plays, or let it go on. */
  toggle() {
    if (!this.#motion) return;
    this.#held = !this.#held;
    this.#run();
  }

  /** Play nothing more; what is on the canvas stays. */
  leave() {
    this.#stop(null);
  }

  /**
   * Stop what plays and return the recording of a reveal's slide, or null if something else was asked for meanwhile.
   *
   * @param {number} index
   * @param {Motion | null} motion
   */
  async #turnTo(index, motion) {
    const turn = this.#stop(motion);
    this.#index = index;
    const recording = await this.#slides.open(this.#steps[index].slide);
    return turn === this.#turn ? recording : null;
  }

  /** @param {Motion | null} motion what plays from now on */
  #stop(motion) {
    cancelAnimationFrame(this.#ticket);
    this.#motion?.end(false);
    this.#motion = motion;
    this.#held = false;
    this.#reached = false;
    return ++this.#turn;
  }

  #run() {
    cancelAnimationFrame(this.#ticket);
    this.#motion?.halt();
    if (!this.#held && this.#motion?.recording) this.#ticket = requestAnimationFrame(this.#tick);
  }

  /** @param {DOMHighResTimeStamp} now */
  #tick = (now) => {
    const motion = this.#motion;
    if (!motion?.recording) return;
    const more = motion.advance(now);
    this.#draw(motion.recording, motion.frame, !more);
    if (more) {
      this.#ticket = requestAnimationFrame(this.#tick);
      return;
    }
    this.#motion = null;
    this.#reached = motion.step === 1;
    motion.end(true);
  };

  /** @param {AnyRecording} recording */
  #reveal(recording) {
    return recording.reveals[this.#steps[this.#index].reveal];
  }

  /**
   * @param {AnyRecording} recording
   * @param {number} frame
   * @param {boolean} rests whether the frame stays
   */
  #draw(recording, frame, rests) {
    this.#fit(recording);
    this.#element.style.background = recording.background;
    this.#shown = { recording, frame };
    return rests ? this.#painter.drawWhole(recording, frame) : this.#painter.draw(recording, frame);
  }

  #drawAgain() {
    if (this.#shown) this.#draw(this.#shown.recording, this.#shown.frame, true);
  }

  /**
   * Make the canvas as large as fits, in the middle, with one pixel for each of the display's.
   *
   * @param {AnyRecording} recording
   */
  #fit({ width, height }) {
    const canvas = this.#canvas;
    const [across, along] = this.#room;
    const wide = Math.min(across, Math.round((along * width) / height));
    const high = Math.round((wide * height) / width);
    // To set a size clears the canvas, even to the one that it has.
    if (canvas.width !== wide) canvas.width = wide;
    if (canvas.height !== high) canvas.height = high;
    const [left, top] = [across - wide, along - high].map((rest) => Math.floor(rest / 2));
    const box = { left, top, width: wide, height: high };
    for (const [name, length] of Object.entries(box)) canvas.style.setProperty(name, `${length / devicePixelRatio}px`);
  }
}

/** Frames that follow the display's clock, from one to another, forwards (`step` 1) or backwards (-1). */
class Motion {
  /** @type {AnyRecording | null} */
  recording = null;
  frame = 0;
  loop = false;
  /** @type {(arrived: boolean) => void} */
  end = () => {};

  #first = 0;
  #last = 0;
  #from = 0;
  #frameRate = 0;
  /** @type {number | null} */
  #started = null;

  /** @param {1 | -1} step */
  constructor(step) {
    this.step = step;
    /** @type {Promise<boolean>} */
    this.over = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** From 0 to 1. */
  get progress() {
    return (this.frame - this.#first) / (this.#last - this.#first) || 0;
  }

  /**
   * Begin at `frame` of what goes from `first` to `last`.
   *
   * @param {AnyRecording} recording
   * @param {number} frame
   * @param {number} first
   * @param {number} last
   * @param {boolean} loop
   */
  set(recording, frame, first, last, loop) {
    Object.assign(this, { recording, frame, loop });
    [this.#first, this.#last, this.#frameRate] = [first, last, recording.frameRate];
  }

  /** Start the clock again at the current frame. */
  halt() {
    this.#started = null;
    this.#from = this.frame;
  }

  /**
   * Go to the frame of a moment; return whether there are more.
   *
   * @param {DOMHighResTimeStamp} now
   */
  advance(now) {
    this.#started ??= now;
    const seconds = (now - this.#started) / 1000;
    // Half a frame more, since the frames of a display with our frame rate may come a little early.
    const count = Math.floor(seconds * this.#frameRate + 0.5) + Math.abs(this.#from - this.#first);
    const length = Math.abs(this.#last - this.#first);
    this.frame = this.#first + this.step * (this.loop ? count % (length + 1) : Math.min(count, length));
    return this.loop || count < length;
  }
}

/**
 * Call with an element's width and height in the display's pixels whenever they change, before it is painted.
 *
 * @param {HTMLElement} element
 * @param {(room: number[]) => void} call
 */
function onResize(element, call) {
  const observer = new ResizeObserver(([{ contentRect, devicePixelContentBoxSize }]) => {
    const near = [contentRect.width, contentRect.height].map((length) => Math.round(length * devicePixelRatio));
    const [box] = devicePixelContentBoxSize ?? [];
    const exact = box ? [box.inlineSize, box.blockSize] : near;
    // A browser that acts as if it had another display may report the size on its real one.
    call(exact.every((length, side) => Math.abs(length - near[side]) <= 1) ? exact : near);
  });
  try {
    observer.observe(element, { box: "device-pixel-content-box" });
  } catch {
    // Safari does not know this box.
    observer.observe(element);
  }
}
