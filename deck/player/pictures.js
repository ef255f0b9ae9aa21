"use strict";

/**
 * The pictures of pauses, for the overview and for paper.
 *
 * Each pause has a `<canvas class="picture">`, drawn when it comes in sight, in the display's own pixels; what a page
 * carries as a picture is an `<img>` and needs none of this.
 */
class Pictures {
  /** How many pixels the longer side of pictures for paper has. */
  static #PAPER = 1920;

  #slides;
  #pictures;

  /**
   * @param {Slides} slides the recordings
   * @param {Step[]} steps all pauses
   */
  constructor(slides, steps) {
    this.#slides = slides;
    this.#pictures = steps.flatMap(({ slide, reveal, canvas }) => (canvas ? { slide, reveal, canvas, width: 0 } : []));
    for (const picture of this.#pictures) onResize(picture.canvas, ([width]) => this.#draw(picture, width));
    const { width, height } = one(".reveal", HTMLElement).dataset;
    const paper = Pictures.#PAPER * Math.min(1, Number(width) / Number(height));
    window.addEventListener("beforeprint", () => this.#drawAll(() => paper));
    window.addEventListener("afterprint", () => this.#drawAll((canvas) => canvas.clientWidth));
  }

  /** @param {(canvas: HTMLCanvasElement) => number} width how wide each is to be */
  #drawAll(width) {
    for (const picture of this.#pictures) this.#draw(picture, width(picture.canvas));
  }

  /**
   * @param {{slide: number, reveal: number, canvas: HTMLCanvasElement, width: number}} picture
   * @param {number} width
   */
  async #draw(picture, width) {
    const { slide, reveal, canvas } = picture;
    picture.width = Math.round(width);
    const recording = this.#slides.opened(slide) ?? (width && (await this.#slides.open(slide)));
    if (!recording) return;
    // The width is that of the last call: there may have been others while the slide was opened.
    canvas.width = picture.width;
    canvas.height = Math.round((picture.width * recording.height) / recording.width);
    if (picture.width) new Painter(canvas).draw(recording, recording.reveals[reveal].last);
  }
}
