"use strict";

/**
 * The pictures of pauses, for the overview and for paper.
 *
 * Each pause has a `<canvas class="picture">`, drawn when it comes in sight, in the display's own pixels; what a page
 * carries as a picture is an `<img>` and needs none of this.
 */
class Pictures {
  /** How many pixels wide pictures on paper are, where they become pixels. */
  static #PAPER = 1920;

  #slides;
  #steps;

  /**
   * @param {Slides} slides the recordings
   * @param {{slide: number, reveal: number, canvas: ?HTMLCanvasElement}[]} steps all pauses
   */
  constructor(slides, steps) {
    this.#slides = slides;
    this.#steps = steps.filter((step) => step.canvas);
    for (const step of this.#steps) onResize(step.canvas, ([width]) => this.#draw(step, width));
    window.addEventListener("beforeprint", () => this.#each((step) => this.#draw(step, Pictures.#PAPER)));
    window.addEventListener("afterprint", () => this.#each((step) => this.#draw(step, step.canvas.clientWidth)));
  }

  #each(call) {
    for (const step of this.#steps) call(step);
  }

  async #draw(step, width) {
    step.width = Math.round(width);
    const recording = this.#slides.opened(step.slide) ?? (width && (await this.#slides.open(step.slide)));
    if (!recording) return;
    step.canvas.width = step.width;
    step.canvas.height = Math.round((step.width * recording.height) / recording.width);
    if (step.width) new Painter(step.canvas).draw(recording, recording.reveals[step.reveal].last);
  }
}
