import process from 'node:process';
import {isLockHeld} from '../control/lock.js';
import {showCents, showCount, showShare} from '../exchange/show.js';
import {lookOf} from '../summary/look.js';
import {costText} from '../summary/words.js';
import type {Given} from './command.js';
import {readGoingOn, type GoingOn} from './going-on.js';
import {look} from './look.js';
import {today, type Today} from './today.js';

/**
One line for a status bar: what the day has cost, and what goes on. It never fails for what a status
bar cannot help: it says `off` where nothing runs, and prints what the log still tells.
*/
export async function statusline(given: Given): Promise<void> {
	const sight = look(given);
	const isOn = isLockHeld(sight.lock);
	const now = await today(sight, readGoingOn);
	process.stdout.write(`${lineOf(isOn, now)}\n`);
}

/**
`$12.34 today · 2 live · claude-sonnet-4-6 · 429 3%`. What there is nothing to say of is left out.
*/
export function lineOf(
	isOn: boolean,
	now: (Today & GoingOn) | undefined,
): string {
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
}: Today & GoingOn): readonly string[] {
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
function spendOf(sums: Today['sums']): string {
	const {costNanodollars, planNanodollars} = sums;
	const cost = `${costText(sums, glyphs)} today`;
	return planNanodollars > 0
		? `${cost} (${planNanodollars === costNanodollars ? 'plan' : `${showCents(planNanodollars)} plan`})`
		: cost;
}

const {glyphs} = lookOf(80, false);
