import type { Line } from "./line.ts";

/** Redirects, status codes, credentials, proxies, failures. */
export const network: Line[] = [
  ...["301", "302", "303", "307", "308", "nowhere", "cookie-redirect", "twice"].flatMap(
    (path): Line[] => [
      { args: ["-F", `:PORT/${path}`] },
      { args: ["-F", `:PORT/${path}`, "a=b", "X-A:1"] },
    ],
  ),
  { args: [":PORT/302"] },
  { args: ["-F", "PUT", ":PORT/301", "a=b"] },
  { args: ["-F", "DELETE", ":PORT/302"] },
  { args: ["-F", "HEAD", ":PORT/303"] },
  { args: ["-F", "-v", ":PORT/302"] },
  { args: ["-F", "--all", ":PORT/twice"] },
  { args: ["-F", "--all", "-h", ":PORT/twice"] },
  { args: ["-F", "--print=Hh", ":PORT/twice"] },
  { args: ["-F", "-a", "u:p", ":PORT/302"] },
  { args: ["-F", ":PORT/loop", "--max-redirects=3"] },
  { args: ["--max-redirects=1", ":PORT/302"] },
  { args: ["-F", "--max-redirects=2", ":PORT/302"] },
  { args: ["-F", "--max-redirects=x", ":PORT/302"] },
  ...["204", "304", "400", "404", "500", "503", "302", "x"].map((path) => ({
    args: ["--check-status", `:PORT/${path}`],
  })),
  { args: ["--check-status", "-F", ":PORT/302"] },
  { args: ["--check-status", "-F", ":PORT/nowhere"] },
  { args: ["--check-status", "-q", ":PORT/404"] },
  { args: [":PORT/404"] },
  { args: ["--timeout=0.4", ":PORT/never"] },
  { args: ["--timeout=0.4", ":PORT/stalls"], differs: ["exit code", "output"] },
  { args: ["--timeout=x", ":PORT/x"] },
  { args: ["-a", "alice:se:cret", ":PORT/basic"] },
  { args: ["-a", "alice:wrong", ":PORT/basic"] },
  { args: ["-a", "é:ü", ":PORT/x"] },
  { args: ["-a", "alice:", ":PORT/x"] },
  { args: ["http://alice:secret@localhost:PORT/x"] },
  {
    args: ["http://alice:se%3Acret@localhost:PORT/basic"],
    differs: ["headers", "output"],
  },
  { args: ["-A", "bearer", "-a", "token", ":PORT/x"] },
  { args: ["-A", "basic", "-a", "alice:se:cret", ":PORT/basic"] },
  { args: ["-A", "bearer", ":PORT/x"] },
  { args: ["-A", "nonsense", "-a", "x", ":PORT/x"] },
  { args: ["-a", "nobody", "-I", ":PORT/x"] },
  ...["digest", "digest-old", "digest-256", "digest-sess"].map((path) => ({
    args: ["-A", "digest", "-a", "alice:se:cret", `:PORT/${path}`],
  })),
  { args: ["--proxy=http:http://localhost:PORT", "http://example.org/json?x=1"] },
  { args: ["http://example.org/json"], env: { http_proxy: "http://localhost:PORT" } },
  { args: [":PORT/x"], env: { http_proxy: "http://localhost:1", no_proxy: "localhost" } },
  { args: ["--proxy=nonsense", ":PORT/x"] },
  { args: ["--max-headers=3", ":PORT/headers"] },
  { args: ["--max-headers=50", ":PORT/headers"] },
  { args: [":1/refused"] },
  { args: [":PORT/close"] },
  { args: [":PORT/no-http"] },
  { args: [":PORT/bad-gzip"] },
  ...["raw-deflate", "empty-gzip", "bare-lf", "length-and-chunks", "204-with-body"].map(
    (path): Line => ({ args: ["--print=hb", `:PORT/${path}`] }),
  ),
  ...["no-reason", "control", "101", "101-data"].map(
    (path): Line => ({ args: ["--print=hb", `:PORT/${path}`] }),
  ),
  { args: [":PORT/two-lengths"], differs: ["exit code", "output"] },
  { args: [":PORT/gzip-and-more"], differs: ["exit code", "output"] },
  { args: [":PORT/101", "Connection:Upgrade", "Upgrade:websocket"] },
  { args: ["CONNECT", ":PORT/x"] },
  { args: ["POST", ":PORT/x", "Expect:100-continue", "a=b"] },
  { args: [":PORT/x", "Expect:100-continue"] },
  { args: [":PORT/x", "X-A:1", "x-a:2", "X-B:3", "X-A:4", "Cookie:a=1", "Cookie:b=2"] },
  { args: [":PORT/x", "Proxy-Connection:x"] },
  { args: ["https://localhost:PORT/x"] },
];

/** What would be sent. */
export const offline: Line[] = [
  ["--offline", ":1/x"],
  ["--offline", ":1/x", "a=b", "q==1"],
  ["--offline", "-f", ":1/x", "a=b"],
  ["--offline", "--print=B", ":1/x", "a[b]=c"],
  ["--offline", "-a", "u:p", "PUT", "example.org/x"],
  ["--offline", "https://example.org"],
  ["--offline", "--default-scheme=https", "example.org"],
  ["--offline", ":/x"],
  ["--offline", "http://é.example/ü"],
  ["--offline", "--pretty=format", ":1/x", "b=1", "a=2"],
].map((args): Line => ({ args }));
// HTTPie shows a Content-Length there that it would not send.
offline.push({ args: ["--offline", "--chunked", ":1/x", "a=b"], differs: ["output"] });

/** Command lines that make no sense. */
export const misuse: Line[] = [
  ["--unknown", ":PORT/x"],
  ["-Z", ":PORT/x"],
  ["--print"],
  ["--s", ":PORT/x"],
  ["--json=x", ":PORT/x"],
  ["-c", ":PORT/x"],
  ["-d", "-c", ":PORT/x"],
  [],
].map((args) => ({ args }));
