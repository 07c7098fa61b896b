// Bytes to the arrays that the stage takes: from a notebook's buffers or from base64 in a page's mesh file.
export function meshFromBuffers({ vertices, triangles, parts }) {
  if (!vertices?.byteLength || !triangles?.byteLength) return null;
  return { vertices: new Float32Array(whole(vertices)), triangles: new Uint32Array(whole(triangles)), parts: parts || [] };
}

export function meshFromBase64({ vertices, triangles, parts }) {
  return meshFromBuffers({ vertices: decode(vertices), triangles: decode(triangles), parts });
}

// Copied, because a view into a message may start at any byte, and numbers need every fourth.
function whole(buffer) {
  return ArrayBuffer.isView(buffer) ? buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) : buffer;
}

function decode(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
}
