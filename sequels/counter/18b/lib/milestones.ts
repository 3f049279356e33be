/** Whether somebody has pressed so often that all may know: 50 times, 100, 200, 300 … */
export const isPersonal = (clicks: number) => clicks === 50 || (clicks > 0 && clicks % 100 === 0);

/** Whether all together have: 10,000 times, 20,000 … */
export const isCommon = (total: number) => total > 0 && total % 10_000 === 0;
