import { HttpError, quote } from "../errors.ts";

/**
 * The total size that a `Content-Range` header tells, checked against what was asked for.
 *
 * @param resumedFrom - the first byte that was asked for
 * @throws HttpError where the server sends another range
 * @example totalFromRange("bytes 100-199/200", 100) // 200
 */
export function totalFromRange(header: string | undefined, resumedFrom: number): number {
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(?:\*|(\d+))$/.exec(header ?? "") ?? [];
  const end = Number(last) + 1;
  const fits =
    first !== undefined &&
    Number(first) === resumedFrom &&
    end > resumedFrom &&
    (total === undefined || Number(total) === end);
  if (fits) return end;
  throw new HttpError(
    `--continue (-c): the server answers with the range ${quote(header ?? "")} instead of the rest from byte ${resumedFrom}; without -c the download starts anew`,
  );
}
