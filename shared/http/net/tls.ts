import { readFileSync } from "node:fs";
import { createSecureContext, type SecureVersion } from "node:tls";
import type { Options } from "../cli/options.ts";
import { fileReason, quote, UsageError } from "../errors.ts";
import { expandPath } from "../items/item.ts";
import type { World } from "../world.ts";

/** How a server's certificate is checked, and which one is shown to it: got's names. */
export type TlsSettings = {
  rejectUnauthorized: boolean;
  certificateAuthority?: Buffer;
  certificate?: Buffer;
  key?: Buffer;
  passphrase?: string;
  minVersion?: SecureVersion;
  maxVersion?: SecureVersion;
  ciphers?: string;
};

const versions: Record<NonNullable<Options["tlsVersion"]>, SecureVersion> = {
  tls1: "TLSv1",
  "tls1.1": "TLSv1.1",
  "tls1.2": "TLSv1.2",
  "tls1.3": "TLSv1.3",
};

function checkedCiphers(ciphers: string): string {
  try {
    createSecureContext({ ciphers });
  } catch {
    throw new UsageError(`--ciphers: ${quote(ciphers)}: No cipher can be selected`);
  }
  return ciphers;
}

/**
 * Reads what `--verify`, `--cert` and the like point at.
 *
 * @throws UsageError where a file cannot be read, or no cipher has the given name
 */
export function tlsSettings(options: Options, world: World): TlsSettings {
  const read = (option: string, path: string) => {
    try {
      return readFileSync(expandPath(path, world));
    } catch (error) {
      throw new UsageError(`${option}: cannot read ${quote(path)}: ${fileReason(error)}`);
    }
  };
  const settings: TlsSettings = { rejectUnauthorized: true };
  const verify = options.verify.toLowerCase();
  const bundle = world.env.REQUESTS_CA_BUNDLE || world.env.CURL_CA_BUNDLE;
  if (verify === "no" || verify === "false") settings.rejectUnauthorized = false;
  else if (verify !== "yes" && verify !== "true") {
    settings.certificateAuthority = read("--verify", options.verify);
  } else if (bundle) settings.certificateAuthority = read("REQUESTS_CA_BUNDLE", bundle);
  if (options.certificate) {
    settings.certificate = read("--cert", options.certificate);
    settings.key = options.certificateKey
      ? read("--cert-key", options.certificateKey)
      : settings.certificate;
  }
  if (options.certificateKeyPassword) settings.passphrase = options.certificateKeyPassword;
  if (options.ciphers) settings.ciphers = checkedCiphers(options.ciphers);
  if (options.tlsVersion) {
    settings.minVersion = versions[options.tlsVersion];
    settings.maxVersion = versions[options.tlsVersion];
  }
  return settings;
}
