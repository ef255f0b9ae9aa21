"use strict";

/*
 * What the player knows of a recording's bytes. `deck/recording/codec.py` describes them, and `timeline.py` there says
 * what they mean; a test compares all this with what Python has.
 */

const FORMAT = Object.freeze({
  magic: "DECK",
  version: 5,

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

  /** The numbers of an item. */
  columns: ["shape", "style", "x", "y", "fill", "stroke"],

  /** What a style may have. */
  joins: ["miter", "round", "bevel"],
  caps: ["butt", "round", "square"],
  clips: ["", "start", "end"],

  /** What may be between the pixels of an image. */
  kernels: ["box", "linear", "cubic"],

  /** A frame's width in pixels of the grid, how many units a pixel has, and how many parts of corners a unit. */
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

  /** The lowest and the highest frame, in pixels of the grid, and the most frames a second. */
  lowest: 120,
  highest: 7680,
  fastest: 1000,

  /** The largest number of a header, the largest exponent of a shape, and the most bytes when unpacked. */
  largest: 2 ** 31 - 1,
  mostExponent: 16,
  mostBytes: 2 ** 30,
});

/** What holds numbers of a type. */
const NUMBERS = { i2: Int16Array, u1: Uint8Array, i4: Int32Array, u4: Uint32Array };
