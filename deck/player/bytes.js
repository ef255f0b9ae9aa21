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

/** Return what is packed in bytes, as an `ArrayBuffer`. */
function inflate(bytes) {
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  // What goes wrong here is told where it is read.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  return new Response(readable).arrayBuffer();
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
