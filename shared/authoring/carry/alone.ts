import { withLock } from "../../course/lock.ts";
import type { World } from "../../course/world.ts";

/**
 * Runs the work of a carry while no other one runs here. The lock is not the one of the links: a
 * carry takes minutes, and a step may be adopted meanwhile.
 * @throws CourseError at once if another one runs
 */
export function alone<T>(world: World, work: () => T | Promise<T>): Promise<T> {
  return withLock(world, work, 0, {
    file: "carry.db",
    busy: "another carry is running here: wait for its end or stop it (Ctrl-C in its terminal), then try again",
  });
}
