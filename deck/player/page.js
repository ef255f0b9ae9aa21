"use strict";

/* What the page is sure to have: where something is missing all the same, the error says what. */

/**
 * Return what is there.
 *
 * @template T
 * @param {T | null | undefined} found
 * @param {string} name what it is
 * @returns {T}
 */
function required(found, name) {
  if (found === null || found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

/**
 * Return all elements that match a selector and are instances of a class.
 *
 * @template {Element} E
 * @param {string} selector
 * @param {new () => E} kind
 * @param {ParentNode} within
 * @returns {E[]}
 */
function all(selector, kind, within = document) {
  return [...within.querySelectorAll(selector)].filter(/** @returns {found is E} */ (found) => found instanceof kind);
}

/**
 * Return the first element that matches a selector and is an instance of a class.
 *
 * @template {Element} E
 * @param {string} selector
 * @param {new () => E} kind
 * @param {ParentNode} within
 */
function one(selector, kind, within = document) {
  return required(all(selector, kind, within)[0], selector);
}
