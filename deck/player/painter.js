"use strict";

/**
 * Draws frames of recordings on a canvas, as large as the canvas is.
 *
 * Where the canvas has a frame of the same recording already, only those rectangles are drawn again in which something
 * differs. They are whole pixels, so that their edges cannot be seen. Nothing is cleared before it is drawn over.
 */
class Painter {
  /** How wide a frame is, in a recording's units. */
  static #FRAME = FORMAT.gridWidth * FORMAT.units;

  #context;
  /** @type {AnyRecording | null} */
  #recording = null;
  #items = new Int32Array(0);
  #size = "";
  #scale = 1;

  /** @param {HTMLCanvasElement} canvas its size may change at any time; what was on it is then gone until `draw` */
  constructor(canvas) {
    this.#context = required(canvas.getContext("2d", { alpha: false }), "canvas");
  }

  /**
   * Draw a frame, or what differs from the frame that is there; return whether there was anything to draw.
   *
   * @param {AnyRecording} recording
   * @param {number} frame
   */
  draw(recording, frame) {
    const { width, height } = this.#context.canvas;
    const known = recording === this.#recording && this.#size === `${width} ${height}`;
    return this.#draw(recording, frame, known ? this.#items : null);
  }

  /**
   * Draw a frame that stays, and all of it: browsers smooth outlines in another way where a rectangle's edge cuts them.
   *
   * @param {AnyRecording} recording
   * @param {number} frame
   */
  drawWhole(recording, frame) {
    return this.#draw(recording, frame, null);
  }

  /**
   * @param {AnyRecording} recording
   * @param {number} frame
   * @param {Int32Array | null} before the items of the frame that is there, to draw only what differs; null to draw all
   */
  #draw(recording, frame, before) {
    const { width, height } = this.#context.canvas;
    this.#recording = recording;
    this.#size = `${width} ${height}`;
    this.#scale = width / Painter.#FRAME;
    if (recording instanceof Unreadable) return this.#write(recording);
    const items = recording.items(frame);
    const areas = new Areas(width, height);
    if (before) this.#addChanges(areas, recording, before, items);
    else areas.addAll();
    this.#items = items;
    if (areas.areas.length) this.#fill(areas.areas, recording, items);
    return areas.areas.length > 0;
  }

  /**
   * Write into the middle that a recording cannot be read.
   *
   * @param {Unreadable} recording
   */
  #write({ background, color, says }) {
    const context = this.#context;
    const { width, height } = context.canvas;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = background;
    context.fillRect(0, 0, width, height);
    Object.assign(context, { fillStyle: color, textAlign: "center", textBaseline: "middle" });
    context.font = `${width / 50}px sans-serif`;
    context.fillText(says, width / 2, height / 2, width);
    return true;
  }

  /**
   * @param {Bounds[]} areas
   * @param {Recording} recording
   * @param {Int32Array} items
   */
  #fill(areas, recording, items) {
    const context = this.#context;
    /** @type {Bounds[]} */
    const reaches = [];
    for (let at = 0; at < items.length; at += Recording.COLUMNS) reaches.push(this.#reach(recording, items, at));
    for (const area of areas) {
      const [left, top, right, bottom] = area;
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.beginPath();
      context.rect(left, top, right - left, bottom - top);
      context.clip();
      context.globalAlpha = 1;
      context.fillStyle = recording.background;
      context.fillRect(left, top, right - left, bottom - top);
      reaches.forEach((reach, nth) => {
        this.#drawItem(recording, items, nth * Recording.COLUMNS, meets(reach, area));
      });
      context.restore();
    }
  }

  /**
   * @param {Recording} recording
   * @param {Int32Array} items
   * @param {number} at
   * @param {boolean} inside whether any of it may be seen
   */
  #drawItem(recording, items, at, inside) {
    const shape = recording.shape(items[at]);
    const style = recording.styles[items[at + 1]];
    if (shape.corners) {
      if (inside && items[at + 4]) this.#drawImage(recording, shape, items, at);
    } else if (style.clip) {
      this.#clip(style.clip, shape, items, at);
    } else if (inside) {
      this.#drawOutline(shape, style, items, at);
    }
  }

  /**
   * @param {Clip} edge
   * @param {Outline} outline
   * @param {Int32Array} items
   * @param {number} at
   */
  #clip(edge, { path }, items, at) {
    if (edge === "end") return this.#context.restore();
    this.#context.save();
    this.#place(items, at);
    return this.#context.clip(path);
  }

  /**
   * @param {Outline} outline
   * @param {Style} style
   * @param {Int32Array} items
   * @param {number} at
   */
  #drawOutline({ path }, style, items, at) {
    const context = this.#context;
    this.#place(items, at);
    context.lineJoin = style.join;
    context.lineCap = style.cap;
    if (style.behind && style.behindWidth) {
      this.#dip("strokeStyle", style.behind, FORMAT.full);
      context.lineWidth = style.behindWidth;
      context.stroke(path);
    }
    if (style.fill && items[at + 4]) {
      this.#dip("fillStyle", style.fill, items[at + 4]);
      context.fill(path);
    }
    if (style.stroke && style.width && items[at + 5]) {
      this.#dip("strokeStyle", style.stroke, items[at + 5]);
      context.lineWidth = style.width;
      context.stroke(path);
    }
  }

  /**
   * Put the origin at an item's place, and count in the recording's units from there.
   *
   * @param {Int32Array} items
   * @param {number} at
   */
  #place(items, at) {
    const { width, height } = this.#context.canvas;
    const scale = this.#scale;
    const [x, y] = [items[at + 2] * scale, items[at + 3] * scale];
    this.#context.setTransform(scale, 0, 0, scale, width / 2 + x, height / 2 + y);
  }

  /**
   * @param {"fillStyle" | "strokeStyle"} brush
   * @param {Paint} paint
   * @param {number} opacity
   */
  #dip(brush, paint, opacity) {
    const { colors, line } = paint;
    paint.ink ??= line.length ? this.#gradient(colors, line) : `rgb(${colors[0].slice(0, 3)})`;
    this.#context[brush] = paint.ink;
    const own = colors[0][3];
    const alpha = own === FORMAT.opaque ? opacity / FORMAT.full : own / FORMAT.opaque;
    this.#context.globalAlpha = line.length ? 1 : alpha;
  }

  /**
   * @param {Color[]} colors
   * @param {[number, number, number, number]} line
   */
  #gradient(colors, line) {
    const gradient = this.#context.createLinearGradient(...line);
    for (const [nth, [red, green, blue, alpha]] of colors.entries()) {
      gradient.addColorStop(nth / (colors.length - 1), `rgb(${red} ${green} ${blue} / ${alpha / FORMAT.opaque})`);
    }
    return gradient;
  }

  /**
   * @param {Recording} recording
   * @param {PlacedPicture} image
   * @param {Int32Array} items
   * @param {number} at
   */
  #drawImage(recording, image, items, at) {
    const context = this.#context;
    const corners = image.corners.map((value, i) => (value + items[at + 2 + (i % 2)]) * this.#scale);
    const { width, height } = context.canvas;
    context.setTransform(1, 0, 0, 1, width / 2, height / 2);
    context.globalAlpha = items[at + 4] / FORMAT.full;
    let picture = recording.picture(image.picture);
    const [x0, y0, x1, y1, x2, y2] = corners;
    // Pixels with hard edges are only for enlarged pictures: one made smaller without smoothing would lose some.
    const enlarged = Math.hypot(x1 - x0, y1 - y0) > picture.width && Math.hypot(x2 - x0, y2 - y0) > picture.height;
    context.imageSmoothingEnabled = image.kernel !== "box" || !enlarged;
    context.imageSmoothingQuality = enlarged && image.kernel === "linear" ? "low" : "high";
    if (enlarged && image.kernel === "cubic") picture = recording.finerPicture(image.picture);
    drawStretched(context, picture, corners);
  }

  /**
   * Add to areas all that differs between two lists of items.
   *
   * @param {Areas} areas
   * @param {Recording} recording
   * @param {Int32Array} before
   * @param {Int32Array} after
   */
  #addChanges(areas, recording, before, after) {
    const size = Recording.COLUMNS;
    /** @type {(at: number, other: number) => boolean} */
    const same = (at, other) => sameItem(before, at, after, other);
    let [start, end, other] = [0, before.length, after.length];
    if (end !== other) {
      while (start < Math.min(end, other) && same(start, start)) start += size;
      while (start < Math.min(end, other) && same(end - size, other - size)) [end, other] = [end - size, other - size];
    }
    const aligned = before.length === after.length;
    for (let at = start; at < Math.max(end, other); at += size) {
      if (aligned && same(at, at)) continue;
      if (at < end) this.#mark(areas, recording, before, at);
      if (at < other) this.#mark(areas, recording, after, at);
    }
  }

  /**
   * @param {Areas} areas
   * @param {Recording} recording
   * @param {Int32Array} items
   * @param {number} at
   */
  #mark(areas, recording, items, at) {
    const { corners } = recording.shape(items[at]);
    const style = recording.styles[items[at + 1]];
    // A clip may change all that is seen through it, and how far that reaches is not known.
    if (!corners && style.clip) areas.addAll();
    else if (items[at + 4] || items[at + 5] || style.behind) areas.add(this.#reach(recording, items, at));
  }

  /**
   * Return the pixels that an item may touch.
   *
   * @param {Recording} recording
   * @param {Int32Array} items
   * @param {number} at
   * @returns {Bounds}
   */
  #reach(recording, items, at) {
    const { bounds, corners } = recording.shape(items[at]);
    const { width, height } = this.#context.canvas;
    const margin = corners ? 0 : this.#margin(recording.styles[items[at + 1]]);
    /** @type {(length: number) => number} */
    const across = (length) => width / 2 + (items[at + 2] + length) * this.#scale;
    /** @type {(length: number) => number} */
    const along = (length) => height / 2 + (items[at + 3] + length) * this.#scale;
    return [
      Math.floor(across(bounds[0] - margin)) - 1,
      Math.floor(along(bounds[1] - margin)) - 1,
      Math.ceil(across(bounds[2] + margin)) + 1,
      Math.ceil(along(bounds[3] + margin)) + 1,
    ];
  }

  /** @param {Style} style */
  #margin(style) {
    const width = Math.max(style.stroke ? style.width : 0, style.behind ? style.behindWidth : 0);
    return (width / 2) * (style.join === "miter" ? FORMAT.miterLimit : Math.SQRT2);
  }
}

/** A few rectangles of a canvas that hold all that was added; those that nearly touch become one. */
class Areas {
  /** How many pixels can be drawn in the time that another rectangle takes, and how many rectangles there may be. */
  static #COST = 4000;
  static #MOST = 8;

  #width;
  #height;
  /** @type {Bounds[]} */
  areas = [];

  /**
   * @param {number} width the canvas's
   * @param {number} height
   */
  constructor(width, height) {
    this.#width = width;
    this.#height = height;
  }

  addAll() {
    this.areas = [[0, 0, this.#width, this.#height]];
  }

  /** @param {Bounds} bounds */
  add([left, top, right, bottom]) {
    /** @type {Bounds} */
    const area = [Math.max(0, left), Math.max(0, top), Math.min(this.#width, right), Math.min(this.#height, bottom)];
    if (area[0] < area[2] && area[1] < area[3]) this.#join(area);
  }

  /** @param {Bounds} area */
  #join(area) {
    let [best, waste] = [-1, Infinity];
    for (const [nth, other] of this.areas.entries()) {
      const more = sizeOf(around(area, other)) - sizeOf(other) - sizeOf(area);
      if (more < waste) [best, waste] = [nth, more];
    }
    if (best < 0 || (waste > Areas.#COST && this.areas.length < Areas.#MOST)) {
      this.areas.push(area);
      return;
    }
    // What has grown may nearly touch another one now.
    const [other] = this.areas.splice(best, 1);
    this.#join(around(area, other));
  }
}

/**
 * @param {Bounds} area
 * @param {Bounds} other
 * @returns {Bounds}
 */
function around([left, top, right, bottom], other) {
  return [Math.min(left, other[0]), Math.min(top, other[1]), Math.max(right, other[2]), Math.max(bottom, other[3])];
}

/** @param {Bounds} area */
function sizeOf([left, top, right, bottom]) {
  return (right - left) * (bottom - top);
}

/**
 * @param {Bounds} area
 * @param {Bounds} other
 */
function meets(area, other) {
  return area[0] < other[2] && other[0] < area[2] && area[1] < other[3] && other[1] < area[3];
}

/**
 * @param {Int32Array} items
 * @param {number} at
 * @param {Int32Array} others
 * @param {number} other
 */
function sameItem(items, at, others, other) {
  for (let column = 0; column < Recording.COLUMNS; column += 1) {
    if (items[at + column] !== others[other + column]) return false;
  }
  return true;
}
