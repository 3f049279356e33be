/** The parts of a `Content-Type` header. */
export type ContentType = { mime: string; charset: string | undefined };

/** Takes a `Content-Type` header apart; what is missing is empty. */
export function parseContentType(header: string | undefined): ContentType {
  const [mime = "", ...parameters] = (header ?? "").split(";").map((part) => part.trim());
  const pairs = parameters.map((each) => each.split("="));
  const charset = pairs.find(([name]) => name?.trim().toLowerCase() === "charset")?.[1];
  return { mime, charset: charset?.trim().replaceAll(/^["']|["']$/g, "") || undefined };
}
