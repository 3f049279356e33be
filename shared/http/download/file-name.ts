import { extension } from "mime-types";

// Longer names are refused by most file systems, counted in bytes.
const longest = 255;

// biome-ignore lint/suspicious/noControlCharactersInRegex: Windows refuses them in names
const refused = /[\u0000-\u001f<>:"|?*]/g;

/** A name as a plain file name: no folder, no leading dot, nothing a file system refuses. */
function sanitize(name: string): string {
  const plain = name.split(/[/\\]/).at(-1) ?? "";
  return plain.replaceAll(refused, "").replace(/^\.+/, "").trim();
}

/** The file name that a `Content-Disposition` header suggests (RFC 6266), or an empty one. */
export function nameFromDisposition(header: string): string {
  const extended = /filename\*\s*=\s*[\w-]+'[^']*'([^;\s]+)/i.exec(header)?.[1];
  if (extended) {
    try {
      return sanitize(decodeURIComponent(extended));
    } catch {
      // Not what RFC 5987 wants: the plain parameter is still there.
    }
  }
  const [, quoted, plain] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header) ?? [];
  return sanitize(quoted?.replaceAll(/\\(.)/g, "$1") ?? plain ?? "");
}

/** The file name that a path suggests, with an ending by the media type where it has none. */
export function nameFromPath(path: string, contentType: string | undefined): string {
  const [pathname = ""] = path.split("?");
  const name = sanitize(pathname.replace(/\/+$/, "")) || "index";
  if (name.includes(".") || !contentType) return name;
  const ending = extension(contentType);
  return ending ? `${name}.${ending}` : name;
}

function trimmed(name: string, room: number): string {
  if (Buffer.byteLength(name) <= room) return name;
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : "";
  let stem = name.slice(0, name.length - ending.length);
  while (Buffer.byteLength(stem + ending) > room) stem = stem.slice(0, -1);
  return stem + ending;
}

/**
 * A name that is not taken yet: `x.txt`, `x.txt-1`, `x.txt-2`, …
 *
 * @param isTaken - whether a file of this name, or its part, is there
 */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let count = 0; ; count += 1) {
    const suffix = count === 0 ? "" : `-${count}`;
    // Room for the ending of an unfinished file as well.
    const candidate = trimmed(name, longest - 5 - suffix.length) + suffix;
    if (!isTaken(candidate)) return candidate;
  }
}
