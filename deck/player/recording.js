"use strict";

/**
 * A slide's recording: what was drawn, frame by frame, as numbers. Here it is read; `painter.js` draws it.
 *
 * What follows is all that it takes to write another player.
 *
 * The bytes. "DECK", one byte for the version (5), and the rest in zlib's format (RFC 1950). Unpacked, that is the
 * length of a header (uint32; all numbers are little-endian), the header (JSON in UTF-8, padded with spaces), and
 * blocks of numbers. The header's `blocks` lists them as `[name, type, count]`: "i2" is int16, "u4" uint32. They follow each
 * other in this order, each at the next multiple of 4 bytes from the end of the header. `soundness.js` says what must hold.
 *
 * Lengths. Everything is measured in sixteenths of a pixel of a grid 1920 pixels wide, from the middle of the frame, x
 * to the right and y down. On a canvas W pixels wide, (x, y) is at (W / 2 + x * s, H / 2 + y * s), s = W / 30720.
 *
 * Shapes. The block `shapes` has a number for each shape: how many subpaths its outline has, or 2 ** 32 - 1 for an image.
 *   An outline takes its subpaths from the block `subpaths`, where 2 * n + c stands for n cubic Bézier curves that make
 *   an open (c = 0) or closed (c = 1) path, and for each subpath 1 + 3 * n points from `points`: where it starts, then
 *   two control points and an end for each curve. `points` holds x and y in turn, each less that of the point before,
 *   through all outlines, modulo 2 ** 16. The inside is by the nonzero rule.
 *   An image takes `[picture, kernel]` from the header's `images` and four points from `corners`, in 1/256 of a
 *   length: upper left, upper right, lower left, lower right. The picture is stretched over them as a perspective view
 *   is; `kernel` says how its pixels blend into each other: "box" not at all, or "linear" or "cubic". The header's
 *   `pictures` are `[height, width]`, their pixels follow each other in `pixels`: red, green, blue, alpha, not
 *   premultiplied.
 *   Points count 2 ** e as much, with e from the block `exponents`.
 *
 * Styles. `[fill, stroke, behind, width, behind_width, join, cap, clip]`, of which the first three are null or a paint:
 *   `[colours, line]`. Colours are `[red, green, blue, alpha]` up to 255; several are the evenly spaced stops of a
 *   linear gradient along the line `[x0, y0, x1, y1]`. Drawn are: the stroke `behind`, `behind_width` wide; the inside
 *   in `fill`; the stroke, `width` wide. Joins and caps are those of canvases and SVG, the miter limit is 10. With `clip` "start"
 *   nothing is drawn, but of what follows only what is inside of this outline can be seen, up to a `clip` "end".
 *
 * Frames. The header's `segments` are `[frames, N, M]`: so many frames draw N items each, of which M move. An item is
 *   six numbers: shape, style, x, y, fill opacity, stroke opacity. The point (x, y) is added to all points of a shape
 *   and to the gradient's line. Opacities are up to 4080 and belong to paints of one colour whose own alpha is 255; all
 *   others have their own. An image has the fill's opacity. `items` has, for each segment, all shapes, then all styles
 *   and so on, each number less the one before it in its row of N: those of the segment's first frame, in the order in
 *   which they are drawn. `moving` has the M places of items that move, each less the one before. `tracks` has, for
 *   each of the six numbers and each moving item, its value in every frame, less that in the frame before; the first less
 *   that in `items`.
 *
 * Reveals. A reveal plays the frames `first` to `last` at `frame_rate` frames a second, and rests on the last; with
 *   `loop` it starts over until the next key. Frames are counted through the whole slide, from 0. Below them all is the
 *   header's `background`, "#RRGGBB".
 */
class Recording {
  static #VERSION = 5;
  static #IMAGE = 2 ** 32 - 1;
  static #FINER = 256;
  static #MOST_BYTES = 2 ** 30;
  static #TYPES = { i2: Int16Array, u1: Uint8Array, i4: Int32Array, u4: Uint32Array };
  static #BLOCKS =
    "points i2 subpaths u4 shapes u4 exponents u1 items i4 moving u4 tracks i4 corners i4 pixels u1 film u1";

  /** How many numbers an item is. */
  static COLUMNS = 6;

  /** The opacity of an item that hides what is behind it. */
  static FULL = 4080;

  #blocks;
  #pictures;
  #segments;
  #outlines = [];
  #images = [];

  /** Read a recording from its bytes, or throw an error if they are none. */
  static async open(bytes) {
    if (String.fromCharCode(...bytes.subarray(0, 4)) !== "DECK" || bytes[4] !== Recording.#VERSION) {
      throw new Error("this is no recording that this player knows");
    }
    return new Recording(await inflate(bytes.subarray(5), Recording.#MOST_BYTES));
  }

  /** @param {ArrayBuffer} body what is in the zlib stream */
  constructor(body) {
    const start = 4 + new DataView(body).getUint32(0, true);
    const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(body, 4, start - 4)));
    checkHeader(header);
    this.#blocks = Recording.#blocksOf(header.blocks, body, start);
    checkBlocks(header, this.#blocks, Recording.#IMAGE, Recording.COLUMNS);
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
    ensure(table.map(([name, type]) => `${name} ${type}`).join(" ") === Recording.#BLOCKS, "blocks of other names");
    const blocks = {};
    for (const [name, type, count] of table) {
      ensure(isWhole(count, 0), "a block without a size");
      blocks[name] = new Recording.#TYPES[type](body, start, count);
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
      if (count === Recording.#IMAGE) {
        const own = Array.from(corners.subarray(8 * image, 8 * image + 8), (value) => value / Recording.#FINER);
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
    const opacities = Recording.FULL + 1;
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
