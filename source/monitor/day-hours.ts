import type {Span} from '../calendar/day.js';

/**
An hour of today as the clock of the passthrough's zone shows it.
*/
export type DayHour = Span &
	Readonly<{
		/**
		`14:00`
		*/
		clock: string;
	}>;
