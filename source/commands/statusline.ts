import process from 'node:process';
import {showCents, showCount, showShare} from '../exchange/show.js';
import {isLockHeld} from '../control/lock.js';
import {look} from './look.js';
import {today, type Today} from './today.js';
import type {Given} from './command.js';

/**
One line for a status bar: what the day has cost, and what goes on. It never fails for what a status
bar cannot help: it says `off` where nothing runs, and prints what the log still tells.
*/
export async function statusline(given: Given): Promise<void> {
	const sight = look(given);
	const isOn = isLockHeld(sight.lock);
	process.stdout.write(`${lineOf(isOn, await today(sight))}\n`);
}

/**
`$12.34 today · 2 live · claude-sonnet-4-6 · 429 3%`. What there is nothing to say of is left out.
*/
export function lineOf(isOn: boolean, now: Today | undefined): string {
	const parts = [
		...(isOn ? [] : ['tollgate off']),
		...(now === undefined ? [] : partsOf(now)),
	];
	return parts.length === 0 ? 'tollgate on' : parts.join(' · ');
}

function partsOf({
	sums,
	open,
	tries,
	limited,
	model,
}: Today): readonly string[] {
	return [
		spendOf(sums),
		...(open === 0 ? [] : [`${showCount(open)} live`]),
		...(model === undefined ? [] : [model]),
		...(limited === 0 ? [] : [`429 ${showShare(limited, tries)}`]),
	];
}

/**
What a plan covers is no bill, and a sum that lacks something says so.
*/
function spendOf({
	costNanodollars,
	planNanodollars,
	partial,
	missing,
	unpriced,
}: Today['sums']): string {
	const isLess = partial + missing + unpriced > 0;
	const cost = `${isLess ? '≥' : ''}${showCents(costNanodollars)} today`;
	return planNanodollars > 0
		? `${cost} (${planNanodollars === costNanodollars ? 'plan' : `${showCents(planNanodollars)} plan`})`
		: cost;
}
