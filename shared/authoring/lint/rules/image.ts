import { readDockerfile } from "../../../testkit/dockerfile.ts";
import { imageFaults } from "../../../testkit/image-faults.ts";
import type { Finding } from "../finding.ts";
import type { CourseText } from "../text.ts";

/** A Dockerfile that makes no image, or one that loses data, tells secrets or hears no signal. */
export function imageRules({ steps, node }: CourseText): Finding[] {
  return steps.flatMap(({ dir, files }) => {
    const text = files.get("Dockerfile");
    if (text === undefined) return [];
    return imageFaults(readDockerfile(text), files, node).map(({ line, what, cure }) => ({
      file: `${dir}/Dockerfile`,
      line,
      what,
      cure,
    }));
  });
}
