import {showDuration, showWait} from '../../exchange/show.js';

/**
What is left of a time, not finer than it matters: `12m`, `42s`. Whole minutes are rounded up, so that a
switch for 20 minutes begins at 20.
*/
export function showLeft(ms: number): string {
	if (ms < 59_500) {
		return showWait(ms + 500);
	}

	const minutes = Math.ceil((ms - 500) / 60_000);
	return minutes < 60 ? `${minutes}m` : showDuration(minutes * 60_000);
}

const endings: Readonly<Record<number, string>> = {1: 'st', 2: 'nd', 3: 'rd'};

/**
`1st`, `2nd`, `3rd`, `11th`.
*/
export function ordinal(value: number): string {
	const isTeen = Math.floor((value % 100) / 10) === 1;
	const ending = isTeen ? undefined : endings[value % 10];
	return `${value}${ending ?? 'th'}`;
}
