/**
Midnight before an instant, local time.
*/
export function dayStart(nowMs: number): number {
	const date = new Date(nowMs);
	date.setHours(0, 0, 0, 0);
	return date.getTime();
}
