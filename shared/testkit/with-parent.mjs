// Loaded into each program that a check starts: it ends with the check, also when that was killed
// and could end nothing itself. Windows tells nobody that a parent has gone.
// Named by the check, because it may be gone before this runs.
const parent = Number(new URL(import.meta.url).searchParams.get("parent"));
setInterval(() => {
  if (process.ppid === parent) return;
  try {
    // The head of a group of its own takes its children along.
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.exit(1);
  }
}, 500).unref();
