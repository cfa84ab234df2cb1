/** Characters that draw nothing or turn the direction of text. */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Longest text of a device that is shown at once. */
const SHOWN_MAX = 400;

/** Text from the network, made harmless to read: what cannot be seen is written out. */
export function shown(text: string): string {
  const written = text.replace(HIDDEN, (c) => {
    const code = c.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return `\\u{${code.toString(16)}}`;
  });
  return written.length > SHOWN_MAX ? `${written.slice(0, SHOWN_MAX)}…` : written;
}

/** The last part of a path: captures are told apart by it. */
export function fileName(path: string): string {
  const parts = path.split('/');
  return parts[parts.length - 1] || path;
}
