"use strict";

/* Small pictures made finer, since browsers enlarge them with a softer kernel than manim. */

/** A picture of at most this many pixels is small: a map, a digit, a kernel. */
const SMALL = 64 * 64;

/** How many times finer small pictures become, and very small ones; after that any kernel will do. */
const [FINER, FINEST] = [4, 8];

/**
 * A picture, its pixels not premultiplied.
 *
 * @typedef {object} Picture
 * @property {number} width
 * @property {number} height
 * @property {Uint8ClampedArray<ArrayBuffer>} pixels red, green, blue, alpha
 * @property {OffscreenCanvas} [canvas] a canvas with it, once it was asked for
 * @property {OffscreenCanvas} [finer] one with it made finer
 */

/** @param {Picture} picture */
function isSmall({ width, height }) {
  return width * height <= SMALL;
}

/**
 * Return a canvas with a picture on it.
 *
 * @param {Picture} picture
 */
function canvasOf({ width, height, pixels }) {
  const canvas = new OffscreenCanvas(width, height);
  required(canvas.getContext("2d"), "canvas").putImageData(new ImageData(pixels, width), 0, 0);
  return canvas;
}

/**
 * Return a picture of more pixels, by cubic convolution with a = -1.
 *
 * @param {Picture} picture
 * @returns {Picture}
 */
function finer({ width, height, pixels }) {
  const times = 4 * width * height <= SMALL ? FINEST : FINER;
  // Transparent pixels have no say in what colour is next to them.
  const weighed = Float32Array.from(pixels, (value, at) => (at % 4 === 3 ? value : (value * pixels[at | 3]) / 255));
  const wide = convolved(weighed, { count: height, length: width, step: 4, row: 4 * width }, times);
  // Now each row has `times * width` pixels.
  const row = 4 * times * width;
  const whole = convolved(wide, { count: times * width, length: height, step: row, row: 4 }, times);
  const made = new Uint8ClampedArray(whole.length);
  for (let at = 0; at < whole.length; at += 4) {
    const alpha = Math.min(Math.max(whole[at + 3], 0), 255);
    for (let channel = 0; channel < 3; channel += 1) made[at + channel] = alpha && (whole[at + channel] * 255) / alpha;
    made[at + 3] = alpha;
  }
  return { width: times * width, height: times * height, pixels: made };
}

/**
 * Return pixels convolved along one side.
 *
 * @param {Float32Array} pixels four channels each
 * @param {{count: number, length: number, step: number, row: number}} side `count` lines of `length` pixels, which are
 *   `step` numbers apart; lines start `row` numbers apart
 * @param {number} times how many pixels each becomes
 */
function convolved(pixels, { count, length, step, row }, times) {
  const along = step !== 4;
  const made = new Float32Array(pixels.length * times);
  for (let place = 0; place < times * length; place += 1) {
    const middle = (place + 0.5) / times - 0.5;
    const first = Math.floor(middle);
    const weights = weightsAt(middle - first);
    const from = weights.map((_, nth) => step * Math.min(Math.max(first - 1 + nth, 0), length - 1));
    for (let line = 0; line < count; line += 1) {
      const to = along ? place * step + line * row : line * row * times + place * step;
      for (let channel = 0; channel < 4; channel += 1) {
        const start = line * row + channel;
        made[to + channel] =
          weights[0] * pixels[start + from[0]] +
          weights[1] * pixels[start + from[1]] +
          weights[2] * pixels[start + from[2]] +
          weights[3] * pixels[start + from[3]];
      }
    }
  }
  return made;
}

/**
 * Return the weights of four pixels in a row for a place between the second and the third.
 *
 * @param {number} t from 0 to 1
 */
function weightsAt(t) {
  return [-t * (1 - t) ** 2, 1 - 2 * t ** 2 + t ** 3, t + t ** 2 - t ** 3, t ** 3 - t ** 2];
}
