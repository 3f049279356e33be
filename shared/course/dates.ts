const two = (value: number) => String(value).padStart(2, "0");

/** The day of a date, in local time: `2027-02-01`. */
export function dayOf(date: Date): string {
  return [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
}

/** The time of a date, in local time, to the second: `14:03:27`. */
export function timeOf(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
}
