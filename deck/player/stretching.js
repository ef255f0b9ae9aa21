"use strict";

/* Pictures stretched over quadrilaterals. */

/** @typedef {[x: number, y: number]} Point */

/** How many pieces a picture is cut into along each side, if it is seen in perspective. */
const PIECES = 12;

/** How far pieces reach over their edges, in pixels, so that no gap is seen between them. */
const OVERLAP = 0.6;

/**
 * Draw a picture so that its corners come to lie where they are wanted.
 *
 * @param {CanvasRenderingContext2D} context with its opacity and smoothing
 * @param {OffscreenCanvas} picture
 * @param {number[]} corners x and y of upper left, upper right, lower left and lower right
 */
function drawStretched(context, picture, corners) {
  if (isParallelogram(corners)) drawSheared(context, picture, corners);
  else drawInPerspective(context, picture, corners);
}

/** @param {number[]} corners */
function isParallelogram([x0, y0, x1, y1, x2, y2, x3, y3]) {
  return Math.hypot(x3 - x1 - x2 + x0, y3 - y1 - y2 + y0) < 0.25;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {OffscreenCanvas} picture
 * @param {number[]} corners
 */
function drawSheared(context, picture, [x0, y0, x1, y1, x2, y2]) {
  const { width, height } = picture;
  context.save();
  context.transform((x1 - x0) / width, (y1 - y0) / width, (x2 - x0) / height, (y2 - y0) / height, x0, y0);
  context.drawImage(picture, 0, 0);
  context.restore();
}

/**
 * Draw opaque pieces on a sheet of its own, and then the sheet, so that overlaps are as transparent as the rest.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {OffscreenCanvas} picture
 * @param {number[]} corners
 */
function drawInPerspective(context, picture, corners) {
  const [left, top] = [0, 1].map((axis) => Math.floor(Math.min(...corners.filter((_, i) => i % 2 === axis))) - 1);
  const [right, bottom] = [0, 1].map((axis) => Math.ceil(Math.max(...corners.filter((_, i) => i % 2 === axis))) + 1);
  const { width, height } = context.canvas;
  if (right - left > 4 * width || bottom - top > 4 * height) return;
  const sheet = required(new OffscreenCanvas(right - left, bottom - top).getContext("2d"), "canvas");
  sheet.imageSmoothingEnabled = context.imageSmoothingEnabled;
  sheet.imageSmoothingQuality = context.imageSmoothingQuality;
  const project = perspective(corners.map((value, i) => value - (i % 2 ? top : left)));
  const steps = [...Array(PIECES).keys()].map((step) => [step / PIECES, (step + 1) / PIECES]);
  for (const rows of steps) for (const columns of steps) drawPiece(sheet, picture, project, columns, rows);
  context.drawImage(sheet.canvas, left, top);
}

/**
 * Draw the part of a picture that lies between two columns and two rows, all from 0 to 1, as two triangles.
 *
 * @param {OffscreenCanvasRenderingContext2D} sheet
 * @param {OffscreenCanvas} picture
 * @param {(u: number, v: number) => Point} project
 * @param {number[]} columns
 * @param {number[]} rows
 */
function drawPiece(sheet, picture, project, [u0, u1], [v0, v1]) {
  drawTriangle(sheet, picture, [u0, v0], [u1, v1], project);
  drawTriangle(sheet, picture, [u1, v1], [u0, v0], project);
}

/**
 * Draw a triangle of a picture: a corner, its neighbour in the same row, its neighbour in the same column.
 *
 * @param {OffscreenCanvasRenderingContext2D} sheet
 * @param {OffscreenCanvas} picture
 * @param {Point} corner
 * @param {Point} opposite the column of the neighbour in the row, the row of the neighbour in the column
 * @param {(u: number, v: number) => Point} project
 */
function drawTriangle(sheet, picture, [u, v], [u1, v1], project) {
  const corners = [project(u, v), project(u1, v), project(u, v1)];
  const [[x, y], [ax, ay], [bx, by]] = corners;
  const { width, height } = picture;
  const [across, along] = [(u1 - u) * width, (v1 - v) * height];
  sheet.save();
  sheet.beginPath();
  for (const [px, py] of widened(corners)) sheet.lineTo(px, py);
  sheet.clip();
  sheet.transform((ax - x) / across, (ay - y) / across, (bx - x) / along, (by - y) / along, x, y);
  sheet.drawImage(picture, -u * width, -v * height);
  sheet.restore();
}

/**
 * Return corners moved away from their middle.
 *
 * @param {Point[]} corners
 * @returns {Point[]}
 */
function widened(corners) {
  const middleX = sumOf(corners, ([x]) => x) / corners.length;
  const middleY = sumOf(corners, ([, y]) => y) / corners.length;
  return corners.map(([x, y]) => {
    const [dx, dy] = [x - middleX, y - middleY];
    const grown = 1 + (2 * OVERLAP) / (Math.hypot(dx, dy) || 1);
    return [middleX + dx * grown, middleY + dy * grown];
  });
}

/**
 * Return the map from the unit square onto a quadrilateral that keeps lines straight.
 *
 * It is (x, y) = (a u + b v + c, d u + e v + f) / (g u + h v + 1), whose g and h follow from the fourth corner.
 *
 * @param {number[]} corners
 * @returns {(u: number, v: number) => Point}
 */
function perspective([x0, y0, x1, y1, x2, y2, x3, y3]) {
  const [sx, sy] = [x0 - x1 - x2 + x3, y0 - y1 - y2 + y3];
  const [ax, ay, bx, by] = [x1 - x3, y1 - y3, x2 - x3, y2 - y3];
  const area = ax * by - bx * ay || 1e-9;
  const [g, h] = [(sx * by - bx * sy) / area, (ax * sy - sx * ay) / area];
  return (u, v) => {
    const depth = g * u + h * v + 1;
    return [
      ((x1 - x0 + g * x1) * u + (x2 - x0 + h * x2) * v + x0) / depth,
      ((y1 - y0 + g * y1) * u + (y2 - y0 + h * y2) * v + y0) / depth,
    ];
  };
}
