/** A route of a program: `GET /api/users/:id`. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** The routes of a program, those of a router in `lib/` included. */
export function routesIn(code: string): Route[] {
  return [
    ...code.matchAll(/^\s*(?:app|\w*[rR]outer)\.(get|post|put|patch|delete)\(\s*"([^"]+)"/gm),
  ].map(([, method = "", path = ""]) => ({ method: method.toUpperCase(), path }));
}

/** The paths below which a program hands everything on: `app.use("/assets", …)`. */
export function mountsIn(code: string): string[] {
  return [...code.matchAll(/^\s*(?:app|\w*[rR]outer)\.(?:use|all)\(\s*"([^"]+)"/gm)].map(
    ([, path = ""]) => path,
  );
}

/** The tables that a program creates. */
export function tablesIn(code: string): string[] {
  return [...code.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g)].map(([, name = ""]) => name);
}

/** An import of a program. */
export interface Import {
  /** As it stands there: `express`, `node:path`, `./lib/store.ts`. */
  readonly name: string;
  /** Where its line begins. */
  readonly index: number;
}

/** What a program imports, in the order of the text. */
export function importsIn(code: string): Import[] {
  const pattern =
    /^(?:import|export) (?:type )?[\w$*, ]*(?:\{[^}]*\})? ?from "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...code.matchAll(pattern)].map((found) => ({
    name: found[1] ?? found[2] ?? found[3] ?? "",
    index: found.index,
  }));
}

/** The package that a module is part of: `ws` of `ws/client`; undefined for a file or a part of Node. */
export function packageOf(name: string): string | undefined {
  if (name.startsWith(".") || name.startsWith("node:")) return undefined;
  const parts = name.split("/");
  return parts.slice(0, name.startsWith("@") ? 2 : 1).join("/");
}
