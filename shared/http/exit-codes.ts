/**
 * What the process tells its caller, as HTTPie numbers it.
 * The 3, 4 and 5 appear only with `--check-status` and `--download`.
 */
export const exitCodes = {
  success: 0,
  error: 1,
  timeout: 2,
  redirect: 3,
  clientError: 4,
  serverError: 5,
  tooManyRedirects: 6,
  interrupted: 130,
} as const;

/** One of the numbers of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * The exit code that a status code asks for.
 *
 * @param status - the HTTP status code, e.g. 404
 * @param follow - whether redirects were followed: a 3xx that remains is then no error
 */
export function exitCodeOf(status: number, follow: boolean): ExitCode {
  if (status >= 300 && status < 400 && !follow) return exitCodes.redirect;
  if (status >= 400 && status < 500) return exitCodes.clientError;
  if (status >= 500 && status < 600) return exitCodes.serverError;
  return exitCodes.success;
}
