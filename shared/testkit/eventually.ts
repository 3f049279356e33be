import { expect } from "vitest";
import { patience } from "./patience.ts";

/** Like `expect`, for a value that may take a while to become what it has to be. */
export const eventually = (read: () => unknown) => expect.poll(read, { timeout: patience });
