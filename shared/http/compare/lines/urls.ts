import type { Line } from "./line.ts";

const get = (...lines: string[]): Line[] => lines.map((url) => ({ args: [url] }));

/** How a URL may be typed. */
export const urls: Line[] = [
  ...get(
    ":PORT/x",
    ":PORT",
    ":PORT/",
    ":PORT?a=b",
    "localhost:PORT/x",
    "LOCALHOST:PORT/x",
    "http://localhost:PORT/x",
    "HTTP://localhost:PORT/x",
    "://localhost:PORT/x",
    "127.0.0.1:PORT/x",
    ":PORT/a b",
    ":PORT/é/日本",
    ":PORT/%C3%A9",
    ":PORT/%7euser/%2f",
    ":PORT/50%",
    ":PORT/a/../b/./c",
    ":PORT/..",
    ":PORT/a/b/..",
    ":PORT//double//slash",
    ":PORT/x?q=a b&r=é",
    ":PORT/x?q=%20&r=[1]",
    ":PORT/x?q='\"<>",
    ":PORT/x?",
    ":PORT/x#part",
    ":PORT/x?a#b?c",
    ":PORT/a;b=c,d@e:f!g$h&i(j)*k+l~m'n",
    ":PORT/[x]{y}|z^`w\\v",
    "//localhost:PORT/x",
    "http://",
    "http://:PORT/x",
    ":99999/x",
    "ftp://localhost:PORT/x",
  ),
  { args: ["--path-as-is", ":PORT/a/../b/./c"] },
  { args: ["--path-as-is", ":PORT/../../x?y=z"] },
  { args: ["--default-scheme=http", ":PORT/x"] },
];

const queryItems: Line[] = [
  ["a==b"],
  ["a==1", "b==2", "a==3"],
  ["q==a b&c=d"],
  ["q==é/ñ"],
  ["q==~-._*+"],
  ["==empty"],
  ["q=="],
  ["q==a==b"],
  ["q==@text.txt"],
].map((items) => ({ args: [":PORT/x", ...items] }));

/** Query items, added to the URL's own. */
export const query: Line[] = [
  ...queryItems,
  { args: [":PORT/x?z=1", "a==b"] },
  { args: [":PORT/x?", "a==b"] },
  { args: [":PORT/x#part", "a==b"] },
  { args: [":PORT/x", "a\\==b"] },
];

/** Which method is meant. */
export const methods: Line[] = [
  ...["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"].map((method) => ({
    args: [method, ":PORT/x"],
  })),
  { args: ["post", ":PORT/x"] },
  { args: ["DeLeTe", ":PORT/x", "a=b"] },
  { args: ["GET", ":PORT/x", "a=b"] },
  { args: ["PUT", ":PORT/x", "a=b"] },
  { args: ["OPTIONS", ":PORT/x", "a=b"] },
  { args: ["-f", "POST", ":PORT/x"] },
  { args: ["-j", ":PORT/x"] },
  { args: ["-j", "POST", ":PORT/x"] },
  { args: [":PORT/x", "X-A:1"] },
];
