"use strict";

/*
 * What must hold for a recording: `deck/recording/header.py` and `deck/recording/soundness.py` check the same.
 *
 * Drawing relies on it. It is checked once, when a recording is opened, so that nothing fails later.
 */

/**
 * Throw an error unless something holds.
 *
 * @param {unknown} holds
 * @param {string} otherwise the error's message
 * @returns {asserts holds}
 */
function ensure(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

/**
 * @param {unknown} value
 * @param {number} low
 * @param {number} high
 */
function isWhole(value, low, high = FORMAT.largest) {
  return typeof value === "number" && Number.isInteger(value) && low <= value && value <= high;
}

/**
 * @param {unknown} values
 * @param {number} length
 * @param {number} low
 * @param {number} [high]
 */
function areWhole(values, length, low, high) {
  return Array.isArray(values) && values.length === length && values.every((value) => isWhole(value, low, high));
}

/**
 * @param {unknown} value
 * @param {readonly string[]} names
 */
function isOneOf(value, names) {
  return typeof value === "string" && names.includes(value);
}

/**
 * @template T
 * @param {T[]} list
 * @param {(each: T) => number} value
 */
function sumOf(list, value) {
  return list.reduce((sum, each) => sum + value(each), 0);
}

/**
 * Check that a header is what the format asks for.
 *
 * @param {Header} header what claims to be one
 */
function checkHeader({ width, height, frame_rate: rate, background, styles, segments, images, pictures, reveals }) {
  ensure([styles, segments, images, pictures, reveals].every(Array.isArray), "something else where a list should be");
  ensure(width === FORMAT.gridWidth && isWhole(height, FORMAT.lowest, FORMAT.highest), "a frame of another size");
  ensure(Number.isFinite(rate) && rate >= 0 && rate <= FORMAT.fastest, "no frame rate");
  ensure(typeof background === "string" && /^#[0-9a-f]{6}$/i.test(background), "a background that is no colour");
  for (const style of styles) checkStyle(style);
  for (const picture of pictures) ensure(areWhole(picture, 2, 1), "a picture without a size");
  for (const [picture, kernel] of images) {
    ensure(isWhole(picture, 0, pictures.length - 1) && isOneOf(kernel, FORMAT.kernels), "an image without a picture");
  }
  for (const segment of segments) {
    ensure(areWhole(segment, 3, 0) && segment[0] && segment[2] <= segment[1], "a segment");
  }
  const frames = sumOf(segments, ([count]) => count);
  ensure(frames <= FORMAT.largest, "too many frames");
  let next = 0;
  for (const { first, last } of reveals) {
    ensure(isWhole(first, next) && isWhole(last, first, frames - 1), "a reveal of other frames");
    next = last + 1;
  }
}

/** @param {StyleFacts} style */
function checkStyle(style) {
  ensure(Array.isArray(style) && style.length === 8, "no style");
  const [fill, stroke, behind, width, behindWidth, join, cap, clip] = style;
  for (const paint of [fill, stroke, behind]) if (paint !== null) checkPaint(paint);
  ensure(areWhole([width, behindWidth], 2, 0), "a stroke without a width");
  const { joins, caps, clips } = FORMAT;
  ensure(isOneOf(join, joins) && isOneOf(cap, caps) && isOneOf(clip, clips), "an unknown join, cap or clip");
}

/** @param {PaintFacts} paint */
function checkPaint([colors, line]) {
  for (const color of colors) ensure(areWhole(color, 4, 0, FORMAT.opaque), "no colour");
  const ends = colors.length > 1 ? 4 : 0;
  ensure(colors.length > 0 && areWhole(line, ends, -FORMAT.largest), "colours that are no paint");
}

/**
 * Check that blocks have as many numbers as the header and the other blocks say.
 *
 * @param {Header} header
 * @param {Blocks} blocks
 */
function checkBlocks({ segments, images, pictures }, blocks) {
  const { shapes, exponents, subpaths } = blocks;
  const { image, shared, mostExponent } = FORMAT;
  /** @type {(name: BlockName, count: number) => void} */
  const has = (name, count) => ensure(blocks[name].length === count, `other ${name} than it takes`);
  let [outlines, curves, seen] = [0, 0, 0];
  for (const count of shapes) {
    if (count === image) seen += 1;
    else if (count < shared) outlines += count;
  }
  for (const subpath of subpaths) {
    ensure(subpath > 1, "a subpath has no curves");
    curves += subpath >>> 1;
  }
  ensure(seen === images.length, "images without pictures");
  has("exponents", shapes.length);
  exponents.forEach((exponent, shape) => {
    ensure(exponent <= (shapes[shape] >= shared ? 0 : mostExponent), "exponent");
  });
  const pixels = sumOf(pictures, ([height, width]) => 4 * height * width);
  const moving = sumOf(segments, ([, , moves]) => moves);
  const columns = FORMAT.columns.length;
  has("subpaths", outlines);
  has("points", 2 * (3 * curves + subpaths.length));
  has("corners", 8 * images.length);
  has("pixels", pixels);
  has("items", columns * sumOf(segments, ([, items]) => items));
  has("moving", moving);
  has("tracks", columns * sumOf(segments, ([frames, , moves]) => frames * moves));
}

/**
 * Check that in every frame all items of a segment have shapes and styles that are there.
 *
 * @param {number} frames how many frames it has
 * @param {number} count how many items
 * @param {SegmentNumbers} blocks its part of the blocks
 * @param {(number | null)[]} limits for each of an item's numbers how many values it may have, from 0; null for any
 */
function checkSegment(frames, count, { items, moving, tracks }, limits) {
  /** @type {number[]} */
  const places = [];
  let last = 0;
  for (const step of moving) {
    const place = (last + step) >>> 0;
    ensure(place < count && (places.length === 0 || place > last), "what moves");
    places.push(place);
    last = place;
  }
  const values = new Int32Array(count);
  for (const [column, limit] of limits.entries()) {
    if (limit === null) continue;
    let value = 0;
    for (let item = 0; item < count; item += 1) {
      value = (value + items[column * count + item]) | 0;
      ensure(value >= 0 && value < limit, "an item of what is not there");
      values[item] = value;
    }
    let from = column * places.length * frames;
    for (const place of places) {
      value = values[place];
      for (const end = from + frames; from < end; from += 1) {
        value = (value + tracks[from]) | 0;
        if (value < 0 || value >= limit) ensure(false, "an item of what is not there");
      }
    }
  }
}

/**
 * Check that clips start and end in turn.
 *
 * @param {Clip[]} edges those of a frame, back to front
 */
function checkClips(edges) {
  let open = false;
  for (const edge of edges) {
    ensure((edge === "start") !== open, "clips do not start and end in turn");
    open = !open;
  }
  ensure(!open, "a clip does not end");
}
