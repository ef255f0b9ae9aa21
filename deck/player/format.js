"use strict";

/*
 * What the player knows of a recording's bytes. `deck/recording/codec.py` describes them, and `timeline.py` there says
 * what they mean; a test compares all this with what Python has.
 */

const FORMAT = /** @type {const} */ ({
  magic: "DECK",
  version: 7,

  /** The names and the types of the blocks, in their order. */
  blocks: {
    points: "i2",
    subpaths: "u4",
    shapes: "u4",
    exponents: "u1",
    items: "i4",
    moving: "u4",
    tracks: "i4",
    corners: "i4",
    pixels: "u1",
    film: "u1",
  },

  /** How many of them are in the first stream. */
  headBlocks: 4,

  /** The numbers of an item. */
  columns: ["shape", "style", "x", "y", "fill", "stroke"],

  /** What a style may have. */
  joins: ["miter", "round", "bevel"],
  caps: ["butt", "round", "square"],
  clips: ["", "start", "end"],

  /** What fills an image between its pixels when it is enlarged. */
  kernels: ["box", "linear", "cubic"],

  /** A frame's width in pixels of the grid, how many units a pixel has, and how much finer than units corners are. */
  gridWidth: 1920,
  units: 16,
  finer: 256,

  /** How many times half its width a mitred stroke may reach from its line. */
  miterLimit: 10,

  /** The alpha of a colour, and the opacity of an item, that hides what is behind it. */
  opaque: 255,
  full: 4080,

  /** Stands for an image in the place of an outline's number of subpaths. */
  image: 2 ** 32 - 1,

  /** Stands for the library's first outline in that place, and so on. */
  shared: 2 ** 31,

  /** The lowest and the highest frame, in pixels of the grid, and the most frames a second. */
  lowest: 120,
  highest: 7680,
  fastest: 1000,

  /** The largest number of a header, the largest exponent of a shape, and the most bytes when unpacked. */
  largest: 2 ** 31 - 1,
  mostExponent: 16,
  mostBytes: 2 ** 30,
});

/** The array that holds numbers of each type. */
const NUMBERS = { i2: Int16Array, u1: Uint8Array, i4: Int32Array, u4: Uint32Array };

/** @typedef {typeof FORMAT.blocks} BlockTypes */
/** @typedef {keyof BlockTypes} BlockName */

/**
 * The numbers of a recording.
 *
 * @typedef {{[Name in BlockName]: InstanceType<(typeof NUMBERS)[BlockTypes[Name]]>}} Blocks
 */

/** @typedef {[red: number, green: number, blue: number, alpha: number]} Color */
/** @typedef {[colors: Color[], line: [number, number, number, number] | []]} PaintFacts */
/** @typedef {(typeof FORMAT.kernels)[number]} Kernel */
/** @typedef {(typeof FORMAT.joins)[number]} Join */
/** @typedef {(typeof FORMAT.caps)[number]} Cap */
/** @typedef {(typeof FORMAT.clips)[number]} Clip */

/**
 * @typedef {[
 *   fill: PaintFacts | null,
 *   stroke: PaintFacts | null,
 *   behind: PaintFacts | null,
 *   width: number,
 *   behindWidth: number,
 *   join: Join,
 *   cap: Cap,
 *   clip: Clip,
 * ]} StyleFacts
 */

/** @typedef {{first: number, last: number, loop: boolean}} RecordedReveal what the player reads of it */

/**
 * A recording's header, as far as the player reads it.
 *
 * @typedef {object} Header
 * @property {number} width
 * @property {number} height
 * @property {number} frame_rate
 * @property {string} background
 * @property {StyleFacts[]} styles
 * @property {[frames: number, items: number, moving: number][]} segments
 * @property {[picture: number, kernel: Kernel][]} images
 * @property {[height: number, width: number][]} pictures
 * @property {RecordedReveal[]} reveals
 * @property {[name: BlockName, type: BlockTypes[BlockName], count: number][]} blocks
 */
