/** A port of this machine, as commands and addresses name it. */
const PORT =
  /(?<=(?:^|[\s"'`(=]|localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):|--port[ =]|\bPORT=)\d{2,5}\b/gm;

/** A text of a lesson, on the ports that the servers really have. */
export function withPorts(text: string, real: (port: number) => number): string {
  return text.replace(PORT, (found) => String(real(Number(found))));
}

/** The ports of this machine that a text names, in their order. */
export function portsIn(text: string): number[] {
  return (text.match(PORT) ?? []).map(Number);
}
