"use strict";

/**
 * An outline as canvases have it, and left, top, right and bottom of its points.
 *
 * @typedef {object} Outline
 * @property {Path2D} path
 * @property {Bounds} bounds
 * @property {undefined} [corners]
 */

/**
 * A picture's place: x and y of its corners, upper left, upper right, lower left, lower right.
 *
 * @typedef {object} PlacedPicture
 * @property {number} picture which of the recording's
 * @property {Kernel} kernel
 * @property {number[]} corners
 * @property {Bounds} bounds
 */

/** @typedef {Outline | PlacedPicture} Shape */
/** @typedef {[left: number, top: number, right: number, bottom: number]} Bounds */

/**
 * @typedef {object} Paint
 * @property {Color[]} colors
 * @property {[number, number, number, number] | []} line
 * @property {string | CanvasGradient | null} ink the paint as canvases take it, once it was asked for
 */

/**
 * @typedef {object} Style
 * @property {Paint | null} fill
 * @property {Paint | null} stroke
 * @property {Paint | null} behind
 * @property {number} width
 * @property {number} behindWidth
 * @property {Join} join
 * @property {Cap} cap
 * @property {Clip} clip
 */

/**
 * Where an outline stands in a recording's blocks, and how much its points count.
 *
 * @typedef {object} OutlinePlace
 * @property {Blocks} blocks
 * @property {number} subpath
 * @property {number} point
 * @property {number} count how many subpaths it has
 * @property {number} scale
 * @property {Outline} [outline] once it was asked for
 */

/**
 * What is in the blocks of a segment.
 *
 * @typedef {object} SegmentNumbers
 * @property {Int32Array} items
 * @property {Uint32Array} moving
 * @property {Int32Array} tracks
 */

/**
 * A segment: its first frame, how many frames, items and moving items it has, and where these start in the blocks.
 *
 * @typedef {object} Segment
 * @property {number} first
 * @property {number} frames
 * @property {number} count
 * @property {number} movers
 * @property {{items: number, moving: number, tracks: number}} starts
 * @property {SegmentNumbers} [unpacked] its numbers in place of differences, once they were asked for
 */

/**
 * A slide's recording: what was drawn, frame by frame, as numbers. Here it is read; `painter.js` draws it.
 *
 * `deck/recording/codec.py` describes the bytes, and `timeline.py` there what they mean.
 */
class Recording {
  /** How many numbers an item is. */
  static COLUMNS = FORMAT.columns.length;

  #blocks;
  #pictures;
  #segments;
  /** @type {OutlinePlace[]} */
  #places = [];
  /** @type {PlacedPicture[]} */
  #images = [];

  /**
   * Read a recording from its bytes, or throw an error if they are none.
   *
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @param {Recording | null} library what has the outlines that it shares with others
   */
  static async open(bytes, library = null) {
    const { magic, version, mostBytes } = FORMAT;
    if (String.fromCharCode(...bytes.subarray(0, magic.length)) !== magic || bytes[magic.length] !== version) {
      throw new Error("this is no recording that this player knows");
    }
    const start = magic.length + 5;
    const end = start + new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(start - 4, true);
    ensure(end <= bytes.length, "the bytes end within the first stream");
    const head = await inflate(bytes.subarray(start, end), mostBytes);
    const rest = await inflate(bytes.subarray(end), mostBytes - head.byteLength);
    return new Recording(head, rest, library);
  }

  /**
   * @param {ArrayBuffer} head what is in the first stream
   * @param {ArrayBuffer} rest what is in the second
   * @param {Recording | null} library
   */
  constructor(head, rest, library) {
    const start = 4 + new DataView(head).getUint32(0, true);
    /** @type {Header} */
    const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(head, 4, start - 4)));
    checkHeader(header);
    this.#blocks = Recording.#blocksOf(header.blocks, head, start, rest);
    checkBlocks(header, this.#blocks);
    this.width = header.width;
    this.height = header.height;
    this.frameRate = header.frame_rate;
    this.background = header.background;
    this.reveals = header.reveals;
    this.styles = header.styles.map(styleOf);
    this.#placeShapes(header.images, library);
    this.#pictures = Recording.#picturesOf(header.pictures, this.#blocks.pixels);
    this.#segments = this.#placeSegments(header.segments);
    this.#checkSegments();
    this.frames = sumOf(this.#segments, ({ frames }) => frames);
  }

  /**
   * Return a shape.
   *
   * @param {number} index
   * @returns {Shape}
   */
  shape(index) {
    const image = this.#images[index];
    if (image) return image;
    const place = this.#places[index];
    place.outline ??= trace(place);
    return place.outline;
  }

  /**
   * Return a canvas with a picture on it, in the picture's own size.
   *
   * @param {number} index
   */
  picture(index) {
    const picture = this.#pictures[index];
    picture.canvas ??= canvasOf(picture);
    return picture.canvas;
  }

  /**
   * Return a small picture made finer by the cubic kernel, which browsers do not have; a large one as it is.
   *
   * @param {number} index
   */
  finerPicture(index) {
    const picture = this.#pictures[index];
    if (!isSmall(picture)) return this.picture(index);
    picture.finer ??= canvasOf(finer(picture));
    return picture.finer;
  }

  /**
   * Return the items of a frame, back to front, six numbers each.
   *
   * @param {number} frame
   */
  items(frame) {
    const segment = required(
      this.#segments.findLast(({ first }) => first <= frame),
      `frame ${frame}`,
    );
    segment.unpacked ??= this.#unpack(segment);
    const { moving, tracks } = segment.unpacked;
    const items = segment.unpacked.items.slice();
    const size = Recording.COLUMNS;
    let from = (frame - segment.first) * moving.length * size;
    for (const place of moving) {
      for (let column = 0; column < size; column += 1) items[place * size + column] = tracks[from++];
    }
    return items;
  }

  /**
   * @param {Header["blocks"]} table
   * @param {ArrayBuffer} head
   * @param {number} start where they start in it
   * @param {ArrayBuffer} rest
   */
  static #blocksOf(table, head, start, rest) {
    const known = Object.entries(FORMAT.blocks);
    ensure(table.length === known.length, "other blocks");
    ensure(
      table.every(([name, type], nth) => name === known[nth][0] && type === known[nth][1]),
      "blocks of other names",
    );
    const first = blocksIn(table.slice(0, FORMAT.headBlocks), head, start);
    const others = blocksIn(table.slice(FORMAT.headBlocks), rest, 0);
    return /** @type {Blocks} */ (Object.fromEntries([...first, ...others]));
  }

  /**
   * @param {Header["pictures"]} sizes
   * @param {Uint8Array<ArrayBuffer>} pixels
   */
  static #picturesOf(sizes, pixels) {
    let start = 0;
    return sizes.map(([height, width]) => {
      const own = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset + start, height * width * 4);
      start += own.length;
      return /** @type {Picture} */ ({ width, height, pixels: own });
    });
  }

  /**
   * @param {Header["images"]} images
   * @param {Recording | null} library
   */
  #placeShapes(images, library) {
    const blocks = this.#blocks;
    const { shapes, exponents, subpaths, corners } = blocks;
    let [subpath, point, image] = [0, 0, 0];
    shapes.forEach((count, index) => {
      if (count === FORMAT.image) {
        const own = Array.from(corners.subarray(8 * image, 8 * image + 8), (value) => value / FORMAT.finer);
        const [picture, kernel] = images[image++];
        this.#images[index] = { picture, kernel, corners: own, bounds: boundsOf(own) };
        return;
      }
      if (count >= FORMAT.shared) {
        const shared = library ? library.#places[count - FORMAT.shared] : null;
        this.#places[index] = required(shared, "such outline in the library");
        return;
      }
      this.#places[index] = { blocks, subpath, point, count, scale: 2 ** exponents[index] };
      for (const end = subpath + count; subpath < end; subpath += 1) point += 3 * (subpaths[subpath] >>> 1) + 1;
    });
  }

  /**
   * @param {Header["segments"]} table
   * @returns {Segment[]}
   */
  #placeSegments(table) {
    const size = Recording.COLUMNS;
    const starts = { items: 0, moving: 0, tracks: 0 };
    let next = 0;
    return table.map(([frames, count, movers]) => {
      const segment = { first: next, frames, count, movers, starts: { ...starts } };
      next += frames;
      starts.items += size * count;
      starts.moving += movers;
      starts.tracks += size * movers * frames;
      return segment;
    });
  }

  #checkSegments() {
    const opacities = FORMAT.full + 1;
    const limits = [this.#blocks.shapes.length, this.styles.length, null, null, opacities, opacities];
    for (const segment of this.#segments) checkSegment(segment.frames, segment.count, this.#numbers(segment), limits);
    if (!this.styles.some(({ clip }) => clip)) return;
    for (const { first, frames, movers } of this.#segments) {
      for (let frame = first; frame < first + (movers ? frames : 1); frame += 1) checkClips(this.#edges(frame));
    }
  }

  /**
   * Return which clips start and end in a frame, back to front.
   *
   * @param {number} frame
   */
  #edges(frame) {
    const items = this.items(frame);
    /** @type {Clip[]} */
    const edges = [];
    for (let at = 0; at < items.length; at += Recording.COLUMNS) {
      const { clip } = this.styles[items[at + 1]];
      if (clip && !this.#images[items[at]]) edges.push(clip);
    }
    return edges;
  }

  /**
   * @param {Segment} segment
   * @returns {SegmentNumbers}
   */
  #unpack(segment) {
    const numbers = this.#numbers(segment);
    const items = byItem(numbers.items, segment.count);
    const moving = sumUp(numbers.moving, 1);
    return { items, moving, tracks: byFrame(numbers.tracks, segment.frames, items, moving) };
  }

  /**
   * Return what is in the blocks of a segment.
   *
   * @param {Segment} segment
   * @returns {SegmentNumbers}
   */
  #numbers({ frames, count, movers, starts }) {
    const size = Recording.COLUMNS;
    const { items, moving, tracks } = this.#blocks;
    return {
      items: items.subarray(starts.items, starts.items + size * count),
      moving: moving.subarray(starts.moving, starts.moving + movers),
      tracks: tracks.subarray(starts.tracks, starts.tracks + size * movers * frames),
    };
  }
}

/**
 * Return blocks that follow each other, the last up to the end, with their names.
 *
 * @param {Header["blocks"]} table
 * @param {ArrayBuffer} body
 * @param {number} start
 */
function blocksIn(table, body, start) {
  const blocks = table.map(([name, type, count]) => {
    ensure(isWhole(count, 0), "a block without a size");
    const block = new NUMBERS[type](body, start, count);
    start += block.byteLength;
    start += -start & 3;
    return [name, block];
  });
  ensure(start === body.byteLength, "the blocks end elsewhere");
  return blocks;
}

/**
 * Return an outline. This can be done once: its points are differences in the blocks, and are added up there.
 *
 * @param {OutlinePlace} place
 * @returns {Outline}
 */
function trace({ blocks, subpath, point, count, scale }) {
  const ends = blocks.subpaths.subarray(subpath, subpath + count);
  let length = count;
  for (const end of ends) length += 3 * (end >>> 1);
  const points = sumUp(blocks.points.subarray(2 * point, 2 * (point + length)), 2);
  const path = new Path2D();
  let at = 0;
  for (const end of ends) {
    path.moveTo(points[at++] * scale, points[at++] * scale);
    for (let curve = end >>> 1; curve > 0; curve -= 1, at += 6) addCurve(path, points, at, scale);
    if (end & 1) path.closePath();
  }
  return { path, bounds: boundsOf(points, scale) };
}

/**
 * @param {StyleFacts} facts
 * @returns {Style}
 */
function styleOf([fill, stroke, behind, width, behindWidth, join, cap, clip]) {
  return { fill: paintOf(fill), stroke: paintOf(stroke), behind: paintOf(behind), width, behindWidth, join, cap, clip };
}

/**
 * @param {PaintFacts | null} facts
 * @returns {Paint | null}
 */
function paintOf(facts) {
  return facts && { colors: facts[0], line: facts[1], ink: null };
}

/**
 * Turn differences back into numbers, in place; there are `step` series of them, which take turns.
 *
 * @template {Int16Array | Uint32Array} T
 * @param {T} numbers
 * @param {number} step
 */
function sumUp(numbers, step) {
  for (let i = step; i < numbers.length; i += 1) numbers[i] += numbers[i - step];
  return numbers;
}

/**
 * Return a segment's items one after the other, from rows of differences.
 *
 * @param {Int32Array} rows
 * @param {number} count
 */
function byItem(rows, count) {
  const items = new Int32Array(rows.length);
  const size = Recording.COLUMNS;
  let from = 0;
  for (let column = 0; column < size; column += 1) {
    let value = 0;
    for (let item = 0; item < count; item += 1) {
      value += rows[from++];
      items[item * size + column] = value;
    }
  }
  return items;
}

/**
 * Return the moving items of one frame after the other, from each one's differences.
 *
 * @param {Int32Array} steps
 * @param {number} frames
 * @param {Int32Array} items the segment's, as `byItem` has them
 * @param {Uint32Array} moving
 */
function byFrame(steps, frames, items, moving) {
  const tracks = new Int32Array(steps.length);
  const size = Recording.COLUMNS;
  const stride = moving.length * size;
  const end = frames * stride;
  let from = 0;
  for (let column = 0; column < size; column += 1) {
    moving.forEach((place, nth) => {
      let value = items[place * size + column];
      for (let at = nth * size + column; at < end; at += stride) {
        value += steps[from++];
        tracks[at] = value;
      }
    });
  }
  return tracks;
}

/**
 * Add the curve whose control points and end are at a place in a list; its start is the point before.
 *
 * A curve whose control points are its ends is a line. Browsers draw lines faster and better: of a straight curve, in a
 * stroke of one pixel, Chromium leaves out up to a quarter. But a line without a length stays a curve, as Chromium
 * draws no caps of such lines in closed paths.
 *
 * @param {Path2D} path
 * @param {Int16Array} points
 * @param {number} at
 * @param {number} scale
 */
function addCurve(path, points, at, scale) {
  const [x0, y0, x1, y1, x2, y2, x, y] = points.subarray(at - 2, at + 6);
  const straight = x0 === x1 && y0 === y1 && x2 === x && y2 === y;
  if (straight && (x0 !== x || y0 !== y)) path.lineTo(x * scale, y * scale);
  else path.bezierCurveTo(x1 * scale, y1 * scale, x2 * scale, y2 * scale, x * scale, y * scale);
}

/**
 * Return left, top, right and bottom of points; an outline is never outside of its control points.
 *
 * @param {ArrayLike<number>} points
 * @param {number} scale
 * @returns {Bounds}
 */
function boundsOf(points, scale = 1) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]);
    top = Math.min(top, points[i + 1]);
    right = Math.max(right, points[i]);
    bottom = Math.max(bottom, points[i + 1]);
  }
  return [left * scale, top * scale, right * scale, bottom * scale];
}
