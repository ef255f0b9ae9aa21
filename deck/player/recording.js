"use strict";

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
  #outlines = [];
  #images = [];

  /** Read a recording from its bytes, or throw an error if they are none. */
  static async open(bytes) {
    const { magic, version } = FORMAT;
    if (String.fromCharCode(...bytes.subarray(0, magic.length)) !== magic || bytes[magic.length] !== version) {
      throw new Error("this is no recording that this player knows");
    }
    return new Recording(await inflate(bytes.subarray(magic.length + 1), FORMAT.mostBytes));
  }

  /** @param {ArrayBuffer} body what is in the zlib stream */
  constructor(body) {
    const start = 4 + new DataView(body).getUint32(0, true);
    const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(body, 4, start - 4)));
    checkHeader(header);
    this.#blocks = Recording.#blocksOf(header.blocks, body, start);
    checkBlocks(header, this.#blocks);
    this.width = header.width;
    this.height = header.height;
    this.frameRate = header.frame_rate;
    this.background = header.background;
    this.reveals = header.reveals;
    this.styles = header.styles.map(([fill, stroke, behind, width, behindWidth, join, cap, clip]) => ({
      fill, stroke, behind, width, behindWidth, join, cap, clip,
    }));
    sumUp(this.#blocks.points, 2);
    this.#placeShapes(header.images);
    this.#pictures = Recording.#picturesOf(header.pictures, this.#blocks.pixels);
    this.#segments = this.#placeSegments(header.segments);
    this.#checkSegments();
    this.frames = this.#segments.reduce((sum, { frames }) => sum + frames, 0);
  }

  /** Return a shape: `{path, bounds}` for an outline, `{picture, corners, kernel, bounds}` for an image. */
  shape(index) {
    return this.#images[index] ?? this.#outline(index);
  }

  /** Return a picture as an `OffscreenCanvas` of its size. */
  picture(index) {
    const picture = this.#pictures[index];
    return (picture.canvas ??= canvasOf(picture));
  }

  /** Return a small picture made finer by the cubic kernel, which browsers do not have; a large one as it is. */
  finerPicture(index) {
    const picture = this.#pictures[index];
    if (!isSmall(picture)) return this.picture(index);
    return (picture.finer ??= canvasOf(finer(picture)));
  }

  /** Return the items of a frame, back to front, six numbers each. */
  items(frame) {
    const segment = this.#segment(this.#segments.findLast(({ first }) => first <= frame));
    const { moving, tracks } = segment;
    const items = segment.items.slice();
    const size = Recording.COLUMNS;
    let from = (frame - segment.first) * moving.length * size;
    for (const place of moving) {
      for (let column = 0; column < size; column += 1) items[place * size + column] = tracks[from++];
    }
    return items;
  }

  static #blocksOf(table, body, start) {
    const known = Object.entries(FORMAT.blocks);
    ensure(table.length === known.length, "other blocks");
    ensure(table.every(([name, type], nth) => name === known[nth][0] && type === known[nth][1]), "blocks of other names");
    const blocks = {};
    for (const [name, type, count] of table) {
      ensure(isWhole(count, 0), "a block without a size");
      blocks[name] = new NUMBERS[type](body, start, count);
      start += blocks[name].byteLength;
      start += -start & 3;
    }
    ensure(start === body.byteLength, "the blocks end elsewhere");
    return blocks;
  }

  static #picturesOf(sizes, pixels) {
    let start = 0;
    return sizes.map(([height, width]) => {
      const own = pixels.subarray(start, (start += height * width * 4));
      return { width, height, pixels: new Uint8ClampedArray(own.buffer, own.byteOffset, own.length) };
    });
  }

  #placeShapes(images) {
    const { shapes, exponents, subpaths, corners } = this.#blocks;
    let [subpath, point, image] = [0, 0, 0];
    shapes.forEach((count, index) => {
      const scale = 2 ** exponents[index];
      if (count === FORMAT.image) {
        const own = Array.from(corners.subarray(8 * image, 8 * image + 8), (value) => value / FORMAT.finer);
        const [picture, kernel] = images[image++];
        this.#images[index] = { picture, kernel, corners: own, bounds: boundsOf(own) };
        return;
      }
      this.#outlines[index] = { subpath, point, count, scale };
      for (const end = subpath + count; subpath < end; subpath += 1) point += 3 * (subpaths[subpath] >>> 1) + 1;
    });
  }

  #outline(index) {
    const outline = this.#outlines[index];
    if (!outline.path) Object.assign(outline, this.#trace(outline));
    return outline;
  }

  #trace({ subpath, point, count, scale }) {
    const { points, subpaths } = this.#blocks;
    const path = new Path2D();
    const first = 2 * point;
    let at = first;
    for (let i = subpath; i < subpath + count; i += 1) {
      path.moveTo(points[at++] * scale, points[at++] * scale);
      for (let curve = subpaths[i] >>> 1; curve > 0; curve -= 1, at += 6) addCurve(path, points, at, scale);
      if (subpaths[i] & 1) path.closePath();
    }
    return { path, bounds: boundsOf(points.subarray(first, at), scale) };
  }

  #placeSegments(table) {
    const size = Recording.COLUMNS;
    const at = { first: 0, items: 0, moving: 0, tracks: 0 };
    return table.map(([frames, count, movers]) => {
      const segment = { frames, count, movers, starts: { ...at }, first: at.first };
      at.first += frames;
      at.items += size * count;
      at.moving += movers;
      at.tracks += size * movers * frames;
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

  /** Return which clips start and end in a frame, back to front. */
  #edges(frame) {
    const items = this.items(frame);
    const edges = [];
    for (let at = 0; at < items.length; at += Recording.COLUMNS) {
      const { clip } = this.styles[items[at + 1]];
      if (clip && !this.#images[items[at]]) edges.push(clip);
    }
    return edges;
  }

  #segment(segment) {
    if (segment.items) return segment;
    const { items, moving, tracks } = this.#numbers(segment);
    segment.items = byItem(items, segment.count);
    segment.moving = sumUp(moving, 1);
    segment.tracks = byFrame(tracks, segment);
    return segment;
  }

  /** Return what is in the blocks of a segment. */
  #numbers({ frames, count, movers, starts }) {
    const size = Recording.COLUMNS;
    const take = (name, length) => this.#blocks[name].subarray(starts[name], starts[name] + length);
    const [items, moving] = [take("items", size * count), take("moving", movers)];
    return { items, moving, tracks: take("tracks", size * movers * frames) };
  }
}

/** Turn differences into what they are differences of, in place; `step` numbers take turns. */
function sumUp(numbers, step) {
  for (let i = step; i < numbers.length; i += 1) numbers[i] += numbers[i - step];
  return numbers;
}

/** Return a segment's items one after the other, from rows of differences. */
function byItem(rows, count) {
  const items = new Int32Array(rows.length);
  const size = Recording.COLUMNS;
  for (let column = 0, from = 0; column < size; column += 1) {
    for (let item = 0, value = 0; item < count; item += 1) items[item * size + column] = value += rows[from++];
  }
  return items;
}

/** Return the moving items of one frame after the other, from each one's differences. */
function byFrame(steps, { frames, items, moving }) {
  const tracks = new Int32Array(steps.length);
  const size = Recording.COLUMNS;
  const stride = moving.length * size;
  for (let column = 0, from = 0; column < size; column += 1) {
    moving.forEach((place, nth) => {
      let value = items[place * size + column];
      const end = frames * stride;
      for (let at = nth * size + column; at < end; at += stride) tracks[at] = value += steps[from++];
    });
  }
  return tracks;
}

/**
 * Add the curve whose control points and end are at a place in a list, and its start before them.
 *
 * One whose control points are its ends is a line, and browsers draw it as one faster and better: Chromium leaves out up
 * to a quarter of a stroke of one pixel that is a curve. But of lines without a length it draws no caps if they are closed.
 */
function addCurve(path, points, at, scale) {
  const [x0, y0, x1, y1, x2, y2, x, y] = points.subarray(at - 2, at + 6);
  const straight = x0 === x1 && y0 === y1 && x2 === x && y2 === y;
  if (straight && (x0 !== x || y0 !== y)) path.lineTo(x * scale, y * scale);
  else path.bezierCurveTo(x1 * scale, y1 * scale, x2 * scale, y2 * scale, x * scale, y * scale);
}

/** Return left, top, right and bottom of points; an outline is never outside of its control points. */
function boundsOf(points, scale = 1) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    bounds[0] = Math.min(bounds[0], points[i]);
    bounds[1] = Math.min(bounds[1], points[i + 1]);
    bounds[2] = Math.max(bounds[2], points[i]);
    bounds[3] = Math.max(bounds[3], points[i + 1]);
  }
  return bounds.map((value) => value * scale);
}
