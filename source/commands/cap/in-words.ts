import {showCents, showWhole} from '../../exchange/show.js';
import type {CountedDay} from '../../control/steering.js';
import type {KeyNow} from './keys-now.js';

/**
`$18.40 + $0.90 reserved of $20.00, 12,000 of 2,000,000 tokens, 3 unpriced not counted`
*/
export function standingInWords(key: KeyNow): string {
	const {capNanodollars, capTokens, unpriced} = key;
	const parts = [
		...(capNanodollars === null && capTokens !== null
			? []
			: [dollarsInWords(key)]),
		...(capTokens === null ? [] : [tokensInWords(key)]),
		...(unpriced === 0 || capNanodollars === null
			? []
			: [`${showWhole(unpriced)} unpriced not counted`]),
	];
	return parts.join(', ');
}

function dollarsInWords({
	nanodollars,
	reservedNanodollars,
	capNanodollars,
	usualNanodollars,
}: KeyNow): string {
	const spent = sum(nanodollars, reservedNanodollars, showCents);
	return capNanodollars === null
		? `${spent}, no cap`
		: `${spent} of ${showCents(capNanodollars)}${raised(capNanodollars, usualNanodollars, showCents)}`;
}

const tokensInWords = ({
	tokens,
	reservedTokens,
	capTokens,
	usualTokens,
}: KeyNow): string =>
	`${sum(tokens, reservedTokens, showWhole)} of ${showWhole(capTokens!)} tokens${raised(capTokens!, usualTokens, showWhole)}`;

type Show = (amount: number) => string;

const sum = (spent: number, reserved: number, show: Show): string =>
	reserved === 0 ? show(spent) : `${show(spent)} + ${show(reserved)} reserved`;

const raised = (cap: number, usual: number | null, show: Show): string =>
	usual === null || usual === cap ? '' : ` (today; else ${show(usual)})`;

/**
Figures of a key for scripts. What is not there is null; times in epoch milliseconds.
*/
export const keyInJson = (key: KeyNow, day: CountedDay) => ({
	name: key.name,
	spentNanodollars: key.nanodollars,
	reservedNanodollars: key.reservedNanodollars,
	capNanodollars: key.capNanodollars,
	usualNanodollars: key.usualNanodollars,
	spentTokens: key.tokens,
	reservedTokens: key.reservedTokens,
	capTokens: key.capTokens,
	usualTokens: key.usualTokens,
	unpriced: key.unpriced,
	resetsAt: day.to,
});

export const isCapped = ({
	capNanodollars,
	capTokens,
}: Pick<KeyNow, 'capNanodollars' | 'capTokens'>): boolean =>
	capNanodollars !== null || capTokens !== null;
