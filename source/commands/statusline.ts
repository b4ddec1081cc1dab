import process from 'node:process';
import {aliasShown} from '../exchange/as-asked.js';
import {isLockHeld, readHolder} from '../control/lock.js';
import {readPassthroughs} from '../control/passthroughs.js';
import {
	type Active,
	type KeyStanding,
	type Steering,
} from '../control/steering.js';
import {showCents, showCount, showShare} from '../exchange/show.js';
import {lookOf} from '../summary/look.js';
import {costText} from '../summary/words.js';
import type {Given} from './command.js';
import {readGoingOn, type GoingOn} from './going-on.js';
import {look} from './look.js';
import {leftInWords} from './steering/words.js';
import {today, type Today} from './today.js';

/**
One line for a status bar: what the day has cost, what is in force, and what goes on. It never fails for what a status
bar cannot help: it says `off` where nothing runs, and prints what the log still tells.
*/
export async function statusline(given: Given): Promise<void> {
	const sight = look(given);
	const isOn = isLockHeld(sight.lock);
	const instance = isOn ? readHolder(sight.lock)?.instance : undefined;
	const now = await today(sight, (db, moment) => ({
		...readGoingOn(db, moment),
		steering: readPassthroughs(db).find((row) => row.instance === instance)
			?.steering,
	}));
	process.stdout.write(`${lineOf(isOn, now, Date.now())}\n`);
}

type Now = Today & GoingOn & Readonly<{steering?: Steering | null | undefined}>;

/**
`PAUSED · $12.34 today · 62% of $20.00 · coding-deep 18m · 2 live · 1 held · claude-sonnet-4-6 · 429 3%`.
What there is nothing to
say of is left out.
*/
function lineOf(isOn: boolean, now: Now | undefined, nowMs: number): string {
	const parts = [
		...(isOn ? [] : ['tollgate off']),
		...(now === undefined ? [] : partsOf(now, nowMs)),
	];
	return parts.length === 0 ? 'tollgate on' : parts.join(' · ');
}

function partsOf(
	{sums, open, held, tries, limited, model, steering}: Now,
	nowMs: number,
): readonly string[] {
	return [
		...(isPaused(steering) ? ['PAUSED'] : []),
		spendOf(sums),
		...capParts(steering?.keys ?? []),
		...(steering ? activeParts(steering.active.value, nowMs) : []),
		...(open > held ? [`${showCount(open - held)} live`] : []),
		...(held > 0 ? [`${showCount(held)} held`] : []),
		...(model === undefined ? [] : [model]),
		...(limited === 0 ? [] : [`429 ${showShare(limited, tries)}`]),
	];
}

const isPaused = (steering: Now['steering']): boolean =>
	steering ? steering.pause.value.mode !== 'off' : false;

/**
As asked is as without Tollgate: that is said only of one that will end.
*/
function activeParts(active: Active, nowMs: number): readonly string[] {
	const {alias, until, requestsLeft} = active;
	const left = [
		...(until === null ? [] : [leftInWords(until - nowMs)]),
		...(requestsLeft === null ? [] : [`${requestsLeft}×`]),
	];
	return alias === null && left.length === 0
		? []
		: [[aliasShown(alias), ...left].join(' ')];
}

/**
Of several capped keys, the one that has spent the largest part of its cap.
*/
function capParts(keys: readonly KeyStanding[]): readonly string[] {
	const [first] = keys
		.flatMap((key) => sharesOf(key))
		.toSorted((one, other) => other.spent / other.cap - one.spent / one.cap);
	if (first === undefined) {
		return [];
	}

	const {name, spent, cap, shown} = first;
	const whose = keys.length > 1 ? `${name} ` : '';
	return [`${whose}${showShare(spent, cap)} of ${shown}`];
}

function sharesOf(key: KeyStanding) {
	const {name, capNanodollars, capTokens} = key;
	return [
		...(capNanodollars === null
			? []
			: [
					{
						name,
						spent: key.spentNanodollars,
						cap: capNanodollars,
						shown: showCents(capNanodollars),
					},
				]),
		...(capTokens === null
			? []
			: [
					{
						name,
						spent: key.spentTokens,
						cap: capTokens,
						shown: `${showCount(capTokens)} tokens`,
					},
				]),
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
