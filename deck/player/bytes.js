"use strict";

/* What the page carries: bytes in base64, packed in zlib's format. */

/** Return the bytes that base64 stands for. */
function decodeBase64(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Return what is packed in bytes, as an `ArrayBuffer`, unless it is more than so many. */
async function inflate(bytes, most = Infinity) {
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  // What goes wrong here is told where it is read.
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
  for (const chunk of chunks.reverse()) whole.set(chunk, (size -= chunk.length));
  return whole.buffer;
}

/**
 * Put what the page carries packed into it, in its order; scripts run then.
 *
 * @param {"style" | "script"} kind
 */
async function unpack(kind) {
  const unpacked = [...document.querySelectorAll(`script.packed[data-as="${kind}"]`)].map(async (source) => {
    const element = document.createElement(source.dataset.as);
    element.textContent = new TextDecoder().decode(await inflate(decodeBase64(source.text)));
    return [source, element];
  });
  for (const [source, element] of await Promise.all(unpacked)) source.replaceWith(element);
}
