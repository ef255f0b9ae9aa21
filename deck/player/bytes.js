"use strict";

/* What the page carries: bytes in base64, packed in zlib's format. */

/**
 * Return the bytes that base64 stands for.
 *
 * @param {string} base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
function decodeBase64(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * Return what bytes unpack to; throw an error if that is more than `most` bytes.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} most
 * @returns {Promise<ArrayBuffer>}
 */
async function inflate(bytes, most = Infinity) {
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  // An error here comes up again below, where the other end is read.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const chunks = [];
  let size = 0;
  for (const reader = readable.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
    if (size > most) throw new Error(`more than ${most} bytes`);
  }
  const whole = new Uint8Array(size);
  for (const chunk of chunks.reverse()) {
    size -= chunk.length;
    whole.set(chunk, size);
  }
  return whole.buffer;
}

/**
 * Unpack the styles or scripts that the page carries packed and put them in their places, in order; scripts run then.
 *
 * @param {"style" | "script"} kind
 */
async function unpack(kind) {
  const sources = all(`script.packed[data-as="${kind}"]`, HTMLScriptElement);
  const texts = sources.map(async ({ text }) => new TextDecoder().decode(await inflate(decodeBase64(text))));
  for (const [nth, text] of (await Promise.all(texts)).entries()) {
    const element = document.createElement(kind);
    element.textContent = text;
    sources[nth].replaceWith(element);
  }
}
