import {quarterMs} from '../exchange/measures.js';
import type {Span} from './day.js';

/**
When the day of an instant began in this machine's own zone (or that of `TZ`), in epoch milliseconds.
The same as `dayOf` would answer, from what Date knows: a monitor that draws ten times a second need
not carry every zone of the world with it.
*/
export function machineDayStart(startsAt: string, epochMs: number): number {
	const start = startAround(startsAt, new Date(epochMs));
	// Today's may be yet to come; a day that the zone left out has none.
	const days = [1, 0, -1, -2];
	return days.map((day) => start(day)).find((ms) => ms <= epochMs) ?? epochMs;
}

/**
The day of an instant in this machine's own zone: see `machineDayStart`.
*/
export function machineDay(startsAt: string, epochMs: number): Span {
	const start = startAround(startsAt, new Date(epochMs));
	const later = [0, 1, 2].map((day) => start(day)).find((ms) => ms > epochMs);
	return {
		fromMs: machineDayStart(startsAt, epochMs),
		toMs: later ?? epochMs,
	};
}

const startAround = (startsAt: string, near: Date) => {
	const [hour = 0, minute = 0] = startsAt.split(':').map(Number);
	const [year, month, date] = [
		near.getFullYear(),
		near.getMonth(),
		near.getDate(),
	];
	return (days: number): number => {
		const ms = new Date(year, month, date + days, hour, minute).getTime();
		return Math.round(ms / quarterMs) * quarterMs;
	};
};
